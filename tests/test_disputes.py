"""Where sources disagree, all values stand, and an answer stands only if it is the same by each of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import (
    fact,
    loaded_calls,
    loaded_programme,
    make_conditions,
    make_project,
    make_strand,
    make_topic,
    other_value,
    unverified,
)
from strategies import VOCABULARIES, eligibilities, projects
from test_verdict import COMPLETE, ON, OPEN_TO_ALL, answers, judged
from thbfund.input.problems import InputError
from thbfund.rules import judge
from thbfund.rules.applicants import RoleFinding
from thbfund.rules.disputes import agreed_role
from thbfund.rules.outcome import Basis
from thbfund.said import say

SOURCES = {
    "law": {"title": "Lantern law", "url": "https://lantern.example/law", "kind": "law"},
    "page": {"title": "A page on lamps", "url": "https://lantern.example/page", "kind": "secondary"},
}


def disputed(value, *others, **changes):
    return fact(value, disputed=[other_value(other, sources=["page p. 3"]) for other in others], **changes)


def judged_here(project=COMPLETE, on=ON, **eligibility):
    programme = loaded_programme(strands=[make_strand(eligibility={**OPEN_TO_ALL, **eligibility})], sources=SOURCES)
    return judge(programme, programme.strands[0], project, on, VOCABULARIES)


def outcome_of(judgement, rule):
    return next(found for found in judgement.outcomes if found.rule == rule)


# -- the answer: COMPLETE asks for 90 % of the costs


@pytest.mark.parametrize(
    ("value", "other", "answer"),
    [
        pytest.param(1.0, 0.9, "met", id="met by both"),
        pytest.param(1.0, 0.89, "unknown", id="met by the better one alone"),
        pytest.param(0.89, 0.9, "unknown", id="met by the other one alone"),
        pytest.param(0.89, 0.8, "not_met", id="met by none"),
    ],
)
def test_an_answer_stands_where_it_is_the_same_by_all_sources(value, other, answer):
    assert answers(judged_here(eu_rate=disputed(value, other)))["eu_rate"] == answer


def test_one_of_several_other_values_is_enough_for_doubt():
    assert answers(judged_here(eu_rate=disputed(1.0, 0.95, 0.5)))["eu_rate"] == "unknown"


def test_where_the_answer_depends_on_the_source_both_sources_and_values_are_named():
    found = outcome_of(judged_here(eu_rate=disputed(0.9, 0.8)), "eu_rate")

    assert found.basis.source == "Lantern law, Art. 1"
    assert "at most 90 %" in found.reason
    assert "Sources disagree: by A page on lamps, p. 3 it would not be met" in found.reason
    assert "at most 80 %" in found.reason
    assert [(other.answer, other.basis.source) for other in found.others] == [("not_met", "A page on lamps, p. 3")]


def test_where_the_answer_stands_it_says_that_sources_disagree():
    found = outcome_of(judged_here(eu_rate=disputed(1.0, 0.9)), "eu_rate")

    assert found.answer == "met"
    assert "Sources disagree (A page on lamps, p. 3: at most 90 %" in found.reason
    assert "the answer is the same" in found.reason


def test_other_rules_know_nothing_of_a_dispute():
    before, after = judged_here(eu_rate=fact(0.9)), judged_here(eu_rate=disputed(0.9, 0.8))

    assert [found for found in after.outcomes if found.rule != "eu_rate"] == [
        found for found in before.outcomes if found.rule != "eu_rate"
    ]


@pytest.mark.parametrize(("other", "verdict"), [(0.9, "eligible"), (0.8, "to_check")])
def test_a_dispute_that_matters_makes_the_verdict_to_check(other, verdict):
    assert judged_here(eu_rate=disputed(1.0, other)).verdict == verdict


def test_what_all_sources_exclude_stays_excluded():
    assert judged_here(eu_rate=disputed(0.8, 0.7)).verdict == "not_eligible"


def test_a_condition_that_one_source_does_not_know_is_disputed_too():
    group = disputed({}, {"third_country_nationals_only": True})
    found = outcome_of(judged_here(target_group=group), "target_group")

    assert (found.answer, found.asks) == ("unknown", "beneficiaries_third_country_nationals")
    assert found.reason.startswith("No such condition is set. Sources disagree")


def test_the_role_is_unknown_where_it_depends_on_the_source():
    types = {
        "lead": disputed({"open_to": ["ngo"]}, {"closed_to": ["ngo"], "others": "open"}),
        "partner": fact({"open_to": ["ngo"]}),
    }
    judgement = judged_here(applicant_types=types, countries={role: fact({"others": "open"}) for role in types})

    assert judgement.role.role == "unknown"
    assert judgement.role.reason.startswith("Sources disagree, and the role depends on which is right.")
    assert {answers(judgement)[rule] for rule in ("applicant_type", "role")} == {"unknown"}
    assert judgement.verdict == "to_check"


def test_two_disputes_that_decide_only_together_make_doubt():
    """By the better sources type and seat both shut the applicant out; only if both are wrong may it lead."""
    shut, open_ = {"closed_to": ["ngo"]}, {"open_to": ["ngo"]}
    here, there = {"closed_to": ["DE"]}, {"open_to": ["DE"]}
    judgement = judged_here(applicant_types={"lead": disputed(shut, open_)}, countries={"lead": disputed(here, there)})

    assert answers(judgement)["role"] == "unknown"
    assert outcome_of(judgement, "role").others[-1].basis.source == "A page on lamps, p. 3"


def test_a_disputed_condition_that_the_strand_replaces_is_of_no_account():
    programme = loaded_programme(
        eligibility={"eu_rate": disputed(0.9, 0.5)},
        strands=[make_strand(eligibility={**OPEN_TO_ALL, "eu_rate": fact(0.9)})],
        sources=SOURCES,
    )
    judgement = judge(programme, programme.strands[0], COMPLETE, ON, VOCABULARIES)

    assert (judgement.verdict, outcome_of(judgement, "eu_rate").others) == ("eligible", ())


@pytest.mark.parametrize(
    ("on", "answer", "in_force"),
    [
        pytest.param(date(2026, 12, 31), "met", True, id="last day by both"),
        pytest.param(date(2027, 1, 1), "unknown", True, id="day after the one"),
        pytest.param(date(2027, 12, 31), "unknown", True, id="last day by the other"),
        pytest.param(date(2028, 1, 1), "not_met", False, id="day after both"),
    ],
)
@pytest.mark.parametrize("swap", [False, True], ids=["as written", "swapped"])
def test_a_programme_whose_end_is_disputed_is_not_closed_before_all_say_so(on, answer, in_force, swap):
    spans = [{"starts_on": "2021-01-01", "ends_on": day} for day in ("2026-12-31", "2027-12-31")]
    programme = loaded_programme(in_force=disputed(*(spans[::-1] if swap else spans)), sources=SOURCES)
    judgement = judge(programme, programme.strands[0], COMPLETE, on, VOCABULARIES)

    assert answers(judgement)["in_force"] == answer
    assert programme.is_in_force(on) is in_force
    assert (judgement.verdict == "closed") is not in_force


@pytest.mark.parametrize("on", [date(2024, 6, 30), date(2024, 7, 1)], ids=["on the day", "the day after"])
def test_a_door_whose_last_day_is_disputed_is_in_doubt_in_between(on):
    strand = make_strand(closed_for_good_on=disputed("2024-06-30", "2025-06-30"))
    programme = loaded_programme(strands=[strand], sources=SOURCES)
    judgement = judge(programme, programme.strands[0], COMPLETE, on, VOCABULARIES)

    assert answers(judgement)["route_open"] == ("met" if on.day == 30 else "unknown")


def test_a_value_that_is_not_confirmed_is_in_doubt_though_another_source_agrees():
    rate = unverified(1.0, disputed=[other_value(0.95)])

    assert answers(judged(COMPLETE, **{**OPEN_TO_ALL, "eu_rate": rate}))["eu_rate"] == "unknown"


# -- readings


def test_each_combination_of_what_sources_say_is_tried_the_stated_ones_first():
    conditions = make_conditions(
        eu_rate=fact(0.9, disputed=[other_value(0.8)]),
        duration=fact({"max_months": 24}, disputed=[other_value({"max_months": 36}), other_value({})]),
    )
    readings = conditions.readings()

    assert [len(reading.instead) for reading in readings] == [0, 1, 1, 1, 2, 2]
    assert {(reading.of("eu_rate").value, reading.of("duration").value.max_months) for reading in readings} == {
        (rate, months) for rate in (0.9, 0.8) for months in (24, 36, None)
    }


def test_conditions_on_which_sources_agree_have_one_reading():
    conditions = make_conditions(eu_rate=fact(0.9))

    assert conditions.readings() == [conditions]


def outright(eligibility, chosen):
    """The eligibility with each disputed fact set to one of its values, as if all sources said so."""

    def settled(found):
        if not isinstance(found, dict) or "value" not in found:
            return {role: settled(inner) for role, inner in found.items()}
        values = [found, *found.get("disputed", [])]
        return {**found, "value": values[chosen(len(values))]["value"], "disputed": []}

    return {name: settled(found) for name, found in eligibility.items()}


@given(projects, eligibilities, st.data())
def test_no_answer_is_given_that_one_of_the_sources_contradicts(project, eligibility, data):
    settled = outright(eligibility, lambda count: data.draw(st.integers(0, count - 1)))
    by_one = answers(judged(project, **settled))

    for rule, answer in answers(judged(project, **eligibility)).items():
        assert answer == "unknown" or by_one.get(rule, "met") == answer


@pytest.mark.parametrize(
    ("opens", "closes", "valid"),
    [
        pytest.param(["2026-05-01"], ["2026-06-01", "2026-05-01"], True, id="the same day"),
        pytest.param(["2026-05-01"], ["2026-06-01", "2026-04-30"], False, id="another deadline before the opening"),
        pytest.param(["2026-05-01", "2026-06-02"], ["2026-06-01"], False, id="another opening after the deadline"),
    ],
)
def test_a_call_opens_before_it_closes_by_every_source(opens, closes, valid):
    days = [fact(first, disputed=[other_value(other) for other in others]) for first, *others in (opens, closes)]

    if valid:
        assert loaded_calls([make_topic(opens_on=days[0], deadline=days[1])]).topics[0].closes == date(2026, 6, 1)
    else:
        with pytest.raises(InputError, match="dates-out-of-order"):
            loaded_calls([make_topic(opens_on=days[0], deadline=days[1])])


# -- what is said of a dispute, whole

OTHER_PAGE = "A page on lamps, p. 3"


def test_a_dispute_that_matters_is_told_with_each_source_and_the_answer_by_it():
    found = outcome_of(judged_here(eu_rate=disputed(0.9, 0.8, 0.7)), "eu_rate")

    eighty, seventy = (
        f"by {OTHER_PAGE} it would not be met (EUR 90 000 of EUR 100 000 is more than the EU pays: "
        f"at most {rate} % of the eligible costs, here EUR {rate} 000)"
        for rate in (80, 70)
    )
    assert found.reason.replace("\N{NO-BREAK SPACE}", " ") == (
        "The request covers 90 %; the EU pays at most 90 % of the eligible costs. "
        f"Sources disagree: {eighty}; {seventy}, so check."
    )
    assert found.asks == ""


def test_a_dispute_that_does_not_matter_is_told_with_each_value_and_kept():
    found = outcome_of(judged_here(eu_rate=disputed(1.0, 0.95, 0.9)), "eu_rate")

    assert found.reason == (
        "The request covers 90 %; the EU pays at most 100 % of the eligible costs. Sources disagree "
        f"({OTHER_PAGE}: at most 95 % of the eligible costs; {OTHER_PAGE}: at most 90 % of the eligible costs), "
        "but the answer is the same."
    )
    assert [other.programme_value for other in found.others] == [
        "at most 95 % of the eligible costs",
        "at most 90 % of the eligible costs",
    ]


def test_where_one_source_sets_a_condition_that_is_met_the_answer_stands():
    group = disputed({}, {"any_of": ["children"]})
    child_care = make_project(VOCABULARIES, target_groups=["children"])
    found = outcome_of(judged_here(child_care, target_group=group), "target_group")

    assert found.answer == "met"
    assert found.reason == (
        f"No such condition is set. Sources disagree ({OTHER_PAGE}: Children), but the answer is the same."
    )
    assert found.basis == Basis()


def test_where_both_of_two_conditions_follow_other_sources_both_are_named():
    types = {"lead": disputed({"closed_to": ["ngo"]}, {"open_to": ["ngo"]})}
    seats = {"lead": fact({"closed_to": ["DE"]}, disputed=[other_value({"open_to": ["DE"]}, sources=["law Art. 7"])])}
    found = outcome_of(judged_here(applicant_types=types, countries=seats), "role")

    assert found.others[-1].basis.source == f"{OTHER_PAGE} and Lantern law, Art. 7"


def test_the_roles_by_each_source_are_told_one_after_the_other():
    types = {"lead": disputed({"open_to": ["ngo"]}, {"closed_to": ["ngo"], "others": "open"})}
    judgement = judged_here(applicant_types=types, countries={"lead": fact({"others": "open"})})

    assert judgement.role.reason == (
        "Sources disagree, and the role depends on which is right. Type and country allow the applicant to lead. Or: "
        "In the strand Harbour the applicant may not lead; "
        "whether the applicant may join in another role must be checked."
    )


def test_a_rule_that_a_dispute_does_not_touch_keeps_its_whole_answer():
    judgement = judged_here(eu_rate=disputed(0.9, 0.8), duration=fact({"max_months": 24}))

    assert outcome_of(judgement, "duration").reason == "24 months is within the range (at most 24 months)."


def test_of_two_sources_for_one_role_the_better_one_gives_the_reason():
    first, second = RoleFinding("lead", say("By the law.")), RoleFinding("lead", say("By a page."))

    told = agreed_role([first, RoleFinding("none", say("By another page.")), second]).reason
    assert "By the law." in told
    assert "By a page." not in told
