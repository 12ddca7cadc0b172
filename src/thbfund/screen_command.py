"""The command `thbfund screen`: thousands of projects at once."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from datetime import date
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from thbfund.catalogue import load_catalogue
from thbfund.input.problems import InputError, Problem, file_name
from thbfund.matching import PERIOD_CHOICES, PeriodChoice
from thbfund.terminal import PROBLEMS, on_option, output_option, period_option, problems_on_stderr

if TYPE_CHECKING:
    from thbfund.screening.workers import Job, Work

INTERRUPTED = 130  # what shells say of a program that was stopped by Ctrl-C


@click.command("screen")
@click.argument("source", metavar="IN", type=click.Path(path_type=Path))
@output_option("Table to write.", required=True)
@click.option("--workers", type=click.IntRange(1, 512), help="Processes on this machine; by default one per core.")
@click.option("--scheduler", metavar="ADDRESS", help="Dask scheduler whose workers are to do it.")
@click.option(
    "--with-encoder", is_flag=True, help="Compare meanings by the encoder, not by words: twenty times slower."
)
@on_option()
@period_option(PERIOD_CHOICES)
@click.pass_obj
def screen_command(  # noqa: PLR0913, PLR0917 - one per option
    data: Path,
    source: Path,
    output: Path,
    workers: int | None,
    scheduler: str | None,
    with_encoder: bool,  # noqa: FBT001 - click passes options by name
    on: date,
    period: PeriodChoice,
) -> None:
    """Rank the programmes for each row of a table: CSV, JSON Lines, Parquet or XLSX, told by the ending of its name.

    IN has the columns `id` and `summary`, and any of a project file's. An interrupted run goes on where it stopped
    when the same command is given again.
    """
    if workers and scheduler:
        raise click.UsageError("give --workers or --scheduler, not both")
    from thbfund.screening.parts import Parts, run_of  # noqa: PLC0415 - only this command needs it
    from thbfund.screening.run import run  # noqa: PLC0415 - as above
    from thbfund.screening.screen import Question  # noqa: PLC0415 - as above
    from thbfund.screening.tables import writer_for  # noqa: PLC0415 - as above
    from thbfund.screening.workers import Job, need_encoder  # noqa: PLC0415 - as above

    with problems_on_stderr(), _reported(output):
        writer_for(output)
        if with_encoder and not scheduler:  # whose workers look for it themselves
            need_encoder()
        job = Job(data.absolute(), load_catalogue(data).fingerprint, Question(on, period), with_encoder)
        asked = run_of(source, job)
        with _workers(scheduler, workers or os.cpu_count() or 1, job) as work, _progress() as bar:
            parts = Parts(output, asked)
            task = bar.add_task("screening", total=None)
            done = run(source, output, parts, work, lambda rows: bar.advance(task, rows))
    said = f"{done.rows} rows written to {output}"
    click.echo(f"{said}; {done.before} of all were done before" if done.before else said, err=True)
    if done.beside:
        click.echo(f"{done.bad} rows have problems and are left out: see {done.beside}", err=True)
        sys.exit(PROBLEMS)


def _workers(scheduler: str | None, workers: int, job: "Job") -> AbstractContextManager["Work"]:
    from thbfund.screening.workers import cluster, here  # noqa: PLC0415 - only this command needs it

    has_dask = find_spec("distributed") is not None
    if scheduler and not has_dask:
        hint = "pip install 'thbfund[scale]'"
        raise InputError([Problem("wrong-value", "a scheduler needs the package distributed", hint=hint)])
    return cluster(scheduler, workers, job) if scheduler or (workers > 1 and has_dask) else nullcontext(here(job))


def _progress() -> Progress:
    """How many rows are done, on a terminal alone."""
    columns = (SpinnerColumn(), TextColumn("{task.completed:.0f} rows"), TimeElapsedColumn())
    return Progress(*columns, console=Console(stderr=True), disable=not sys.stderr.isatty(), transient=True)


@contextmanager
def _reported(output: Path) -> Iterator[None]:
    """Say in a sentence that a file cannot be read or written, and after Ctrl-C how to go on."""
    try:
        yield
    except OSError as error:
        hint = "check the names, the room and the rights; what is done stays for the next run"
        file = file_name(str(error.filename or output))
        raise InputError([Problem("unreadable-file", str(error.strerror or error), file=file, hint=hint)]) from None
    except KeyboardInterrupt:
        click.echo("interrupted: give the same command again to go on", err=True)
        sys.exit(INTERRUPTED)
