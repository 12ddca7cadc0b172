"""The command line: what comes out, with which exit code, and what every kind of bad input is told."""

import json
import os
import re
import subprocess
import sys
from collections import defaultdict
from datetime import date
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from factories import SUMMARY, dumped, make_programme, write_catalogue
from test_docs import commands
from thbfund import __version__
from thbfund.cli import main

PROJECT = {"summary": SUMMARY, "applicant": {"type": "ngo", "country": "DE"}, "countries_of_action": ["IT"]}


@pytest.fixture
def run(tiny_folder, tmp_path, monkeypatch):
    """A function: run a command on the tiny catalogue, in an empty folder."""
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")

    def invoke(*arguments, data=tiny_folder, stdin=None):
        chosen = [] if data is None else ["--data", str(data)]
        return CliRunner().invoke(main, [*chosen, *map(str, arguments)], input=stdin)

    return invoke


@pytest.fixture
def project_file(tmp_path):
    """A function: a file with this content, text, bytes or plain values; outside the current folder."""

    def write(content=PROJECT, name="project.yaml"):
        path = tmp_path / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            path.write_text(content if isinstance(content, str) else dumped(content), encoding="utf-8")
        return path

    return write


def refused(result, code=1):
    """Assert that input was refused the right way; return what was said."""
    assert result.exit_code == code, result.output
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.stdout == ""
    assert "Traceback" not in result.stderr
    assert result.stderr.strip()
    assert list(Path.cwd().iterdir()) == []
    return result.stderr


# -- match


@pytest.mark.parametrize("form", ["table", "json", "csv", "md"])
def test_match_answers_in_every_format(run, project_file, form):
    result = run("match", project_file(), "--on", "2026-11-23", "--format", form)

    assert result.exit_code == 0, result.stderr
    assert "lantern-2021-2027" in result.stdout
    assert ("The text has 19 words" in result.stderr) == (form == "csv")  # rows have no place for a note


def test_match_reads_a_text_a_file_and_standard_input_alike(run, project_file):
    options = ("--on", "2026-11-23", "--format", "json")

    by_file = run("match", project_file({"summary": SUMMARY}), *options)
    by_text = run("match", "--text", SUMMARY, *options)
    by_stdin = run("match", "-", *options, stdin=dumped({"summary": SUMMARY}))
    assert by_file.stdout == by_text.stdout == by_stdin.stdout
    assert json.loads(by_file.stdout)["on"] == "2026-11-23"


def test_match_reads_json_as_well(run, project_file):
    by_json = run("match", project_file(json.dumps(PROJECT), "project.json"), "--on", "2026-11-23", "--format", "csv")

    assert by_json.stdout == run("match", project_file(), "--on", "2026-11-23", "--format", "csv").stdout


@pytest.mark.parametrize(
    ("period", "programmes"),
    [("open", 2), ("2014-2020", 1), ("2021-2027", 2), ("all", 3)],
)
def test_the_period_picks_the_programmes(run, period, programmes):
    result = run("match", "--text", SUMMARY, "--on", "2026-11-23", "--period", period, "--format", "json")

    assert len(json.loads(result.stdout)["matches"]) == programmes


def test_top_shows_the_first_programmes_only(run):
    options = ("--text", SUMMARY, "--on", "2026-11-23", "--format", "json")

    whole, first = (json.loads(run("match", *options, *more).stdout) for more in ((), ("--top", 1)))
    assert first["matches"] == whole["matches"][:1]


def test_without_a_day_the_answer_is_as_of_today(run):
    before = date.today()  # noqa: DTZ011 - the command's own day
    found = json.loads(run("match", "--text", SUMMARY, "--format", "json").stdout)["on"]
    assert before.isoformat() <= found <= date.today().isoformat()  # noqa: DTZ011


