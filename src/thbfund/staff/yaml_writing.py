"""Plain values -> YAML in the manner of the catalogue's files."""

import json
import textwrap
from datetime import date
from typing import Any

from thbfund.catalogue.facts import PROOF
from thbfund.input.problems import InputError
from thbfund.input.strict_yaml import read_yaml

WIDTH = 115  # characters in a line of the catalogue's files


def plain(value: Any) -> Any:
    """The value as the strict reader would give it: days as text, tuples as lists."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, (list, tuple)) else value


def same(first: Any, second: Any) -> bool:
    """Whether two plain values are equal in kind as well: 1, 1.0 and true are three values."""
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return list(first) == list(second) and all(same(first[key], second[key]) for key in first)
    if isinstance(first, list):
        return len(first) == len(second) and all(map(same, first, second))
    return bool(first == second)


def in_line(value: Any, quote: str = "") -> str:
    """A value on one line, fit to stand inside brackets; a text in the quotes given, or in none if none are needed."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{in_line(key)}: {in_line(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_line, value)) + "]"
    if isinstance(value, str):
        return _text(value, quote)
    return json.dumps(value)


def _text(value: str, quote: str) -> str:
    if quote == "'" and value.isprintable():
        return "'" + value.replace("'", "''") + "'"
    return value if not quote and _stands_plain(value) else json.dumps(value, ensure_ascii=not value.isprintable())


def _stands_plain(value: str) -> bool:
    """Whether a text needs no quotes, neither in brackets nor out of them, as value and as key."""
    if not value.isprintable():
        return False
    try:
        found = read_yaml(f"a: {value}\nb: [{value}, {{c: {value}, d: 1}}]").value
    except InputError:
        return False
    return same(found, {"a": value, "b": [value, {"c": value, "d": 1}]})


def in_lines(value: Any, column: int, room: int = WIDTH) -> list[str]:
    """Lines of a value, the first without indentation, the others at `column`; brackets where they are short.

    Args:
        value: a plain value.
        column: of a block's entries; where the value is a text, of its folded lines.
        room: characters that the first line has for it.
    """
    if isinstance(value, dict) and value and not (fits(value, room) and set(PROOF).isdisjoint(value)):
        return _entries(value, column)
    if isinstance(value, list) and value and not (fits(value, room) and not any(map(_is_block, value))):
        return _items(value, column)
    if isinstance(value, str) and len(in_line(value)) > room and _folds(value):
        return [">-", *(" " * column + line for line in folded(value, column))]
    return [in_line(value)]


def _is_block(value: Any) -> bool:
    return isinstance(value, (dict, list))


def fits(value: Any, room: int) -> bool:
    """Whether a value without blocks of blocks is short enough for one line."""
    parts = value.values() if isinstance(value, dict) else value
    deep = any(isinstance(part, dict) or (isinstance(part, list) and any(map(_is_block, part))) for part in parts)
    return not deep and len(in_line(value)) <= room


def _entries(value: dict[str, Any], column: int) -> list[str]:
    lines: list[str] = []
    for key, item in value.items():
        lines += entry(key, item, column)
    return [lines[0].lstrip(" "), *lines[1:]]


def entry(key: str, value: Any, column: int) -> list[str]:
    """Lines of `key: value`, all at their indentation."""
    start = " " * column + in_line(key) + ":"
    first, *others = in_lines(value, column + 2, WIDTH - len(start))
    if is_spread(value, first):
        return [start, " " * (column + 2) + first, *others]
    return [f"{start} {first}", *others]


def is_spread(value: Any, first: str) -> bool:
    """Whether a value is written as a block, which begins on a line of its own."""
    return isinstance(value, (dict, list)) and first[0] not in "{["


def _items(value: list[Any], column: int) -> list[str]:
    lines: list[str] = []
    for item in value:
        lines += item_lines(item, column)
    return [lines[0].lstrip(" "), *lines[1:]]


def item_lines(value: Any, column: int, *, spread: bool = False) -> list[str]:
    """Lines of `- value`, all at their indentation; `spread`: a block even where it would fit into brackets."""
    whole = spread and isinstance(value, dict) and value
    first, *others = _entries(value, column + 2) if whole else in_lines(value, column + 2, WIDTH - column - 2)
    return [" " * column + "- " + first, *others]


def _folds(value: str) -> bool:
    """Whether a text comes back from folded lines as it was."""
    return value.isprintable() and "  " not in value and value == value.strip()


def folded(value: str, column: int) -> list[str]:
    """The lines of a text, without indentation."""
    width = max(WIDTH - column, 40)
    return textwrap.wrap(value, width, break_long_words=False, break_on_hyphens=False)
