"""The impact of an edit as text, Markdown for a pull request, or JSON; every changed programme is named."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from thbfund.report.inert import inert_markdown
from thbfund.staff.impact import Impact, Move

MOST_LINES = 40
"""Lines of one kind in a text for people; the JSON has all."""


def impact_text(found: Impact) -> str:
    """A paragraph for each kind of effect."""
    paragraphs = [[f"{title}:", *(f"  {line}" for line in _cut(lines))] for title, lines in _parts(found)]
    return "\n\n".join([summary(found), *("\n".join(lines) for lines in paragraphs)])


def impact_markdown(found: Impact) -> str:
    """A heading and a list for each kind of effect."""
    lines = ["## What this change does to rankings", "", inert_markdown(summary(found))]
    for title, own in _parts(found):
        lines += ["", f"### {title}", "", *(f"- {inert_markdown(line)}" for line in _cut(own))]
    return "\n".join(lines)


def impact_json(found: Impact) -> str:
    """All of it as values."""
    return json.dumps(asdict(found) | {"worse": [asdict(move) for move in found.worse]}, ensure_ascii=False, indent=2)


WRITERS: Mapping[str, Callable[[Impact], str]] = {"text": impact_text, "md": impact_markdown, "json": impact_json}
"""Formats of the impact, and what writes each."""


def summary(found: Impact) -> str:
    """All of it in two sentences."""
    changed = f"Changed: {', '.join(found.changed)}." if found.changed else "No programme changed."
    touched = len({move.project for move in found.moves} | {change.project for change in found.verdicts})
    nothing = f"No rank and no verdict moves for {found.projects} reference projects."
    moved = (
        f"Of {found.projects} reference projects {touched} are touched: "
        f"{_many(len(found.moves), 'rank')} among the first ten and {_many(len(found.verdicts), 'verdict')} differ."
    )
    return f"{changed} {moved if touched else nothing}"


def _parts(found: Impact) -> list[tuple[str, list[str]]]:
    parts = [
        ("The programme that paid ranks lower", _told(found.worse)),
        ("Other moves among the first ten", _told([move for move in found.moves if move not in found.worse])),
        ("Verdicts", [f"{each.project}: {each.programme} {each.old} -> {each.new}" for each in found.verdicts]),
        ("No programme of 2021-2027 serves these any more", list(found.emptied)),
        ("No programme of 2021-2027 serves these together any more", [" with ".join(cell) for cell in found.cells]),
        ("No reference project for these people may apply to a programme for them any more", list(found.shut)),
    ]
    return [(title, lines) for title, lines in parts if lines]


def _told(moves: Sequence[Move]) -> list[str]:
    return [f"{move.project}: {move.programme} {_rank(move.old)} -> {_rank(move.new)}" for move in moves]


def _rank(rank: int | None) -> str:
    return "not ranked" if rank is None else str(rank)


def _cut(lines: Sequence[str]) -> list[str]:
    left = len(lines) - MOST_LINES
    return [*lines[:MOST_LINES], f"and {left} more: see --format json"] if left > 0 else list(lines)


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