def test_the_same_command_gives_the_same_bytes_in_every_process(tiny_folder, project_file):
    command = [sys.executable, "-m", "thbfund", "--data", str(tiny_folder), "match", str(project_file())]
    outputs = {
        subprocess.run(
            [*command, "--on", "2026-11-23", "--period", "all", "--format", "json"],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }

    assert len(outputs) == 1


# -- match: bad input

LONG_LINE = "shelter " * 25_000  # 200 kB
BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\nsummary: *b\n"

BAD_PROJECTS = {
    "empty file": (b"", "found no fields", 'begin with "summary:"'),
    "blanks only": (b" \n\n", "found no fields", 'begin with "summary:"'),
    "a list": (b"- summary: a shelter\n", "not-a-block", 'begin with "summary:"'),
    "bare text": (b"A shelter for women.\n", "not-a-block", "--text"),
    "no summary": ({"applicant": {"type": "ngo"}}, '"summary" is missing', "add it"),
    "empty summary": ({"summary": "  "}, "summary: found", "a few sentences"),
    "summary of null": ({"summary": None}, "summary: found", "text"),
    "summary too long": ({"summary": LONG_LINE}, 'summary: found "200000 characters"', "shorten it"),
    "unknown field": ({**PROJECT, "sumary": "x"}, "unknown-field", 'did you mean "summary"?'),
    "unknown country": ({**PROJECT, "applicant": {"country": "XX"}}, "applicant.country: found", "two-letter code"),
    "unknown type": ({**PROJECT, "applicant": {"type": "nog"}}, "applicant.type: found", 'did you mean "ngo"?'),
    "country of partner": (
        {**PROJECT, "partners": [{"country": "Italy"}]},
        "partners.0.country: found",
        'did you mean "IT"?',
    ),
    "role of partner": ({**PROJECT, "partners": [{"role": "boss"}]}, "partners.0.role: found", "'associated'"),
    "negative money": ({**PROJECT, "total_budget_eur": -5}, "total_budget_eur: found", "from 0 to"),
    "money in words": ({**PROJECT, "total_budget_eur": "600.000 EUR"}, "total_budget_eur: found", "write 600000"),
    "no number": ("summary: x\nrequested_grant_eur: .nan\n", "requested_grant_eur: found", "in digits alone"),
    "grant above budget": (
        {**PROJECT, "total_budget_eur": 1, "requested_grant_eur": 2},
        "requested_grant_eur: found",
        "at most the total budget",
    ),
    "date in another order": ({**PROJECT, "start": "01/02/2027"}, "start: found", "YYYY-MM"),
    "date that is none": ({**PROJECT, "start": "2027-02-30"}, "start: found", "YYYY-MM"),
    "month that is none": ({**PROJECT, "start": "2027-13"}, "start: found", "YYYY-MM"),
    "year alone": ("summary: x\nstart: 2027\n", "start: found", "YYYY-MM"),
    "date in words": ({**PROJECT, "start": "next spring"}, "start: found", "YYYY-MM"),
    "no duration": ({**PROJECT, "duration_months": 0}, "duration_months: found", "1"),
    "duration in words": ({**PROJECT, "duration_months": "two years"}, "duration_months: found", "a whole number"),
    "yes for true": (
        {**PROJECT, "beneficiaries_third_country_nationals": "yes"},
        "beneficiaries_third_country_nationals: found",
        "true or false",
    ),
    "YAML bomb": (BOMB, "alias", "written out"),
    "YAML tag": ("summary: !!python/object/apply:os.system ['true']\n", "tag", "plain text"),
    "repeated field": ("summary: x\nsummary: y\n", "repeated-key", "keep one"),
    "two documents": ("summary: x\n---\nsummary: y\n", "several-documents", "one per file"),
    "broken brackets": ("summary: [x\n", "not-yaml", "brackets"),
    "deep brackets": ("[" * 100_000, "too-deep", "a flatter text"),
    "deep JSON": ('{"summary": ' * 50_000, "", ""),
    "long number": ('{"summary": "x", "total_budget_eur": ' + "9" * 5000 + "}", "", ""),
    "binary": (b"\x00\x01\x02\x7fELF", "", ""),
    "picture": (b"\x89PNG\r\n\x1a\n\xff\xfe", "not-utf-8", "UTF-8"),
    "another encoding": ("summary: Frauenhäuser\n".encode("latin-1"), "not-utf-8", "UTF-8"),
    "file too large": (b"summary: " + b"x" * 300_000, "too-large", "shorten it"),
    "half a character": ('{"summary": "x", "\\ud800": 1}', "not-json", "correct it"),
}


@pytest.mark.parametrize("name", BAD_PROJECTS)
def test_a_bad_project_is_refused_with_field_and_fix(run, project_file, name):
    content, problem, fix = BAD_PROJECTS[name]

    said = refused(run("match", project_file(content)))
    assert problem in said
    assert fix in said
    assert "project.yaml" in said


def test_all_problems_of_a_project_are_told_at_once_with_their_lines(run, project_file):
    said = refused(run("match", project_file("summary: ' '\napplicant: {type: guild}\nduration_months: -1\n")))

    assert re.findall(r"project\.yaml:(\d+):\d+ error", said) == ["1", "2", "3"]


BAD_TEXTS = [("", "summary: found"), (" \n ", "summary: found"), (LONG_LINE, "200000")]


@pytest.mark.parametrize(("text", "problem"), BAD_TEXTS, ids=["empty", "blanks", "200 kB"])
def test_a_bad_text_is_refused(run, text, problem):
    assert problem in refused(run("match", "--text", text))


def test_standard_input_is_refused_like_a_file(run):
    assert "standard input:1:1" in refused(run("match", "-", stdin="- a list\n"))


@pytest.mark.parametrize("name", ["nowhere.yaml", ".", "", "a\x00b"], ids=["missing", "folder", "no name", "zero byte"])
def test_a_file_that_cannot_be_read_is_named(run, name):
    assert "unreadable-file" in refused(run("match", name, stdin="summary: read by mistake"))


@pytest.mark.parametrize(
    ("arguments", "fix"),
    [
        pytest.param([], "exactly one of FILE, - or --text", id="nothing"),
        pytest.param(["project.yaml", "--text", "x"], "exactly one of FILE, - or --text", id="file and text"),
        pytest.param(["--text", "x", "--on", "23.11.2026"], "YYYY-MM-DD", id="day in another order"),
        pytest.param(["--text", "x", "--on", "2026-02-30"], "YYYY-MM-DD", id="day that is none"),
        pytest.param(["--text", "x", "--on", "2026-11"], "YYYY-MM-DD", id="month for a day"),
        pytest.param(["--text", "x", "--on", "20261123"], "YYYY-MM-DD", id="day without hyphens"),
        pytest.param(["--text", "x", "--on", ""], "YYYY-MM-DD", id="no day"),
        pytest.param(["--text", "x", "--top", "0"], "--top", id="none on top"),
        pytest.param(["--text", "x", "--top", "-1"], "--top", id="fewer than none"),
        pytest.param(["--text", "x", "--top", "many"], "--top", id="top in words"),
        pytest.param(["--text", "x", "--period", "2007-2013"], "'2014-2020'", id="period unknown"),
        pytest.param(["--text", "x", "--format", "pdf"], "'json'", id="format unknown"),
        pytest.param(["--text", "x", "--budget", "5"], "--budget", id="option unknown"),
    ],
)
def test_wrong_usage_is_told_with_exit_code_2(run, arguments, fix):
    assert fix in refused(run("match", *arguments), code=2)


SECRET = " ".join(f"quix{number:03}" for number in range(40))


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"summary": SECRET, "applicant": {"type": "guild"}}, id="mistake elsewhere"),
        pytest.param({"summary": [SECRET]}, id="summary as a list"),
        pytest.param({"summary": {"text": SECRET}}, id="summary as a block"),
        pytest.param({SECRET: "x"}, id="text as a field name"),
        pytest.param(f"{SECRET}: and so on\n", id="text with a colon"),
        pytest.param(f"summary: {SECRET}: and so on\n", id="colon in the summary"),
        pytest.param(f"{SECRET}\n", id="bare text"),
        pytest.param(f'summary: "{SECRET}\n', id="open quote"),
        pytest.param(json.dumps({"summary": SECRET, "title": 1}), id="JSON"),
        pytest.param('{"summary": "' + SECRET, id="broken JSON"),
    ],
)
def test_a_refusal_repeats_at_most_five_words_of_the_text(run, project_file, content):
    said = refused(run("match", project_file(content)))

    assert "quix000 quix001 quix002 quix003 quix004 quix005" not in said


