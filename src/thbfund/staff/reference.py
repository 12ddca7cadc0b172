"""The fixed set of real projects on which staff see what an edit does to ranks and verdicts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from thbfund.catalogue.labelled import Record, originals
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.evaluation.records import project_of
from thbfund.project import Project

PER_PROGRAMME = 2
"""Projects of each programme that paid: enough to see it move, few enough to match them while somebody waits."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A project of the set.

    Attributes:
        id: of its labelled record.
        paid_by: the programme that paid for it.
        apart: groups of records that may not count as evidence for it: its own.
    """

    id: str
    paid_by: str
    project: Project
    apart: frozenset[str]


def references(records: Sequence[Record], vocabularies: Vocabularies) -> list[Reference]:
    """The first projects of each programme, in the order of the records, with all that an applicant knows of them."""
    taken: Counter[str] = Counter()
    found = []
    for record in originals(records):
        taken[record.programme] += 1
        if taken[record.programme] <= PER_PROGRAMME:
            project = project_of(record, "form", vocabularies)
            found.append(Reference(record.id, record.programme, project, frozenset({record.group})))
    return found
