"""The commands `import-calls` and `import-projects` of `thbfund catalogue`: public data beside the catalogue."""

import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from email.utils import parseaddr
from pathlib import Path
from typing import Any

import click

from thbfund.catalogue import load_catalogue
from thbfund.input.problems import InputError, Problem
from thbfund.staff.git import Author, author_at
from thbfund.staff.portal.landing import Landed, chosen, landed, planned
from thbfund.staff.portal.proposal import proposals
from thbfund.staff.portal.report import WRITERS
from thbfund.staff.portal.topics import PROGRAMMES, PortalFile, read_portal_file
from thbfund.staff.projects.found import proposals as project_proposals
from thbfund.staff.projects.found import rows_to_complete
from thbfund.staff.projects.reading import projects_in
from thbfund.staff.projects.report import WRITERS as PROJECT_WRITERS
from thbfund.staff.projects.rows import FILE, keep, with_rows
from thbfund.staff.saving import BRANCH, NotSavedError
from thbfund.terminal import PROBLEMS, deliver, format_option, on_option, output_option, problems_on_stderr, require

NEEDED = ("bs4", "httpx", "ijson", "tenacity")
LIVE = tuple(sorted(name for name in PROGRAMMES.values() if not name.endswith("-2020")))
"""Programmes whose calls may still come; the portal has a code for each."""


class Person(click.ParamType[Author]):
    """Who answers for an edit."""

    name = "person"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Author:
        """Read `Name <mail>`."""
        if isinstance(value, Author):
            return value
        name, email = parseaddr(value)
        if not name or "@" not in email:
            self.fail(f"{value!r} names nobody; write it as 'Ada Keeper <ada@example.org>'", param, ctx)
        return Author(name, email)


_reason = click.option("--reason", help="With --apply: why, in a sentence; the history shows it.")
_author = click.option("--author", type=Person(), metavar="'NAME <MAIL>'", help="With --apply; else git's user.")
_audit = click.option(
    "--audit",
    type=click.Path(path_type=Path, file_okay=False),
    envvar="THBFUND_AUDIT",
    show_envvar=True,
    help="With --apply: folder where a line on each change is kept, as by the app.",
)


@click.command("import-calls")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@format_option("text", "md", "json")
@click.option("--live", is_flag=True, help="Ask the portal itself for open and forthcoming topics; needs no FILE.")
@click.option("--text", help="With --live: only topics with these words; a phrase in double quotes.")
@click.option("--programme", multiple=True, type=click.Choice(LIVE), help="With --live: of this one; may be repeated.")
@click.option("--address", help="With --live: another server that speaks like the portal.")
@click.option("--apply", is_flag=True, help="Write what is safe, or what --only names, into the files of calls.")
@click.option("--only", multiple=True, metavar="TOPIC", help="With --apply: this topic alone; may be repeated.")
@click.option("--strand", help="With --apply: strand of new topics, where their ids do not tell.")
@_reason
@_author
@_audit
@on_option("Day on which FILE was fetched.")
@click.pass_obj
def import_calls_command(data: Path, /, form: str, apply: bool, **asked: Any) -> None:  # noqa: FBT001 - from click
    """Propose what to do with each topic in FILE, a JSON file of the EU Funding & Tenders Portal.

    Nothing is written without --apply.
    """
    require("staff", *NEEDED)
    if bool(asked["file"]) == asked["live"]:
        raise click.UsageError("name a FILE, or ask the portal itself with --live")
    _refuse_idle(asked, ("only", "strand", "reason", "author"), "apply", given=apply)
    _refuse_idle(asked, ("text", "programme", "address"), "live", given=asked["live"])
    author, reason = _answering(asked, data) if apply else (None, "")
    with problems_on_stderr():
        catalogue = load_catalogue(data)
        read = _live(asked) if asked["live"] else read_portal_file(asked["file"])
    found = proposals(read.topics, catalogue)
    if author is None:
        click.echo(WRITERS[form](found))
        return
    if missing := set(asked["only"]) - {proposal.topic.id for proposal in found}:
        raise click.UsageError(f"there is no topic {', '.join(sorted(missing))} in {asked['file'] or 'the answer'}")
    edits, left = planned(chosen(found, asked["only"]), catalogue, asked["strand"])
    day, now = read.fetched or asked["on"], datetime.now(UTC)
    _told([*landed(data, edits, author, reason, day, now=now, audit=asked["audit"])], left)


