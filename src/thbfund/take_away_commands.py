"""The commands `thbfund brief` and `thbfund calendar`: files to pass on, print or import."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from thbfund.catalogue import load_catalogue
from thbfund.catalogue.languages import LANGUAGES
from thbfund.input.problems import shown
from thbfund.matching import PERIOD_CHOICES, Match, Matcher, MatchReport, PeriodChoice
from thbfund.parts import part_by_part
from thbfund.project_input import project_in
from thbfund.speaking import speaker
from thbfund.terminal import deliver, no_programme, on_option, output_option, period_option, problems_on_stderr

if TYPE_CHECKING:
    from thbfund.report.brief.document import Document

BRIEFS = (".docx", ".html")
LANGUAGE = click.Choice(LANGUAGES)


@click.command("brief")
@click.argument("file", metavar="FILE|-")
@output_option("Ends in .docx or .html.", required=True)
@on_option()
@period_option(PERIOD_CHOICES)
@click.option("--programme", "ids", multiple=True, help="About this programme, by its id; can be given several times.")
@click.option(
    "--without-description",
    is_flag=True,
    help="Leave title and description out; single words that a programme shares stay.",
)
@click.option("--language", type=LANGUAGE, default="en", show_default=True, help="Of the brief.")
@click.pass_obj
def brief_command(  # noqa: PLR0913, PLR0917 - one parameter per option
    data: Path,
    file: str,
    output: Path,
    on: date,
    period: PeriodChoice,
    ids: tuple[str, ...],
    without_description: bool,  # noqa: FBT001 - a flag
    language: str,
) -> None:
    """Write a brief for a board or for partners on the project in FILE: fit, gaps, money, dates, sources."""
    from thbfund.report.brief.content import brief  # noqa: PLC0415 - only this command needs it

    if output.suffix.lower() not in BRIEFS:
        raise click.UsageError(f"found {shown(output.name)}, expected a name that ends in {' or '.join(BRIEFS)}")
    with problems_on_stderr():
        catalogue = load_catalogue(data)
        matcher = Matcher(catalogue)
        report = matcher.match(project_in(file, None, catalogue), on, period)
    document = brief(
        report,
        date.today(),  # noqa: DTZ011 - the day on the user's own calendar
        chosen=_chosen(report, ids) if ids else None,
        parts=part_by_part(matcher, report, period),
        with_description=not without_description,
        speak=speaker(language),
    )
    deliver(_written(document, output.suffix.lower()), output)


@click.command("calendar")
@output_option()
@on_option("Calls open or announced on this day.")
@click.option("--programme", "ids", multiple=True, help="Of this programme, by its id; can be given several times.")
@click.option("--expected", is_flag=True, help="Add calls that are expected, not announced.")
@click.option("--language", type=LANGUAGE, default="en", show_default=True, help="Of the entries.")
@click.pass_obj
def calendar_command(
    data: Path,
    output: Path | None,
    on: date,
    ids: tuple[str, ...],
    expected: bool,  # noqa: FBT001 - a flag
    language: str,
) -> None:
    """Write openings and deadlines of calls as a calendar file (ICS); a later file replaces the entries of this one."""
    from thbfund.report.calendar import calendar, listed  # noqa: PLC0415 - only this command needs it

    with problems_on_stderr():
        catalogue = load_catalogue(data)
    for key in ids:
        if key not in catalogue.programmes:
            raise click.UsageError(no_programme(key, catalogue.programmes))
    found = listed(catalogue, on, ids or None, with_expected=expected)
    deliver(calendar(found, on, datetime.now(UTC), speaker(language)), output)


def _chosen(report: MatchReport, ids: tuple[str, ...]) -> list[Match]:
    """The programmes asked for, in that order."""
    by_id = {match.programme.id: match for match in report.matches}
    for key in ids:
        if key not in by_id:
            raise click.UsageError(no_programme(key, by_id))
    return [by_id[key] for key in dict.fromkeys(ids)]


def _written(document: "Document", form: str) -> bytes:
    from thbfund.report.brief.html import html_of  # noqa: PLC0415 - one of two is needed
    from thbfund.report.brief.word import docx_of  # noqa: PLC0415 - as above

    if form == ".html":
        return html_of(document).encode("utf-8")
    return docx_of(document, date.today())  # noqa: DTZ011 - as above
