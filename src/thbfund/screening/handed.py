"""A table that a stranger hands over: bytes of CSV or XLSX -> the columns that are read, or what is wrong with it.

Pure, like `thbfund.documents`; whoever is handed files by strangers calls `thbfund.apart`, which reads in a process of
its own.
"""

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from itertools import islice
from typing import Any

from thbfund.documents.archive import may_be_opened
from thbfund.documents.kinds import kind_of
from thbfund.documents.limits import MAX_TABLE_BYTES
from thbfund.documents.plain import text_of_plain
from thbfund.documents.unreadable import UnreadableError
from thbfund.screening.cells import COLUMNS, ID, SUMMARY, column_name, is_blank, separator_of

MAX_ROWS = 500  # a partner's portfolio; whoever has more installs the program
MAX_LINES = 20_000  # of the sheet, blank ones too, of which a format can make a million
MAX_COLUMNS = 60  # what stands further right is not looked at


@dataclass(frozen=True, slots=True)
class Handed:
    """The first rows of a table, each with its line in the sheet and the columns that are read; blank ones are none.

    `more` says whether others follow.
    """

    rows: tuple[tuple[int, Mapping[str, Any]], ...]
    more: bool = False


def read_table(content: bytes) -> Handed:
    """Read a table, recognised by its content.

    Raises:
        UnreadableError: with the code and the values of what is wrong.
        MemoryError: it needs more memory than this process may have.
    """
    if len(content) > MAX_TABLE_BYTES:
        raise UnreadableError("note-too-large", size=len(content))
    kind = kind_of(content)
    if kind == "pdf":
        raise UnreadableError("no-table")
    try:
        lines = _sheet_lines(content) if kind == "zip" else _text_lines(content)
        return _handed(lines)
    except (UnreadableError, MemoryError):
        raise
    except Exception as error:  # a library's own, of which damaged files bring up any kind
        raise UnreadableError("no-table") from error


def _handed(lines: Iterator[Sequence[Any]]) -> Handed:
    head = [column_name(cell) for cell in next(lines, ())]
    for name in (ID, SUMMARY):
        if name not in head:
            raise UnreadableError("no-column", name=name)
    rows = enumerate((_row(head, line) for line in islice(lines, MAX_LINES)), start=2)
    good = tuple(islice((found for found in rows if not is_blank(found[1])), MAX_ROWS + 1))
    return Handed(good[:MAX_ROWS], len(good) > MAX_ROWS or next(lines, None) is not None)


def _row(head: Sequence[str], line: Sequence[Any]) -> dict[str, Any]:
    return {name: _plain(cell) for name, cell in zip(head, line, strict=False) if name in COLUMNS}


def _plain(cell: Any) -> Any:
    """A cell as it can cross to another process: a number, a word, or nothing."""
    if cell is None or isinstance(cell, str | bool | int | float):
        return cell
    return cell.isoformat()[: len("2026-01-31")] if isinstance(cell, date) else str(cell)


def _text_lines(content: bytes) -> Iterator[Sequence[Any]]:
    text, _ = text_of_plain(content)
    text = text.lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    head = text.split("\n", 1)[0]
    return csv.reader(StringIO(text, newline=""), delimiter=separator_of(head))


def _sheet_lines(content: bytes) -> Iterator[Sequence[Any]]:
    from openpyxl import load_workbook  # noqa: PLC0415 - slow to load, and needed for XLSX alone

    may_be_opened(content, "xl/workbook.xml")
    book = load_workbook(BytesIO(content), read_only=True, data_only=True)
    yield from book.worksheets[0].iter_rows(values_only=True, max_col=MAX_COLUMNS)
