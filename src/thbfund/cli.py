"""The command line: parse, call, print, exit code. Nothing is decided here.

Exit codes: 0 done, 1 the input has problems (all on stderr), 2 wrong usage, 3 a mistake of the program.
"""

import json
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

import click

from thbfund import __version__, explain
from thbfund.app_command import app_command
from thbfund.case_command import add_case_command
from thbfund.catalogue import check_catalogue, load_catalogue, packaged_data
from thbfund.catalogue.freshness import checks, overdue
from thbfund.catalogue.guidance import GUIDANCE_FILES
from thbfund.catalogue.policy import POLICY_FILES
from thbfund.changes_command import changelog_command, diff_command, impact_command, log_changes_command
from thbfund.evaluate_command import evaluate_command
from thbfund.fit_command import fit_command
from thbfund.import_command import import_calls_command, import_projects_command
from thbfund.input.problems import InputError, Problem
from thbfund.kept import kept
from thbfund.left_out import Change, left_out
from thbfund.links_command import links_command
from thbfund.matching import PERIOD_CHOICES, Matcher, MatchReport, PeriodChoice
from thbfund.parts import PartByPart, part_by_part
from thbfund.project_input import project_in
from thbfund.screen_command import screen_command
from thbfund.take_away_commands import brief_command, calendar_command
from thbfund.terminal import (
    PROBLEMS,
    console,
    deliver,
    format_option,
    on_option,
    output_option,
    period_option,
    problems_on_stderr,
)
from thbfund.text.language import prepare

SEVERITIES = ("error", "warning", "hint")
MATCH_FORMATS = ("table", "json", "csv", "md", "xlsx")
WITH_PARTS, WITH_CHANGES = {"table", "json", "md"}, {"json", "md"}  # formats that show these, which take time
EXPORT_FORMATS = ("json", "csv", "sqlite", "package")
COVERAGE_PERIODS = ("2014-2020", "2021-2027", "all")
SCHEMAS = (
    "programme", "calls", "changes", "case", "vocabulary", "lexicon", "project", "ranking-weights",
    *(f"policy-{name}" for name in POLICY_FILES), *(f"guidance-{name}" for name in GUIDANCE_FILES),
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__)
@click.option("--data", type=click.Path(path_type=Path), help="Another catalogue folder.")
@click.pass_context
def main(ctx: click.Context, data: Path | None) -> None:
    """Find EU funding for work against trafficking in human beings."""
    ctx.obj = (data or packaged_data()).resolve()


@main.command("match")
@click.argument("file", required=False, metavar="[FILE|-]")
@click.option("--text", help="The description itself, instead of a file.")
@on_option()
@period_option(PERIOD_CHOICES)
@click.option("--top", type=click.IntRange(min=1), help="Show only the first N programmes.")
@format_option(*MATCH_FORMATS)
@output_option("Write to this file; not for a table.")
@click.option("--left-out", "what_if", is_flag=True, help="Add to json and md what would change without one thing.")
@click.pass_obj
def match_command(  # noqa: PLR0913, PLR0917 - one parameter per option
    data: Path,
    file: str | None,
    text: str | None,
    on: date,
    period: PeriodChoice,
    top: int | None,
    form: str,
    output: Path | None,
    what_if: bool,  # noqa: FBT001 - a flag
) -> None:
    """Rank the programmes for a project.

    FILE is a project file (YAML or JSON) or a concept note (PDF, DOCX, ODT, TXT, MD); - is a project file on
    standard input.
    """
    if (file is None) == (text is None):
        raise click.UsageError("give exactly one of FILE, - or --text")
    if output and form == "table":
        raise click.UsageError("a table is for the screen; with -o, give --format json, csv, md or xlsx")
    if what_if and form not in WITH_CHANGES:
        raise click.UsageError("--left-out: of use only with --format json or md")
    prepare()
    with problems_on_stderr():
        with kept():
            catalogue = load_catalogue(data)
            project = project_in(file or "", text, catalogue)
            matcher = Matcher(catalogue)
        report = matcher.match(project, on, period)
    changes = left_out(matcher, report) if what_if else None
    parts = part_by_part(matcher, report, period) if form in WITH_PARTS else None
    if form == "table":
        _print(report, parts, top)
    else:
        _say_what_rows_cannot(report, form)
        deliver(_written(report, parts, form, top, changes), output)


