"""Copies of rounds and programmes, and programmes that end, on the real files."""

from datetime import date

import pytest

from thbfund.catalogue import packaged_data
from thbfund.input.strict_yaml import read_yaml
from thbfund.staff.edits import EditError, remove_value
from thbfund.staff.new_entries import next_period, next_round, retire
from thbfund.staff.trial import problems_after

DATA = packaged_data()


def text_of(file):
    return (DATA / file).read_text(encoding="utf-8")


def errors(file, text):
    return [str(problem) for problem in problems_after(DATA, file, text) if problem.severity == "error"]


def days_of_checks(value):
    if isinstance(value, dict):
        if "checked_on" in value:
            yield value["checked_on"]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from days_of_checks(item)


def test_a_copied_round_has_neither_days_nor_checks_of_the_old_one_and_fits_the_catalogue():
    text = text_of("calls/isf-2021-2027.yaml")
    old = next(topic for topic in read_yaml(text).value["topics"] if "deadline" in topic)
    after = next_round(text, old["id"], "ISF-2027-COPY", 2027)
    topics = read_yaml(after).value["topics"]
    new = topics[-1]
    assert topics[:-1] == read_yaml(text).value["topics"]
    assert (new["id"], new["year"], new["title"]) == ("ISF-2027-COPY", 2027, old["title"])
    assert not {"deadline", "opens_on", "proposals_received"} & set(new)
    assert new["subject"]["unverified"] == f"copied from {old['id']}, not read again"
    assert list(days_of_checks(new)) == []
    assert errors("calls/isf-2021-2027.yaml", after) == []


def test_a_round_is_copied_only_from_one_that_is_there_and_to_a_new_id():
    text = text_of("calls/mpf.yaml")
    topic = read_yaml(text).value["topics"][0]["id"]
    with pytest.raises(EditError, match="already"):
        next_round(text, topic, topic, 2027)
    with pytest.raises(EditError, match="no topic"):
        next_round(text, "elsewhere", "new", 2027)


def test_a_copied_programme_fits_the_catalogue_and_counts_as_unread():
    after = next_period(text_of("programmes/rec-2014-2020.yaml"), "rec-copy", "2021-2027")
    new = read_yaml(after).value
    assert list(days_of_checks(new)) == []
    assert {line["amount_eur"] for line in new["budget"]} == {None}
    found = [error for error in errors("programmes/rec-copy.yaml", after) if "S21-" not in error]
    assert found == []


def test_a_retired_programme_keeps_all_else_and_fits_the_catalogue():
    text = text_of("programmes/bmvi.yaml")
    source = next(iter(read_yaml(text).value["sources"]))
    after = retire(text, date(2026, 12, 31), "isf-2021-2027", [source], date(2026, 11, 25))
    new = read_yaml(after).value
    assert new["in_force"]["value"] == {"starts_on": "2021-01-01", "ends_on": "2026-12-31"}
    assert (new["successor"]["value"], new["successor"]["checked_on"]) == ("isf-2021-2027", "2026-11-25")
    old = read_yaml(text).value
    assert {key for key in old if old[key] != new[key]} <= {"in_force", "successor", "sources"}
    assert errors("programmes/bmvi.yaml", after) == []


def test_nothing_is_retired_without_a_source():
    with pytest.raises(EditError, match="source"):
        retire(text_of("programmes/bmvi.yaml"), date(2026, 12, 31), None, [], date(2026, 11, 25))


@pytest.mark.parametrize("text", ["topics: [{title: x}]\n", "topics:\n", "programme: x\n", ""])
def test_no_round_is_copied_in_a_half_written_file_and_what_it_lacks_is_told(text):
    with pytest.raises(EditError, match="the file lacks"):
        next_round(text, "old", "new", 2027)


@pytest.mark.parametrize("lacking", ["id", "name", "budget", "sources"])
def test_no_programme_is_copied_from_a_half_written_one_and_what_it_lacks_is_told(lacking):
    text = remove_value(text_of("programmes/bmvi.yaml"), (lacking,))
    with pytest.raises(EditError, match=f"the file lacks {lacking} "):
        next_period(text, "bmvi-copy", "2028-2034")


@pytest.mark.parametrize("text", ["id: x\n", "id: x\nin_force: soon\n", "in_force:\n", ""])
def test_no_half_written_programme_is_retired_and_what_it_lacks_is_told(text):
    with pytest.raises(EditError, match="the file lacks"):
        retire(text, date(2026, 12, 31), None, ["law"], date(2026, 11, 25))
