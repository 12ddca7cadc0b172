"""What is compared: the catalogue's text on each strand, as one document, and the text of a project."""

from collections.abc import Iterator
from dataclasses import dataclass

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.model import Programme, Strand
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.text.reading import Understanding

OFTEN = 2  # a name given more often than this would crowd out the others


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


def query(understood: Understanding, vocabularies: Vocabularies) -> str:
    """A project's text as it is compared with the documents, which are English.

    To a text in another language come the English names of what was recognised in it; they stand in the documents too.
    """
    if understood.language == "en":
        return understood.text
    labels = [
        vocabularies.label(kind, concept.id)
        for kind in ("target_groups", "activities", "forms_of_exploitation")
        for concept in understood.concepts[kind]
        for _ in range(min(concept.count, OFTEN))
    ]
    return " ".join([understood.text, *labels])


def _texts(programme: Programme, strand: Strand, catalogue: Catalogue) -> Iterator[str]:
    yield programme.name
    yield programme.summary.value or ""
    yield strand.name
    yield strand.objectives.value or ""
    yield from strand.actions.value or ()
    vocabularies = catalogue.vocabularies
    yield from (vocabularies.label("target_groups", tag) for tag in strand.tags.target_groups)
    yield from (vocabularies.label("activities", tag) for tag in strand.tags.activities)
