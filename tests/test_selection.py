"""Which results are shown and in what order; no score and no verdict moves by it."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import COMPLETE, ON, make_programme, make_project, make_strand, unverified, write_catalogue
from thbfund import Matcher, MatchReport, explain, load_catalogue
from thbfund.financing import eu_rate, financing
from thbfund.report.selection import (
    FACETS,
    NOT_KNOWN,
    ORDER_SENTENCES,
    ORDER_TITLES,
    ORDERS,
    Selection,
    counts,
    next_day,
    selected,
    value_words,
    values,
)


@pytest.fixture(scope="module")
def report(matcher: Matcher) -> MatchReport:
    """Of a project that is filled in, on the real catalogue, all periods: something of everything."""
    return matcher.match(make_project(matcher.catalogue.vocabularies, **COMPLETE), date(2026, 11, 25), "all")


def shown(report: MatchReport, selection: Selection) -> list[str]:
    return [match.programme.id for matches in selected(report, selection).values() for match in matches]


def test_without_a_choice_everything_is_shown_in_groups_by_fit(report: MatchReport) -> None:
    expected = [match for matches in explain.grouped(report).values() for match in matches]
    assert shown(report, Selection()) == [match.programme.id for match in expected]


def test_groups_with_nothing_to_show_are_left_out(report: MatchReport) -> None:
    assert list(selected(report, Selection({"group": frozenset({"closed"})}))) == ["closed"]


@pytest.mark.parametrize("order", ORDERS)
def test_an_order_leaves_nobody_out_and_nobody_changes_group(report: MatchReport, order: str) -> None:
    groups = selected(report, Selection(order=order))
    assert {group: {one.programme.id for one in found} for group, found in groups.items()} == {
        group: {one.programme.id for one in found} for group, found in selected(report).items()
    }


@pytest.mark.parametrize("order", ORDERS)
def test_every_order_has_a_name_and_a_sentence_that_explains_it(order: str) -> None:
    assert ORDER_TITLES[order]
    assert ORDER_SENTENCES[order].endswith(".")


def test_what_has_no_figure_comes_last_whatever_the_order(report: MatchReport) -> None:
    for matches in selected(report, Selection(order="rate")).values():
        rates = [eu_rate(match, report) for match in matches]
        known = [rate for rate in rates if rate is not None]
        assert rates == sorted(known, reverse=True) + [None] * (len(rates) - len(known))
    for matches in selected(report, Selection(order="own")).values():
        own = [financing(match, report).own.value for match in matches]
        known = [value for value in own if value is not None]
        assert own == sorted(known) + [None] * (len(own) - len(known))


def test_the_next_date_comes_before_a_round_that_nobody_has_announced(report: MatchReport) -> None:
    for matches in selected(report, Selection(order="date")).values():
        stages = [
            0 if next_day(match) and match.timing in {"open", "forthcoming"} else 1 if match.timing == "expected" else 2
            for match in matches
        ]
        assert stages == sorted(stages)


def test_the_order_by_conditions_begins_with_the_fewest_that_fail(report: MatchReport) -> None:
    for matches in selected(report, Selection(order="verdict")).values():
        failing = [sum(outcome.answer == "not_met" for outcome in match.judgement.outcomes) for match in matches]
        assert failing == sorted(failing)


@pytest.mark.parametrize("facet", FACETS)
def test_the_count_beside_a_value_is_what_choosing_it_shows(report: MatchReport, facet: str) -> None:
    other = Selection({"band": frozenset({"strong", "possible"})} if facet != "band" else {})
    for value, count in counts(report, facet, other).items():
        chosen = Selection({**other.wanted, facet: frozenset({value})})
        assert len(shown(report, chosen)) == count
        assert value_words(facet, value, report)


@given(
    wanted=st.dictionaries(st.sampled_from(FACETS), st.frozensets(st.sampled_from(["strong", "weak", "closed", ""])))
)
def test_a_filter_keeps_only_what_was_asked_for_and_all_of_it(report: MatchReport, wanted: dict) -> None:
    kept = set(shown(report, Selection(wanted)))
    for match in report.matches:
        asked = all(not some or some & set(values(match, facet)) for facet, some in wanted.items())
        assert (match.programme.id in kept) == asked


def test_a_programme_whose_route_is_not_known_can_be_asked_for(tmp_path: Path) -> None:
    strand = make_strand(route=unverified(None))
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", [make_programme(strands=[strand])]))
    found = Matcher(catalogue).match(make_project(catalogue.vocabularies), ON)
    assert counts(found, "route") == {NOT_KNOWN: 1}
    assert value_words("route", NOT_KNOWN, found) == "not known"
    assert shown(found, Selection({"route": frozenset({NOT_KNOWN})})) == [found.matches[0].programme.id]
    assert shown(found, Selection({"route": frozenset({"commission_call"})})) == []
