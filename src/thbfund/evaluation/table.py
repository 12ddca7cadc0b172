"""Figures of an evaluation as tables in the terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

COLUMNS = ("n", "hit@1", "hit@3", "mrr", "ndcg@5")


def print_evaluation(figures: Mapping[str, Any], console: Console) -> None:
    """Print all figures: ours and the baselines, per language, per programme."""
    main = _table("Method, all records")
    main.add_row(f"thbfund, {figures['mode']}", *_cells(figures))
    main.add_row("  stated labels only", *_cells(figures["stated_labels"]))
    for name, values in figures["baselines"].items():
        main.add_row(f"{name}, text", *_cells(values))
    for name, reason in figures["absent_baselines"].items():
        main.add_row(f"{name}: {reason}")
    console.print(main)
    intervals = figures["interval95"]
    console.print(
        f"English records, 95 % interval: hit@1 {_span(intervals['hit@1'])}, hit@3 {_span(intervals['hit@3'])}"
    )
    by_language = _table("Language: thbfund")
    for language, values in figures["by_language"].items():
        by_language.add_row(language, *_cells(values))
    for name, values in figures["baselines"].items():
        by_language.add_row(f"en, {name}", *_cells(values["by_language"].get("en", {})))
    console.print(by_language)
    by_programme = _table("Programme that paid: thbfund")
    for programme, values in figures["by_programme"].items():
        by_programme.add_row(programme, *_cells(values))
    console.print(by_programme)


def evaluation_markdown(figures: Mapping[str, Any]) -> str:
    """The main figures as a Markdown table, for the README."""
    lines = [
        f"| Method, {figures['mode']} mode | Texts | {' | '.join(COLUMNS)} |",
        f"|---|---|{'---:|' * len(COLUMNS)}",
    ]
    methods = {"thbfund": figures, **figures["baselines"]}
    for kind in figures["by_text"]:
        for name, values in methods.items():
            shown = f"{name} (description alone)" if name != "thbfund" else name
            lines.append(f"| {shown} | {kind} | {' | '.join(_cells(values['by_text'][kind]))} |")
    spans = ", ".join(f"{name} {_span(bounds)}" for name, bounds in figures["interval95"].items())
    return "\n".join([*lines, "", f"thbfund, English texts, 95 % interval: {spans}."])


def _table(title: str) -> Table:
    table = _plain_table(title)
    for column in COLUMNS:
        table.add_column(column, justify="right")
    return table


def _cells(values: Mapping[str, Any]) -> list[str]:
    return [_number(values[column]) if column in values else "-" for column in COLUMNS]


def _number(value: float) -> str:
    return str(value) if isinstance(value, int) else f"{value:.3f}"


def _span(bounds: tuple[float, float]) -> str:
    return f"{bounds[0]:.3f} to {bounds[1]:.3f}"


def print_questions(figures: Mapping[str, Any], console: Console) -> None:
    """Print how many questions it takes by each order."""
    table = _plain_table(f"Questions until the first three no longer change: mean of {figures['n']} records")
    for column in ("thbfund", "order of the form", "random order"):
        table.add_column(column, justify="right")
    for name, title in (("every_question", "every question counts"), ("answerable", "only those with an answer")):
        table.add_row(title, *(f"{figures[name][order]:.2f}" for order in ("ours", "form_order", "random")))
    console.print(table)
    console.print(f"{figures['ms_per_question']} ms to find a question, of {figures['records']} records in all")


def _plain_table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    return table