def test_signs_that_steer_a_terminal_are_not_printed(run, project_file):
    said = refused(run("match", project_file('{"summary": "x", "\\u001b[31m": 1, "title": {"\\u001b[31m": 2}}')))

    assert "unknown-field" in said
    assert "\x1b" not in said


# -- the catalogue folder


def test_another_catalogue_folder_is_used(run, tmp_path):
    other = write_catalogue(tmp_path / "other", [make_programme(id="torch-2021-2027")])

    result = run("match", "--text", SUMMARY, "--on", "2026-11-23", "--format", "json", data=other)
    assert [found["programme"] for found in json.loads(result.stdout)["matches"]] == ["torch-2021-2027"]


@pytest.mark.parametrize("command", [["match", "--text", SUMMARY], ["catalogue", "export"]], ids=" ".join)
def test_a_catalogue_that_is_not_there_is_refused(run, tmp_path, command):
    said = refused(run(*command, data=tmp_path / "nowhere"))

    assert "unreadable-file" in said


def test_a_broken_catalogue_is_refused_with_all_its_problems(run, tmp_path):
    broken = write_catalogue(tmp_path / "broken", [make_programme(id="a", name=" "), make_programme(id="b", acronym=5)])

    said = refused(run("match", "--text", SUMMARY, data=broken))
    assert "a.yaml" in said
    assert "b.yaml" in said


