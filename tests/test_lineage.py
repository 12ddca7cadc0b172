"""Before and after a programme: told with sources, and never a proposal as if it were law."""

import io
import json
import re
from datetime import date

import pytest
from rich.console import Console

from factories import fact, make_programme, make_project, write_catalogue
from strategies import VOCABULARIES
from thbfund import Matcher, Project, load_catalogue
from thbfund.lineage import ENDING_MONTHS, lineage_of, proposal_in_words, reason_in_words
from thbfund.report.contract import report_json
from thbfund.report.tables import print_report, report_markdown

DAY = date(2026, 11, 23)
AS_IF_LAW = re.compile(r"\b(will|shall|replaces|repeals|succeeds)\b", re.IGNORECASE)


@pytest.fixture(scope="module")
def report(matcher):
    """Every programme of the real catalogue, closed ones too."""
    return matcher.match(Project(summary="A shelter for women who were trafficked from Nigeria to Italy."), DAY, "all")


@pytest.fixture(scope="module")
def by_id(report):
    """The matches of the JSON answer."""
    return {match["programme"]: match for match in json.loads(report_json(report))["matches"]}


def ending(tmp_path, last):
    """The lineage of an invented programme with this last day."""
    span = {"starts_on": "2021-01-01", "ends_on": last}
    folder = write_catalogue(tmp_path / "data", programmes=[make_programme(in_force=fact(span))])
    [programme] = (catalogue := load_catalogue(folder)).programmes.values()
    return lineage_of(programme, catalogue)


# ---- when people are told ----


@pytest.mark.parametrize(
    ("last", "due"),
    [("2026-06-30", True), ("2028-05-22", True), ("2028-05-23", False), (None, False)],
    ids=["ended", "ends just within the time", "ends just after it", "no end known"],
)
def test_what_follows_is_told_once_the_end_is_near(tmp_path, last, due):
    assert ENDING_MONTHS == 18
    assert ending(tmp_path, last).is_due(DAY) is due


@pytest.mark.parametrize(("day", "said"), [("2026-11-22", "Ended on"), ("2026-11-23", "Ends on")])
def test_a_programme_ends_only_after_its_last_day(tmp_path, day, said):
    assert ending(tmp_path, day).after(DAY)[0].text == f"{said} {day}."


def test_a_closed_programme_and_its_successor_name_each_other(tiny):
    candle, lantern = tiny.programmes["candle-2014-2020"], tiny.programmes["lantern-2021-2027"]

    assert lineage_of(candle, tiny).successor is lantern
    assert lineage_of(lantern, tiny).forerunners == (candle,)


def test_no_successor_says_why(catalogue):
    for programme in catalogue.programmes.values():
        lineage = lineage_of(programme, catalogue)
        assert bool(lineage.successor) != bool(lineage.no_successor_because), programme.id


# ---- what is told ----


def test_the_forerunners_outside_the_catalogue_are_named_with_their_source(by_id):
    before = by_id["isf-police-2014-2020"]["lineage"]["before"]

    assert any("ISEC" in one["text"] and one["programme"] is None and one["sources"] for one in before)


def test_a_forerunner_inside_the_catalogue_is_named_by_its_id(by_id):
    assert by_id["amif-2021-2027"]["lineage"]["before"][0]["programme"] == "amif-2014-2020"


def test_a_proposal_says_that_it_is_proposed_by_whom_it_is_said_and_on_which_day_that_was_so(by_id):
    outlook = [proposal for match in by_id.values() for proposal in match["outlook"]]

    assert len(outlook) > 5
    for proposal in outlook:
        assert proposal["status"] == "proposed"
        assert proposal["text"].startswith("Proposed on 20")
        assert "not law" in proposal["text"]
        assert " would " in proposal["text"]
        assert f"State on {proposal['state_on']}: " in proposal["text"]
        assert proposal["sources"]


def test_a_programme_with_a_successor_shows_no_proposal(by_id):
    assert by_id["amif-2014-2020"]["outlook"] == []
    assert by_id["amif-2014-2020"]["successor"] == "amif-2021-2027"


def test_no_sentence_on_what_follows_speaks_of_a_proposal_as_of_law(catalogue):
    for programme in catalogue.programmes.values():
        lineage = lineage_of(programme, catalogue)
        for said in lineage.proposed():
            assert not AS_IF_LAW.search(reason_in_words(said)), programme.id
        for proposal in lineage.proposals:
            assert not AS_IF_LAW.search(f"{proposal_in_words(proposal)} {proposal.plan} {proposal.for_ngos}")


def test_a_reason_why_nothing_follows_does_not_foretell(catalogue):
    for programme in catalogue.programmes.values():
        assert not AS_IF_LAW.search(lineage_of(programme, catalogue).no_successor_because or ""), programme.id


@pytest.mark.parametrize("form", ["table", "md"])
def test_every_form_for_people_tells_what_follows_an_ending_programme(report, form):
    out = io.StringIO()
    print_report(report, Console(file=out, width=400))
    text = report_markdown(report).replace("\\", "") if form == "md" else out.getvalue()

    assert "Ends on 2027-12-31." in text
    assert "Successor: Asylum, Migration and Integration Fund" in text
    assert "No successor in this catalogue." in text
    assert "not law" in text


def test_markdown_gives_the_source_of_each_proposal(report):
    lines = [line for line in report_markdown(report).splitlines() if "not law" in line]

    assert lines
    assert all("](http" in line for line in lines)


def test_a_catalogue_without_policy_has_no_proposals(tiny):
    report = Matcher(tiny).match(make_project(VOCABULARIES), DAY, "all")

    assert all(match["outlook"] == [] for match in json.loads(report_json(report))["matches"])


def test_the_last_day_that_there_is_breaks_nothing(tmp_path):
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", [make_programme()]))
    [programme] = catalogue.programmes.values()

    assert lineage_of(programme, catalogue).is_due(date.max)
