"""Pieces of a note as plain text."""

from collections.abc import Iterable

CELL_BREAK = " "
_BETWEEN_CELLS = " | "


def block(text: str) -> str:
    """A paragraph without blanks at the ends of its lines."""
    return "\n".join(filter(None, (" ".join(line.split()) for line in text.splitlines())))


def table(rows: Iterable[Iterable[str]]) -> str:
    """A table as one line per row, its cells apart; empty cells and rows left out."""
    lines = (_BETWEEN_CELLS.join(filter(None, (" ".join(cell.split()) for cell in row))) for row in rows)
    return "\n".join(filter(None, lines))