# -- evaluate


def labelled(**changes):
    line = {"id": "one", "description": SUMMARY, "programme": "lantern-2021-2027", "period": "2021-2027", **changes}
    return json.dumps(line) + "\n"


@pytest.mark.parametrize("mode", ["text", "form"])
def test_evaluate_gives_figures_as_json(run, project_file, mode):
    result = run("evaluate", project_file(labelled(), "l.jsonl"), "--mode", mode, "--format", "json")

    figures = json.loads(result.stdout)
    assert (figures["n"], figures["hit@1"], figures["mode"]) == (1, 1.0, mode)


def test_evaluate_tells_how_many_questions_are_needed(run, project_file):
    result = run("evaluate", project_file(labelled(), "l.jsonl"), "--questions", "--format", "json")

    assert set(json.loads(result.stdout)["every_question"]) == {"ours", "form_order", "random"}
    table = run("evaluate", project_file(labelled(), "l.jsonl"), "--questions").stdout
    assert "order of the form" in table


IN_FIELD = json.dumps({"id": "one", "lang": "en", "kind": "in_field", "split": "fit", "text": SUMMARY}) + "\n"


def test_evaluate_tells_how_rightly_nothing_fits_is_said(run, project_file):
    figures = run("evaluate", project_file(IN_FIELD, "f.jsonl"), "--field", "--format", "json")
    table = run("evaluate", project_file(IN_FIELD, "f.jsonl"), "--field")

    assert json.loads(figures.stdout)["by_split"]["fit"]["false_alarm"] == {"wrong": 0, "n": 1, "rate": 0.0}
    assert "0 of 1 (0%)" in table.stdout


@pytest.mark.parametrize("options", [["--questions", "--field"], ["--field", "--format", "md"]])
def test_evaluate_measures_one_thing_at_a_time(run, project_file, options):
    assert run("evaluate", project_file(IN_FIELD, "f.jsonl"), *options).exit_code == 2


