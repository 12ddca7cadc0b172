"""What the rules of one strand add up to: the verdict, the doubt, the best strand."""

from dataclasses import replace
from datetime import date
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import CHECKED_ON, fact, loaded_programme, make_project, make_strand, unverified
from strategies import KNOWN, REQUIREMENTS, VOCABULARIES, eligibilities, projects
from thbfund import read_project
from thbfund.rules import best, judge
from thbfund.rules.applicants import RoleFinding
from thbfund.rules.gaps import partner_of
from thbfund.rules.outcome import Basis, Outcome, RuleName, doubted
from thbfund.rules.verdict import BEST_FIRST, verdict_of

ON = date(2026, 11, 23)


def outcome(answer, rule="duration", **basis):
    return Outcome(rule, answer, "For a reason.", Basis(**basis))


def judged(project, on=ON, **eligibility):
    programme = loaded_programme(strands=[make_strand(eligibility=eligibility)])
    return judge(programme, programme.strands[0], project, on, VOCABULARIES)


def answers(judgement):
    return {found.rule: found.answer for found in judgement.outcomes}


OPEN_TO_ALL = {
    "applicant_types": {"lead": fact({"others": "open"})},
    "countries": {"lead": fact({"others": "open"})},
    "place_of_action": fact({"others": "open"}),
    "consortium": fact({}),
    "eu_rate": fact(1.0),
}
COMPLETE = make_project(
    VOCABULARIES,
    applicant={"type": "ngo", "country": "DE"},
    partners=[],
    countries_of_action=["DE"],
    total_budget_eur=100_000,
    requested_grant_eur=90_000,
    duration_months=24,
)


# -- precedence


@pytest.mark.parametrize(
    ("outcomes", "verdict"),
    [
        pytest.param([outcome("met")], "eligible", id="all met"),
        pytest.param([outcome("met"), outcome("unknown")], "to_check", id="one unknown"),
        pytest.param([outcome("unknown"), outcome("not_met")], "not_eligible", id="not met goes before unknown"),
        pytest.param([outcome("not_met"), outcome("not_met", "in_force")], "closed", id="time goes before all"),
        pytest.param([outcome("not_met", "route_open"), outcome("met")], "closed", id="a door shut for good"),
        pytest.param([outcome("unknown", "in_force"), outcome("met")], "to_check", id="time unknown is not closed"),
        pytest.param([outcome("not_met", by_call=True)], "to_check", id="what a call may change does not exclude"),
        pytest.param(
            [outcome("not_met", by_call=True), outcome("not_met")], "not_eligible", id="unless something else does"
        ),
    ],
)
def test_time_goes_before_exclusion_before_doubt(outcomes, verdict):
    assert verdict_of(outcomes) == verdict


def test_a_project_that_meets_all_rules_is_eligible():
    assert judged(COMPLETE, **OPEN_TO_ALL).verdict == "eligible"


@pytest.mark.parametrize(
    ("condition", "verdict"),
    [
        pytest.param(fact({"max_months": 23}), "not_eligible", id="set by the programme"),
        pytest.param(fact({"max_months": 23}, set_by="call"), "to_check", id="set by each call"),
        pytest.param(unverified({"max_months": 23}), "to_check", id="not confirmed"),
        pytest.param(fact({"max_months": 24}), "eligible", id="met"),
        pytest.param(unverified({"max_months": 24}), "to_check", id="met, not confirmed"),
    ],
)
def test_only_a_confirmed_condition_of_the_programme_itself_excludes(condition, verdict):
    assert judged(COMPLETE, **OPEN_TO_ALL, duration=condition).verdict == verdict


def test_a_condition_not_met_that_calls_may_change_is_still_shown_as_not_met():
    judgement = judged(COMPLETE, **OPEN_TO_ALL, duration=fact({"max_months": 23}, set_by="call"))

    assert answers(judgement)["duration"] == "not_met"


def admission(name, listed):
    """A condition of a call that names the applicant's type, seat or place of work in one of its lists."""
    return {
        "type": {"applicant_types": {"lead": fact({listed: ["ngo"]}, set_by="call")}},
        "seat": {"countries": {"lead": fact({listed: ["DE"]}, set_by="call")}},
        "place": {"place_of_action": fact({listed: ["DE"]}, set_by="call")},
    }[name]


