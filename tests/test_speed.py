"""What keeps a match fast, and that it answers the same all the same."""

import gc
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer

from factories import SUMMARY, fact, make_programme, make_project, write_catalogue
from strategies import VOCABULARIES
from thbfund import InputError, Matcher, load_catalogue
from thbfund.kept import kept
from thbfund.parts import part_by_part
from thbfund.ranking import similarity
from thbfund.ranking.weighing import Weighing
from thbfund.report.contract import report_json
from thbfund.text import Reader
from thbfund.text.language import language_of, prepare

SLOW_TO_LOAD = ("sklearn", "scipy", "pandas", "streamlit", "altair", "docx", "odf", "pypdf", "openpyxl")
TEXTS = ["safe houses for women", "women and men, women first: legal aid", "studies of legal aid", "nothing alike"]


@pytest.mark.parametrize("sublinear", [True, False])
def test_words_weigh_what_they_weigh_in_scikit_learn(sublinear):
    vectorizer = TfidfVectorizer(analyzer=str.split, sublinear_tf=sublinear)
    expected = vectorizer.fit_transform(TEXTS).toarray()
    bags = [{word: text.split().count(word) for word in text.split()} for text in TEXTS]
    weighing = Weighing(bags, sublinear=sublinear)
    assert weighing.names == vectorizer.get_feature_names_out().tolist()
    assert np.allclose(weighing.rows, expected, rtol=0, atol=1e-15)
    asked = vectorizer.transform(["unheard-of women legal"]).toarray()[0]
    assert np.allclose(weighing.row({"unheard-of": 1, "women": 1, "legal": 1}), asked, rtol=0, atol=1e-15)


def test_a_text_without_a_known_word_weighs_nothing():
    assert not Weighing([{"house": 1.0}]).row({"boat": 1.0}).any()


@pytest.mark.parametrize("file_is_there", [True, False])
def test_function_words_are_those_of_scikit_learn_wherever_it_keeps_them(monkeypatch, file_is_there):
    if not file_is_there:
        monkeypatch.setattr(similarity, "find_spec", lambda _: None)
    similarity.stop_words.cache_clear()
    assert similarity.stop_words() > ENGLISH_STOP_WORDS
    similarity.stop_words.cache_clear()


def test_a_match_on_the_command_line_loads_no_package_that_is_slow_to_load():
    ran = (
        "import sys; from thbfund.cli import main\n"
        f"main(['match', '--text', {SUMMARY!r}, '--format', 'json'], standalone_mode=False)\n"
        f"print(sorted(set({SLOW_TO_LOAD!r}) & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", ran], check=True, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_the_commands_of_the_catalogue_load_no_package_that_is_slow_to_load():
    ran = f"import sys, thbfund.cli; print(sorted(set({SLOW_TO_LOAD!r}) & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", ran], check=True, capture_output=True, text=True)

    assert done.stdout == "[]\n"


def test_the_language_is_told_alike_when_the_recogniser_was_asked_for_before():
    prepare()
    assert language_of("Ein Haus für Frauen, die Opfer von Menschenhandel wurden.") == ("de", True)


def test_a_text_is_skimmed_for_all_that_is_read_of_its_work(tiny):
    project, reader = make_project(tiny.vocabularies, summary=SUMMARY), Reader(tiny)
    skimmed, read = reader.skim(project), reader.read(project)
    alike = ("language", "language_sure", "text", "word_count", "places", "field")
    assert [getattr(skimmed, name) for name in alike] == [getattr(read, name) for name in alike]
    assert skimmed.concepts == {name: read.concepts[name] for name in skimmed.concepts}
    assert set(skimmed.concepts) == {"activities", "forms_of_exploitation", "target_groups"}


def test_one_matcher_asked_on_two_days_answers_like_two_fresh_ones(tmp_path):
    """Conditions are kept by day: the first day's must not answer for the second, nor the second's for the first."""
    last = date(2027, 12, 31)
    programme = make_programme(in_force=fact({"starts_on": "2021-01-01", "ends_on": str(last)}))
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", [programme]))
    project = make_project(VOCABULARIES, summary=SUMMARY)

    def answer(matcher, on):
        report = matcher.match(project, on, "all")
        return report_json(report, None, part_by_part(matcher, report, "all"))

    days = [last, last + timedelta(days=1), last]
    kept = Matcher(catalogue, None)
    answers = [answer(kept, on) for on in days]
    assert answers == [answer(Matcher(catalogue, None), on) for on in days]
    assert '"verdict": "closed"' in answers[1]
    assert '"verdict": "closed"' not in answers[0]


@pytest.mark.parametrize("was_on", [True, False])
def test_what_is_kept_is_not_looked_through_and_the_collector_is_as_it_was_after_it(was_on):
    frozen = gc.get_freeze_count()
    (gc.enable if was_on else gc.disable)()
    try:
        with pytest.raises(InputError), kept():
            load_catalogue(Path("no-such-folder"))
        assert gc.isenabled() is was_on
        assert gc.get_freeze_count() > frozen
    finally:
        gc.enable()
        gc.unfreeze()
