"""What an edit does to users: who moves, whose verdict changes, what nobody serves any more; all changed are named."""

import json
import shutil
import subprocess
import sys
from datetime import date

import pytest
import yaml
from click.testing import CliRunner

from conftest import REPOSITORY
from factories import (
    changed,
    fact,
    labelled_record,
    make_project,
    make_relevance,
    make_strand,
    tiny_programmes,
    unverified,
    write_catalogue,
)
from thbfund import Matcher, load_catalogue
from thbfund.cli import main
from thbfund.staff.impact import Impact, Move, VerdictChange, impact
from thbfund.staff.impact_report import MOST_LINES, impact_markdown, impact_text
from thbfund.staff.reference import PER_PROGRAMME, Reference, references

ON = date(2026, 6, 1)
LANTERN = "lantern-2021-2027"


@pytest.fixture
def matcher_of(tmp_path):
    """A function: a matcher for the tiny catalogue with one value of its first programme changed."""

    def build(name, path=None, value=None):
        first, *others = tiny_programmes()
        programmes = [changed(first, path, value) if path else first, *others]
        return Matcher(load_catalogue(write_catalogue(tmp_path / name / "data", programmes)), None)

    return build


def asked(matcher, paid_by=LANTERN, **said):
    project = make_project(matcher.catalogue.vocabularies, applicant={"type": "ngo", "country": "DE"}, **said)
    return [Reference("shelter", paid_by, project, frozenset())]


def test_two_equal_catalogues_move_nothing(matcher_of):
    old, new = matcher_of("old"), matcher_of("new")

    assert impact(old, new, asked(old), ON) == Impact((), (), (), (), (), (), 1)


def test_a_programme_that_has_ended_changes_its_verdict_and_no_rank(matcher_of):
    old = matcher_of("old")
    new = matcher_of("new", "in_force", fact({"starts_on": "2021-01-01", "ends_on": "2025-12-31"}))
    found = impact(old, new, asked(old), ON)

    assert found.changed == (LANTERN,)
    assert found.moves == ()
    assert [(change.programme, change.new) for change in found.verdicts] == [(LANTERN, "closed")]


def test_a_programme_that_is_worded_away_from_a_project_ranks_lower_for_it(matcher_of):
    old = matcher_of("old")
    meadows = make_strand(
        name="Meadows",
        objectives=fact("Tractors, ploughs and the drainage of meadows."),
        actions=fact(["drainage"]),
        tags={"target_groups": [], "activities": []},
        relevance=make_relevance(),
    )
    new = matcher_of("new", "strands", [meadows])
    found = impact(old, new, asked(old), ON)

    assert found.changed == (LANTERN,)
    assert [(move.programme, move.new > move.old) for move in found.worse] == [(LANTERN, True)]


def test_a_programme_that_is_gone_is_told_as_not_ranked_and_as_worse(tmp_path, matcher_of):
    old = matcher_of("old")
    rest = [programme for programme in tiny_programmes() if programme["id"] != LANTERN]
    for programme in rest:
        programme["successor"] = unverified(None)
    new = Matcher(load_catalogue(write_catalogue(tmp_path / "gone" / "data", rest)), None)
    found = impact(old, new, asked(old), ON)

    assert LANTERN in found.changed
    assert [move.new for move in found.worse] == [None]
    assert "not ranked" in impact_text(found)


@pytest.mark.parametrize(("grade", "cells"), [(1, (("B", "victims_of_trafficking"),)), (2, ())])
def test_a_priority_and_a_group_that_nobody_serves_together_any_more_are_told(matcher_of, grade, cells):
    old = matcher_of("old")
    found = impact(old, matcher_of("new", "strands.0.relevance", make_relevance(B=grade)), asked(old), ON)

    assert found.emptied == ()
    assert found.cells == cells
    assert ("B with victims_of_trafficking" in impact_text(found)) == bool(cells)


def test_a_priority_that_nobody_serves_any_more_is_told_once_not_for_each_group(matcher_of):
    old = matcher_of("old")
    found = impact(old, matcher_of("new", "strands.1.relevance", make_relevance(A=1)), asked(old), ON)

    assert found.emptied == ("A",)
    assert found.cells == ()


@pytest.mark.parametrize(("ends", "shut"), [("2026-05-31", ("victims_of_trafficking",)), ("2026-06-01", ())])
def test_people_for_whom_no_project_may_apply_any_more_are_told_as_on_the_day(matcher_of, ends, shut):
    old = matcher_of("old")
    new = matcher_of("new", "in_force", fact({"starts_on": "2021-01-01", "ends_on": ends}))
    found = impact(old, new, asked(old), ON)

    assert found.shut == shut
    assert ("may apply to a programme for them any more" in impact_text(found)) == bool(shut)