@pytest.mark.parametrize(
    ("listed", "verdict"),
    [("closed_to", "not_eligible"), ("depends_on_call", "to_check"), ("open_to", "eligible")],
)
@pytest.mark.parametrize("name", ["type", "seat", "place"])
def test_lists_of_admission_say_themselves_what_depends_on_the_call(name, listed, verdict):
    assert judged(COMPLETE, **{**OPEN_TO_ALL, **admission(name, listed)}).verdict == verdict


@pytest.mark.parametrize(
    ("listed", "verdict"),
    [("closed_to", "not_eligible"), ("depends_on_call", "to_check"), ("open_to", "eligible")],
)
def test_a_list_of_partners_seats_says_itself_what_depends_on_the_call(listed, verdict):
    seats = {"lead": fact({"others": "open"}), "partner": fact({listed: ["FR"]}, set_by="call")}
    joined_by_one = COMPLETE.model_copy(update={"partners": (partner_of("ngo", "FR"),)})

    assert judged(joined_by_one, **{**OPEN_TO_ALL, "countries": seats}).verdict == verdict


@pytest.mark.parametrize(("on", "verdict"), [(date(2027, 12, 31), "eligible"), (date(2028, 1, 1), "closed")])
def test_the_verdict_is_of_the_day(on, verdict):
    assert judged(COMPLETE, on, **OPEN_TO_ALL).verdict == verdict


def test_a_project_of_which_nothing_but_the_text_is_known_is_never_eligible():
    assert judged(make_project(VOCABULARIES), **OPEN_TO_ALL).verdict == "to_check"


def test_a_strand_on_which_the_catalogue_is_silent_is_to_check():
    assert judged(COMPLETE).verdict == "to_check"


# -- doubt


@pytest.mark.parametrize(("answer", "would"), [("met", "would be met"), ("not_met", "would not be met")])
def test_an_answer_on_an_unconfirmed_fact_becomes_unknown_and_says_why(answer, would):
    changed = doubted(outcome(answer, unverified="nobody read the law."))

    assert changed.answer == "unknown"
    assert changed.reason == f"For a reason. Not confirmed (nobody read the law): on this value it {would}, so check."


@pytest.mark.parametrize(
    "kept",
    [outcome("met"), outcome("not_met"), outcome("unknown")],
    ids=["met", "not met", "unknown"],
)
def test_an_answer_on_a_confirmed_fact_stays_as_it_is(kept):
    assert doubted(kept) == kept


def test_an_answer_that_is_unknown_already_keeps_the_doubt_about_its_fact():
    reason = doubted(outcome("unknown", unverified="nobody read the law")).reason

    assert reason == "For a reason. Not confirmed (nobody read the law)."


# -- best strand


def judgement_of(name, *outcomes):
    strand = loaded_programme(strands=[make_strand(id=name)]).strands[0]
    judgement = judged(COMPLETE)
    return replace(judgement, strand=strand, verdict=verdict_of(outcomes), outcomes=outcomes)


def test_the_best_verdict_gives_the_best_strand():
    in_order = [
        judgement_of("shut", outcome("not_met", "in_force")),
        judgement_of("barred", outcome("not_met")),
        judgement_of("open", outcome("unknown")),
        judgement_of("free", outcome("met")),
    ]

    assert [best(in_order[: length + 1]).strand.id for length in range(4)] == ["shut", "barred", "open", "free"]


def test_among_equal_verdicts_the_strand_with_fewer_rules_failed_is_best():
    two, one = [outcome("not_met")] * 2 + [outcome("met")] * 9, [outcome("not_met"), outcome("met")]

    assert best([judgement_of("two", *two), judgement_of("one", *one)]).strand.id == "one"


def test_among_equals_the_strand_with_more_rules_met_is_best():
    one, two = [outcome("met")], [outcome("met")] * 2

    assert best([judgement_of("one", *one), judgement_of("two", *two)]).strand.id == "two"


def test_among_equal_verdicts_a_strand_that_one_may_lead_goes_before_more_rules_met():
    led = judgement_of("led", outcome("unknown"))
    joined = judgement_of("joined", outcome("unknown"), outcome("met"))
    as_partner = replace(joined, role=RoleFinding("partner", "A partner."))
    as_lead = replace(led, role=RoleFinding("lead", "The lead."))

    assert best([as_partner, as_lead]).strand.id == "led"
    assert best([as_lead, as_partner]).strand.id == "led"


