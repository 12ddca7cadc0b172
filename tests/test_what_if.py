"""One thing changed: which programmes move, told in sentences; the project itself stays."""

from datetime import date
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given

from factories import COMPLETE, ON, fact, make_programme, make_project, make_strand, write_catalogue
from strategies import project_values
from thbfund import Catalogue, InputError, Matcher, Project, load_catalogue
from thbfund.input.strict_yaml import Document
from thbfund.input.validation import build
from thbfund.rules.applicants import ROLES_BEST_FIRST, Role
from thbfund.what_if import FIELDS, changed, moves

VALUES = {
    "applicant.country": "NO",
    "applicant.type": "company",
    "partners": [],
    "total_budget_eur": 10_000_000,
    "duration_months": 240,
    "start": date(2026, 7, 1),
    "target_groups": ["children"],
}


def what_if(tiny_matcher: Matcher, field: str, value: object, **project: object) -> dict[str, tuple[str, ...]]:
    catalogue = tiny_matcher.catalogue
    before = make_project(catalogue.vocabularies, **{**COMPLETE, **project})
    after = changed(before, field, value, catalogue.vocabularies)
    found = moves(tiny_matcher.match(before, ON), tiny_matcher.match(after, ON))
    return {move.match.programme.id: move.changes for move in found}


def test_a_verdict_that_changes_is_told_with_the_one_before(tiny_matcher: Matcher) -> None:
    said = what_if(tiny_matcher, "partners", [])["lantern-2021-2027"]
    assert said[0] == "Verdict: to check instead of eligible as described."


def test_nothing_moves_where_nothing_changes(tiny_matcher: Matcher) -> None:
    assert what_if(tiny_matcher, "duration_months", COMPLETE["duration_months"]) == {}


def test_going_back_moves_back(tiny_matcher: Matcher) -> None:
    catalogue = tiny_matcher.catalogue
    one = make_project(catalogue.vocabularies, **COMPLETE)
    other = changed(one, "partners", [], catalogue.vocabularies)
    reports = [tiny_matcher.match(project, ON) for project in (one, other)]
    there, back = moves(*reports), moves(*reversed(reports))
    assert {move.match.programme.id: move.better for move in there} == {
        move.match.programme.id: None if move.better is None else not move.better for move in back
    }
    assert any(move.better is False for move in there)


@pytest.mark.parametrize("field", FIELDS)
def test_every_field_can_be_changed_alone_and_the_project_stays(field: str, tiny: Catalogue) -> None:
    project = make_project(tiny.vocabularies, **COMPLETE)
    before = project.model_copy(deep=True)
    other = changed(project, field, VALUES[field], tiny.vocabularies)
    first = field.split(".", maxsplit=1)[0]
    assert project == before
    assert other != project
    assert other.model_dump(exclude={first}) == project.model_dump(exclude={first})


@given(values=project_values)
def test_a_project_changed_to_what_it_is_is_the_same(values: dict, tiny: Catalogue) -> None:
    project = build(Project, Document(values), "p", {"vocabularies": tiny.vocabularies})
    for field in FIELDS:
        first, _, inner = field.partition(".")
        value = getattr(project, first)
        assert changed(project, field, getattr(value, inner) if inner else value, tiny.vocabularies) == project


def test_a_change_that_contradicts_the_rest_is_refused(tiny: Catalogue) -> None:
    project = make_project(tiny.vocabularies, **COMPLETE)
    with pytest.raises(InputError, match="grant-above-budget"):
        changed(project, "total_budget_eur", 1000, tiny.vocabularies)


def test_where_another_strand_is_the_easiest_door_now_it_is_named(tiny_matcher: Matcher) -> None:
    assert "The easiest door is now the strand Beacon." in what_if(tiny_matcher, "partners", [])["lantern-2021-2027"]


def test_a_condition_that_changes_is_named(tmp_path: Path) -> None:
    strand = make_strand(eligibility={"duration": fact({"max_months": 36})})
    matcher = Matcher(load_catalogue(write_catalogue(tmp_path / "data", [make_programme(strands=[strand])])))
    said = what_if(matcher, "duration_months", 37)["lantern-2021-2027"]
    assert "Duration: not met instead of met." in said
    assert what_if(matcher, "duration_months", 36) == {}


def test_verdicts_stand_before_ranks(tiny_matcher: Matcher) -> None:
    catalogue = tiny_matcher.catalogue
    one = make_project(catalogue.vocabularies, **COMPLETE)
    other = changed(one, "applicant.country", "NO", catalogue.vocabularies)
    found = moves(tiny_matcher.match(one, ON, "all"), tiny_matcher.match(other, ON, "all"))
    judged = [move.better is not None for move in found]
    assert judged == sorted(judged, reverse=True)


def test_a_start_before_a_grant_could_be_signed_is_told(matcher: Matcher) -> None:
    vocabularies = matcher.catalogue.vocabularies
    project = make_project(vocabularies, applicant={"type": "ngo", "country": "IT"}, start="2030-01-01")
    early = changed(project, "start", date(2026, 12, 1), vocabularies)
    on = date(2026, 11, 25)
    said = [one for move in moves(matcher.match(project, on), matcher.match(early, on)) for one in move.changes]
    assert "The start would be too early for its next call." in said


def test_every_role_stands_in_the_order_and_one_to_be_checked_before_none() -> None:
    assert set(ROLES_BEST_FIRST) == set(get_args(Role))
    assert ROLES_BEST_FIRST.index("unknown") < ROLES_BEST_FIRST.index("none")
