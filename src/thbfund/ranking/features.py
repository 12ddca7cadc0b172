"""How well a strand suits a project, as a few named numbers from 0 to 1, each with what it rests on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from math import log
from typing import Any

from thbfund.catalogue.model import PlaceAdmission, Programme, Strand
from thbfund.catalogue.ranking_data import Weights
from thbfund.catalogue.vocabulary import Vocabularies
from thbfund.ranking.documents import StrandDocument
from thbfund.text.reading import Concept, Understanding

FEATURES = tuple(Weights.model_fields)

FULL_SIMILARITY = 0.20  # cosine of a description and the text of the strand it was written for; above counts as full
NEUTRAL = 0.5  # neither known to fit nor known not to
FAR, NEAR = 0.77, 0.89  # cosines of the encoder between which descriptions and strands of the field lie
FEW = 4  # a strand that covers four detected concepts covers the project; more text must not mean more score


@dataclass(frozen=True, slots=True)
class Feature:
    """One aspect of the fit.

    Attributes:
        value: from 0 (no fit) to 1 (full fit); what is unusual among funded projects goes down to -1.
        shared: ids of the concepts, or words, in which project and strand agree; of what is usual among funded
            projects, how many had the same and of how many, as text.
    """

    value: float
    shared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TagWeights:
    """How much a tag tells: a tag that every strand carries tells nothing (inverse document frequency)."""

    by_tag: Mapping[str, float]

    @classmethod
    def of(cls, tag_lists: Sequence[Sequence[str]]) -> "TagWeights":
        """Weigh every tag by log((1 + strands) / (1 + strands with the tag)) + 1, as scikit-learn's TF-IDF does."""
        tags = {tag for tags in tag_lists for tag in tags}
        total = len(tag_lists)
        return cls({tag: log((1 + total) / (1 + sum(tag in tags for tags in tag_lists))) + 1 for tag in tags})

    def importance(self, concepts: Sequence[Concept]) -> dict[str, float]:
        """How much each of the strongest concepts of a project counts."""
        strongest = concepts[: 2 * FEW]
        return {concept.id: self.by_tag.get(concept.id, 1.0) * min(concept.count, FEW) for concept in strongest}

    def overlap(self, concepts: Sequence[Concept], tags: Sequence[str]) -> Feature:
        """Share of what the project is about that the strand is about too, the strongest concepts counting most."""
        importance = self.importance(concepts)
        total = sum(importance.values())
        shared = tuple(tag for tag in importance if tag in tags)
        return Feature(sum(importance[tag] for tag in shared) / total if total else 0.0, shared)


def priorities(concepts: Sequence[Concept], strand: Strand) -> Feature:
    """Mean relevance grade (0 to 3, divided by 3) of the strand for the priorities of the project."""
    graded = [concept for concept in concepts if concept.id in strand.relevance]
    if not graded:
        return Feature(0.0)
    total = sum(concept.count for concept in graded)
    value = sum(strand.relevance[concept.id].grade / 3 * concept.count for concept in graded) / total
    return Feature(value, tuple(concept.id for concept in graded if strand.relevance[concept.id].grade > 0))


class PlaceFit:
    """Where one strand pays for work. What a place is worth is kept: it is the same for every project."""

    def __init__(self, programme: Programme, strand: Strand, vocabularies: Vocabularies) -> None:
        fact = strand.eligibility.place_of_action or programme.eligibility.place_of_action
        admission = fact.value if fact else None
        self.worth = lru_cache(maxsize=None)(partial(_fit, admission=admission, vocabularies=vocabularies))
        self._known = admission is not None

    def of(self, places: Sequence[Concept]) -> Feature:
        """Share of the places of work that the strand pays for work in."""
        if not self._known or not places:
            return Feature(NEUTRAL)
        fits = {concept.id: self.worth(concept.id) for concept in places}
        weights = counted(places)
        value = sum(fits[place] * weight for place, weight in weights.items()) / sum(weights.values())
        return Feature(value, tuple(place for place, fit in fits.items() if fit == 1))


def counted(places: Sequence[Concept]) -> dict[str, int]:
    """How much each place counts: as often as the text points to it, up to a bound."""
    return {concept.id: min(concept.count, FEW) for concept in places}


def _fit(place: str, admission: PlaceAdmission | None, vocabularies: Vocabularies) -> float:
    """1 where all countries of a place are admitted, 0 where none is, `NEUTRAL` for each that is in doubt."""
    worth = {"open": 1.0, "depends": NEUTRAL, "unknown": NEUTRAL, "closed": 0.0}
    countries = sorted(vocabularies.countries_in(place))
    if not countries or admission is None:
        return NEUTRAL
    return sum(worth[admission.answer(country, vocabularies)] for country in countries) / len(countries)


def nearness(cosines: Any) -> Any:
    """Cosines of a description's and strands' vectors on a scale from 0 to 1.

    The model gives texts of any kind cosines from 0.7 to 1; those of the field lie in a narrow band of it.
    """
    return ((cosines - FAR) / (NEAR - FAR)).clip(0, 1)


def features_of(
    document: StrandDocument,
    understood: Understanding,
    weights: Mapping[str, TagWeights],
    place_fit: PlaceFit,
) -> dict[str, Feature]:
    """The features that tags and places of one strand show for one project."""
    strand, concepts = document.strand, understood.concepts
    return {
        "target_groups": weights["target_groups"].overlap(concepts["target_groups"], strand.tags.target_groups),
        "activities": weights["activities"].overlap(concepts["activities"], strand.tags.activities),
        "priorities": priorities(concepts["priorities"], strand),
        "place_of_action": place_fit.of(understood.places),
    }