@main.group("catalogue")
def catalogue_group() -> None:
    """Check and export the catalogue."""


@catalogue_group.command("check")
@click.argument("folder", type=click.Path(path_type=Path), required=False)
@format_option("text", "json", "github")
@click.option(
    "--at-least", "least", type=click.Choice(SEVERITIES), default="hint", help="Leave out what is less grave."
)
@on_option("Warn of facts read after this day.")
@click.pass_obj
def check_command(data: Path, folder: Path | None, form: str, least: str, on: date) -> None:
    """List every problem in a catalogue folder; exit code 1 where one is an error."""
    from thbfund.staff.annotations import github_annotation  # noqa: PLC0415 - only this command needs it
    from thbfund.staff.beside import problems_beside  # noqa: PLC0415 - as above

    catalogue, problems = check_catalogue((folder or data).resolve(), on)
    beside = problems_beside((folder or data).resolve(), catalogue) if catalogue else []
    problems = [*problems, *beside]
    graded = SEVERITIES[: SEVERITIES.index(least) + 1]
    shown = [problem for problem in problems if problem.severity in graded]
    if form == "json":
        click.echo(json.dumps([_problem_values(problem) for problem in shown], ensure_ascii=False, indent=2))
    else:
        for problem in shown:
            click.echo(github_annotation(problem) if form == "github" else str(problem))
    if form == "text" and catalogue is not None:
        strands = sum(len(programme.strands) for programme in catalogue.programmes.values())
        counts = Counter(problem.severity for problem in problems)
        counted = f"warnings: {counts['warning']}, hints: {counts['hint']}"
        click.echo(f"{len(catalogue.programmes)} programmes, {strands} strands; {counted}")
    sys.exit(0 if catalogue is not None and not beside else PROBLEMS)


@catalogue_group.command("export")
@format_option(*EXPORT_FORMATS)
@output_option()
@click.pass_obj
def export_command(data: Path, form: str, output: Path | None) -> None:
    """Write the whole catalogue as open data: JSON, ZIP of CSV tables, SQLite, or a Frictionless package (ZIP)."""
    from thbfund.staff.export import EXPORTS  # noqa: PLC0415 - only this command needs it

    if output is None and form != "json":
        raise click.UsageError(f"the format {form} is no text; name a file with -o")
    with problems_on_stderr():
        content = EXPORTS[form](load_catalogue(data))
    deliver(content, output)


@catalogue_group.command("schema")
@click.argument("kind", type=click.Choice(SCHEMAS), default="programme")
@output_option()
@click.pass_obj
def schema_command(data: Path, kind: str, output: Path | None) -> None:
    """Write the JSON Schema of a KIND of file, for editors that check while one types."""
    from thbfund.staff.schema import schema_json  # noqa: PLC0415 - only this command needs it

    with problems_on_stderr():
        text = schema_json(kind, load_catalogue(data).vocabularies)
    deliver(text.encode() + b"\n", output)


@catalogue_group.command("stale")
@on_option()
@click.pass_obj
def stale_command(data: Path, on: date) -> None:
    """List the facts whose check is too old to be relied on, the oldest first."""
    with problems_on_stderr():
        found = overdue(load_catalogue(data), on)
    for item in found:
        click.echo(f"{item.file} {item.field}: checked on {item.checked_on}, overdue since {item.since}")
    click.echo(f"{len(found)} facts are overdue on {on}" if found else f"No fact is overdue on {on}")


@catalogue_group.command("reminders")
@on_option("Facts in use on this day.")
@output_option()
@click.pass_obj
def reminders_command(data: Path, on: date, output: Path | None) -> None:
    """Write when facts are to be checked again as a calendar file (ICS); a later file replaces these entries."""
    from thbfund.staff.reminders import reminders  # noqa: PLC0415 - only this command needs it

    with problems_on_stderr():
        found = checks(load_catalogue(data), on)
    deliver(reminders(found, datetime.now(UTC)), output)


