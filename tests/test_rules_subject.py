"""Rules on what is done, for whom and where."""

import pytest

from factories import fact, loaded_vocabularies, make_conditions, make_project, unverified
from thbfund.rules.subject import activity, place_of_action, target_group

VOCABULARIES = loaded_vocabularies()


def project(**fields):
    return make_project(VOCABULARIES, **fields)


# -- place_of_action

PLACES = make_conditions(
    place_of_action=fact({"open_to": ["inner_circle"], "depends_on_call": ["NO"], "others": "closed"})
)


@pytest.mark.parametrize(
    ("countries", "answer"),
    [
        pytest.param(["IT", "GR"], "met", id="all inside"),
        pytest.param(["AL", "NG"], "not_met", id="all outside"),
        pytest.param(["IT", "AL"], "unknown", id="some inside, some outside"),
        pytest.param(["NO"], "unknown", id="depends on the call"),
        pytest.param(["NO", "AL"], "unknown", id="perhaps one inside"),
        pytest.param([], "unknown", id="none named"),
        pytest.param(None, "unknown", id="not said"),
    ],
)
def test_the_work_happens_where_the_programme_pays_for_it(countries, answer):
    assert place_of_action(PLACES, project(countries_of_action=countries), VOCABULARIES).answer == answer


def test_a_place_named_itself_outranks_its_group():
    all_but_italy = make_conditions(place_of_action=fact({"open_to": ["inner_circle"], "closed_to": ["IT"]}))

    assert place_of_action(all_but_italy, project(countries_of_action=["IT"]), VOCABULARIES).answer == "not_met"
    assert place_of_action(all_but_italy, project(countries_of_action=["GR"]), VOCABULARIES).answer == "met"


def test_the_reason_tells_places_that_are_shut_from_places_in_doubt():
    outcome = place_of_action(PLACES, project(countries_of_action=["IT", "AL", "NO"]), VOCABULARIES)

    assert outcome.reason == (
        "Work in Albania is not paid for here. Work in Italy is covered. "
        "Whether work in Norway can be paid for must be checked in the call."
    )


@pytest.mark.parametrize(("countries", "asks"), [(None, "countries_of_action"), (["NO"], "")])
def test_only_a_place_not_said_is_asked_for(countries, asks):
    assert place_of_action(PLACES, project(countries_of_action=countries), VOCABULARIES).asks == asks


@pytest.mark.parametrize(
    "conditions",
    [
        pytest.param(make_conditions(), id="not recorded"),
        pytest.param(make_conditions(place_of_action=unverified(None)), id="not known"),
    ],
)
def test_places_that_the_catalogue_does_not_know_are_unknown(conditions):
    outcome = place_of_action(conditions, project(countries_of_action=["IT"]), VOCABULARIES)

    assert (outcome.answer, outcome.asks) == ("unknown", "")


def test_the_gap_of_a_place_outside_names_the_places_inside():
    outcome = place_of_action(PLACES, project(countries_of_action=["AL"]), VOCABULARIES)

    assert outcome.gap.text.startswith(
        "plan work, or the part of it paid from here, in a country that the programme covers (Inner"
    )
    assert outcome.applicant_value == "Albania"


# -- target_group

FOREIGNERS_ONLY = make_conditions(target_group=fact({"third_country_nationals_only": True}))
CHILDREN = make_conditions(target_group=fact({"any_of": ["children"]}))


@pytest.mark.parametrize(("said", "answer"), [(True, "met"), (False, "not_met"), (None, "unknown")])
def test_money_for_third_country_nationals_alone_serves_nobody_else(said, answer):
    outcome = target_group(FOREIGNERS_ONLY, project(beneficiaries_third_country_nationals=said), VOCABULARIES)

    assert outcome.answer == answer


def test_the_nationality_of_those_served_is_asked_for():
    assert target_group(FOREIGNERS_ONLY, project(), VOCABULARIES).asks == "beneficiaries_third_country_nationals"


def test_a_target_group_named_in_the_form_does_not_stand_for_a_nationality():
    named = project(target_groups=["third_country_nationals"])

    assert target_group(FOREIGNERS_ONLY, named, VOCABULARIES).answer == "unknown"


@pytest.mark.parametrize(
    ("groups", "answer"),
    [
        pytest.param(["police_officers", "children"], "met", id="one of them"),
        pytest.param(["police_officers"], "not_met", id="another"),
        pytest.param([], "not_met", id="none"),
        pytest.param(None, "unknown", id="not said"),
    ],
)
def test_at_least_one_group_is_one_that_the_money_is_for(groups, answer):
    assert target_group(CHILDREN, project(target_groups=groups), VOCABULARIES).answer == answer


