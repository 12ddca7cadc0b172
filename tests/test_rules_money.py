"""Rules on amounts and time: size of the grant, the share the EU pays, duration."""

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from factories import fact, loaded_vocabularies, make_conditions, make_project, unverified
from thbfund.rules.money import duration, eu_rate, grant_range, least_budget, most_grant
from thbfund.rules.outcome import Gap

VOCABULARIES = loaded_vocabularies()


def project(**fields):
    return make_project(VOCABULARIES, **fields)


# -- grant_range

RANGE = make_conditions(grant=fact({"min_eur": 100_000, "max_eur": 500_000}))


@pytest.mark.parametrize(
    ("grant", "answer"),
    [
        pytest.param(99_999, "not_met", id="a euro below the smallest"),
        pytest.param(100_000, "met", id="the smallest"),
        pytest.param(500_000, "met", id="the largest"),
        pytest.param(500_001, "not_met", id="a euro above the largest"),
        pytest.param(99_999.4, "met", id="cents below the smallest"),
        pytest.param(500_000.4, "met", id="cents above the largest"),
    ],
)
def test_a_grant_lies_between_the_smallest_and_the_largest(grant, answer):
    assert grant_range(RANGE, project(requested_grant_eur=grant)).answer == answer


@pytest.mark.parametrize(
    ("bounds", "grant"),
    [
        pytest.param({"min_eur": 100_000, "max_eur": None}, 10_000_000, id="no largest"),
        pytest.param({"min_eur": None, "max_eur": 500_000}, 0, id="no smallest"),
    ],
)
def test_a_missing_bound_bars_nothing(bounds, grant):
    assert grant_range(make_conditions(grant=fact(bounds)), project(requested_grant_eur=grant)).answer == "met"


def test_a_grant_not_named_is_unknown_and_asked_for():
    outcome = grant_range(RANGE, project())

    assert (outcome.answer, outcome.asks) == ("unknown", "requested_grant_eur")


@pytest.mark.parametrize(
    ("total", "answer"),
    [
        pytest.param(99_999, "not_met", id="total a euro below the smallest grant"),
        pytest.param(100_000, "unknown", id="total as large as the smallest grant"),
    ],
)
def test_a_total_below_the_smallest_grant_settles_a_grant_not_named(total, answer):
    assert grant_range(RANGE, project(total_budget_eur=total)).answer == answer


def test_a_total_above_the_largest_grant_settles_nothing():
    assert grant_range(RANGE, project(total_budget_eur=9_000_000)).answer == "unknown"


@pytest.mark.parametrize(
    "conditions",
    [
        pytest.param(make_conditions(), id="not recorded"),
        pytest.param(make_conditions(grant=unverified(None)), id="not known"),
    ],
)
def test_without_a_known_range_there_is_no_rule(conditions):
    assert grant_range(conditions, project(requested_grant_eur=1)) is None


# -- eu_rate

NINE_TENTHS = make_conditions(eu_rate=fact(0.9))


@pytest.mark.parametrize(
    ("grant", "answer"),
    [
        pytest.param(90_000, "met", id="exactly the rate"),
        pytest.param(90_001, "not_met", id="a euro above"),
        pytest.param(0, "met", id="nothing asked for"),
    ],
)
def test_the_eu_pays_no_more_than_its_rate(grant, answer):
    asked = project(requested_grant_eur=grant, total_budget_eur=100_000)

    assert eu_rate(NINE_TENTHS, asked).answer == answer


def test_of_a_rate_that_no_whole_euro_meets_the_euro_below_is_the_most():
    assert eu_rate(NINE_TENTHS, project(requested_grant_eur=90_000, total_budget_eur=100_001)).answer == "met"
    assert eu_rate(NINE_TENTHS, project(requested_grant_eur=90_001, total_budget_eur=100_001)).answer == "not_met"


@given(st.integers(1, 10_000_000), st.sampled_from([0.5, 0.75, 0.8, 0.9, 0.95, 1.0]))
def test_the_most_of_a_budget_and_the_least_budget_of_a_grant_agree(total, rate):
    most = most_grant(rate, total)

    assert least_budget(rate, most) <= total
    assert most_grant(rate, least_budget(rate, total)) >= total


@pytest.mark.parametrize(
    ("fields", "asked"),
    [
        pytest.param({"total_budget_eur": 100_000}, "requested_grant_eur", id="grant missing"),
        pytest.param({"requested_grant_eur": 90_000}, "total_budget_eur", id="total missing"),
        pytest.param({"requested_grant_eur": 0, "total_budget_eur": 0}, "total_budget_eur", id="total of nothing"),
    ],
)
def test_a_share_that_cannot_be_computed_is_unknown_and_the_missing_amount_asked_for(fields, asked):
    outcome = eu_rate(NINE_TENTHS, project(**fields))

    assert (outcome.answer, outcome.asks) == ("unknown", asked)


@pytest.mark.parametrize(
    "conditions",
    [
        pytest.param(make_conditions(), id="not recorded"),
        pytest.param(make_conditions(eu_rate=unverified(None)), id="not known"),
    ],
)
def test_a_rate_the_catalogue_does_not_know_is_unknown_and_nothing_is_asked(conditions):
    outcome = eu_rate(conditions, project(requested_grant_eur=1, total_budget_eur=1))

    assert (outcome.answer, outcome.asks) == ("unknown", "")


def test_the_gap_names_the_own_share():
    asked = project(requested_grant_eur=100_000, total_budget_eur=100_000)

    assert eu_rate(NINE_TENTHS, asked).gap.text == (
        "find EUR 10\N{NO-BREAK SPACE}000 more of your own or from others (EUR 10\N{NO-BREAK SPACE}000 in all)"
    )


