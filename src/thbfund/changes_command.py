"""The commands `diff`, `impact` and `log-changes` of `thbfund catalogue`: what changed between two catalogues."""

from datetime import date
from pathlib import Path
from typing import Literal

import click

from thbfund.catalogue import load_catalogue
from thbfund.terminal import Day, deliver, problems_on_stderr


@click.command("diff")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
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
@click.option("--on", type=Day(), default=date.today, show_default="today", help="Match as on this day.")
@click.option("--format", "form", type=click.Choice(["text", "md", "json"]), default="text", show_default=True)
@click.option("--with-encoder", is_flag=True, help="Rank by the meaning of texts too; takes a minute.")
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
@click.option("--on", type=Day(), default=date.today, show_default="today", help="The day the changes belong to.")
def log_changes_command(old: Path, new: Path, on: date) -> None:
    """Add what changed from data folder OLD to NEW to the log of changes of NEW, which the feed shows."""
    from thbfund.staff.changes import changes  # noqa: PLC0415 - only this command needs it
    from thbfund.staff.changes_log import logged, written  # noqa: PLC0415 - as above

    new = new.resolve()
    with problems_on_stderr():
        before, after = load_catalogue(old.resolve()), load_catalogue(new)
    day, added = logged(changes(before, after), after, on)
    if added:
        (new / "changes").mkdir(exist_ok=True)
        deliver(written(day), new / "changes" / f"{on}.yaml")
    click.echo(f"Changes logged on {on}: {added}; {len(day.changes)} on that day")
