"""The next question: each plausible answer is tried, and the field that could change most is asked for."""

from datetime import date

import pytest
from hypothesis import given

from factories import (
    COMPLETE,
    fact,
    loaded_vocabularies,
    make_programme,
    make_project,
    make_strand,
    tiny_programmes,
    write_catalogue,
)
from strategies import VOCABULARIES, projects
from thbfund import Matcher, load_catalogue
from thbfund.questions import FIELDS, next_question, with_answer

ON = date(2026, 11, 23)


@pytest.fixture
def asked(tmp_path):
    """The next question where one strand sets the conditions given."""

    def run(eligibility, skipped=(), **fields):
        programme = make_programme(strands=[make_strand(eligibility=eligibility)])
        catalogue = load_catalogue(write_catalogue(tmp_path / "data", [programme]))
        return next_question(Matcher(catalogue).match(make_project(VOCABULARIES, **fields), ON), skipped)

    return run


def effects(question):
    return {effect.answer.value: effect.open for effect in question.answers}


TYPES = {"applicant_types": {"lead": fact({"open_to": ["ngo"], "closed_to": ["individual"]})}}
SEATS = {"countries": {"lead": fact({"open_to": ["inner_circle"], "others": "closed"})}}
GRANT = {"grant": fact({"min_eur": 100_000, "max_eur": 500_000})}


def test_an_answer_that_shuts_a_door_is_named_beside_one_that_keeps_it_open(asked):
    found = asked(TYPES)

    assert found.field == "applicant.type"
    assert "you could lead 0 of the first 1 programmes still open to you" in found.because


def test_types_that_every_leading_programme_treats_alike_are_tried_once(asked):
    found = asked(TYPES)

    tried = [value for effect in found.answers for value in (effect.answer.value, *effect.answer.like)]
    assert sorted(tried) == sorted(loaded_vocabularies().ids("applicant_types"))
    assert len(found.answers) < len(tried)


def test_a_seat_is_tried_inside_and_outside_the_circle(asked):
    assert {0, 1} <= set(effects(asked(SEATS)).values())


def test_amounts_are_tried_on_each_side_of_every_bound(asked):
    tried = sorted(effects(asked(GRANT, skipped={"total_budget_eur"})))

    assert tried[0] < 100_000 < tried[1] < 500_000 < tried[2]


def test_no_grant_is_tried_that_is_above_the_total_budget(asked):
    found = asked(GRANT, total_budget_eur=300_000)

    assert found.field == "requested_grant_eur"
    assert all(value <= 300_000 for value in effects(found))


def test_partners_are_tried_up_to_the_consortium_that_is_asked_for(asked):
    found = asked({"consortium": fact({"min_organisations": 3, "min_countries": 3}), **SEATS},
                  applicant={"type": "ngo", "country": "DE"})  # fmt: skip

    assert found.field == "partners"
    assert [len(effect.answer.value) for effect in found.answers] == [0, 1, 2]
    assert [effect.open for effect in found.answers] == [0, 0, 1]


def test_a_required_kind_of_partner_is_among_those_tried(asked):
    required = {"required_partners": fact([{"any_of": ["public_authority"], "why": "they run the houses"}])}
    found = asked(required, applicant={"type": "ngo", "country": "DE"})

    assert {partner.type for effect in found.answers for partner in effect.answer.value} >= {"public_authority"}


def test_whether_the_people_served_are_third_country_nationals_is_asked_with_yes_and_no(asked):
    found = asked({"target_group": fact({"third_country_nationals_only": True})})

    assert effects(found) == {True: 1, False: 0}
    assert found.because.startswith("If not you could lead 0")


def test_what_the_text_shows_is_asked_to_be_confirmed(asked):
    found = asked({"activity": fact({"any_of": ["studies"]})})

    assert (found.field, found.recognised) == ("activities", ("shelter", "legal_aid"))
    vocabularies = loaded_vocabularies()
    labels = " and ".join(vocabularies.label("activities", entry) for entry in found.recognised)
    assert found.text == f"We read: {labels}. Is that right?"
    assert "as well" in found.because


def test_what_decides_no_rule_is_not_asked(asked):
    assert asked({}, skipped={"requested_grant_eur", "total_budget_eur"}) is None


def test_a_programme_that_is_already_shut_asks_nothing(asked):
    shut = asked({**TYPES, **GRANT, "place_of_action": fact({"open_to": ["inner_circle"], "others": "closed"})},
                 applicant={"type": "individual"})  # fmt: skip

    assert shut is None


def test_what_has_been_said_is_not_asked_again(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES, countries_of_action=["IT"]), ON)

    assert next_question(report).field != "countries_of_action"


def test_a_question_left_out_leads_to_another(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES), ON)
    first = next_question(report).field

    assert next_question(report, {first}).field != first


def test_where_nothing_is_left_to_ask_nothing_is_asked(tiny_matcher):
    assert next_question(tiny_matcher.match(make_project(VOCABULARIES, **COMPLETE), ON)) is None


def test_among_equals_the_first_in_the_form_is_asked(asked):
    both = asked({"grant": fact({"min_eur": 100_000}, set_by="call"),
                  "duration": fact({"min_months": 12}, set_by="call")},
                 requested_grant_eur=None, skipped={"total_budget_eur", "requested_grant_eur"})  # fmt: skip

    assert both.field == "duration_months"


def test_the_same_report_asks_the_same(tiny_matcher):
    report = tiny_matcher.match(make_project(VOCABULARIES), ON, "all")

    assert next_question(report) == next_question(report)


@given(projects)
def test_answering_every_question_comes_to_an_end(tiny_matcher, project):
    asked = []
    while found := next_question(tiny_matcher.match(project, ON, "all")):
        assert found.field not in asked
        asked.append(found.field)
        project = with_answer(project, found.field, found.answers[0].answer.value)
    assert set(asked) <= set(FIELDS)


@given(projects)
def test_a_question_is_a_sentence_on_a_field_of_the_project_with_a_reason(tiny_matcher, project):
    found = next_question(tiny_matcher.match(project, ON, "all"))

    assert found is None or (found.text.endswith("?") and hasattr(project, found.field.split(".")[0]))
    assert found is None or (found.because.endswith(".") and len(found.answers) >= 1)


def test_questions_are_about_programmes_not_yet_shut(tmp_path):
    shut = {"place_of_action": fact({"open_to": ["outer_circle"], "others": "closed"}), **GRANT}
    others = [make_programme(id=f"shut-{number}", strands=[make_strand(eligibility=shut)]) for number in range(5)]
    catalogue = load_catalogue(write_catalogue(tmp_path / "data", [*others, *tiny_programmes()]))
    report = Matcher(catalogue).match(make_project(VOCABULARIES, countries_of_action=["IT"]), ON)

    assert next_question(report).among < len(report.matches)