@catalogue_group.command("worklist")
@on_option()
@click.option("--top", type=click.IntRange(min=1), help="Show only the first N lines.")
@click.pass_obj
def worklist_command(data: Path, on: date, top: int | None) -> None:
    """List what to mend, the most useful first: unverified conditions, overdue facts, warnings."""
    from thbfund.staff.worklist import total_share, verified_shares, worklist  # noqa: PLC0415 - only this command

    catalogue, problems = check_catalogue(data, on)
    with problems_on_stderr():
        if catalogue is None:
            raise InputError(problem for problem in problems if problem.severity == "error")
    tasks = worklist(catalogue, problems, on)
    for task in tasks[:top]:
        click.echo(str(task))
    shares = verified_shares(catalogue, on)
    kinds = ", ".join(f"{kind} {share}" for kind, share in shares.items())
    click.echo(f"{len(tasks[:top])} of {len(tasks)} tasks on {on}; the number in front weighs how useful each is.")
    click.echo(f"Verified eligibility facts of programmes in force: {total_share(shares)}: {kinds}")


@catalogue_group.command("coverage")
@period_option(COVERAGE_PERIODS, "all")
@format_option("table", "json", "csv")
@click.pass_obj
def coverage_command(data: Path, period: Literal["2014-2020", "2021-2027", "all"], form: str) -> None:
    """Show which programmes serve each priority and target group, and what nobody serves."""
    from thbfund.staff import coverage  # noqa: PLC0415 - only this command needs it

    with problems_on_stderr():
        catalogue = load_catalogue(data)
    found = coverage.coverage(catalogue, period)
    if form == "table":
        coverage.print_coverage(found, catalogue.vocabularies, console())
    else:
        write = coverage.coverage_json if form == "json" else coverage.coverage_csv
        click.echo(write(found, catalogue.vocabularies))


catalogue_group.add_command(add_case_command)
catalogue_group.add_command(changelog_command)
catalogue_group.add_command(diff_command)
catalogue_group.add_command(impact_command)
catalogue_group.add_command(import_calls_command)
catalogue_group.add_command(import_projects_command)
catalogue_group.add_command(links_command)
catalogue_group.add_command(log_changes_command)
main.add_command(evaluate_command)
main.add_command(fit_command)
main.add_command(screen_command)
main.add_command(brief_command)
main.add_command(calendar_command)
main.add_command(app_command)


def _say_what_rows_cannot(report: MatchReport, form: str) -> None:
    """What the other formats say above the programmes: on standard error, for rows have no place for it."""
    if form == "csv":
        for warning in report.warnings:
            click.echo(warning.message, err=True)
        if report.nothing_fits:
            click.echo(explain.nothing_fits(report), err=True)


def _print(report: MatchReport, parts: PartByPart | None, top: int | None) -> None:
    from thbfund.report.tables import print_report  # noqa: PLC0415 - one of five is needed

    print_report(report, console(), top, parts)


def _written(
    report: MatchReport, parts: PartByPart | None, form: str, top: int | None, changes: Sequence[Change] | None
) -> bytes:
    from thbfund.report.contract import report_json  # noqa: PLC0415 - as above
    from thbfund.report.tables import report_csv, report_markdown  # noqa: PLC0415 - as above

    if form == "xlsx":
        from thbfund.report.spreadsheet import takeaway, xlsx_of  # noqa: PLC0415 - slow to load

        today = date.today()  # noqa: DTZ011 - the day on the user's own calendar
        leading = {match.rank for match in report.matches[:top]}
        shown = [match for group in explain.grouped(report).values() for match in group if match.rank in leading]
        return xlsx_of(takeaway(report, today, shown=shown), today)
    if form == "csv":
        text = report_csv(report, top)
    else:
        text = (report_json if form == "json" else report_markdown)(report, top, parts, changes)
    return f"{text.rstrip()}\n".encode()


def _problem_values(problem: Problem) -> dict[str, Any]:
    names = ("code", "severity", "file", "line", "column", "field", "message", "allowed", "hint")
    return {name: getattr(problem, name) for name in names}
