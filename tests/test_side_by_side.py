"""Results side by side: every point for each, differences first."""

from datetime import date

import pytest

from factories import COMPLETE, ON, make_project
from thbfund import Matcher, MatchReport, explain
from thbfund.report.side_by_side import NOT_KNOWN, side_by_side


@pytest.fixture(scope="module")
def report(matcher: Matcher) -> MatchReport:
    project = make_project(matcher.catalogue.vocabularies, **COMPLETE)
    return matcher.match(project, date(2026, 11, 25))


def test_every_point_says_something_for_each(report: MatchReport) -> None:
    rows = side_by_side(report.matches, report)
    assert len({row.point for row in rows}) == len(rows) > 10
    for row in rows:
        assert len(row.cells) == len(report.matches)
        assert all(row.cells), row.point


def test_where_they_differ_comes_first(report: MatchReport) -> None:
    rows = side_by_side(report.matches[:3], report)
    differing = [row.differs for row in rows]
    assert differing == sorted(differing, reverse=True)
    assert any(differing)


def test_a_result_beside_itself_differs_in_nothing(report: MatchReport) -> None:
    assert not any(row.differs for row in side_by_side([report.matches[0]] * 2, report))


def test_cells_stand_in_the_order_asked_for(report: MatchReport) -> None:
    one, other = report.matches[0], report.matches[-1]
    rows = {row.point: row.cells for row in side_by_side([other, one], report)}
    assert rows["Fit"] == (explain.BAND_WORDS[other.scored.band], explain.BAND_WORDS[one.scored.band])


def test_money_and_consortium_of_the_strand_that_was_judged_are_told(tiny_matcher: Matcher) -> None:
    found = tiny_matcher.match(make_project(tiny_matcher.catalogue.vocabularies, **COMPLETE), ON)
    lantern = next(match for match in found.matches if match.programme.id == "lantern-2021-2027")
    rows = {row.point: row.cells[0] for row in side_by_side([lantern], found)}
    assert rows["Share the EU pays"] == "at most 90 % of the costs"
    assert rows["Consortium"] == "at least 2 organisations from 2 countries"
    assert "EUR" in rows["Own contribution to this project"]


def test_what_the_catalogue_does_not_say_is_not_known(tiny_matcher: Matcher) -> None:
    found = tiny_matcher.match(make_project(tiny_matcher.catalogue.vocabularies), ON)
    compass = next(match for match in found.matches if match.programme.id == "compass-2021-2027")
    rows = {row.point: row.cells[0] for row in side_by_side([compass], found)}
    assert rows["Consortium"] == NOT_KNOWN
