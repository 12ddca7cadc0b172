"""What lies beside the catalogue and other parts read: worked examples, texts to measure with. Checked likewise."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import read_records
from thbfund.evaluation.cases import FOLDER, read_case
from thbfund.evaluation.field_texts import read_field_texts
from thbfund.input.problems import InputError, Problem
from thbfund.project import read_project

_READERS: Mapping[str, Callable[[Path], Any]] = {"field.jsonl": read_field_texts, "translations.jsonl": read_records}


def problems_beside(folder: Path, catalogue: Catalogue) -> list[Problem]:
    """Every problem in the examples and the evidence of a data folder; none where it holds neither."""
    return list(_problems(folder, catalogue))


def _problems(folder: Path, catalogue: Catalogue) -> Iterator[Problem]:
    for path in sorted((folder / "examples").glob("*.yaml")):
        try:
            read_project(path.read_bytes(), path.relative_to(folder.parent).as_posix(), catalogue.vocabularies)
        except InputError as error:
            yield from error.problems
    for name, read in _READERS.items():
        path = folder / "evidence" / name
        if path.exists():
            try:
                read(path)
            except InputError as error:
                below = path.relative_to(folder.parent).as_posix()
                yield from (replace(problem, file=below) for problem in error.problems)
    for path in sorted((folder / FOLDER).glob("*.yaml")):
        try:
            read_case(path.read_bytes(), path.relative_to(folder.parent).as_posix(), catalogue)
        except InputError as error:
            yield from error.problems