# -- duration

ONE_TO_THREE_YEARS = make_conditions(duration=fact({"min_months": 12, "max_months": 36}))


@pytest.mark.parametrize(
    ("months", "answer"),
    [
        pytest.param(11, "not_met", id="a month too short"),
        pytest.param(12, "met", id="the shortest"),
        pytest.param(36, "met", id="the longest"),
        pytest.param(37, "not_met", id="a month too long"),
    ],
)
def test_a_project_lasts_between_the_shortest_and_the_longest(months, answer):
    assert duration(ONE_TO_THREE_YEARS, project(duration_months=months)).answer == answer


@pytest.mark.parametrize(
    ("bounds", "months"),
    [
        pytest.param({"min_months": 12, "max_months": None}, 240, id="no longest"),
        pytest.param({"min_months": None, "max_months": 36}, 1, id="no shortest"),
    ],
)
def test_a_missing_limit_of_time_bars_nothing(bounds, months):
    assert duration(make_conditions(duration=fact(bounds)), project(duration_months=months)).answer == "met"


def test_a_duration_not_named_is_unknown_and_asked_for():
    outcome = duration(ONE_TO_THREE_YEARS, project())

    assert (outcome.answer, outcome.asks) == ("unknown", "duration_months")


def test_without_a_known_duration_there_is_no_rule():
    assert duration(make_conditions(), project(duration_months=1)) is None


# -- gaps that are mechanical


@pytest.mark.parametrize("grant", [50_000, 99_999, 500_001, 1_000_000])
def test_asking_for_what_the_gap_says_meets_the_grant_range(grant):
    before = project(requested_grant_eur=grant)
    gap = grant_range(RANGE, before).gap

    assert grant_range(RANGE, gap.close(before)).answer == "met"


@pytest.mark.parametrize("grant", [49_999, 1_000_001])
def test_a_grant_that_must_more_than_double_or_halve_has_no_gap(grant):
    outcome = grant_range(RANGE, project(requested_grant_eur=grant))

    assert (outcome.answer, outcome.gap) == ("not_met", None)


@pytest.mark.parametrize(
    ("fields", "mendable"),
    [
        pytest.param({"total_budget_eur": 50_000}, True, id="the budget must double"),
        pytest.param({"total_budget_eur": 49_999}, False, id="the budget must more than double"),
        pytest.param({"total_budget_eur": 200_000, "requested_grant_eur": 50_000}, True, id="the grant must double"),
        pytest.param({"total_budget_eur": 200_000, "requested_grant_eur": 49_999}, False, id="more than double"),
        pytest.param({"requested_grant_eur": 60_000}, True, id="no budget said"),
    ],
)
def test_too_small_a_project_can_at_most_be_doubled(fields, mendable):
    assert (grant_range(RANGE, project(**fields)).gap is not None) is mendable


def test_a_budget_that_is_just_large_enough_stays_as_it_is():
    before = project(total_budget_eur=100_000, requested_grant_eur=90_000)

    assert grant_range(RANGE, before).gap.text == "ask for at least EUR 100\N{NO-BREAK SPACE}000"


@pytest.mark.parametrize(("months", "said"), [(1, "1 month"), (2, "2 months")])
def test_one_month_is_told_in_the_singular(months, said):
    assert duration(ONE_TO_THREE_YEARS, project(duration_months=months)).applicant_value == said


@pytest.mark.parametrize(("months", "after"), [(11, 12), (37, 36)])
def test_the_change_of_a_duration_is_made_as_it_is_told(months, after):
    before = project(duration_months=months)

    assert duration(ONE_TO_THREE_YEARS, before).gap.close(before).duration_months == after


@pytest.mark.parametrize(
    ("total", "answer"), [(111_111, "not_met"), (111_112, "unknown")], ids=["just too small", "just large enough"]
)
def test_a_budget_too_small_for_the_smallest_grant_under_the_rate_fails_whatever_is_asked(total, answer):
    conditions = make_conditions(grant=fact({"min_eur": 100_000}), eu_rate=fact(0.9))

    assert grant_range(conditions, project(total_budget_eur=total)).answer == answer


def test_a_rate_that_was_not_confirmed_does_not_shut_a_budget_out():
    conditions = make_conditions(grant=fact({"min_eur": 100_000}), eu_rate=unverified(0.5))

    assert grant_range(conditions, project(total_budget_eur=100_000)).answer == "unknown"


@pytest.mark.parametrize("months", [1, 11, 37, 240])
def test_planning_for_what_the_gap_says_meets_the_duration(months):
    gap = duration(ONE_TO_THREE_YEARS, project(duration_months=months)).gap

    assert duration(ONE_TO_THREE_YEARS, project(duration_months=_amount_in(gap))).answer == "met"


@example(total=100_005, rate=90)  # the own share ends in half a euro
@given(total=st.integers(1, 10_000_000), rate=st.integers(1, 100))
def test_finding_what_the_gap_says_elsewhere_meets_the_rate(total, rate):
    conditions = make_conditions(eu_rate=fact(rate / 100))
    outcome = eu_rate(conditions, project(requested_grant_eur=total, total_budget_eur=total))
    assume(outcome.answer == "not_met")
    after = outcome.gap.close(project(requested_grant_eur=total, total_budget_eur=total))

    assert eu_rate(conditions, after).answer == "met"


def _amount_in(gap: Gap) -> int:
    return int("".join(character for character in gap.text if character.isdigit()))
