"""The figures in a text: what counts as a percentage, an amount, a duration, a day, a number of partners."""

from datetime import date

import pytest

from thbfund.catalogue.figures import amounts, days, minima, months, percentages


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The EU pays 90 %.", {0.9}),
        ("90% or 85 per cent", {0.9, 0.85}),
        ("70 or 60 % in transition regions", {0.7, 0.6}),
        ("37.5 % and 12,5 %", {0.375, 0.125}),
        ("At least 51 % and at most 95 % in 2017", {0.95}),
        ("all costs, plus 25 % for indirect ones", set()),
        ("Art. 12(2) of 2017", set()),
        ("", set()),
    ],
)
def test_percentages_are_shares(text, found):
    assert percentages(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("EUR 300 000", {300_000}),
        ("€300,000 each", {300_000}),
        ("EUR 1.25 to 2.5 million", {1_250_000, 2_500_000}),
        ("EUR 1 to 3 million", {1_000_000, 3_000_000}),
        ("EUR 750 000 to 1 million", {750_000, 1_000_000}),
        ("EUR 1 million or 900 000", {1_000_000, 900_000}),
        ("EUR 1 million or 2", {1_000_000, 2_000_000}),
        ("EUR 250 000 and EUR 500 000", {250_000, 500_000}),
        ("EUR 14.4 million in all", {14_400_000}),
        ("BGN 450 000 for January 2020", set()),
        ("in the call of 2019", set()),
    ],
)
def test_amounts_stand_after_the_name_of_the_money(text, found):
    assert amounts(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [("12 to 24 months", {12, 24}), ("a 36-month project", {36}), ("some months before", set()), ("2 years", set())],
)
def test_months_are_counted(text, found):
    assert months(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The deadline is 5 March 2025.", {date(2025, 3, 5)}),
        ("closes on 2025-03-05", {date(2025, 3, 5)}),
        ("Closes on Tuesday 5 March 2025", {date(2025, 3, 5)}),
        ("Read in a snapshot of 5 March 2025", set()),
        ("closes on 31 February 2025", set()),
        ("closes in March 2025", set()),
    ],
)
def test_days_count_only_after_the_words_asked_for(text, found):
    assert days(text, "deadline|closes") == found


def test_without_such_words_every_day_counts():
    assert days("moved from 1 May 2024 to 2024-05-29") == {date(2024, 5, 1), date(2024, 5, 29)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("at least two organisations", [("organisations", {2})]),
        ("at least three eligible participating countries", [("countries", {3})]),
        ("from at least two other participating Member States", [("countries", {3})]),
        ("with at least one other organisation", [("organisations", {2})]),
        ("with at least one organisation from another Member State", [("organisations", {2})]),
        ("with at least two partners", [("organisations", {2, 3})]),
        ("at least 3 applicants in at least 2 countries", [("organisations", {3}), ("countries", {2})]),
        ("at least two Member States may ask", [("countries", {2})]),
        ("At least two organisations", [("organisations", {2})]),
        ("A minimum of three countries. No fewer than two partners", [("countries", {3}), ("organisations", {2, 3})]),
        ("two organisations", []),
        ("at least two years of work", []),
    ],
)
def test_a_minimum_of_partners_says_what_totals_it_may_mean(text, found):
    assert list(minima(text)) == found