def test_evaluate_gives_a_table_with_the_peers_methods(run, project_file):
    result = run("evaluate", project_file(labelled(), "l.jsonl"))

    assert result.exit_code == 0
    for name in ("thbfund, text", "tfidf, text", "bm25, text", "lantern-2021-2027"):
        assert name in result.stdout


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        pytest.param("", "no-records", id="empty"),
        pytest.param("not json\n", "l.jsonl:1:1 error not-json", id="no JSON"),
        pytest.param(labelled() + labelled(period="now"), "l.jsonl:2:1 error bad-record: period", id="no period"),
        pytest.param("[" * 100_000, "l.jsonl:1:1 error not-json", id="too deep"),
        pytest.param(b"\xff\xfe", "not UTF-8", id="binary"),
    ],
)
def test_bad_records_are_refused(run, project_file, content, problem):
    assert problem in refused(run("evaluate", project_file(content, "l.jsonl")))


def test_a_missing_file_of_records_is_refused(run):
    assert "nowhere.jsonl error unreadable-file" in refused(run("evaluate", "nowhere.jsonl"))


@pytest.mark.parametrize("arguments", [[], ["x.jsonl", "--mode", "guess"]], ids=["no file", "unknown mode"])
def test_evaluate_used_wrongly_exits_with_2(run, arguments):
    refused(run("evaluate", *arguments), code=2)


# -- catalogue


def test_check_counts_programmes_and_strands_and_exits_with_0(run, tiny_folder):
    by_option, by_argument = run("catalogue", "check"), run("catalogue", "check", tiny_folder, data=None)

    assert by_option.exit_code == by_argument.exit_code == 0
    assert by_option.stdout == by_argument.stdout
    assert "3 programmes, 4 strands" in by_option.stdout


def test_check_lists_each_error_with_file_and_line_and_exits_with_1(run, tmp_path):
    broken = write_catalogue(tmp_path / "broken", [make_programme(id="a", name=" ", acronym=5)])

    result = run("catalogue", "check", broken)
    assert result.exit_code == 1
    assert re.search(r"broken/programmes/a\.yaml:\d+:\d+ error empty-text: name: found", result.stdout)
    assert "error not-text: acronym" in result.stdout


def test_check_gives_problems_as_json(run, tmp_path):
    broken = write_catalogue(tmp_path / "broken", [make_programme(id="a", name=" ")])

    assert json.loads(run("catalogue", "check", "--format", "json", "--at-least", "error").stdout) == []
    [problem] = json.loads(run("catalogue", "check", broken, "--format", "json").stdout)
    assert (problem["code"], problem["field"], problem["severity"]) == ("empty-text", "name", "error")


def test_check_of_a_folder_that_is_not_there_exits_with_1(run, tmp_path):
    result = run("catalogue", "check", tmp_path / "nowhere")

    assert (result.exit_code, result.stdout.count("Traceback")) == (1, 0)
    assert "unreadable-file" in result.stdout


def test_export_prints_the_catalogue_as_json(run):
    values = json.loads(run("catalogue", "export").stdout)

    assert values.keys() >= {"version", "date", "licence", "programmes"}
    ids = [found["id"] for found in values["programmes"]]
    assert ids == ["candle-2014-2020", "compass-2021-2027", "lantern-2021-2027"]


def test_export_writes_the_same_to_a_file(run, tmp_path):
    result = run("catalogue", "export", "-o", tmp_path / "out.json")

    assert (result.exit_code, result.stdout) == (0, "")
    assert json.loads((tmp_path / "out.json").read_text("utf-8")) == json.loads(run("catalogue", "export").stdout)


def test_export_to_a_place_that_cannot_be_written_is_refused(run, tmp_path):
    assert "unwritable-file" in refused(run("catalogue", "export", "-o", tmp_path / "no" / "out.json"))


def test_an_export_of_a_broken_catalogue_writes_nothing(run, tmp_path):
    broken = write_catalogue(tmp_path / "broken", [make_programme(id="a", name=" ")])

    refused(run("catalogue", "export", "-o", tmp_path / "out.json", data=broken))
    assert not (tmp_path / "out.json").exists()


# -- help


def test_the_version_is_told(run):
    assert __version__ in run("--version").stdout


