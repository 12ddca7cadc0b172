"""Documentation that cannot rot: every command, option and field is described, every example runs."""

import doctest
import json
import re
import shlex
import shutil
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import get_args

import click
import pytest
from click.testing import CliRunner

import thbfund
from factories import make_project
from notes import docx_note
from strategies import VOCABULARIES
from thbfund import Matcher, Project
from thbfund.cli import main
from thbfund.link import PARTS
from thbfund.matching import GROUPS, Timing
from thbfund.parts import part_by_part
from thbfund.project import Applicant, Partner
from thbfund.report.contract import report_values
from thbfund.rules.applicants import Role
from thbfund.rules.outcome import RuleName
from thbfund.rules.verdict import Verdict
from thbfund.web.routes.query import MEANINGS

REPOSITORY = Path(__file__).parents[1]
README = (REPOSITORY / "README.md").read_text(encoding="utf-8")
PAGES = [REPOSITORY / name for name in ("README.md", "data/README.md", "data/evidence/README.md")]
LONGEST = ("--card", "--questions")  # options whose examples take 20 seconds, with a sample of the records too
LARGEST_PICTURE = 150_000  # bytes: a page of documentation opens on a slow line too
FEWEST_WORDS = 5  # fewer only name a picture
SAMPLE = 12  # labelled records on which the commands of the documentation are tried