def test_people_whom_another_strand_than_the_best_serves_are_not_told_as_left_alone(matcher_of):
    old = matcher_of("old")
    tags = {"target_groups": ["children"], "activities": ["shelter"]}
    found = impact(old, matcher_of("new", "strands.0.tags", tags), asked(old, target_groups=["police_officers"]), ON)

    assert found.shut == ()
    assert impact(old, matcher_of("none", "strands.1.tags", tags), asked(old, target_groups=["police_officers"]),
                  ON).shut == ("police_officers",)  # fmt: skip


def test_the_reference_projects_are_the_first_of_each_programme_and_never_vouch_for_themselves(matcher_of):
    records = [labelled_record(id=f"r{n}", programme=["lantern-2021-2027", "compass"][n % 2]) for n in range(8)]
    found = references(records, matcher_of("old").catalogue.vocabularies)

    assert [reference.id for reference in found] == ["r0", "r1", "r2", "r3"][: 2 * PER_PROGRAMME]
    assert all(reference.apart for reference in found)


def test_text_for_people_is_cut_and_says_where_the_rest_is():
    moves = tuple(Move(f"p{n}", LANTERN, 1, 2, paid=True) for n in range(MOST_LINES + 2))

    assert "and 2 more: see --format json" in impact_text(Impact((LANTERN,), moves, (), (), (), (), 60))


def test_names_come_out_inert_in_markdown():
    change = VerdictChange("<script>", LANTERN, "eligible", "to_check")

    assert "<script>" not in impact_markdown(Impact((LANTERN,), (), (change,), (), (), (), 1))


# -- the command, on the real catalogue


FEW = 4  # labelled projects that are matched; the real file has them by the hundred


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The real catalogue with few of the labelled projects."""
    folder = tmp_path_factory.mktemp("real") / "data"
    shutil.copytree(REPOSITORY / "data", folder)
    records = folder / "evidence" / "labelled.jsonl"
    records.write_text("".join(records.read_text(encoding="utf-8").splitlines(keepends=True)[:FEW]), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def edited(real, tmp_path_factory):
    """The same with a figure in one programme changed that moves nothing."""
    folder = tmp_path_factory.mktemp("edited") / "data"
    shutil.copytree(real, folder)
    path = folder / "programmes" / "fead.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("name: ", "name: The ", 1), encoding="utf-8")
    return folder


def test_every_changed_programme_is_named_even_where_nothing_moves(real, edited):
    result = CliRunner().invoke(main, ["catalogue", "impact", str(real), str(edited), "--on", str(ON)])

    assert result.exit_code == 0, result.stderr
    assert "fead" in result.stdout


def test_the_json_holds_everything(real, edited):
    command = ["catalogue", "impact", str(real), str(edited), "--on", str(ON), "--format", "json"]
    found = json.loads(CliRunner().invoke(main, command).stdout)

    assert set(found) == {"changed", "moves", "verdicts", "emptied", "cells", "shut", "projects", "worse"}
    assert found["changed"] == ["fead"]
    assert 0 < found["projects"] <= FEW


def test_a_broken_catalogue_is_told_and_nothing_is_compared(tmp_path, edited):
    shutil.copytree(edited, tmp_path / "data")
    (tmp_path / "data" / "programmes" / "fead.yaml").write_text("id: [", encoding="utf-8")
    result = CliRunner().invoke(main, ["catalogue", "impact", str(edited), str(tmp_path / "data")])

    assert result.exit_code == 1
    assert "fead.yaml:" in result.stderr
    assert result.stdout == ""


# -- where the tools run by themselves


def test_the_hook_before_a_commit_checks_the_catalogue_and_refuses_a_broken_one(tmp_path):
    [repo] = yaml.safe_load((REPOSITORY / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"]
    [hook] = repo["hooks"]
    folder = write_catalogue(tmp_path / "data")
    command = hook["entry"].split()
    assert command[0] == "thbfund"
    ran = [sys.executable, "-m", *command]

    assert subprocess.run(ran, cwd=tmp_path, capture_output=True, check=False).returncode == 0
    (folder / "programmes" / f"{LANTERN}.yaml").write_text("id: [", encoding="utf-8")
    assert subprocess.run(ran, cwd=tmp_path, capture_output=True, check=False).returncode == 1


def test_the_workflow_on_a_change_of_data_has_no_more_rights_than_it_needs():
    path = REPOSITORY / ".github" / "workflows" / "catalogue.yml"
    workflow = yaml.safe_load(path.read_text(encoding="utf-8"))

    assert workflow[True]["pull_request"]["paths"] == ["data/**"]  # YAML reads the key `on` as true
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in path.read_text(encoding="utf-8")
    assert workflow["jobs"]["comment"]["permissions"] == {"pull-requests": "write"}
