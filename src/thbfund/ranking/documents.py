"""What is indexed: the catalogue's text on each strand, as one document."""

from collections.abc import Iterator
from dataclasses import dataclass

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Programme, Strand


@dataclass(frozen=True, slots=True)
class StrandDocument:
    """A strand with the text that is compared with the project's."""

    programme: Programme
    strand: Strand
    text: str


def documents(catalogue: Catalogue) -> tuple[StrandDocument, ...]:
    """One document per strand, in order of programme and strand."""
    return tuple(
        StrandDocument(programme, strand, " ".join(_texts(programme, strand, catalogue)))
        for programme in catalogue.programmes.values()
        for strand in programme.strands
    )


def _texts(programme: Programme, strand: Strand, catalogue: Catalogue) -> Iterator[str]:
    yield programme.name
    yield programme.summary.value or ""
    yield strand.name
    yield strand.objectives.value or ""
    yield from strand.actions.value or ()
    vocabularies = catalogue.vocabularies
    yield from (vocabularies.label("target_groups", tag) for tag in strand.tags.target_groups)
    yield from (vocabularies.label("activities", tag) for tag in strand.tags.activities)
