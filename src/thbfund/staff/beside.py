"""What lies beside the catalogue and other parts read: worked examples, labelled records. Checked like the rest."""

from collections.abc import Iterator
from pathlib import Path

from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.evaluation.records import read_records
from thbfund.input.problems import InputError, Problem
from thbfund.project import read_project


def problems_beside(folder: Path, vocabularies: Vocabularies) -> list[Problem]:
    """Every problem in the examples and the labelled records of a data folder; none where it holds neither."""
    return list(_problems(folder, vocabularies))


def _problems(folder: Path, vocabularies: Vocabularies) -> Iterator[Problem]:
    for path in sorted((folder / "examples").glob("*.yaml")):
        try:
            read_project(path.read_bytes(), path.relative_to(folder.parent).as_posix(), vocabularies)
        except InputError as error:
            yield from error.problems
    labelled = folder / "evidence" / "labelled.jsonl"
    if labelled.exists():
        try:
            read_records(labelled)
        except InputError as error:
            yield from error.problems