def test_all_groups_served_are_named_beside_those_that_the_money_is_for():
    outcome = target_group(
        CHILDREN, project(target_groups=["police_officers", "third_country_nationals"]), VOCABULARIES
    )

    assert (outcome.programme_value, outcome.applicant_value) == (
        "Children",
        "Police officers, People from outside the circle",
    )


def test_the_groups_served_are_asked_for():
    assert target_group(CHILDREN, project(), VOCABULARIES).asks == "target_groups"


def test_serving_the_group_that_the_gap_names_meets_the_rule():
    outcome = target_group(CHILDREN, project(target_groups=["police_officers"]), VOCABULARIES)

    assert outcome.gap.text == "also serve Children"
    assert target_group(CHILDREN, project(target_groups=["police_officers", "children"]), VOCABULARIES).answer == "met"


@pytest.mark.parametrize(
    "conditions",
    [
        pytest.param(make_conditions(), id="not recorded"),
        pytest.param(make_conditions(target_group=unverified(None)), id="not known"),
        pytest.param(make_conditions(target_group=fact({})), id="recorded as no restriction"),
    ],
)
def test_where_the_programme_sets_no_group_there_is_no_rule(conditions):
    served = project(target_groups=["children"], beneficiaries_third_country_nationals=False)

    assert target_group(conditions, served, VOCABULARIES) is None


# -- activity

RESEARCH = make_conditions(activity=fact({"any_of": ["studies", "training"]}))
NOT_ONLY_WARNING = make_conditions(activity=fact({"not_only": ["warning", "studies"]}))


@pytest.mark.parametrize(
    ("activities", "answer"),
    [
        pytest.param(["studies"], "met", id="what is paid for"),
        pytest.param(["studies", "shelter"], "met", id="beside other things"),
        pytest.param(["shelter"], "not_met", id="something else"),
        pytest.param([], "not_met", id="nothing"),
        pytest.param(None, "unknown", id="not said"),
    ],
)
def test_a_project_has_a_part_in_what_is_paid_for(activities, answer):
    assert activity(RESEARCH, project(activities=activities), VOCABULARIES).answer == answer


@pytest.mark.parametrize(
    ("activities", "answer"),
    [
        pytest.param(["warning"], "not_met", id="one of them alone"),
        pytest.param(["warning", "studies"], "not_met", id="both of them alone"),
        pytest.param(["warning", "shelter"], "met", id="beside direct work"),
        pytest.param(["shelter"], "met", id="direct work alone"),
    ],
)
def test_what_may_only_accompany_is_not_funded_alone(activities, answer):
    assert activity(NOT_ONLY_WARNING, project(activities=activities), VOCABULARIES).answer == answer


def test_the_activities_are_asked_for():
    assert activity(RESEARCH, project(), VOCABULARIES).asks == "activities"


def test_the_reason_for_asking_reads_as_a_sentence():
    outcome = activity(RESEARCH, project(), VOCABULARIES)

    assert outcome.reason == "Say what the project does; it must include Studies or Training of professionals."
    both = make_conditions(activity=fact({"any_of": ["studies"], "not_only": ["warning"]}))
    assert activity(both, project(), VOCABULARIES).reason.endswith(
        "it must include Studies and may not be Warning people before they leave alone."
    )
    assert activity(NOT_ONLY_WARNING, project(), VOCABULARIES).programme_value == (
        "may not be Warning people before they leave or Studies alone"
    )


def test_adding_the_activity_that_the_gap_names_meets_the_rule():
    outcome = activity(RESEARCH, project(activities=["shelter"]), VOCABULARIES)

    assert outcome.gap.text == "add Studies or Training of professionals"
    assert activity(RESEARCH, project(activities=["shelter", "studies"]), VOCABULARIES).answer == "met"


@pytest.mark.parametrize(
    "conditions",
    [
        pytest.param(make_conditions(), id="not recorded"),
        pytest.param(make_conditions(activity=unverified(None)), id="not known"),
        pytest.param(make_conditions(activity=fact({})), id="recorded as no restriction"),
    ],
)
def test_where_the_programme_sets_no_activity_there_is_no_rule(conditions):
    assert activity(conditions, project(activities=["shelter"]), VOCABULARIES) is None
