"""The Financial Transparency System: who received EU money in a year, from its spreadsheet or the same as CSV.

Names of columns change from year to year, and one project stands in a line for each beneficiary.
"""

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any
from urllib.parse import quote

from thbfund.screening.cells import separator_of
from thbfund.staff.naming import slug
from thbfund.staff.projects.found import PublicProject, country, euro, may_be_ours, year

PAGE = "https://ec.europa.eu/budget/financial-transparency-system/"
SUBJECT, COMMITMENT = "subject of grant or contract", "reference of the legal commitment (lc)"
MOST_BEFORE = 20  # lines above the names of the columns
NEW_PERIOD = 2021
# What names a programme -> ours of the period before 2021 and of the one after; None: we have none.
PROGRAMMES: Mapping[str, tuple[str | None, str | None]] = {
    "asylum, migration and integration": ("amif-2014-2020", "amif-2021-2027"),
    "internal security fund": (None, "isf-2021-2027"),
    "citizens, equality, rights and values": (None, "cerv"),
    "rights, equality and citizenship": ("rec-2014-2020", "rec-2014-2020"),
    "justice programme": ("justice-2014-2020", "justice-2021-2027"),
    "horizon europe": (None, "horizon-europe"),
    "horizon 2020": ("horizon-2020", "horizon-2020"),
    "border management and visa": (None, "bmvi"),
    "neighbourhood, development and international cooperation": (None, "ndici-global-europe"),
    "european social fund plus": (None, "esf-plus"),
    "erasmus+": ("erasmus-plus-2014-2020", "erasmus-plus-2021-2027"),
}


def transparency_projects(path: Path) -> Iterator[PublicProject]:
    """The projects of a year whose subject may be ours, each with its beneficiaries together.

    Raises:
        OSError, ValueError, csv.Error, KeyError, zipfile.BadZipFile: it cannot be read, or is no such file.
    """
    commitments: dict[str, list[Mapping[str, Any]]] = {}
    for number, row in enumerate(_rows(_lines(path))):
        if may_be_ours(str(row.get(SUBJECT) or "")):
            commitments.setdefault(str(row.get(COMMITMENT) or f"line-{number}"), []).append(row)
    yield from (_found(key, rows) for key, rows in commitments.items())


def _found(key: str, rows: Sequence[Mapping[str, Any]]) -> PublicProject:
    """The project of a commitment, from the lines of its beneficiaries."""
    first = rows[0]
    seats = [country(row.get("beneficiary country")) for row in rows]
    leads = (seat for row, seat in zip(rows, seats, strict=True) if seat and _leads(row))
    programme, named = _programme(first)
    return PublicProject(
        key=f"fts-{slug(key)}",
        acronym="",
        title=str(first[SUBJECT]),
        programme=programme,
        start=year(first.get("project start date")),
        end=year(first.get("project end date")),
        lead=next(leads, None),
        countries=tuple(sorted({seat for seat in seats if seat})),
        grant=_grant(rows),
        url=f"{PAGE}#{quote(key)}",  # it has no page for each; the number leads to it by its search
        basis="stated" if named else "inferred",
    )


def _leads(row: Mapping[str, Any]) -> bool:
    return str(row.get("coordinator") or "").casefold() in {"yes", "y", "true", "1"}


def _grant(rows: Sequence[Mapping[str, Any]]) -> int | None:
    """The sum of what the beneficiaries get; where that is not said of each, the whole, which every line repeats."""
    shares = [euro(row.get("beneficiary's contracted amount (eur)")) for row in rows]
    known = sum(share for share in shares if share) or None
    whole = (euro(row.get("commitment contracted amount (eur)")) for row in rows)
    return known if all(shares) else next(filter(None, whole), known)


def _programme(row: Mapping[str, Any]) -> tuple[str | None, bool]:
    """Our programme, and whether its name alone tells it, without the year; of none of ours that says nothing."""
    name = str(row.get("programme name") or "").casefold()
    both = next((both for said, both in PROGRAMMES.items() if said in name), (None, None))
    old = (year(row.get("year")) or NEW_PERIOD) < NEW_PERIOD
    return both[0 if old else 1], both[0] == both[1] or None in both


def _rows(lines: Iterator[Sequence[Any]]) -> Iterator[dict[str, Any]]:
    """The lines below the names of the columns, by name; a hyphen is nothing."""
    for _, line in zip(range(MOST_BEFORE), lines, strict=False):
        names = [_name(cell) for cell in line]
        if SUBJECT in names:
            for cells in lines:
                yield {name: cell for name, cell in zip(names, cells, strict=False) if cell not in {None, "", "-"}}
            return
    raise ValueError(f"no column is named {SUBJECT}")


def _name(cell: Any) -> str:
    return " ".join(str(cell or "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").casefold().split())


def _lines(path: Path) -> Iterator[Sequence[Any]]:
    """The lines of the file, one at a time: a year has some hundred thousand."""
    if zipfile.is_zipfile(path):
        from openpyxl import load_workbook  # noqa: PLC0415 - slow to import

        with path.open("rb") as stream, closing(load_workbook(stream, read_only=True, data_only=True)) as book:
            for sheet in book.worksheets:
                yield from sheet.iter_rows(values_only=True)
        return
    with path.open(encoding="utf-8-sig", newline="") as text:
        above = (line for line, _ in zip(text, range(MOST_BEFORE), strict=False))
        head = next((line for line in above if SUBJECT in _name(line)), "")  # titles above it tell nothing
        text.seek(0)
        yield from csv.reader(text, delimiter=separator_of(head))
