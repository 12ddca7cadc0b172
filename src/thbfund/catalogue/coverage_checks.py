"""CHECK: whether each priority and each target group is served by somebody."""

from collections.abc import Iterable, Mapping
from datetime import date

from thbfund.catalogue.checks import Report
from thbfund.catalogue.files import FileRead
from thbfund.catalogue.model import COMMUNICATION_2017, Programme
from thbfund.catalogue.vocabulary import Vocabulary
from thbfund.input.problems import Problem

SOLID = 2
"""The grade from which a strand serves a priority."""


def check_coverage(files: Iterable[FileRead], programmes: Mapping[str, Programme], on: date) -> list[Problem]:
    """Name the priorities and target groups that no programme in force on a day serves."""
    strands = [strand for programme in programmes.values() if programme.is_in_force(on) for strand in programme.strands]
    graded = {name for strand in strands for name, grade in strand.relevance.items() if grade.grade >= SOLID}
    served = {
        "priorities": ("priority-not-served", graded | _outside_communication(files)),
        "target_groups": ("target-group-not-served", {tag for one in strands for tag in one.tags.target_groups}),
    }
    problems: list[Problem] = []
    for file in files:
        if isinstance(file.model, Vocabulary) and file.model.id in served:
            problems += _unserved(file, file.model, *served[file.model.id], on)
    return problems


def _outside_communication(files: Iterable[FileRead]) -> set[str]:
    """Priorities of other policy texts: not every strand is graded for them."""
    entries = [entry.id for file in files if isinstance(file.model, Vocabulary) for entry in file.model.entries]
    return set(entries) - set(COMMUNICATION_2017)


def _unserved(file: FileRead, vocabulary: Vocabulary, code: str, served: set[str], on: date) -> list[Problem]:
    report = Report(file.document, file.name)
    for index, entry in enumerate(vocabulary.entries):
        if entry.id not in served:
            by = f"graded {SOLID} or 3 for it" if vocabulary.id == "priorities" else "tagged with it"
            message = f"no strand of a programme in force on {on} is {by}"
            report.add(("entries", index, "id"), code, message, hint=f'look for one that serves "{entry.label}"')
    return report.problems
