"""What changed between two catalogues: every fact once, in words, graded, and kept in a log that only grows."""

import json
import re
import shutil

import pytest
from click.testing import CliRunner

from factories import (
    CHECKED_ON,
    REMOVED,
    changed,
    dumped,
    fact,
    make_calls,
    make_programme,
    make_topic,
    make_vocabulary,
    other_value,
    tiny_programmes,
    unverified,
    write_catalogue,
)
from thbfund.catalogue import check_catalogue, load_catalogue
from thbfund.catalogue.change_log import GRADE_NAMES, GRADES
from thbfund.catalogue.model import Eligibility, Programme, Strand
from thbfund.cli import main
from thbfund.staff.changes import changes, fact_in_words, grade_of

LANTERN = "lantern-2021-2027"


@pytest.fixture
def written(tmp_path):
    """A function: write a catalogue under a name and load it."""

    def write(name, programmes=None, topics=(), vocabularies=None):
        calls = {LANTERN: make_calls(topics)} if topics else None
        folder = write_catalogue(tmp_path / name / "data", programmes, vocabularies, calls=calls)
        return load_catalogue(folder)

    return write


def lantern(path=None, value=None):
    """The tiny programmes, with one value of the Lantern Fund changed."""
    first, *others = tiny_programmes()
    return [changed(first, path, value) if path else first, *others]


def one(found):
    assert len(found) == 1, found
    return found[0]


def test_two_equal_catalogues_have_no_changes(written):
    assert changes(written("old"), written("new")) == []


@pytest.mark.parametrize(
    ("path", "value", "name", "old", "new", "grade"),
    [
        ("in_force.value.ends_on", "2026-12-31", "in_force", "2021-01-01 to 2027-12-31", "2021-01-01 to 2026-12-31",
         "deadline"),
        ("budget.0.amount_eur", 2_000_000, "budget: whole period", "EUR 1\xa0000\xa0000", "EUR 2\xa0000\xa0000",
         "money"),
        ("strands.0.eligibility.eu_rate.value", 0.8, "eligibility.eu_rate", "90 %", "80 %", "money"),
        ("strands.0.eligibility.grant.value", {"max_eur": 500_000}, "eligibility.grant",
         "EUR 100\xa0000 to EUR 500\xa0000", "at most EUR 500\xa0000", "money"),
        ("strands.0.eligibility.applicant_types.lead.value.closed_to", ["company"], "eligibility.applicant_types.lead",
         "Non-profit organisation (NGO), Public authority; not: Natural person",
         "Non-profit organisation (NGO), Public authority; not: Company", "eligibility"),
        ("strands.0.route.value", "national_authority", "route", "commission_call", "national_authority",
         "eligibility"),
        ("strands.0.relevance.A.grade", 3, "relevance.A", "0 (invented for priority A)", "3 (invented for priority A)",
         "content"),
        ("strands.0.tags.activities", ["shelter"], "tags.activities", "shelter, legal_aid", "shelter", "content"),
    ],
)  # fmt: skip
def test_a_changed_fact_is_told_with_both_values_and_its_grade(written, path, value, name, old, new, grade):  # noqa: PLR0913, PLR0917 - a table
    change = one(changes(written("old"), written("new", lantern(path, value))))

    assert (change.programme, change.fact, change.old, change.new, change.grade) == (LANTERN, name, old, new, grade)


def test_a_sentence_names_programme_part_fact_and_both_values(written):
    new = written("new", lantern("strands.0.eligibility.eu_rate.value", 0.8))

    assert one(changes(written("old"), new)).sentence == (
        "LAN 2021-2027, Harbour: the EU rate is now: 80 %. It was: 90 %."
    )


def test_a_long_text_is_cut_in_the_sentence_and_whole_in_the_value(written):
    text = "Light for those who sit in the dark. " * 12
    change = one(changes(written("old"), written("new", lantern("summary.value", text.strip()))))

    assert change.new == text.strip()
    assert "is worded anew: Light for those" in change.sentence
    assert len(change.sentence) < 300


def test_a_fact_that_comes_or_goes_has_no_value_on_the_other_side(written):
    old = written("old", lantern("strands.0.eligibility.duration", REMOVED))
    came, went = one(changes(old, written("new"))), one(changes(written("again"), old))

    assert (came.old, came.new, went.old, went.new) == (None, "12 months to 36 months", "12 months to 36 months", None)
    assert "now on record: 12 months" in came.sentence
    assert "no longer on record" in went.sentence