def _refuse_idle(asked: Mapping[str, Any], names: Sequence[str], other: str, *, given: bool) -> None:
    """Refuse an option that would do nothing without another: whoever gives it expects something."""
    idle = [f"--{name}" for name in names if asked[name]]
    if idle and not given:
        raise click.UsageError(f"{', '.join(idle)}: of use only with --{other}")


def _answering(asked: Mapping[str, Any], data: Path) -> tuple[Author, str]:
    """Who writes, and why."""
    author, reason = asked["author"] or author_at(data), (asked["reason"] or "").strip()
    if not (reason and author):
        raise click.UsageError(
            "--apply needs --reason, and --author 'NAME <MAIL>' where git knows no user: the history names both"
        )
    return author, reason


def _live(asked: Mapping[str, Any]) -> PortalFile:
    """What the portal says now; exit code 1, with a sentence, where it says nothing that can be relied on."""
    from thbfund.staff.portal.service import EVERYTHING, Question, ServiceError, ask  # noqa: PLC0415 - as above

    programmes = asked["programme"] or LIVE
    codes = tuple(code for code, ours in PROGRAMMES.items() if ours in programmes)
    try:
        topics = ask(Question(codes, asked["text"] or EVERYTHING), (asked["address"] or "").rstrip("/") or None)
    except ServiceError as error:
        click.echo(str(error), err=True)
        sys.exit(PROBLEMS)
    return PortalFile(topics, date.today())  # noqa: DTZ011 - the day where the person sits


def _told(done: Sequence[Landed], left: Sequence[str]) -> None:
    """Say what became of each file and each topic left out; exit code 1 where a file was refused."""
    for one in done:
        topics = ", ".join(proposal.topic.id for proposal in one.edit.chosen)
        if one.saved and one.saved.written:
            commit = f", commit {one.saved.commit[:10]} on branch {BRANCH}" if one.saved.commit else ""
            click.echo(f"{one.edit.file}: {topics}{commit}. {one.saved.note}".strip())
        elif one.saved:
            click.echo(f"{one.edit.file}: {one.saved.note}", err=True)
            click.echo(one.saved.patch)
        else:
            click.echo(f"{one.edit.file}: {topics}: {one.refused}", err=True)
    for sentence in left:
        click.echo(f"left out: {sentence}")
    written = sum(bool(one.saved and one.saved.written) for one in done)
    click.echo(
        f"{written} files written. Read the page of each topic, then set strand, relevance and subject, and take the "
        "marks away." if written else "Nothing was written."
    )  # fmt: skip
    if written < len(done):
        sys.exit(PROBLEMS)


@click.command("import-projects")
@click.argument("file", type=click.Path(path_type=Path))
@format_option("text", "json")
@output_option("Write new projects as rows to complete.")
@click.option("--apply", is_flag=True, help="FILE holds rows that you completed: add them to evidence/projects.csv.")
@_reason
@_author
@_audit
@click.pass_obj
def import_projects_command(data: Path, /, file: Path, form: str, output: Path | None, **asked: Any) -> None:
    """Propose which projects in FILE, of CORDIS or the Financial Transparency System, belong among ours.

    Nothing is written into the catalogue without --apply.
    """
    require("staff", *NEEDED)
    if asked["apply"]:
        _add_rows(data, file, *_answering(asked, data), asked["audit"])
        return
    with problems_on_stderr():
        catalogue = load_catalogue(data)
        found = project_proposals(projects_in(file), catalogue)
    click.echo(PROJECT_WRITERS[form](found))
    if output:
        deliver(rows_to_complete(found, (ours.id for ours in catalogue.evidence)).encode(), output)


def _add_rows(data: Path, file: Path, author: Author, reason: str, audit: Path | None) -> None:
    """Add what is complete, say what is not; exit code 1 where nothing could be added."""
    with problems_on_stderr():
        catalogue = load_catalogue(data)
        try:
            addition = with_rows(data, file, set(catalogue.programmes))
        except OSError as error:
            raise InputError([Problem("unreadable-file", str(error.strerror), file=str(file))]) from None
    for sentence in addition.left:
        click.echo(f"left out: {sentence}")
    if not addition.added:
        click.echo("Nothing was written: no row is complete and new.", err=True)
        sys.exit(PROBLEMS)
    try:
        commit, notes = keep(data, addition, author, reason, now=datetime.now(UTC), audit=audit)
    except NotSavedError as error:
        click.echo(str(error), err=True)
        sys.exit(PROBLEMS)
    at = f", commit {commit[:10]} on branch {BRANCH}" if commit else ""
    click.echo(f"{FILE}: added {', '.join(addition.added)}{at}.")
    for note in notes:
        click.echo(note, err=True)
