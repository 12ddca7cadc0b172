"""The command `thbfund catalogue import-calls`: what the portal says of calls, beside the catalogue."""

import sys
from collections.abc import Sequence
from datetime import date
from email.utils import parseaddr
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from thbfund.catalogue import load_catalogue
from thbfund.staff.git import Author, author_at
from thbfund.staff.portal.landing import Landed, chosen, landed, planned
from thbfund.staff.portal.proposal import proposals
from thbfund.staff.portal.report import WRITERS
from thbfund.staff.saving import BRANCH
from thbfund.terminal import PROBLEMS, Day, problems_on_stderr

NEEDED = ("bs4", "ijson")


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


@click.command("import-calls")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.option("--apply", is_flag=True, help="Write what is safe, or what --only names, into the files of calls.")
@click.option("--only", multiple=True, metavar="TOPIC", help="With --apply: this topic alone; may be repeated.")
@click.option("--strand", help="With --apply: strand of new topics, where their ids do not tell.")
@click.option("--reason", help="With --apply: why, in a sentence; the history shows it.")
@click.option("--author", type=Person(), metavar="'NAME <MAIL>'", help="With --apply; else git's user.")
@click.option("--on", type=Day(), default=date.today, show_default="today", help="Day on which FILE was fetched.")
@click.pass_obj
def import_calls_command(  # noqa: PLR0913, PLR0917 - one parameter per option
    data: Path,
    file: Path,
    form: str,
    apply: bool,  # noqa: FBT001 - from click
    only: tuple[str, ...],
    strand: str | None,
    reason: str | None,
    author: Author | None,
    on: date,
) -> None:
    """Propose what to do with each topic in FILE, a JSON file of the EU Funding & Tenders Portal.

    Nothing is written without --apply.
    """
    if not all(map(find_spec, NEEDED)):
        click.echo("this command needs more packages: pip install 'thbfund[staff]'", err=True)
        sys.exit(PROBLEMS)
    from thbfund.staff.portal.topics import read_portal_file  # noqa: PLC0415 - only this command needs it

    author = author or (author_at(data) if apply else None)
    if apply and not (reason and reason.strip() and author):
        raise click.UsageError(
            "--apply needs --reason, and --author 'NAME <MAIL>' where git knows no user: the history names both"
        )
    with problems_on_stderr():
        read = read_portal_file(file)
        catalogue = load_catalogue(data)
    found = proposals(read.topics, catalogue)
    if not (apply and author and reason):
        click.echo(WRITERS[form](found))
        return
    if missing := set(only) - {proposal.topic.id for proposal in found}:
        raise click.UsageError(f"there is no topic {', '.join(sorted(missing))} in {file}")
    edits, left = planned(chosen(found, only), catalogue, strand)
    _told([*landed(data, edits, author, reason, read.fetched or on)], left)


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
