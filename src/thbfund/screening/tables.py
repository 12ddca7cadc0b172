"""Tables of any length, read and written row by row: CSV, JSON Lines, Parquet, XLSX."""

import csv
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from thbfund.documents.archive import grown
from thbfund.documents.limits import MAX_RATIO
from thbfund.input.problems import InputError, Problem
from thbfund.report.inert import inert_cell
from thbfund.screening.cells import ID, SUMMARY, column_name, is_blank, separator_of
from thbfund.screening.screen import COLUMNS

Row = Mapping[str, Any]
BATCH = 200
"""Rows that are read, screened and kept together."""
MAX_FIELD = 1_000_000  # characters of one cell; a longer one is no description
MAX_SHEET_ROWS = 1_000_000  # a sheet holds 1 048 576


def batches(path: Path) -> Iterator[list[tuple[int, Row]]]:
    """Read a table in batches of rows with their numbers, from 1; blank rows are none. No more than one batch is held.

    Raises:
        InputError: it cannot be read, is of another kind, or lacks a column.
    """
    reader = _kind(path, READERS)
    try:
        numbered = _numbered(path, reader(path))
        while batch := list(islice(numbered, BATCH)):
            yield batch
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError([_unreadable(path, error)]) from None


def writer_for(path: Path) -> "Writer":
    """What writes a table of the kind that the file's name says.

    Raises:
        InputError: it is of another kind.
    """
    writer: Writer = _kind(path, WRITERS)
    return writer


def _kind(path: Path, kinds: Mapping[str, Any]) -> Any:
    ending = path.suffix.lower()
    if ending not in kinds:
        found = f"found a file that ends in {ending!r}" if ending else "found a file name without an ending"
        raise InputError([Problem("wrong-value", found, file=str(path), allowed=", ".join(kinds))])
    return kinds[ending]


def _numbered(path: Path, rows: Iterator[Row]) -> Iterator[tuple[int, Row]]:
    """The rows that are not blank, with their numbers among all, under the names of columns as they are looked for."""
    for number, found in enumerate(rows, start=1):
        row = {column_name(name): cell for name, cell in found.items()}
        if number == 1:
            _check_columns(path, row)
        if not is_blank(row):
            yield number, row


def _check_columns(path: Path, row: Row) -> None:
    missing = [name for name in (ID, SUMMARY) if name not in row]
    if missing:
        hint = "add it or rename one"
        lacking = (f"there is no column {name!r}" for name in missing)
        raise InputError([Problem("missing-field", said, file=str(path), line=1, hint=hint) for said in lacking])


def _unreadable(path: Path, error: Exception) -> Problem:
    reason = getattr(error, "strerror", None) or str(error).splitlines()[0][:200]
    hint = (
        "save it as UTF-8; in Excel: Save As, CSV UTF-8" if isinstance(error, UnicodeDecodeError) else "check the file"
    )
    return Problem("unreadable-file", f"the table cannot be read: {reason}", file=str(path), hint=hint)


# -- reading


def _csv_rows(path: Path) -> Iterator[Row]:
    csv.field_size_limit(MAX_FIELD)
    with path.open(encoding="utf-8-sig", newline="") as stream:
        separator = separator_of(stream.readline(MAX_FIELD))
        stream.seek(0)
        yield from csv.DictReader(stream, delimiter=separator)


def _json_rows(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig") as stream:
        for number, line in enumerate(stream, start=1):
            if line.strip():
                yield _json_row(path, number, line)


def _json_row(path: Path, number: int, line: str) -> Row:
    try:
        found = json.loads(line)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        raise InputError([
            Problem("wrong-value", "the line is no JSON object", file=str(path), line=number, hint="one per line")
        ])  # fmt: skip
    return found


def _parquet_rows(path: Path) -> Iterator[Row]:
    from pyarrow import ArrowException, parquet  # noqa: PLC0415 - slow to load, and needed for Parquet alone

    try:
        with parquet.ParquetFile(path) as table:
            for batch in table.iter_batches(BATCH):
                yield from batch.to_pylist()
    except ArrowException as error:
        raise InputError([_unreadable(path, error)]) from None


def _xlsx_rows(path: Path) -> Iterator[Row]:
    try:
        yield from _rows_of_sheet(path)
    except (OSError, InputError):
        raise
    except Exception:  # noqa: BLE001 - a library's own, of which damaged files bring up any kind
        found, hint = "the table cannot be read to its end", "open it in the program that made it and save it again"
        raise InputError([Problem("unreadable-file", found, file=str(path), hint=hint)]) from None


def _rows_of_sheet(path: Path) -> Iterator[Row]:
    from zipfile import ZipFile  # noqa: PLC0415 - with the next

    from openpyxl import load_workbook  # noqa: PLC0415 - slow to load, and needed for XLSX alone

    with ZipFile(path) as archive:
        if grown(archive.infolist()):
            found = f"a part of the file grows more than {MAX_RATIO} times when it is unpacked"
            raise InputError([Problem("unreadable-file", found, file=str(path), hint="save the table as CSV")])
    with closing(load_workbook(path, read_only=True, data_only=True)) as book:
        rows = book.worksheets[0].iter_rows(values_only=True)
        head = [str(cell) for cell in next(rows, ())]
        for cells in rows:
            yield dict(zip(head, cells, strict=False))


READERS: Mapping[str, Callable[[Path], Iterator[Row]]] = {
    ".csv": _csv_rows,
    ".jsonl": _json_rows,
    ".parquet": _parquet_rows,
    ".xlsx": _xlsx_rows,
}

# -- writing


Writer = Callable[[Path, Iterable[Row]], None]


def _write_csv(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_inert(row) for row in rows)


def _write_json(path: Path, rows: Iterable[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        for row in rows:
            stream.write(json.dumps(row, ensure_ascii=False) + "\n")


def _write_parquet(path: Path, rows: Iterable[Row]) -> None:
    import pyarrow as pa  # noqa: PLC0415 - slow to load, and needed for Parquet alone
    from pyarrow import parquet  # noqa: PLC0415 - as above

    kinds = {"nothing_fits": pa.bool_()}
    schema = pa.schema([
        (name, kinds.get(name, pa.float64() if name.startswith("score_") else pa.string())) for name in COLUMNS
    ])  # fmt: skip
    coming = iter(rows)
    with parquet.ParquetWriter(path, schema) as writer:
        while some := list(islice(coming, BATCH * 50)):
            writer.write_table(pa.Table.from_pylist(some, schema=schema))


def _write_xlsx(path: Path, rows: Iterable[Row]) -> None:
    from openpyxl import Workbook  # noqa: PLC0415 - slow to load, and needed for XLSX alone

    book = Workbook(write_only=True)
    sheet = book.create_sheet("screened")
    sheet.append(COLUMNS)
    for number, row in enumerate(rows, start=1):
        if number > MAX_SHEET_ROWS:
            found = f"the result has more than {MAX_SHEET_ROWS} rows"
            raise InputError([Problem("wrong-value", found, file=str(path), hint="write CSV or Parquet")])
        sheet.append([_inert(row)[name] for name in COLUMNS])
    book.save(path)


def _inert(row: Row) -> dict[str, Any]:
    """The row with no cell that a spreadsheet would take for a formula."""
    return {name: inert_cell(cell) if isinstance(cell, str) else cell for name, cell in row.items()}


WRITERS: Mapping[str, Writer] = {
    ".csv": _write_csv,
    ".jsonl": _write_json,
    ".parquet": _write_parquet,
    ".xlsx": _write_xlsx,
}