def commands(group=main, path=("thbfund",)):
    """Every command of the real command line: its words and itself."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))
        else:
            yield " ".join((*path, name)), command


def options():
    """Every option of every command, and of the program, with all its names: `--output`, `-o`."""
    for path, command in [("thbfund", main), *commands()]:
        for parameter in command.params:
            if isinstance(parameter, click.Option) and parameter.name != "version":
                yield pytest.param(parameter.opts, id=f"{path} {max(parameter.opts, key=len)}")


def blocks(kind, text):
    """The code blocks of one kind in a page."""
    return re.findall(rf"^```{kind}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


# -- everything is described


@pytest.mark.parametrize("command", [path for path, _ in commands()])
def test_every_command_is_documented(command):
    assert f"`{command}" in README


@pytest.mark.parametrize("names", list(options()))
def test_every_option_is_documented(names):
    assert any(f"`{name}" in README or f" {name} " in README for name in names)


@pytest.mark.parametrize("path", ["thbfund", *(path for path, _ in commands())])
def test_every_command_and_option_explains_itself(path):
    words = path.split()[1:]
    result = CliRunner().invoke(main, [*words, "--help"])

    assert result.exit_code == 0
    assert re.search(r"^  [A-Z]\w+ ", result.stdout, re.MULTILINE)


@pytest.mark.parametrize(
    "field",
    [
        *Project.model_fields,
        *(f"applicant.{name}" for name in Applicant.model_fields if name != "name"),
        *(f"partners[].{name}" for name in Partner.model_fields if name not in Applicant.model_fields),
    ],
)
def test_every_field_of_a_project_is_documented(field):
    assert re.search(rf"^\| `{re.escape(field)}` \|", README, re.MULTILINE)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_of_a_link_is_documented(part):
    table = README.partition("### The link")[2].partition("\n## ")[0]

    assert re.search(rf"^\|[^|]*`{part}`", table, re.MULTILINE)


@pytest.mark.parametrize("parameter", MEANINGS)
def test_every_parameter_of_the_api_is_documented(parameter):
    section = README.partition("## Use from other programs")[2].partition("\n## ")[0]

    assert f"`{parameter}`" in section


@pytest.mark.parametrize("field", Applicant.model_fields)
def test_every_field_of_an_applicant_is_named(field):
    [row] = re.findall(r"^\| `applicant` \|.*", README, re.MULTILINE)

    assert f"`{field}`" in row


def keys_of_the_answer(tiny):
    """All names of fields in the JSON answer."""
    project = make_project(VOCABULARIES, duration_months=48, activities=["shelter", "training"])
    matcher = Matcher(tiny)
    report = matcher.match(project, date(2026, 11, 23), "all")
    values = report_values(report, parts=part_by_part(matcher, report, "all"))
    [first, *_] = values["matches"]
    [part, *_] = values["parts"]["found"]
    rule = first["rules"][0]
    parts = [values, first, rule, values["catalogue"], values["understood"], first["contributions"][0]]
    parts += [values["parts"], part, part["programmes"][0], part["activities"][0]]
    return sorted({key for part in parts for key in part})


def test_every_field_of_the_json_answer_is_documented(tiny):
    undocumented = [key for key in keys_of_the_answer(tiny) if f"`{key}`" not in README]

    assert undocumented == []


def test_every_field_of_the_advice_on_the_eu_approach_is_documented(matcher):
    project = make_project(
        matcher.catalogue.vocabularies, summary="A shelter for victims of trafficking, with legal aid."
    )
    [first, *_] = report_values(matcher.match(project, date(2026, 11, 25)))["approach"]
    keys = {*first, *first["shown"][0], *first["missing"][0]}

    assert [key for key in sorted(keys) if f"`{key}`" not in README] == []


@pytest.mark.parametrize(
    "word", sorted({*get_args(Verdict), *get_args(Role), *get_args(Timing), *get_args(RuleName)} - set(GROUPS))
)
def test_every_word_of_the_answer_is_documented(word):
    assert f"`{word}`" in README


# -- every example runs


@pytest.fixture(scope="module")
def checkout(tmp_path_factory):
    """A copy of what the examples read, with few labelled records, in which examples may write."""
    folder = tmp_path_factory.mktemp("checkouts") / "now"
    shutil.copytree(REPOSITORY / "data", folder / "data")
    (folder / "note.docx").write_bytes(docx_note())
    evidence = folder / "data" / "evidence"
    kept = sample(evidence / "labelled.jsonl", lambda number, _: number < SAMPLE)
    sample(evidence / "translations.jsonl", lambda _, translation: translation["variant_of"] in kept)
    sample(evidence / "field.jsonl", lambda number, _: number % SAMPLE == 0)
    shutil.copytree(folder, folder.with_name("before"))  # an earlier checkout, to compare with
    return folder


def sample(path, wanted):
    """Keep the records of a file that are wanted; return their ids."""
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for number, line in enumerate(lines) if wanted(number, json.loads(line))]
    path.write_text("".join(kept), encoding="utf-8")
    return {json.loads(line)["id"] for line in kept}


def examples():
    """Every `$ thbfund ...` line of a console block, once, except the one that starts the app."""
    seen = set()
    for page in PAGES:
        for block in blocks("console", page.read_text(encoding="utf-8")):
            for line in re.findall(r"^\$ (thbfund .*)$", block, re.MULTILINE):
                if not line.startswith("thbfund app") and line not in seen:
                    seen.add(line)
                    marks = [pytest.mark.thorough] if any(option in line for option in LONGEST) else []
                    yield pytest.param(line, id=f"{page.relative_to(REPOSITORY)}: {line[:90]}", marks=marks)


@pytest.mark.parametrize("line", list(examples()))
def test_every_console_example_runs(checkout, monkeypatch, line):
    monkeypatch.chdir(checkout)
    if re.search(r"[|<>]", line):
        program = f"{shlex.quote(sys.executable)} -m thbfund"
        finished = subprocess.run(line.replace("thbfund", program, 1), shell=True, capture_output=True, check=False)
        assert finished.returncode == 0, finished.stderr.decode()
    else:
        result = CliRunner().invoke(main, shlex.split(line)[1:])
        assert result.exit_code == 0, result.output


def test_there_are_console_examples():
    assert len(list(examples())) >= 5


@pytest.mark.parametrize("block", blocks("python", README), ids=lambda block: block.splitlines()[-1])
def test_every_python_example_runs(block):
    test = doctest.DocTestParser().get_doctest(block, {}, "README.md", "README.md", 0)
    runner = doctest.DocTestRunner(optionflags=doctest.NORMALIZE_WHITESPACE)

    assert test.examples
    assert runner.run(test).failed == 0


def test_the_examples_in_the_package_run():
    result = doctest.testmod(thbfund)

    assert result.attempted > 0
    assert result.failed == 0


@pytest.mark.parametrize("number", range(len(blocks("yaml", README))))
def test_every_project_file_shown_in_the_readme_is_accepted(catalogue, number):
    block = blocks("yaml", README)[number]

    assert thbfund.read_project(block.encode(), "README.md", catalogue.vocabularies).summary


# -- every link leads somewhere


@pytest.mark.parametrize(
    "page",
    [*PAGES, *sorted((REPOSITORY / ".github").rglob("*.md"))],
    ids=lambda page: str(page.relative_to(REPOSITORY)),
)
def test_links_inside_the_repository_lead_somewhere(page):
    text = page.read_text(encoding="utf-8")
    titles = re.findall(r"^#+ (.*)", text, re.MULTILINE)
    headings = {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}
    broken = []
    for target in re.findall(r"\]\(([^)\s]+)\)", text):
        if target.startswith("#"):
            broken += [target] if target[1:] not in headings else []
        elif not target.startswith(("http://", "https://", "mailto:")):
            broken += [] if (page.parent / target.split("#")[0]).exists() else [target]
    assert broken == []


def pictures():
    """Every picture of the documentation: its file, and what is said to those who do not see it."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for alt, source in re.findall(r"!\[([^\]]*)\]\(([^)]+)\)", text):
            yield page.parent / source, alt
        for tag in re.findall(r"<img [^>]*>", text):
            yield page.parent / re.search('src="([^"]*)"', tag)[1], re.search('alt="([^"]*)"', tag)[1]


@pytest.mark.parametrize(("picture", "alt"), [pytest.param(*shown, id=shown[0].name) for shown in pictures()])
def test_every_picture_is_small_and_said_in_words(picture, alt):
    assert picture.stat().st_size < LARGEST_PICTURE
    assert len(alt.split()) > FEWEST_WORDS


def test_the_readme_shows_the_results_on_a_desk_and_on_a_phone():
    assert {picture.name for picture, _ in pictures()} >= {"results.jpg", "results-phone.jpg"}


def test_the_examples_in_data_are_the_three_of_the_app(data):
    assert len(list((data / "examples").glob("*.yaml"))) == 3


@pytest.mark.parametrize("path", sorted((REPOSITORY / "data" / "examples").glob("*.yaml")), ids=lambda path: path.stem)
def test_every_worked_example_finds_a_programme(matcher, path):
    project = thbfund.read_project(path.read_bytes(), path.name, matcher.catalogue.vocabularies)
    report = matcher.match(project, date(2026, 11, 23))

    assert not report.nothing_fits
    assert json.dumps(report_values(report, 1))
