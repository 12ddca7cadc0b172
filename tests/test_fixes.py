"""Gaps and fixes: every change that is proposed is made, judged again, and does what it promises."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from types import SimpleNamespace

import pytest
from hypothesis import assume, given, settings

from factories import OUTER_CIRCLE, fact, loaded_programme, make_conditions, make_project, make_strand, unverified
from strategies import VOCABULARIES, eligibilities, projects
from thbfund.rules import judge, smallest_fix
from thbfund.rules.gaps import further_partner, usual_kinds, without_money
from thbfund.rules.outcome import EFFORTS, Gap

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


# -- the choice


@dataclass
class Choice:
    """A judgement of rules that each have a change of their name, and fail until one is made that meets them.

    A change is given by its name, its effort and the names of the rules that it meets.
    """

    changes: list[tuple[str, str, Collection[str]]]
    project: frozenset = frozenset()
    verdict: str = "eligible"

    @property
    def outcomes(self):
        met = {rule for name, _, rules in self.changes if name in self.project for rule in rules}
        return [
            SimpleNamespace(rule=name, gap=self.gap(name, effort), answer="met" if name in met else "not_met")
            for name, effort, _ in self.changes
        ]

    def gap(self, text, effort):
        return Gap(text, effort, lambda project: project | {text})

    def again(self, project):
        return replace(self, project=project)


def test_of_changes_that_do_the_same_the_easiest_is_proposed():
    both = ["find another lead", "shorten it"]
    changes = [("find another lead", "lead", both), ("shorten it", "figures", both)]

    assert [gap.text for gap in smallest_fix(Choice(changes)).changes] == ["shorten it"]


def test_of_as_many_changes_those_are_proposed_of_which_the_hardest_is_easiest():
    easy, middle, hard = EFFORTS[0], EFFORTS[1], EFFORTS[-1]
    changes = [("a", easy, "ab"), ("c", hard, "cd"), ("b", middle, "ac"), ("d", middle, "bd")]

    assert [gap.text for gap in smallest_fix(Choice(changes)).changes] == ["b", "d"]


# -- properties


@given(projects, eligibilities)
def test_closing_a_gap_ends_the_failure(project, eligibility):
    programme = loaded_programme(strands=[make_strand(eligibility=eligibility)])
    judgement = judge(programme, programme.strands[0], project, ON, VOCABULARIES)

    for outcome in judgement.outcomes:
        if outcome.gap and outcome.answer == "not_met":
            assert answer(judgement.again(outcome.gap.close(project)), outcome.rule) != "not_met"


@pytest.mark.slow
@settings(max_examples=60)  # most projects of the generator fail nothing or cannot be mended, and are drawn in vain
@given(projects, eligibilities)
def test_after_a_fix_no_rule_fails_and_it_names_each_change_once_the_cheaper_ones_first(project, eligibility):
    programme = loaded_programme(strands=[make_strand(eligibility=eligibility)])
    judgement = judge(programme, programme.strands[0], project, ON, VOCABULARIES)
    fix = smallest_fix(judgement)
    assume(fix is not None)

    after = judgement.again(fix.project)
    assert all(outcome.answer != "not_met" for outcome in after.outcomes)
    assert after.verdict == fix.verdict in {"eligible", "to_check"}
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


def test_who_may_not_even_join_is_offered_no_fix_that_leaves_it_out():
    kinds = {"lead": fact({"open_to": ["university"], "closed_to": ["ngo"]}), "partner": fact({"closed_to": ["ngo"]})}

    assert smallest_fix(judged({**EASY, "applicant_types": kinds})) is None


def test_who_may_perhaps_join_keeps_its_part_and_the_verdict_stays_to_check():
    kinds = {"lead": fact({"open_to": ["university"], "closed_to": ["ngo"]})}

    fix = smallest_fix(judged({**EASY, "applicant_types": kinds}))
    assert [gap.text for gap in fix.changes] == [
        "find a lead of another type (University) and ask whether you may join it as partner"
    ]
    assert fix.verdict == "to_check"
    assert [partner.type for partner in fix.project.partners] == ["ngo"]


def test_one_change_that_is_not_sure_leaves_the_verdict_of_all_to_check():
    kinds = {"lead": fact({"open_to": ["university"], "closed_to": ["ngo"]})}

    fix = smallest_fix(judged({**EASY, "applicant_types": kinds, "duration": fact({"max_months": 12})}))
    assert [gap.sure for gap in fix.changes] == [True, False]
    assert fix.verdict == "to_check"


# -- amounts that depend on each other


@pytest.mark.parametrize(
    ("total", "grant", "expected"),
    [
        pytest.param(
            100_000, 90_000, ["raise the whole budget to EUR 200 000 and ask for at least EUR 180 000"], id="too small"
        ),
        pytest.param(300_000, 90_000, ["ask for at least EUR 180 000"], id="grant alone too small"),
        pytest.param(
            200_000,
            200_000,
            ["find EUR 20 000 more of your own or from others (EUR 20 000 in all)"],
            id="share too large",
        ),
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


def test_what_a_change_breaks_is_mended_by_a_further_one_and_both_are_told():
    """With the own share found the grant is below the smallest, so the budget has to grow as well."""
    judgement = judged(
        {**EASY, "grant": fact({"min_eur": 95_000})}, total_budget_eur=100_000, requested_grant_eur=100_000
    )

    assert [text.split()[0] for text in texts(judgement)] == ["find", "raise"]


@pytest.mark.parametrize(
    ("eligibility", "verdict"),
    [
        pytest.param({}, "eligible", id="all known"),
        pytest.param({"eu_rate": unverified(0.9)}, "to_check", id="something open"),
    ],
)
def test_the_verdict_after_sure_changes_is_that_of_the_changed_project(eligibility, verdict):
    judgement = judged({**EASY, "duration": fact({"max_months": 12}), **eligibility})

    assert smallest_fix(judgement).verdict == verdict


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


# -- which organisation a change brings in


INNER_ONLY = {"lead": fact({"open_to": ["inner_circle"], "others": "closed"})}


def brought_in(found, kinds=("ngo",), places=(), **said):
    project = make_project(VOCABULARIES, **{**FITTING, **said})
    return further_partner(found, project, VOCABULARIES, kinds, places)


def test_a_further_partner_comes_from_a_country_that_is_not_in_the_project_yet():
    assert brought_in(make_conditions(countries=INNER_ONLY)).country == "FR"


def test_a_further_partner_is_one_from_a_country_of_the_project_where_no_other_is_left():
    taken = [{"type": "ngo", "country": country} for country in ("FR", "GR", "IT")]

    assert brought_in(make_conditions(countries=INNER_ONLY), partners=taken).country == "DE"


def test_a_country_of_an_associated_partner_is_not_taken():
    aside = [{"type": "ngo", "country": "FR", "role": "associated"}]

    assert brought_in(make_conditions(countries=INNER_ONLY), partners=aside).country == "FR"


def test_a_further_partner_comes_from_the_places_asked_for():
    everywhere = {"lead": fact({"others": "open"})}

    assert brought_in(make_conditions(countries=everywhere), places=["outer_circle"]).country in OUTER_CIRCLE


def test_a_further_partner_comes_from_no_country_that_is_closed_to_partners():
    seats = {**INNER_ONLY, "partner": fact({"closed_to": ["FR"], "others": "open"})}

    assert brought_in(make_conditions(countries=seats)).country == "GR"


def test_where_no_seat_is_on_record_a_further_partner_has_none():
    assert brought_in(make_conditions()).country is None


@pytest.mark.parametrize(("kinds", "kind"), [(["company", "ngo"], "company"), ([], None)])
def test_a_further_partner_is_of_the_first_kind_named(kinds, kind):
    assert brought_in(make_conditions(countries=INNER_ONLY), kinds).type == kind


def test_a_further_partner_takes_part_as_partner():
    assert brought_in(make_conditions(countries=INNER_ONLY)).role == "partner"


@pytest.mark.parametrize(
    ("types", "barred", "first"),
    [
        pytest.param({"partner": fact({"open_to": ["university"]})}, [], "university", id="open to partners"),
        pytest.param({"lead": fact({"open_to": ["university"]})}, [], "university", id="open to leads"),
        pytest.param(
            {"partner": fact({"open_to": ["university"]}), "lead": fact({"open_to": ["company"]})},
            [],
            "university",
            id="partners before leads",
        ),
        pytest.param({"partner": fact({"open_to": ["university"]})}, ["university"], "ngo", id="barred"),
        pytest.param({"partner": fact({"closed_to": ["ngo"]})}, [], "public_authority", id="closed"),
        pytest.param({}, [], "ngo", id="nothing on record"),
        pytest.param({"partner": unverified(None)}, [], "ngo", id="not known"),
    ],
)
def test_a_usual_kind_is_one_that_may_be_partner_and_is_not_barred(types, barred, first):
    assert usual_kinds(make_conditions(applicant_types=types), VOCABULARIES, barred)[0] == first


def test_only_the_partners_from_a_barred_country_give_up_their_money():
    partners = [{"type": "ngo", "country": "AL"}, {"type": "ngo", "country": "FR"}]
    changed = without_money(["AL"], "Albania").close(make_project(VOCABULARIES, partners=partners))

    assert [partner.role for partner in changed.partners] == ["associated", "partner"]


def test_where_no_partner_is_said_nobody_gives_up_money():
    assert without_money(["AL"], "Albania").close(make_project(VOCABULARIES)).partners == ()


# -- a consortium is enlarged no further than needed


@pytest.mark.parametrize(
    ("wanted", "countries"),
    [
        pytest.param({"min_organisations": 3}, ["FR", "GR"], id="organisations"),
        pytest.param({"min_organisations": 2, "min_countries": 3}, ["FR", "GR"], id="countries"),
        pytest.param(
            {"min_organisations": 2, "min_from": [{"count": 2, "places": ["GR", "IT"]}]}, ["GR", "IT"], id="places"
        ),
        pytest.param(
            {"min_organisations": 3, "min_from": [{"count": 1, "places": ["IT"]}]}, ["IT", "FR"], id="places first"
        ),
    ],
)
def test_partners_are_added_until_the_minimum_is_met_and_no_more(wanted, countries):
    fix = smallest_fix(judged({**EASY, "consortium": fact(wanted)}))

    assert [partner.country for partner in fix.project.partners] == countries


def test_a_kind_that_does_not_count_is_not_added():
    few = fact({"open_to": ["international_organisation", "company"], "others": "closed"})
    types = {"lead": fact(ALL_OPEN), "partner": few}
    wanted = fact({"min_organisations": 2, "not_counted": ["international_organisation"]})

    fix = smallest_fix(judged({**EASY, "applicant_types": types, "consortium": wanted}))
    assert [partner.type for partner in fix.project.partners] == ["company"]


def test_partners_already_there_stay():
    there = [{"type": "university", "country": "GR"}]
    fix = smallest_fix(judged({**EASY, "consortium": fact({"min_organisations": 3})}, partners=there))

    assert [(partner.type, partner.country) for partner in fix.project.partners] == [
        ("university", "GR"),
        ("ngo", "FR"),
    ]


def test_each_required_kind_that_is_absent_is_added_once():
    required = [{"any_of": [kind], "why": "invented"} for kind in ("ngo", "company", "university")]
    fix = smallest_fix(judged({**EASY, "required_partners": fact(required)}))

    assert [partner.type for partner in fix.project.partners] == ["company", "university"]


def test_a_required_kind_that_one_of_several_organisations_is_of_is_not_added_again():
    required = [{"any_of": [kind], "why": "invented"} for kind in ("ngo", "university")]
    there = [{"type": "company", "country": "GR"}]
    fix = smallest_fix(judged({**EASY, "required_partners": fact(required)}, partners=there))

    assert [partner.type for partner in fix.project.partners] == ["company", "university"]


# -- another lead


def test_the_old_lead_stays_as_partner_beside_the_others():
    kinds = {"lead": fact({"open_to": ["university"], "closed_to": ["ngo"]}), "partner": fact(ALL_OPEN)}
    seats = {"lead": fact(ALL_OPEN), "partner": fact(ALL_OPEN)}
    there = [{"type": "company", "country": "IT"}]

    fix = smallest_fix(judged({**EASY, "applicant_types": kinds, "countries": seats}, partners=there))
    assert (fix.project.applicant.type, fix.project.applicant.country) == ("university", "DE")
    assert [(partner.type, partner.country) for partner in fix.project.partners] == [("company", "IT"), ("ngo", "DE")]


def test_a_type_listed_both_as_open_and_as_closed_is_not_proposed_as_lead():
    both = {"lead": fact({"open_to": ["company", "university"], "closed_to": ["ngo", "company"]})}

    assert texts(judged({**EASY, "applicant_types": both})) == [
        "find a lead of another type (University) and ask whether you may join it as partner"
    ]


# -- how hard a change is


@pytest.mark.parametrize(
    ("eligibility", "said", "effort"),
    [
        pytest.param({"duration": fact({"max_months": 12})}, {}, "figures", id="shorter"),
        pytest.param({"duration": fact({"min_months": 36})}, {}, "figures", id="longer"),
        pytest.param({"grant": fact({"max_eur": 50_000})}, {}, "figures", id="smaller grant"),
        pytest.param({"grant": fact({"min_eur": 95_000})}, {}, "figures", id="larger grant"),
        pytest.param({"eu_rate": fact(0.5)}, {}, "figures", id="own money"),
        pytest.param({"place_of_action": fact({"open_to": ["FR"], "others": "closed"})}, {}, "plan", id="place"),
        pytest.param({"target_group": fact({"any_of": ["police_officers"]})}, {}, "plan", id="people"),
        pytest.param(
            {"target_group": fact({"third_country_nationals_only": True})},
            {"beneficiaries_third_country_nationals": False},
            "plan",
            id="nationality",
        ),
        pytest.param({"activity": fact({"any_of": ["studies"]})}, {}, "plan", id="activity"),
        pytest.param({"consortium": fact({"min_organisations": 2})}, {}, "partner", id="size"),
        pytest.param(
            {"required_partners": fact([{"any_of": ["company"], "why": "invented"}])}, {}, "partner", id="kind"
        ),
        pytest.param(
            {"countries": {**INNER_ONLY, "partner": fact({"closed_to": ["AL"], "others": "open"})}},
            {"partners": [{"type": "ngo", "country": "AL"}]},
            "partner",
            id="seat of a partner",
        ),
        pytest.param({"countries": {"lead": fact({"open_to": ["FR"], "others": "closed"})}}, {}, "lead", id="lead"),
    ],
)
def test_every_change_says_how_hard_it_is(eligibility, said, effort):
    fix = smallest_fix(judged({**EASY, **eligibility}, **said))

    assert [gap.effort for gap in fix.changes] == [effort]


# -- people


@pytest.mark.parametrize(
    ("condition", "said", "after"),
    [
        pytest.param(
            {"third_country_nationals_only": True},
            {"beneficiaries_third_country_nationals": False},
            {"beneficiaries_third_country_nationals": True},
            id="third-country nationals alone",
        ),
        pytest.param(
            {"any_of": ["children"]},
            {"target_groups": ["police_officers"]},
            {"target_groups": ("police_officers", "children")},
            id="a group beside the others",
        ),
    ],
)
def test_a_change_of_the_people_served_is_made_as_it_is_told(condition, said, after):
    fix = smallest_fix(judged({**EASY, "target_group": fact(condition)}, **said))

    assert {name: getattr(fix.project, name) for name in after} == after


# -- activities


@pytest.mark.parametrize(
    ("condition", "done", "text", "after"),
    [
        pytest.param({"any_of": ["studies"]}, ["shelter"], "add Studies", ("shelter", "studies"), id="asked for"),
        pytest.param(
            {"not_only": ["shelter"]}, ["shelter"], "add work of another kind", ("shelter", "legal_aid"), id="not alone"
        ),
        pytest.param(
            {"any_of": ["studies"], "not_only": ["studies"]},
            [],
            "add Studies and work of another kind",
            ("studies", "shelter"),
            id="asked for, but not alone",
        ),
    ],
)
def test_the_activities_that_are_missing_are_added(condition, done, text, after):
    fix = smallest_fix(judged({**EASY, "activity": fact(condition)}, activities=done))

    assert [gap.text for gap in fix.changes] == [text]
    assert fix.project.activities == after


def test_where_every_activity_is_barred_alone_there_is_nothing_to_add():
    every = sorted(VOCABULARIES.ids("activities"))

    assert smallest_fix(judged({**EASY, "activity": fact({"not_only": every})}, activities=every)) is None


# -- where to work


def test_work_is_planned_in_the_first_country_that_is_covered():
    covered = fact({"open_to": ["inner_circle"], "closed_to": ["DE"], "others": "closed"})

    assert smallest_fix(judged({**EASY, "place_of_action": covered})).project.countries_of_action == ("FR",)


def test_where_no_country_is_covered_there_is_nowhere_to_plan_work():
    nowhere = fact({"others": "closed"})

    assert smallest_fix(judged({**EASY, "place_of_action": nowhere})) is None
