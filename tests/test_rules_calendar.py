"""Rules of time: the programme is in force, and the door is not shut for good."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from factories import fact, loaded_programme, make_conditions, make_strand, unverified
from thbfund.rules.calendar import in_force, route_open
from thbfund.rules.conditions import Conditions
from thbfund.rules.outcome import Basis, Outcome

FIRST, LAST = date(2021, 1, 1), date(2027, 12, 31)
DAY = timedelta(days=1)


def conditions(on: date = FIRST, **changes) -> Conditions:
    programme = loaded_programme(**changes)
    return Conditions(programme, programme.strands[0], on)


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        pytest.param(FIRST - DAY, "not_met", id="day before the first"),
        pytest.param(FIRST, "met", id="first day"),
        pytest.param(LAST, "met", id="last day"),
        pytest.param(LAST + DAY, "not_met", id="day after the last"),
    ],
)
def test_a_programme_is_in_force_from_its_first_day_to_its_last(on, answer):
    assert in_force(conditions(on)).answer == answer


def test_a_programme_without_a_last_day_stays_in_force():
    open_end = conditions(date(2050, 1, 1), in_force=fact({"starts_on": "2021-01-01", "ends_on": None}))

    assert in_force(open_end).answer == "met"


def test_a_programme_whose_period_is_not_recorded_is_unknown():
    outcome = in_force(conditions(in_force=unverified(None, "no act was found")))

    assert (outcome.answer, outcome.basis.unverified) == ("unknown", "no act was found")


@pytest.mark.parametrize(
    ("name", "said"),
    [("Beacon Fund", "Beacon Fund (beacon-2028-2034)"), ("", "beacon-2028-2034")],
    ids=["known", "not"],
)
def test_an_ended_programme_names_its_successor(name, said):
    ended = in_force(replace(conditions(LAST + DAY, successor=fact("beacon-2028-2034")), successor=name))

    assert ended.reason == f"The programme took applications until 2027-12-31. It was followed by {said}."


@pytest.mark.parametrize(
    "successor",
    [fact(None, note="none is known yet."), unverified(None, "none is known yet")],
    ids=["read", "not confirmed"],
)
def test_an_ended_programme_without_successor_says_why(successor):
    ended = in_force(conditions(LAST + DAY, successor=successor))

    assert ended.reason == "The programme took applications until 2027-12-31. None is known yet."


def test_a_programme_to_come_says_when_it_starts():
    assert in_force(conditions(FIRST - DAY)).reason == "The programme has not begun (starts 2021-01-01)."


def test_both_values_and_the_source_are_given():
    outcome = in_force(conditions())

    assert outcome.programme_value == "from 2021-01-01 to 2027-12-31"
    assert outcome.applicant_value == "2021-01-01"
    assert outcome.basis.source == "Lantern law, Art. 1"


@pytest.mark.parametrize(
    ("on", "answer"),
    [
        pytest.param(date(2024, 6, 30), "met", id="on the day itself"),
        pytest.param(date(2024, 7, 1), "not_met", id="the day after"),
    ],
)
def test_a_door_shut_for_good_fails_from_the_next_day(on, answer):
    shut = conditions(on, strands=[make_strand(closed_for_good_on=fact("2024-06-30"))])

    assert route_open(shut).answer == answer


def test_a_door_of_which_no_end_is_known_stays_open_between_calls():
    assert route_open(make_conditions()).answer == "met"


def test_a_route_that_is_not_recorded_is_unknown():
    no_route = conditions(strands=[make_strand(route=unverified(None))])

    assert route_open(no_route).answer == "unknown"


# -- whole answers


READ = Basis("Lantern law, Art. 1", "https://lantern.example/law", date(2026, 1, 15), "programme")
OF_STRAND = replace(READ, level="strand")
DATES = "from 2021-01-01 to 2027-12-31"
OPEN_END = fact({"starts_on": "2021-01-01", "ends_on": None})


@pytest.mark.parametrize(
    ("on", "changes", "answer", "reason", "asked"),
    [
        pytest.param(
            FIRST - DAY, {}, "not_met", "The programme has not begun (starts 2021-01-01).", DATES, id="before"
        ),
        pytest.param(FIRST, {}, "met", f"The programme is in force ({DATES}).", DATES, id="in force"),
        pytest.param(
            LAST + DAY,
            {"successor": unverified(None, "nobody knows")},
            "not_met",
            "The programme took applications until 2027-12-31. Nobody knows.",
            DATES,
            id="ended",
        ),
        pytest.param(
            FIRST,
            {"in_force": OPEN_END},
            "met",
            "The programme is in force (from 2021-01-01, no end known).",
            "from 2021-01-01, no end known",
            id="open end",
        ),
    ],
)
def test_the_answer_on_the_time_of_a_programme_is_whole(on, changes, answer, reason, asked):
    assert in_force(conditions(on, **changes)) == Outcome("in_force", answer, reason, READ, asked, str(on))


def test_a_programme_of_unknown_time_asks_nothing_and_says_what_is_missing():
    unknown = conditions(in_force=unverified(None, "no act was found"))

    assert in_force(unknown) == Outcome(
        "in_force",
        "unknown",
        "The catalogue does not know when the programme runs.",
        Basis(level="programme", unverified="no act was found"),
    )


@pytest.mark.parametrize(
    ("strand", "on", "expected"),
    [
        pytest.param(
            {},
            FIRST,
            Outcome(
                "route_open",
                "met",
                "No sign that this door has shut for good; whether a call is open now is told apart from this.",
                OF_STRAND,
            ),
            id="open",
        ),
        pytest.param(
            {"closed_for_good_on": fact("2024-06-30")},
            date(2024, 7, 1),
            Outcome("route_open", "not_met", "This part of the programme closed for good on 2024-06-30.", OF_STRAND),
            id="shut",
        ),
        pytest.param(
            {"route": unverified(None, "no page says it")},
            FIRST,
            Outcome(
                "route_open",
                "unknown",
                "The catalogue does not know how the money is given out.",
                Basis(level="strand", unverified="no page says it"),
            ),
            id="not known",
        ),
    ],
)
def test_the_answer_on_the_way_to_the_money_is_whole(strand, on, expected):
    assert route_open(conditions(on, strands=[make_strand(**strand)])) == expected