def test_among_full_equals_the_first_strand_is_best():
    assert best([judgement_of("first", outcome("met")), judgement_of("second", outcome("met"))]).strand.id == "first"


# -- all rules


def test_every_rule_has_its_name_from_the_contract_and_comes_in_its_order():
    conditions = {
        "grant": fact({"max_eur": 100_000}),
        "duration": fact({"max_months": 24}),
        "target_group": fact({"any_of": ["children"]}),
        "activity": fact({"any_of": ["shelter"]}),
        "required_partners": fact([{"any_of": ["ngo"], "why": "invented"}]),
    }
    together = make_project(VOCABULARIES, partners=[{"type": "ngo", "country": "FR"}])

    found = [outcome.rule for outcome in judged(together, **OPEN_TO_ALL, **conditions).outcomes]
    assert found == list(get_args(RuleName))


def test_what_no_rule_can_compute_is_handed_on_with_its_source():
    own = {"text": "A letter of support is asked for.", "sources": ["law Art. 9"], "checked_on": CHECKED_ON}

    [(item, basis)] = judged(COMPLETE, also_check=[own]).also_check
    assert (item.text, basis.source) == ("A letter of support is asked for.", "Lantern law, Art. 9")


@given(projects, eligibilities)
def test_every_answer_has_a_reason_and_the_verdict_follows_from_the_answers(project, eligibility):
    judgement = judged(project, **eligibility)

    assert all(found.reason.strip().endswith(".") for found in judgement.outcomes)
    assert judgement.verdict == verdict_of(judgement.outcomes)
    if judgement.verdict == "not_eligible":
        assert any(found.excludes for found in judgement.outcomes)


@given(projects, eligibilities)
def test_a_rule_that_is_met_has_no_gap_and_one_that_is_decided_asks_nothing(project, eligibility):
    for found in judged(project, **eligibility).outcomes:
        assert found.answer != "met" or found.gap is None
        assert found.answer == "unknown" or not found.asks


@given(projects, eligibilities)
def test_nothing_is_decided_on_an_unconfirmed_fact(project, eligibility):
    for found in judged(project, **eligibility).outcomes:
        assert found.answer == "unknown" or not found.basis.unverified


@given(projects, eligibilities)
def test_what_is_asked_for_was_not_said(project, eligibility):
    for found in judged(project, **eligibility).outcomes:
        if found.asks == "partners":
            partners = project.partners
            assert partners is None or any(partner.country is None or partner.type is None for partner in partners)
        elif found.asks:
            value = project
            for name in found.asks.split("."):
                value = getattr(value, name)
            assert not value


@given(projects, eligibilities, st.sampled_from(sorted(REQUIREMENTS)), st.data())
def test_adding_a_requirement_never_improves_a_verdict(project, eligibility, name, data):
    without = {key: value for key, value in eligibility.items() if key != name}
    requirement = data.draw(REQUIREMENTS[name])

    before, after = judged(project, **without), judged(project, **without, **{name: requirement})
    assert BEST_FIRST.index(after.verdict) >= BEST_FIRST.index(before.verdict)


@given(projects, st.fixed_dictionaries(KNOWN), st.integers(0, 30), st.integers(1, 30))
def test_asking_for_a_longer_duration_never_improves_a_verdict(project, eligibility, months, more):
    shorter, longer = ({"min_months": months + 1}, {"min_months": months + 1 + more})

    before, after = (judged(project, **eligibility, duration=fact(value)) for value in (shorter, longer))
    assert project.duration_months is None or BEST_FIRST.index(after.verdict) >= BEST_FIRST.index(before.verdict)


# -- the real catalogue


@pytest.mark.parametrize("name", ["follow-the-money", "schools-in-albania", "shelter-for-women"])
@pytest.mark.parametrize("on", [date(2018, 6, 1), ON], ids=str)
def test_every_decided_rule_of_the_real_catalogue_has_a_source(catalogue, data, name, on):
    path = data / "examples" / f"{name}.yaml"
    project = read_project(path.read_bytes(), path.name, catalogue.vocabularies)

    bare = [
        (programme.id, strand.id, found.rule)
        for programme in catalogue.programmes.values()
        for strand in programme.strands
        for found in judge(programme, strand, project, on, catalogue.vocabularies).outcomes
        if found.answer != "unknown" and not (found.basis.source and found.basis.checked_on)
    ]
    assert bare == []
