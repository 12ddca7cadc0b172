"""What all commands share: a kind of option, a console, and how problems of the input are shown."""

import sys
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from thbfund.catalogue.facts import day_of
from thbfund.input.problems import InputError, shown, suggestion

PROBLEMS = 1
"""Exit code where the input has problems."""


class Day(click.ParamType[date]):
    """A calendar day on the command line."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Read YYYY-MM-DD."""
        if isinstance(value, date):
            return value
        day = day_of(value)
        if day is None:
            self.fail(f"{shown(value)} is not a day; write it as YYYY-MM-DD, such as 2026-11-23", param, ctx)
        return day


# -- options that several commands have


Option = Callable[[Callable[..., Any]], Callable[..., Any]]
"""What adds an option to a command."""


def on_option(what: str = "As on this day.") -> Option:
    """`--on`, a day; where it is none to answer as on, say what it is."""
    return click.option("--on", type=Day(), default=date.today, show_default="today", help=what)


def output_option(what: str = "Write here, not to the screen.", *, required: bool = False) -> Option:
    """`-o`, a file; where there is more to know of it than that, say so."""
    path = click.Path(path_type=Path, dir_okay=False)
    return click.option("-o", "--output", type=path, required=required, help=what)


def format_option(*forms: str) -> Option:
    """`--format`; the first is taken where none is named."""
    return click.option("--format", "form", type=click.Choice(forms), default=forms[0], show_default=True)


def period_option(periods: Sequence[str], default: str = "open") -> Option:
    """`--period`, of programmes."""
    return click.option(
        "--period", type=click.Choice(periods), default=default, show_default=True, help="Programmes of this period."
    )


# -- what is said


@contextmanager
def problems_on_stderr() -> Iterator[None]:
    """Show every problem of the input, one line each, and leave with exit code 1."""
    try:
        yield
    except InputError as error:
        for problem in error.problems:
            click.echo(str(problem), err=True)
        sys.exit(PROBLEMS)


def require(extra: str, *packages: str) -> None:
    """Say in a line what to install where a package is missing, and leave with exit code 1."""
    if not all(map(find_spec, packages)):
        click.echo(f"this command needs more packages: pip install 'thbfund[{extra}]'", err=True)
        sys.exit(PROBLEMS)


def no_programme(key: str, known: Collection[str]) -> str:
    """What to say where an id names none of the programmes that are looked at."""
    hint = suggestion(key, known) or "`thbfund match` and `thbfund catalogue export` show the ids"
    return f"there is no programme {shown(key)} among those looked at; {hint}"


def console() -> Console:
    """A console that colours nothing by itself."""
    return Console(highlight=False)


@contextmanager
def writing_to(path: Path) -> Iterator[None]:
    """Say in a line that a file cannot be written, and leave with exit code 1."""
    try:
        yield
    except OSError as error:
        click.echo(f"{path}: error unwritable-file: {error.strerror} - choose another place", err=True)
        sys.exit(PROBLEMS)


def deliver(content: bytes, output: Path | None) -> None:
    """Print what was made, or write it to the file asked for and say so; exit code 1 where it cannot be written."""
    if output is None:
        click.echo(content, nl=False)
        return
    with writing_to(output):
        output.write_bytes(content)
    click.echo(f"Wrote {output}", err=True)
