"""Every address that the catalogue names, and where it stands."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from thbfund.catalogue.load import MAX_CATALOGUE_BYTES
from thbfund.input.decoding import text_of
from thbfund.input.strict_yaml import Path as Within
from thbfund.input.strict_yaml import read_yaml

FOLDERS = ("programmes", "calls", "policy", "guidance", "vocabularies")
TABLE = Path("evidence") / "projects.csv"
COLUMN = "source_url"


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where an address stands.

    Attributes:
        file: below the folder above the catalogue's.
        line: from 1.
        field: dotted path, or the column of a table.
    """

    file: str
    line: int
    field: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.field}"


def addresses_in(folder: Path) -> dict[str, list[Place]]:
    """Each address of a catalogue that loads, with all its places; in order of places.

    Raises:
        InputError: a file cannot be read.
    """
    found: dict[str, list[Place]] = {}
    for address, place in sorted(_found_in(folder), key=lambda each: each[1]):
        found.setdefault(address, []).append(place)
    return found


def _found_in(folder: Path) -> Iterator[tuple[str, Place]]:
    for part in FOLDERS:
        for path in sorted((folder / part).glob("*.yaml")):
            name = path.relative_to(folder.parent).as_posix()
            document = read_yaml(text_of(path.read_bytes(), name, MAX_CATALOGUE_BYTES), name)
            for where, address in _addresses(document.value, ()):
                yield address, Place(name, document.place_of(where)[0], ".".join(map(str, where)))
    table = folder / TABLE
    if table.exists():
        yield from _of_table(table, table.relative_to(folder.parent).as_posix())


def _addresses(value: Any, path: Within) -> Iterator[tuple[Within, str]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _addresses(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _addresses(inner, (*path, index))
    elif isinstance(value, str) and value.startswith(("https://", "http://")):
        yield path, value


def _of_table(path: Path, name: str) -> Iterator[tuple[str, Place]]:
    reader = csv.DictReader(io.StringIO(text_of(path.read_bytes(), name, MAX_CATALOGUE_BYTES), newline=""))
    for row in reader:
        if row.get(COLUMN):
            yield row[COLUMN], Place(name, reader.line_num, COLUMN)