@pytest.mark.parametrize("arguments", [["fly"], ["catalogue", "fly"], ["--fly"]], ids=" ".join)
def test_an_unknown_command_or_option_exits_with_2(run, arguments):
    refused(run(*arguments), code=2)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("examples/one.yaml", "summary: 3\n", "not-text"),
        ("evidence/labelled.jsonl", '{"id": 1}\n', "bad-record"),
        ("evidence/field.jsonl", '{"id": 1}\n', "bad-record"),
    ],
)
def test_check_reads_what_lies_beside_the_catalogue_too(run, tmp_path, name, content, code):
    folder = write_catalogue(tmp_path / "data")
    (folder / name).parent.mkdir()
    (folder / name).write_text(content, encoding="utf-8")

    result = run("catalogue", "check", folder, "--at-least", "error")
    assert result.exit_code == 1
    said = next(line for line in result.stdout.splitlines() if f"error {code}" in line)
    assert said.startswith(f"data/{name}:")


def test_check_passes_a_sound_example(run, tmp_path):
    folder = write_catalogue(tmp_path / "data")
    (folder / "examples").mkdir()
    (folder / "examples" / "one.yaml").write_text("summary: A shelter for women.\n", encoding="utf-8")

    assert run("catalogue", "check", folder).exit_code == 0


# -- what a format has no place for


def test_csv_has_no_rows_where_nothing_fits_and_says_so_beside_it(run):
    result = run("match", "--text", "Better bicycles for our town.", "--format", "csv")

    assert result.exit_code == 0
    assert len(result.stdout.splitlines()) == 1
    assert "shows no project against trafficking" in result.stderr


@pytest.mark.parametrize("form", ["table", "csv", "xlsx"])
def test_ranks_without_one_thing_are_refused_where_no_place_is_for_them(run, form):
    asked = ["match", "--text", SUMMARY, "--left-out", "--format", form, *(["-o", "x"] if form != "table" else [])]

    assert "--format json or md" in refused(run(*asked), 2)


def test_an_id_that_is_a_whole_text_is_not_repeated_whole(run):
    said = refused(run("fit", SUMMARY * 20, "compass-2021-2027"), 2)

    assert len(said) < 600


def test_the_worklist_warns_of_a_fact_read_after_its_day_as_the_check_does(run, tmp_path):
    folder = write_catalogue(tmp_path / "data", [make_programme()])

    early, late = (
        run("catalogue", "worklist", "--on", day, data=folder).stdout for day in ("2020-01-01", "2026-11-23")
    )
    assert "checked-in-future" in early
    assert "checked-in-future" not in late


def test_commands_and_pages_start_where_the_system_locks_no_files():
    code = "import sys; sys.modules['fcntl'] = None; import thbfund.cli, thbfund.web.app"

    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


# What differs in name alone: a case is about one programme; the portal has codes for few; links are told by a part.
ALIKE_BY_NAME_ALONE = {"--programme", "--only"}


def options_by_name():
    """Every option of the real commands, by its long name."""
    found = defaultdict(list)
    for _, command in commands():
        for option in command.params:
            if isinstance(option, click.Option):
                found[max(option.opts, key=len)].append(option)
    return {name: options for name, options in found.items() if len(options) > 1 and name not in ALIKE_BY_NAME_ALONE}


@pytest.mark.parametrize("name", sorted(options_by_name()))
def test_an_option_that_several_commands_have_is_written_and_read_the_same_in_each(name):
    kinds = {
        (tuple(sorted(option.opts)), type(option.type), getattr(option.type, "dir_okay", None), option.multiple)
        for option in options_by_name()[name]
    }

    assert len(kinds) == 1


@pytest.mark.parametrize("name", ["--on", "--period"])
def test_an_option_says_what_it_is_for(name):
    assert all(option.help for option in options_by_name()[name])


def test_a_file_that_was_written_is_named_on_the_side_and_nothing_on_the_screen(tmp_path):
    result = CliRunner().invoke(main, ["calendar", "-o", str(tmp_path / "calls.ics")])

    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr == f"Wrote {tmp_path / 'calls.ics'}\n"
