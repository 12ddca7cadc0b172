"""The one use case: a project and a date -> programmes, ranked and judged."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import (
    fact,
    loaded_programme,
    make_programme,
    make_project,
    make_strand,
    other_value,
    tiny_programmes,
    unverified,
    write_catalogue,
)
from strategies import TYPES, VOCABULARIES, changed_fields, or_none, project_from, project_values, projects, types
from thbfund import Matcher, load_catalogue, match
from thbfund.matching import GROUPS
from thbfund.report.contract import report_json

ON = date(2026, 11, 23)
DAY = timedelta(days=1)


@pytest.fixture(scope="module")
def matched(tiny_matcher):
    """A function: match a project described by its fields in the tiny catalogue."""

    def run(on=ON, period="open", **fields):
        return tiny_matcher.match(make_project(VOCABULARIES, **fields), on, period)

    return run


def ids(report):
    return [found.programme.id for found in report.matches]


def ranked(report):
    """What ranking alone decides: order, scores, contributions."""
    return [(found.programme.id, found.scored.score, found.scored.contributions) for found in report.matches]


# -- candidates


@pytest.mark.parametrize(
    ("on", "expected"),
    [
        pytest.param(date(2013, 12, 31), set(), id="before all"),
        pytest.param(date(2014, 1, 1), {"candle-2014-2020"}, id="first day of the old period"),
        pytest.param(date(2020, 12, 31), {"candle-2014-2020"}, id="last day of the old period"),
        pytest.param(date(2021, 1, 1), {"lantern-2021-2027", "compass-2021-2027"}, id="first day of the new period"),
        pytest.param(date(2027, 12, 31), {"lantern-2021-2027", "compass-2021-2027"}, id="last day of the new period"),
        pytest.param(date(2028, 1, 1), set(), id="after all"),
    ],
)
def test_candidates_are_the_programmes_in_force_on_the_day(matched, on, expected):
    assert set(ids(matched(on))) == expected


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("2014-2020", {"candle-2014-2020"}),
        ("2021-2027", {"lantern-2021-2027", "compass-2021-2027"}),
        ("all", {"candle-2014-2020", "lantern-2021-2027", "compass-2021-2027"}),
    ],
)
@pytest.mark.parametrize("on", [date(2013, 1, 1), ON], ids=str)
def test_a_period_brings_its_programmes_whatever_the_day(matched, period, expected, on):
    assert set(ids(matched(on, period))) == expected


def test_a_programme_of_two_periods_is_a_candidate_in_both(tmp_path):
    both = make_programme(periods=["2014-2020", "2021-2027"])
    matcher = Matcher(load_catalogue(write_catalogue(tmp_path / "data", [both])))

    for period in ("2014-2020", "2021-2027"):
        assert ids(matcher.match(make_project(VOCABULARIES), ON, period)) == [both["id"]]


def test_a_programme_whose_time_is_not_known_is_not_left_out(tmp_path):
    timeless = make_programme(in_force=unverified(None))
    report = match(load_catalogue(write_catalogue(tmp_path / "data", [timeless])), make_project(VOCABULARIES), ON)

    [found] = report.matches
    assert (found.programme.id, found.judgement.verdict) == (timeless["id"], "to_check")


def test_a_closed_programme_is_marked_and_points_to_its_successor(matched):
    [found] = matched(period="2014-2020").matches

    assert (found.judgement.verdict, found.group, found.timing) == ("closed", "closed", "closed")
    assert found.programme.successor.value == "lantern-2021-2027"


@pytest.mark.parametrize(("on", "timing"), [(date(2020, 12, 31), "none_known"), (date(2021, 1, 1), "closed")])
def test_without_calls_the_timing_says_no_more_than_open_or_closed(matched, on, timing):
    [found] = matched(on, period="2014-2020").matches

    assert found.timing == timing


# -- order and strands


def test_the_programme_written_for_such_a_project_comes_first(matched):
    shelter = "A shelter gives women who were trafficked a safe place to stay, with legal aid."
    warning = "Families and children in the outer circle are warned of recruiters before they are trafficked women."

    assert ids(matched(summary=shelter))[0] == "lantern-2021-2027"
    assert ids(matched(summary=warning))[0] == "compass-2021-2027"


def test_ranks_count_from_one_in_order_of_score_alone(matched):
    report = matched(period="all")

    scores = [found.scored.score for found in report.matches]
    assert scores == sorted(scores, reverse=True)
    assert [found.rank for found in report.matches] == [1, 2, 3]


def test_equal_scores_come_in_order_of_id(matched):
    assert ids(matched(summary="Better bicycles for our town.")) == ["compass-2021-2027", "lantern-2021-2027"]


def test_score_and_verdict_may_come_from_two_strands(matched):
    report = matched(applicant={"type": "individual", "country": "DE"})

    lantern = next(found for found in report.matches if found.programme.id == "lantern-2021-2027")
    assert lantern.scored.document.strand.id == "harbour"
    assert (lantern.judgement.strand.id, lantern.judgement.verdict) == ("beacon", "to_check")
    assert [(other.strand.id, other.verdict) for other in lantern.others] == [("harbour", "not_eligible")]


@given(projects)
def test_a_programme_is_scored_by_its_best_strand_and_judged_by_its_best_verdict(tiny_matcher, project):
    for found in tiny_matcher.match(project, ON, "all").matches:
        strands = {strand.id for strand in found.programme.strands}
        assert {found.judgement.strand.id, *(other.strand.id for other in found.others)} == strands
        verdicts = ["eligible", "to_check", "not_eligible", "closed"]
        assert all(verdicts.index(other.verdict) >= verdicts.index(found.judgement.verdict) for other in found.others)


# -- properties of the contract


@given(projects)
def test_contributions_sum_to_the_score(tiny_matcher, project):
    for found in tiny_matcher.match(project, ON, "all").matches:
        assert abs(sum(part.value for part in found.scored.contributions) - found.scored.score) < 1e-9


@given(
    project_values,
    st.fixed_dictionaries({"type": types, "name": or_none(st.just("Invented House"))}),
    or_none(st.integers(0, 400_000)),
    or_none(st.integers(1, 240)),
    st.dates(date(2013, 1, 1), date(2029, 1, 1)),
)
def test_type_money_duration_and_date_never_move_scores(tiny_matcher, values, applicant, grant, months, on):
    country = values["applicant"]["country"]
    other = changed_fields(
        values,
        applicant={**applicant, "country": country},
        requested_grant_eur=grant,
        total_budget_eur=None if grant is None else grant * 2,
        duration_months=months,
        start="2027-01",
    )

    before = tiny_matcher.match(project_from(values), ON, "all")
    after = tiny_matcher.match(project_from(other), on, "all")
    assert ranked(after) == ranked(before)


@given(project_values, st.sampled_from(TYPES))
def test_types_of_partners_never_move_scores(tiny_matcher, values, kind):
    partners = None if values["partners"] is None else [{**partner, "type": kind} for partner in values["partners"]]

    before = tiny_matcher.match(project_from(values), ON, "all")
    after = tiny_matcher.match(project_from(changed_fields(values, partners=partners)), ON, "all")
    assert ranked(after) == ranked(before)


@given(projects)
def test_no_result_is_hidden_whatever_its_verdict_or_score(tiny_matcher, project):
    report = tiny_matcher.match(project, ON, "all")

    assert len(report.matches) == 3
    assert all(found.group in GROUPS for found in report.matches)


@pytest.mark.usefixtures("read_anew")
@given(projects)
def test_the_same_project_gives_the_same_bytes_twice(tiny_matcher, project):
    once = report_json(tiny_matcher.match(project, ON, "all"))

    assert report_json(tiny_matcher.match(project, ON, "all")) == once
    assert report_json(tiny_matcher.match(project.model_copy(), ON, "all")) == once


@pytest.mark.usefixtures("read_anew")
def test_a_new_matcher_gives_the_same_bytes(tiny):
    project = make_project(VOCABULARIES)

    assert report_json(match(tiny, project, ON, "all")) == report_json(match(tiny, project, ON, "all"))


@pytest.mark.usefixtures("read_anew")
def test_files_read_in_another_order_give_the_same_bytes(tmp_path, monkeypatch, tiny):
    folder = write_catalogue(tmp_path / "data", reversed(tiny_programmes()))
    listed = Path.glob
    monkeypatch.setattr(Path, "glob", lambda self, pattern: sorted(listed(self, pattern), reverse=True))

    project = make_project(VOCABULARIES)
    assert report_json(match(load_catalogue(folder), project, ON, "all")) == report_json(
        match(tiny, project, ON, "all")
    )


def test_a_strand_that_bars_the_project_leaves_the_verdict_of_the_other(tmp_path):
    one = make_programme()
    two = make_programme(
        strands=[make_strand(), make_strand(id="barred", eligibility={"duration": fact({"max_months": 1})})]
    )

    project = make_project(VOCABULARIES, duration_months=24)
    [before], [after] = (
        match(load_catalogue(write_catalogue(tmp_path / name, [programme])), project, ON).matches
        for name, programme in (("one", one), ("two", two))
    )
    assert (after.judgement.strand.id, after.judgement.verdict) == ("harbour", before.judgement.verdict)


# -- nothing fits


@pytest.mark.parametrize(
    ("summary", "nothing_fits"),
    [
        pytest.param("A shelter gives women who were trafficked a safe place to stay.", False, id="in the field"),
        pytest.param("Better bicycles for our town, with training for children.", True, id="outside the field"),
        pytest.param("Police officers train to stop drug trafficking.", True, id="trafficking of something else"),
        pytest.param(
            "We train cyclists. Nobody convicted of trafficking in human beings may apply.", True, id="exclusion clause"
        ),
        pytest.param("A shelter stops violence against women.", False, id="in the field without the word"),
    ],
)
def test_a_project_outside_the_field_is_told_that_nothing_fits(matched, summary, nothing_fits):
    assert matched(summary=summary).nothing_fits is nothing_fits


def test_where_there_is_no_candidate_nothing_fits(matched):
    assert matched(date(2030, 1, 1)).nothing_fits


# -- warnings

LONG = "A shelter gives women who were trafficked to Italy a safe place to stay, legal aid and language courses. " * 2


def codes(report):
    return {warning.code for warning in report.warnings}


def test_a_full_english_text_gives_no_warning(matched):
    assert codes(matched(summary=LONG)) == set()


@pytest.mark.parametrize(("words", "thin"), [(29, True), (30, False)])
def test_a_text_of_few_words_is_called_thin(matched, words, thin):
    text = " ".join((LONG * 2).split()[:words])

    assert ("thin_text" in codes(matched(summary=text))) is thin


@pytest.mark.parametrize(("language", "assumed"), [(None, True), ("en", False)])
def test_a_language_that_was_guessed_is_told(matched, language, assumed):
    assert ("assumed_language" in codes(matched(summary="12345 67890", language=language))) is assumed


@pytest.mark.parametrize(
    "personal",
    [
        "write to mary@shelter.example",
        "call +44 1632 960 001 at night",
        "Mary Lamb, 23, came from Albania",
        "she was born on 3 May 2001",
    ],
)
def test_signs_of_personal_data_are_told_without_repeating_them(matched, personal):
    report = matched(summary=f"{LONG} {personal}")

    [warning] = [warning for warning in report.warnings if warning.code == "personal_data"]
    assert not any(word in warning.message for word in ("mary", "Mary", "960", "2001"))


def test_an_ended_programme_tells_the_name_of_its_successor(matched):
    [candle] = matched(period="2014-2020").matches

    reason = next(outcome.reason for outcome in candle.judgement.outcomes if outcome.rule == "in_force")
    assert reason.endswith("It was followed by Lantern Fund (lantern-2021-2027).")


@pytest.mark.parametrize(
    ("others", "on", "begins_on"),
    [
        pytest.param([], date(2020, 12, 31), date(2021, 1, 1), id="day before"),
        pytest.param([], date(2021, 1, 1), None, id="first day"),
        pytest.param(
            ["2020-07-01"], date(2020, 6, 30), date(2020, 7, 1), id="day before the earliest by another source"
        ),
        pytest.param(["2020-07-01"], date(2020, 7, 1), None, id="one source lets it begin"),
    ],
)
def test_a_programme_begins_on_the_first_day_that_a_source_gives(others, on, begins_on):
    spans = [{"starts_on": first, "ends_on": "2027-12-31"} for first in ("2021-01-01", *others)]
    programme = loaded_programme(in_force=fact(spans[0], disputed=[other_value(span) for span in spans[1:]]))

    assert programme.begins_after(on) == begins_on
