"""Gaps and fixes: every change that is proposed is made, judged again, and does what it promises."""

from datetime import date

import pytest
from hypothesis import assume, given

from factories import fact, loaded_programme, make_project, make_strand
from strategies import VOCABULARIES, eligibilities, projects
from thbfund.rules import judge, smallest_fix
from thbfund.rules.outcome import EFFORTS

ON = date(2026, 11, 23)

ALL_OPEN = {"others": "open"}
EASY = {
    "applicant_types": {"lead": fact(ALL_OPEN), "partner": fact(ALL_OPEN)},
    "countries": {"lead": fact({"open_to": ["inner_circle"], "others": "closed"})},
    "place_of_action": fact(ALL_OPEN),
    "consortium": fact({}),
    "eu_rate": fact(0.9),
}
FITTING = {
    "applicant": {"type": "ngo", "country": "DE"},
    "partners": [],
    "countries_of_action": ["DE"],
    "target_groups": ["children"],
    "activities": ["shelter"],
    "beneficiaries_third_country_nationals": True,
    "total_budget_eur": 100_000,
    "requested_grant_eur": 90_000,
    "duration_months": 24,
}


def judged(eligibility, **said):
    programme = loaded_programme(strands=[make_strand(eligibility=eligibility)])
    project = make_project(VOCABULARIES, **{**FITTING, **said})
    return judge(programme, programme.strands[0], project, ON, VOCABULARIES)


def texts(judgement):
    return [gap.text for gap in smallest_fix(judgement).changes]


def answer(judgement, rule):
    return next((outcome.answer for outcome in judgement.outcomes if outcome.rule == rule), None)


# -- properties


@given(projects, eligibilities)
def test_closing_a_gap_ends_the_failure(project, eligibility):
    programme = loaded_programme(strands=[make_strand(eligibility=eligibility)])
    judgement = judge(programme, programme.strands[0], project, ON, VOCABULARIES)

    for outcome in judgement.outcomes:
        if outcome.gap and outcome.answer == "not_met":
            assert answer(judgement.again(outcome.gap.close(project)), outcome.rule) != "not_met"


@given(projects, eligibilities)
def test_after_a_fix_no_rule_fails_and_the_verdict_is_the_one_it_names(project, eligibility):
    programme = loaded_programme(strands=[make_strand(eligibility=eligibility)])
    judgement = judge(programme, programme.strands[0], project, ON, VOCABULARIES)
    fix = smallest_fix(judgement)
    assume(fix is not None)

    after = judgement.again(fix.project)
    assert all(outcome.answer != "not_met" for outcome in after.outcomes)
    assert after.verdict == fix.verdict in {"eligible", "to_check"}


@given(projects, eligibilities)
def test_a_fix_names_each_change_once_and_the_cheaper_ones_first(project, eligibility):
    programme = loaded_programme(strands=[make_strand(eligibility=eligibility)])
    fix = smallest_fix(judge(programme, programme.strands[0], project, ON, VOCABULARIES))
    assume(fix is not None)

    efforts = [EFFORTS.index(gap.effort) for gap in fix.changes]
    assert efforts == sorted(efforts)
    assert len({gap.text for gap in fix.changes}) == len(fix.changes)


# -- one change may mend several rules


def test_a_project_that_fails_nothing_needs_no_fix():
    judgement = judged(EASY)

    assert judgement.verdict == "eligible"
    assert smallest_fix(judgement) is None


def test_one_required_partner_from_another_country_also_completes_the_consortium():
    two = fact({"min_organisations": 2, "min_countries": 2})
    police = fact([{"any_of": ["law_enforcement"], "why": "invented"}])

    found = texts(judged({**EASY, "consortium": two, "required_partners": police}))
    assert found == ["add as partner: Law enforcement body, from a further country that takes part"]


def test_any_partner_completes_a_consortium_but_not_one_that_asks_for_police():
    two = fact({"min_organisations": 2})

    assert texts(judged({**EASY, "consortium": two})) == ["add 1 partner from a country that takes part"]


def test_another_lead_mends_type_seat_and_role_at_once():
    kinds = {"lead": fact({"open_to": ["university"], "closed_to": ["ngo"]}), "partner": fact(ALL_OPEN)}
    seats = {"lead": fact({"open_to": ["inner_circle"], "others": "closed"}), "partner": fact(ALL_OPEN)}
    abroad = {"type": "ngo", "country": "AL"}

    judgement = judged({**EASY, "applicant_types": kinds, "countries": seats}, applicant=abroad)
    assert [outcome.rule for outcome in judgement.outcomes if outcome.answer == "not_met"] == [
        "applicant_type",
        "applicant_country",
        "role",
    ]
    assert texts(judgement) == [
        "find a lead of another type (University) from a country that takes part (Inner circle) and join it as partner"
    ]


def test_a_lead_that_may_not_even_join_is_not_told_to_join():
    kinds = {"lead": fact({"open_to": ["university"], "closed_to": ["ngo"]}), "partner": fact({"closed_to": ["ngo"]})}

    assert texts(judged({**EASY, "applicant_types": kinds})) == ["find a lead of another type (University)"]


# -- amounts that depend on each other


@pytest.mark.parametrize(
    ("total", "grant", "expected"),
    [
        pytest.param(100_000, 90_000, ["ask for at least EUR 180 000"], id="grant too small"),
        pytest.param(200_000, 200_000, ["find EUR 20 000 from other sources"], id="share too large"),
        pytest.param(200_000, 180_000, None, id="just right"),
    ],
)
def test_the_smallest_grant_and_the_rate_are_met_together(total, grant, expected):
    judgement = judged({**EASY, "grant": fact({"min_eur": 180_000})}, total_budget_eur=total, requested_grant_eur=grant)

    if expected is None:
        assert smallest_fix(judgement) is None
        return
    fix = smallest_fix(judgement)
    assert [gap.text.replace("\N{NO-BREAK SPACE}", " ") for gap in fix.changes] == expected
    assert fix.project.requested_grant_eur <= 0.9 * fix.project.total_budget_eur
    assert fix.project.requested_grant_eur >= 180_000


def test_changes_of_several_kinds_come_with_the_least_effort_first():
    two = fact({"min_organisations": 2})
    shut = fact({"open_to": ["inner_circle"], "others": "closed"})

    found = texts(
        judged(
            {**EASY, "consortium": two, "duration": fact({"max_months": 12}), "place_of_action": shut},
            countries_of_action=["US"],
        )
    )
    assert [text.split()[0] for text in found] == ["shorten", "plan", "add"]


# -- what nobody can mend


def test_a_closed_programme_cannot_be_mended():
    programme = loaded_programme(strands=[make_strand(eligibility=EASY)])
    judgement = judge(
        programme, programme.strands[0], make_project(VOCABULARIES, **FITTING), date(2035, 1, 1), VOCABULARIES
    )

    assert judgement.verdict == "closed"
    assert smallest_fix(judgement) is None


def test_where_one_failure_has_no_gap_no_half_fix_is_offered():
    nobody = {"lead": fact({"closed_to": ["ngo"]})}

    assert smallest_fix(judged({**EASY, "applicant_types": nobody, "duration": fact({"max_months": 12})})) is None
