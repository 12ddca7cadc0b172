"""The Financial Transparency System: who received EU money in a year, from its spreadsheet or the same as CSV.

Names of columns change from year to year, and one project stands in a line for each beneficiary.
"""

import csv
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote

from thbfund.screening.cells import separator_of
from thbfund.staff.naming import slug
from thbfund.staff.projects.found import Found, country, euro, may_be_ours, year

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


def transparency_projects(path: Path) -> Iterator[Found]:
    """The projects of a year whose subject may be ours, each with its beneficiaries together.

    Raises:
        OSError, ValueError, csv.Error, KeyError, zipfile.BadZipFile: it cannot be read, or is no such file.
    """
    projects: dict[str, Found] = {}
    for number, row in enumerate(_rows(_lines(path))):
        subject = str(row.get(SUBJECT) or "")
        if may_be_ours(subject):
            key = str(row.get(COMMITMENT) or f"line-{number}")
            projects[key] = _together(projects.get(key), _found(row, key, subject))
    yield from projects.values()


def _found(row: Mapping[str, Any], key: str, subject: str) -> Found:
    seat = country(row.get("beneficiary country"))
    leads = str(row.get("coordinator") or "").casefold() in {"yes", "y", "true", "1"}
    amount = row.get("beneficiary's contracted amount (eur)") or row.get("commitment contracted amount (eur)")
    programme, named = _programme(row)
    return Found(
        key=f"fts-{slug(key)}",
        acronym="",
        title=subject,
        programme=programme,
        start=year(row.get("project start date")),
        end=year(row.get("project end date")),
        lead=seat if leads else None,
        countries=(seat,) if seat else (),
        grant=euro(amount),
        url=f"{PAGE}#{quote(key)}",  # it has no page for each; the number leads to it by its search
        basis="stated" if named else "inferred",
    )


def _together(before: Found | None, one: Found) -> Found:
    if before is None:
        return one
    return replace(
        before,
        lead=before.lead or one.lead,
        countries=tuple(sorted({*before.countries, *one.countries})),
        grant=(before.grant or 0) + (one.grant or 0) or None,
    )


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
