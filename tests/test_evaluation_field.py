"""How rightly "nothing here fits" is said: false hope and false alarm, counted on texts in and out of the field."""

import json

import pytest

from thbfund import InputError, load_catalogue
from thbfund.catalogue import packaged_data
from thbfund.catalogue.labelled import read_records
from thbfund.catalogue.languages import LANGUAGES
from thbfund.evaluation.field import evaluate_field
from thbfund.evaluation.field_texts import read_field_texts
from thbfund.evaluation.records import project_of
from thbfund.ranking.relevance import field_evidence
from thbfund.text import Reader

EVIDENCE = packaged_data() / "evidence"


@pytest.fixture
def file_of(tmp_path):
    """A function: a file with these lines."""

    def write(*lines):
        path = tmp_path / "field.jsonl"
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
        return path

    return write


INSIDE, OUTSIDE = "A shelter helps women who were trafficked.", "Better bicycles for our town."


def field_text(**changes):
    """A text in or out of the field, as it stands on a line of the file."""
    return {"id": "one", "lang": "en", "kind": "in_field", "split": "fit", "text": INSIDE, **changes}


@pytest.fixture
def field_figures(tiny, file_of):
    """A function: the figures for these texts."""

    def run(*texts):
        return evaluate_field(tiny, read_field_texts(file_of(*texts)))

    return run


@pytest.mark.parametrize(
    ("kind", "text", "hope", "alarm"),
    [
        ("in_field", INSIDE, [0, 0, None], [0, 1, 0.0]),
        ("in_field", OUTSIDE, [0, 0, None], [1, 1, 1.0]),
        ("neighbouring", OUTSIDE, [0, 0, None], [1, 1, 1.0]),
        ("out_of_field", OUTSIDE, [0, 1, 0.0], [0, 0, None]),
        ("out_of_field", INSIDE, [1, 1, 1.0], [0, 0, None]),
    ],
)
def test_hope_is_false_outside_the_field_and_alarm_inside(field_figures, kind, text, hope, alarm):
    found = field_figures(field_text(kind=kind, text=text))["by_split"]["fit"]

    assert list(found["false_hope"].values()) == hope
    assert list(found["false_alarm"].values()) == alarm


def test_both_halves_are_told_apart_by_kind_and_language(field_figures):
    figures = field_figures(
        field_text(), field_text(id="two", split="test", lang="de", kind="out_of_field", text=OUTSIDE)
    )

    assert figures["n"] == 2
    assert {split: list(kinds) for split, kinds in figures["by_kind"].items()} == {
        "fit": ["in_field"],
        "test": ["out_of_field"],
    }
    assert {split: list(found) for split, found in figures["by_language"].items()} == {"fit": ["en"], "test": ["de"]}


def test_only_of_the_half_fit_the_texts_judged_wrongly_are_named(field_figures):
    figures = field_figures(field_text(text=OUTSIDE), field_text(id="two", split="test", text=OUTSIDE))

    assert figures["wrong_in_fit"] == ["one"]


def test_a_higher_floor_never_raises_hope_nor_lowers_alarm(field_figures):
    figures = field_figures(field_text(), field_text(id="two", kind="out_of_field", text="Girls meet lawyers."))
    floors = figures["by_floor"].values()

    for error, direction in (("false_hope", -1), ("false_alarm", 1)):
        counts = [direction * floor[error]["wrong"] for floor in floors]
        assert counts == sorted(counts)


@pytest.mark.parametrize(
    "changes", [{"kind": "elsewhere"}, {"split": "dev"}, {"lang": "xx"}, {"text": ""}, {"title": "x"}]
)
def test_a_line_that_is_no_text_of_the_set_is_refused(file_of, changes):
    with pytest.raises(InputError) as refused:
        read_field_texts(file_of(field_text(), field_text(id="two", **changes)))

    assert [problem.line for problem in refused.value.problems] == [2]


# -- the real texts, by the real word lists


@pytest.fixture(scope="module")
def real():
    return load_catalogue(packaged_data())


@pytest.fixture(scope="module")
def real_texts():
    return read_field_texts(EVIDENCE / "field.jsonl")


def test_every_official_language_has_a_text_in_each_half(real_texts):
    for split in ("fit", "test"):
        assert {text.lang for text in real_texts if text.split == split} == set(LANGUAGES)


def test_texts_have_different_ids_and_words(real_texts):
    assert len({text.id for text in real_texts}) == len({text.text for text in real_texts}) == len(real_texts)


@pytest.fixture(scope="module")
def real_figures(real, real_texts):
    return evaluate_field(real, real_texts)


@pytest.mark.parametrize(
    ("split", "error", "most"),
    [
        ("fit", "false_hope", 0.05),
        ("fit", "false_alarm", 0.1),
        ("test", "false_hope", 0.1),
        ("test", "false_alarm", 0.12),
    ],
)
def test_nothing_fits_is_seldom_said_wrongly(real_figures, split, error, most):
    assert real_figures["by_split"][split][error]["rate"] <= most


def test_projects_really_funded_are_hardly_ever_told_that_nothing_fits(real):
    reader, records = Reader(real), read_records(EVIDENCE / "labelled.jsonl")
    projects = [project_of(record, "text", real.vocabularies) for record in records]
    turned_away = [project for project in projects if not field_evidence(reader.read(project)).in_field]

    assert len(turned_away) <= 0.05 * len(projects)