def test_a_new_day_of_checking_is_a_change_of_evidence_alone(written):
    new = written("new", lantern("strands.0.eligibility.eu_rate.checked_on", "2026-02-02"))
    change = one(changes(written("old"), new))

    assert (change.grade, change.old, change.new) == ("evidence", "90 %", "90 %")


def test_a_fact_that_gets_a_source_is_said_to_be_confirmed(written):
    old = written("old", lantern("strands.0.eligibility.eu_rate", unverified(0.9)))

    assert "the EU rate is now confirmed by a source" in one(changes(old, written("new"))).sentence
    assert "no longer confirmed" in one(changes(written("again"), old)).sentence


def test_a_source_that_disagrees_changes_the_value_in_words(written):
    disputed = {**fact(0.9), "disputed": [other_value(0.8)]}
    change = one(changes(written("old"), written("new", lantern("strands.0.eligibility.eu_rate", disputed))))

    assert change.new == "90 % (another source: 80 %)"
    assert change.grade == "money"


def test_a_new_topic_is_told_once_with_its_deadline(written):
    change = one(changes(written("old", topics=[make_topic()]), written("new", topics=[make_topic(), two()])))

    assert (change.place, change.grade) == ("topic LAN-2026-2", "deadline")
    assert change.sentence == "LAN 2021-2027, More lanterns is new in the catalogue; deadline 2026-10-01."


def two():
    return make_topic(id="LAN-2026-2", title="More lanterns", deadline=fact("2026-10-01"))


def test_a_moved_deadline_comes_before_everything_else(written):
    old = written("old", topics=[make_topic()])
    programmes = lantern("strands.0.eligibility.eu_rate.value", 0.8)
    new = written("new", programmes, [make_topic(deadline=fact("2026-09-10"))])

    assert [change.fact for change in changes(old, new)] == ["deadline", "eligibility.eu_rate"]


def test_a_programme_that_comes_or_goes_is_told_once_without_its_strands(written):
    few, all_of_them = written("old", tiny_programmes()[:1] + tiny_programmes()[2:]), written("new")
    came, went = one(changes(few, all_of_them)), one(changes(all_of_them, few))

    assert came.sentence == "COM 2021-2027 is new in the catalogue."
    assert went.sentence == "COM 2021-2027 is no longer in the catalogue."
    assert came.programme == went.programme == "compass-2021-2027"


def test_entries_of_lists_are_told_by_the_facts_that_changed(written):
    entries = make_vocabulary("activities")["entries"]
    entries[0] = {**entries[0], "label": "Haven"}
    new = written("new", vocabularies={"activities": make_vocabulary("activities", entries=entries)})
    change = one(changes(written("old"), new))

    assert (change.programme, change.grade) == ("", "content")
    assert change.sentence == "vocabularies/activities shelter: changed in label."


def test_two_budget_lines_of_one_label_are_told_apart(written):
    line = {"label": "whole period", "amount_eur": 5, "sources": ["law"], "checked_on": CHECKED_ON}
    both = [*make_programme()["budget"], line]
    change = one(changes(written("old"), written("new", lantern("budget", both))))

    assert change.new == "EUR 5"


def test_every_condition_of_eligibility_is_graded_above_content():
    assert {grade_of(f"eligibility.{name}") for name in Eligibility.model_fields} == {"money", "eligibility"}


def test_every_fact_has_words():
    names = [
        *Programme.model_fields,
        *Strand.model_fields,
        *(f"eligibility.{name}" for name in Eligibility.model_fields),
    ]

    assert [name for name in names if re.search(r"[_.]", fact_in_words(name))] == []
    assert list(GRADE_NAMES) == list(GRADES)


# ---- the commands


def invoke(*arguments):
    return CliRunner().invoke(main, ["catalogue", *map(str, arguments)])


@pytest.fixture
def folders(tmp_path, written):
    written("old", topics=[make_topic()])
    written("new", lantern("strands.0.eligibility.eu_rate.value", 0.8), [make_topic(deadline=fact("2026-09-10"))])
    return tmp_path / "old/data", tmp_path / "new/data"


@pytest.mark.parametrize("form", ["text", "md", "json"])
def test_the_difference_names_every_changed_programme_in_each_format(folders, form):
    result = invoke("diff", *folders, "--format", form)

    assert result.exit_code == 0
    assert LANTERN in result.stdout
    assert "compass" not in result.stdout
    assert result.stdout.index("the deadline") < result.stdout.index("the EU rate")


def test_the_difference_in_json_has_fingerprints_and_all_fields(folders):
    values = json.loads(invoke("diff", *folders, "--format", "json").stdout)

    assert values["old"] != values["new"]
    assert values["programmes"] == [LANTERN]
    assert set(values["changes"][0]) == {"programme", "place", "fact", "old", "new", "grade", "sentence"}


