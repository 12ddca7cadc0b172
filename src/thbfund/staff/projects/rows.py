"""Rows that somebody completed, added to `data/evidence/projects.csv`; the lines that are there stay as they are."""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from thbfund.catalogue.evidence import COLUMNS, read_projects
from thbfund.catalogue.load import MAX_CATALOGUE_BYTES
from thbfund.input.decoding import text_of
from thbfund.input.problems import InputError, Problem
from thbfund.screening.cells import separator_of
from thbfund.staff.git import Author, root_of
from thbfund.staff.saving import Change, NotSavedError, committed, held, recorded
from thbfund.staff.trial import text_at
from thbfund.writing import replace_file

FILE = "evidence/projects.csv"
UNREAD = (
    "its summary and the day of reading are empty: read its page, and say in 20 to 60 words of your own what was done"
)


@dataclass(frozen=True, slots=True)
class Addition:
    """The file before and after, the ids added, and in a sentence each why a row is left out."""

    before: str
    after: str
    added: tuple[str, ...]
    left: tuple[str, ...]


def with_rows(folder: Path, rows: Path, programmes: set[str]) -> Addition:
    """The file with the rows that are complete.

    Args:
        folder: the catalogue's folder.
        rows: a file with the same columns.
        programmes: ids of the catalogue.

    Raises:
        OSError: a file cannot be read.
        InputError: a complete row, or a file as a whole, is wrong; names every problem.
    """
    given = text_of(rows.read_bytes(), str(rows), MAX_CATALOGUE_BYTES)
    path = folder / FILE
    before = text_at(path, FILE) or ",".join(COLUMNS) + "\n"
    known = {row["id"] for row in csv.DictReader(io.StringIO(before, newline=""))}
    out, added, left = io.StringIO(), list[str](), list[str]()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n", extrasaction="ignore")
    for row in _rows_of(given, str(rows), programmes):
        key = row["id"]
        if key in known:
            left.append(f"{key}: there is a project with this id already")
        elif not (row["summary"].strip() and row["checked_on"].strip()):
            left.append(f"{key}: {UNREAD}")
        else:
            writer.writerow(row)
            added.append(key)
    after = before + ("" if before.endswith("\n") else "\n") + out.getvalue()
    if added:
        read_projects(after, f"{FILE} with the new rows", programmes)
    return Addition(before, after, tuple(added), tuple(left))


def _rows_of(text: str, file: str, programmes: set[str]) -> Iterator[Mapping[str, str]]:
    """The rows by column; spreadsheets of some countries part the cells by semicolons."""
    first = text.partition("\n")[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator_of(first), strict=True)
    try:
        if next(reader, []) != COLUMNS:
            read_projects(first, file, programmes)  # says what is wrong with the columns
        for cells in reader:
            if cells and len(cells) != len(COLUMNS):
                found, hint = f"found {len(cells)} cells", "put a text with commas in quotes"
                problem = Problem("wrong-number-of-cells", found, file=file, line=reader.line_num, column=1, hint=hint)
                raise InputError([problem])
            yield from [dict(zip(COLUMNS, cells, strict=True))] if cells else []
    except csv.Error as error:
        hint = "put a text with commas in quotes, and write a quote inside it twice"
        problem = Problem("not-csv", str(error), file=file, line=reader.line_num, column=1, hint=hint)
        raise InputError([problem]) from None


def keep(
    folder: Path, addition: Addition, editor: Author, reason: str, *, now: datetime, audit: Path | None = None
) -> tuple[str, list[str]]:
    """Write the file whole or not at all, and commit it; return the commit, "" where there is none, and what to know.

    The record of edits in the folder `audit`, where one is kept, names the rows by their ids.

    Raises:
        NotSavedError: the file changed meanwhile, or cannot be written.
    """
    path = folder / FILE
    content = addition.after.encode()
    with held(folder):
        current = text_at(path, FILE) or addition.before
        if current != addition.before:
            raise NotSavedError(f"Not saved: somebody else changed {FILE} meanwhile.")
        path.parent.mkdir(exist_ok=True)
        replace_file(path, content)
        message = f"evidence: {' '.join(reason.split())}\n"
        commit, notes = committed(root_of(folder), path, content, editor, message)
    if audit is not None:
        change = Change(FILE, addition.before, addition.after, reason)
        notes += recorded(audit, change, addition.added, editor, now, commit)
    return commit, notes
