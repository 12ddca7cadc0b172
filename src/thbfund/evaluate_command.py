"""The command `thbfund evaluate`: how good ranking, questions and the decision on the field are."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from thbfund.catalogue import load_catalogue
from thbfund.terminal import console, problems_on_stderr

Measured = tuple[Mapping[str, Any], Callable[[Mapping[str, Any], Console], None]]
"""Figures, and how to print them."""


@click.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mode", type=click.Choice(["text", "form"]), default="text", show_default=True)
@click.option("--questions", is_flag=True, help="Measure the next question instead: how soon the first three stand.")
@click.option("--field", is_flag=True, help='Measure "nothing here fits" instead, on texts in and out of the field.')
@click.option("--format", "form", type=click.Choice(["table", "json", "md"]), default="table", show_default=True)
@click.pass_obj
def evaluate_command(data: Path, file: Path, mode: str, questions: bool, field: bool, form: str) -> None:  # noqa: FBT001 - one parameter per option
    """Measure the ranking on labelled projects, beside plain TF-IDF and BM25."""
    if questions and field:
        raise click.UsageError("give --questions or --field, not both")
    if (questions or field) and form == "md":
        raise click.UsageError("--questions and --field give a table or json")
    with problems_on_stderr():
        if field:
            figures, show = _field(data, file)
        else:
            figures, show = _questions(data, file) if questions else _ranking(data, file, mode)
    if form == "json":
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    elif form == "md":
        from thbfund.evaluation.table import evaluation_markdown  # noqa: PLC0415 - only this format needs it

        click.echo(evaluation_markdown(figures))
    else:
        show(figures, console())


def _ranking(data: Path, file: Path, mode: str) -> Measured:
    from thbfund.evaluation.records import read_records  # noqa: PLC0415 - only this measure needs them
    from thbfund.evaluation.run import evaluate  # noqa: PLC0415 - as above
    from thbfund.evaluation.table import print_evaluation  # noqa: PLC0415 - as above

    return evaluate(load_catalogue(data), read_records(file), "form" if mode == "form" else "text"), print_evaluation


def _questions(data: Path, file: Path) -> Measured:
    from thbfund.evaluation.questions import evaluate_questions  # noqa: PLC0415 - only this measure needs them
    from thbfund.evaluation.records import read_records  # noqa: PLC0415 - as above
    from thbfund.evaluation.table import print_questions  # noqa: PLC0415 - as above

    return evaluate_questions(load_catalogue(data), read_records(file)), print_questions


def _field(data: Path, file: Path) -> Measured:
    from thbfund.evaluation.field import evaluate_field  # noqa: PLC0415 - only this measure needs them
    from thbfund.evaluation.field_table import print_field  # noqa: PLC0415 - as above
    from thbfund.evaluation.field_texts import read_field_texts  # noqa: PLC0415 - as above

    return evaluate_field(load_catalogue(data), read_field_texts(file)), print_field
