"""CORDIS: research projects of a framework programme, from its archive of tables or from the table of projects alone.

The tables are read by the names of their columns, line by line: an archive holds some hundred megabytes.
"""

import csv
import io
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO

from thbfund.staff.naming import slug
from thbfund.staff.projects.found import PublicProject, country, euro, may_be_ours, year

PROGRAMMES: Mapping[str, str] = {"HORIZON": "horizon-europe", "H2020": "horizon-2020"}
PAGE = "https://cordis.europa.eu/project/id/"
TRAFFICKING = "/29/89/1837/1839/1841"  # of EuroSciVoc; many projects on our subject do not carry it
MOST_OF_TEXT = 6_000  # characters; objectives have 2 000 as a rule


def cordis_projects(path: Path) -> Iterator[PublicProject]:
    """The projects of a file of CORDIS whose texts may be ours, those of other framework programmes too.

    Raises:
        OSError, ValueError, csv.Error, zipfile.BadZipFile: it cannot be read, or is no such file.
    """
    if not zipfile.is_zipfile(path):
        with path.open("rb") as stream:
            yield from (_found(row, {}, {}, set()) for row in _lines(stream) if _is_near(row, {}, set()))
        return
    with zipfile.ZipFile(path) as archive:
        marked = {row["projectID"] for row in _table(archive, "euroSciVoc") if row.get("euroSciVocCode") == TRAFFICKING}
        topics = {
            row["projectID"]: row["title"]
            for row in _table(archive, "topics")
            if row.get("projectID") and may_be_ours(row.get("title") or "")
        }
        near = [row for row in _table(archive, "project") if _is_near(row, topics, marked)]
        organisations = defaultdict[str, list[Mapping[str, str]]](list)
        wanted = {row["id"] for row in near}
        for row in _table(archive, "organization"):
            if row.get("projectID") in wanted:
                organisations[row["projectID"]].append(row)
    yield from (_found(row, organisations, topics, marked) for row in near)


def _is_near(row: Mapping[str, str], topics: Mapping[str, str], marked: set[str]) -> bool:
    said = f"{row.get('title')} {row.get('objective')} {row.get('keywords')}"
    return row.get("id") in marked or row.get("id") in topics or may_be_ours(said)


def _found(
    row: Mapping[str, str],
    organisations: Mapping[str, list[Mapping[str, str]]],
    topics: Mapping[str, str],
    marked: set[str],
) -> PublicProject:
    key, acronym = row.get("id") or "", row.get("acronym") or ""
    own = organisations.get(key, [])
    seats = {found for each in own if (found := country(each.get("country")))}
    leads = (country(each.get("country")) for each in own if each.get("role") == "coordinator")
    said = (row.get("objective"), row.get("keywords"))
    return PublicProject(
        key=slug(acronym) or f"cordis-{slug(key)}",
        acronym=acronym,
        title=row.get("title") or acronym or key,
        programme=PROGRAMMES.get((row.get("frameworkProgramme") or "").upper()),
        start=year(row.get("startDate")),
        end=year(row.get("endDate")),
        lead=next(filter(None, leads), None),
        countries=tuple(sorted(seats)),
        grant=euro(row.get("ecMaxContribution")),
        url=f"{PAGE}{key}",
        basis="stated",
        topic=topics.get(key, ""),
        text=". ".join(filter(None, said))[:MOST_OF_TEXT],
        marked=key in marked,
    )


def _table(archive: zipfile.ZipFile, name: str) -> Iterator[dict[str, str]]:
    """The lines of a table of the archive, in CSV or JSON; none where the archive lacks it."""
    for member in archive.namelist():
        stem, _, ending = member.rpartition("/")[2].rpartition(".")
        if stem == name and ending in {"csv", "json"}:
            with archive.open(member) as stream:
                yield from _lines(stream) if ending == "csv" else _items(stream)


def _lines(stream: IO[bytes]) -> Iterator[dict[str, str]]:
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", newline="")
    reader = csv.DictReader(text, delimiter=";", strict=True)
    for row in reader:
        yield {name: value for name, value in row.items() if name and isinstance(value, str)}


def _items(stream: IO[bytes]) -> Iterator[dict[str, str]]:
    import ijson  # noqa: PLC0415 - of the extra `staff`

    try:
        for item in ijson.items(stream, "item", use_float=True):  # a long whole number would end the process
            if isinstance(item, dict):
                kept = {name: value for name, value in item.items() if not isinstance(value, (list, dict, type(None)))}
                yield {name: str(value) for name, value in kept.items()}
    except ijson.JSONError as error:
        raise ValueError("a table of the archive is no JSON") from error
