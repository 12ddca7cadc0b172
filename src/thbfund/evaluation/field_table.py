"""False hope and false alarm as tables in the terminal."""

from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

ERRORS = ("false_hope", "false_alarm")


def print_field(figures: Mapping[str, Any], console: Console) -> None:
    """Print how often "nothing here fits" is said wrongly: per half, kind and language, and for other floors."""
    halves = figures["by_split"]
    console.print(_table(f"Field or not: {figures['n']} texts", halves, {"all": halves}))
    for title, name in (("By kind", "by_kind"), ("By language", "by_language")):
        groups = sorted({group for half in figures[name].values() for group in half})
        rows = {group: {split: figures[name][split].get(group) for split in halves} for group in groups}
        console.print(_table(title, halves, rows))
    floors = {floor: {"fit": errors} for floor, errors in figures["by_floor"].items()}
    console.print(_table(f"By floor; in use: {figures['floor']}", ["fit"], floors))
    console.print(f"Judged wrongly in the half fit: {', '.join(figures['wrong_in_fit']) or 'none'}")


def _table(title: str, splits: Iterable[str], rows: Mapping[str, Mapping[str, Any]]) -> Table:
    columns = [(split, error) for split in splits for error in ERRORS]
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for split, error in columns:
        table.add_column(f"{split}: {error.replace('_', ' ')}", justify="right")
    for name, row in rows.items():
        table.add_row(name, *(_cell(row[split], error) for split, error in columns))
    return table


def _cell(errors: Mapping[str, Any] | None, error: str) -> str:
    """`2 of 46 (4 %)`, or `-` where there is no text of the kind."""
    if errors is None or not errors[error]["n"]:
        return "-"
    counted = errors[error]
    return f"{counted['wrong']} of {counted['n']} ({counted['rate']:.0%})"
