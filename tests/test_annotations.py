"""The list of problems in its three forms: for people, for programs, and as annotations beside the lines on GitHub."""

import json
import re

import pytest
from click.testing import CliRunner

from factories import fact, make_programme, make_strand, write_catalogue
from thbfund.cli import main
from thbfund.input.problems import Problem
from thbfund.staff.annotations import github_annotation


@pytest.fixture
def check(tmp_path):
    """A function: write a catalogue with an error, a warning and a hint, check it, and give what is printed."""
    actions = make_strand(actions=fact(["many shelters."]))
    slips = make_programme(summary=fact("Pays for light."), strands=[actions])
    folder = write_catalogue(tmp_path / "data", programmes=[slips, make_programme(id="torch", acronym=5)])

    def run(*options):
        result = CliRunner().invoke(main, ["catalogue", "check", str(folder), *options])
        assert result.exit_code == 1, result.output
        return result.stdout

    return run


def test_github_gets_an_annotation_for_each_problem(check):
    lines = check("--format", "github").splitlines()

    assert len(lines) == 3
    assert re.fullmatch(
        r"::warning file=data/programmes/lantern-2021-2027\.yaml,line=\d+,col=\d+,title=text-length::"
        r"summary\.value: found 15 characters, expected 60 to 600 - say what .*",
        lines[0],
    )
    assert lines[1].startswith("::notice file=data/programmes/lantern-2021-2027.yaml,line=")
    assert lines[2].startswith("::error file=data/programmes/torch.yaml,line=3,col=1,title=not-text::acronym: found ")


def test_text_and_json_tell_the_same_problems(check):
    as_json = json.loads(check("--format", "json"))
    as_text = check("--format", "text").splitlines()

    assert [problem["severity"] for problem in as_json] == ["warning", "hint", "error"]
    assert len(as_text) == len(as_json)
    for line, problem in zip(as_text, as_json, strict=True):
        place = f"{problem['file']}:{problem['line']}:{problem['column']}"
        assert line.startswith(f"{place} {problem['severity']} {problem['code']}: {problem['field']}: ")


@pytest.mark.parametrize(("least", "count"), [("error", 1), ("warning", 2), ("hint", 3)])
@pytest.mark.parametrize("form", ["text", "github", "json"])
def test_what_is_less_grave_can_be_left_out(check, form, least, count):
    said = check("--format", form, "--at-least", least)

    assert count == (len(json.loads(said)) if form == "json" else len(said.splitlines()))


def test_warnings_are_counted_and_leave_the_exit_code_at_0(tmp_path):
    folder = write_catalogue(tmp_path / "data", programmes=[make_programme(summary=fact("Pays for light."))])
    result = CliRunner().invoke(main, ["catalogue", "check", str(folder)])

    assert result.exit_code == 0
    assert re.search(r"^1 programmes, 1 strands; warnings: \d+, hints: 0$", result.stdout, re.MULTILINE)
    assert CliRunner().invoke(main, ["catalogue", "check", str(folder), "--format", "github"]).exit_code == 0


def test_what_would_break_an_annotation_is_written_as_a_code():
    problem = Problem(
        "odd", "50 % of, a: b\r\nor more", "error", "data/a,b:c%.yaml", 3, 7, "summary", "x: y", "one, two"
    )

    assert github_annotation(problem) == (
        "::error file=data/a%2Cb%3Ac%25.yaml,line=3,col=7,title=odd"
        "::summary: 50 %25 of, a: b%0D%0Aor more, expected x: y - one, two"
    )


def test_a_problem_of_no_place_gets_an_annotation_without_one():
    assert github_annotation(Problem("no-programmes", "found none")) == "::error title=no-programmes::found none"
