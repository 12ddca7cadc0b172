"""The commands `diff`, `impact`, `changelog` and `log-changes` of `thbfund catalogue`: what changed, and its effect."""

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from thbfund.catalogue import load_catalogue
from thbfund.terminal import (
    PROBLEMS,
    Day,
    deliver,
    format_option,
    on_option,
    output_option,
    problems_on_stderr,
    writing_to,
)
from thbfund.writing import replace_file

if TYPE_CHECKING:
    from thbfund.catalogue.change_log import DayOfChanges


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@format_option("text", "md", "json")
def diff_command(old: Path, new: Path, form: str) -> None:
    """Tell what changed from data folder OLD to data folder NEW: by fact, in words, the gravest first."""
    from thbfund.staff.changes import changes  # noqa: PLC0415 - only this command needs it
    from thbfund.staff.changes_report import WRITERS  # noqa: PLC0415 - as above

    with problems_on_stderr():
        before, after = load_catalogue(old.resolve()), load_catalogue(new.resolve())
    click.echo(WRITERS[form](changes(before, after), before, after).rstrip("\n"))


@click.command("impact")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@on_option()
@format_option("text", "md", "json")
@click.option("--with-encoder", is_flag=True, help="Compare meanings by the encoder, not by words; takes a minute.")
def impact_command(old: Path, new: Path, on: date, form: str, with_encoder: bool) -> None:  # noqa: FBT001 - from click
    """Tell what going from data folder OLD to NEW does to ranks and verdicts of real projects."""
    from thbfund.matching import Matcher  # noqa: PLC0415 - only this command needs it
    from thbfund.staff.impact import impact  # noqa: PLC0415 - as above
    from thbfund.staff.impact_report import WRITERS  # noqa: PLC0415 - as above
    from thbfund.staff.reference import references  # noqa: PLC0415 - as above

    encoder: Literal["installed"] | None = "installed" if with_encoder else None
    with problems_on_stderr():
        before, after = (Matcher(load_catalogue(folder.resolve()), encoder) for folder in (old, new))
        asked = references(before.catalogue.ranking.labelled, before.catalogue.vocabularies)
    click.echo(WRITERS[form](impact(before, after, asked, on)))


@click.command("log-changes")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@on_option("The day the changes belong to.")
def log_changes_command(old: Path, new: Path, on: date) -> None:
    """Add what changed from data folder OLD to NEW to the log of changes of NEW, which the feed shows."""
    from thbfund.staff.changes import changes  # noqa: PLC0415 - only this command needs it
    from thbfund.staff.changes_log import logged  # noqa: PLC0415 - as above

    new = new.resolve()
    with problems_on_stderr():
        before, after = load_catalogue(old.resolve()), load_catalogue(new)
    click.echo(_add_to_log(new, on, logged(changes(before, after), after, on)))


@click.command("changelog")
@click.option("--since", type=Day(), required=True, help="From this day on, of universal time.")
@format_option("md", "json")
@output_option()
@click.option("--log", is_flag=True, help="Also add to the log of changes, which the feed shows.")
@click.pass_obj
def changelog_command(data: Path, since: date, form: str, output: Path | None, log: bool) -> None:  # noqa: FBT001 - a flag
    """Tell what changed in the catalogue day by day, from the commits of the git checkout that it lies in."""
    from thbfund.staff.git import GitError, root_of  # noqa: PLC0415 - only this command needs it
    from thbfund.staff.history import WRITERS, history  # noqa: PLC0415 - as above

    data = data.resolve()
    root = root_of(data)
    if root is None:
        click.echo(f"{data}: this catalogue lies in no git checkout, so that nothing is known of its past", err=True)
        sys.exit(PROBLEMS)
    try:
        days = list(history(root, data, since))
    except GitError as error:
        click.echo(f"git does not answer: {error}", err=True)
        sys.exit(PROBLEMS)
    deliver(f"{WRITERS[form](days)}\n".encode(), output)
    if log:
        from thbfund.staff.changes_log import logged  # noqa: PLC0415 - as above

        with problems_on_stderr():
            kept = load_catalogue(data).changes
        for day in days:
            if day.after:
                found = logged(day.changes, replace(day.after, changes=kept), day.on)
                click.echo(_add_to_log(data, day.on, found), err=True)


def _add_to_log(data: Path, on: date, found: "tuple[DayOfChanges, int]") -> str:
    from thbfund.staff.changes_log import written  # noqa: PLC0415 - only these commands need it
    from thbfund.staff.locking import locked  # noqa: PLC0415 - as above

    day, added = found
    folder = data / "changes"
    if added:
        with writing_to(folder / f"{on}.yaml"):
            folder.mkdir(exist_ok=True)
            with locked(folder):  # the app reads this folder while it serves
                replace_file(folder / f"{on}.yaml", written(day))
    return f"Changes logged on {on}: {added}; {len(day.changes)} on that day"
