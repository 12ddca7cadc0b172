"""Replayed cases as a table in the terminal."""

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

STATES = {
    (True, True): "holds",
    (True, False): "BROKEN",
    (False, True): "holds now: set `held: true`",
    (False, False): "open",
}
"""What to say of a case, by whether it is held and whether it holds."""


def print_cases(figures: Mapping[str, Any], console: Console) -> None:
    """Print each case with its state and what fails."""
    table = Table(title=f"Cases: {figures['holding']} of {figures['n']} hold", title_justify="left")
    for column in ("Case", "Programme", "State", "Found"):
        table.add_column(column)
    for case in figures["cases"]:
        state = STATES[case["held"], case["holds"]]
        table.add_row(case["id"], case["programme"], state, "; ".join(case["fails"]))
    console.print(table)