def test_no_difference_is_said(folders):
    assert invoke("diff", folders[0], folders[0]).stdout == "Nothing has changed.\n"


def test_a_folder_that_cannot_be_read_is_named(folders, tmp_path):
    result = invoke("diff", folders[0], tmp_path / "nowhere")

    assert result.exit_code == 1
    assert "nowhere" in result.stderr
    assert "Traceback" not in result.output


def test_the_log_takes_what_applicants_must_act_on(folders):
    old, new = folders
    before = new.joinpath("programmes/lantern-2021-2027.yaml")
    before.write_text(before.read_text().replace("Pays for light", "Gives money for light"))
    result = invoke("log-changes", old, new, "--on", "2026-06-01")
    [day] = load_catalogue(new).changes

    assert result.exit_code == 0
    assert [(change.id, change.fact) for change in day.changes] == [
        ("2026-06-01-1", "deadline"),
        ("2026-06-01-2", "eligibility.eu_rate"),
    ]


def test_what_is_logged_already_is_not_logged_again_and_ids_go_on(folders, tmp_path):
    old, new = folders
    invoke("log-changes", old, new, "--on", "2026-06-01")
    first = (new / "changes/2026-06-01.yaml").read_text()
    assert "0;" in invoke("log-changes", old, new, "--on", "2026-06-01").stdout
    assert (new / "changes/2026-06-01.yaml").read_text() == first

    shutil.copytree(new, tmp_path / "newer")
    path = tmp_path / "newer/programmes/lantern-2021-2027.yaml"
    path.write_text(path.read_text().replace("2027-12-31", "2028-12-31"))
    invoke("log-changes", new, tmp_path / "newer", "--on", "2026-06-01")

    text = (tmp_path / "newer/changes/2026-06-01.yaml").read_text()
    assert text.startswith(first)
    assert "2026-06-01-3" in text


def test_a_condition_worded_anew_is_logged_once(tmp_path, written):
    for name, text in (("old", "Look for a lamp."), ("new", "Look for lamps.")):
        note = {"text": text, "sources": ["law"], "checked_on": CHECKED_ON}
        written(name, lantern("strands.0.eligibility.also_check", [note]))
    invoke("log-changes", tmp_path / "old/data", tmp_path / "new/data", "--on", "2026-06-01")
    [day] = load_catalogue(tmp_path / "new/data").changes

    assert [change.text for change in day.changes] == [
        "LAN 2021-2027, Harbour: what else to check is now on record: Look for lamps."
    ]


@pytest.mark.parametrize(("day", "logged"), [("2026-09-10", 2), ("2026-09-11", 1)])
def test_changes_of_calls_that_are_over_are_not_logged(folders, day, logged):
    assert f": {logged};" in invoke("log-changes", *folders, "--on", day).stdout


@pytest.mark.parametrize(("day", "logged"), [("2027-12-31", 1), ("2028-01-01", 0)])
def test_changes_of_programmes_that_are_over_are_not_logged(folders, day, logged):
    assert f": {logged};" in invoke("log-changes", *folders, "--on", day).stdout


def test_where_nothing_is_to_be_logged_no_file_is_written(folders):
    assert invoke("log-changes", folders[0], folders[0]).exit_code == 0
    assert not (folders[0] / "changes").exists()


@pytest.mark.parametrize(
    ("mistake", "code"),
    [
        ({"on": "2026-06-02"}, "id-differs-from-file"),
        ({"programme": "lamp"}, "unknown-programme"),
        ({"twice": True}, "repeated-id"),
        ({"grade": "evidence"}, "unknown-word"),
        ({"id": "first"}, "wrong-value"),
    ],
)
def test_a_mistake_in_the_log_is_an_error_of_the_catalogue(tmp_path, mistake, code):
    folder = write_catalogue(tmp_path / "data")
    changed_fields = {key: mistake[key] for key in ("id", "programme", "grade") if key in mistake}
    line = {"id": "2026-06-01-1", "programme": LANTERN, "place": "programme", "grade": "money", "text": "More money."}
    line |= changed_fields
    (folder / "changes").mkdir()
    content = {"on": mistake.get("on", "2026-06-01"), "changes": [line, line] if "twice" in mistake else [line]}
    (folder / "changes/2026-06-01.yaml").write_text(dumped(content))

    assert code in {problem.code for problem in check_catalogue(folder)[1] if problem.severity == "error"}


def test_the_log_of_the_catalogue_has_no_day_in_the_future_of_its_checks(catalogue):
    assert catalogue.changes
    assert all(day.on <= catalogue.checked_on for day in catalogue.changes)
