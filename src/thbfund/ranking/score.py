"""RANK: the score of a strand is the sum of named contributions, each a weight times a feature."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from thbfund.catalogue.contents import Catalogue
from thbfund.ranking.documents import StrandDocument, documents
from thbfund.ranking.features import FULL_SIMILARITY, Feature, TagWeights, features_of
from thbfund.ranking.relevance import field_share
from thbfund.ranking.similarity import Similarity, TextSimilarity
from thbfund.text.reading import Understanding

Band = Literal["strong", "possible", "weak"]

# Sum 1. Place of action leads because EU programmes divide the world between them; the words of the text come next.
WEIGHTS: Mapping[str, float] = {
    "text": 0.30,
    "target_groups": 0.15,
    "activities": 0.20,
    "priorities": 0.10,
    "place_of_action": 0.25,
}
STRONG, POSSIBLE = 0.55, 0.35
DECIMALS = 4  # contributions are rounded, and the score is their sum, so that the sum holds to the last digit


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the score.

    Attributes:
        name: of the feature.
        value: points, between 0 and the feature's weight.
        shared: ids or words in which project and strand agree.
    """

    name: str
    value: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StrandScore:
    """A strand's score with the contributions that sum to it."""

    document: StrandDocument
    score: float
    contributions: tuple[Contribution, ...]

    @property
    def band(self) -> Band:
        """The score in a word; never a chance of winning."""
        if self.score >= STRONG:
            return "strong"
        return "possible" if self.score >= POSSIBLE else "weak"


class Ranker:
    """Scores all strands of one catalogue."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.documents = documents(catalogue)
        self._similarity = TextSimilarity([document.text for document in self.documents])
        self._weights = {
            "target_groups": TagWeights.of([document.strand.tags.target_groups for document in self.documents]),
            "activities": TagWeights.of([document.strand.tags.activities for document in self.documents]),
        }

    def score(self, understood: Understanding) -> list[StrandScore]:
        """Score every strand, in the order of the catalogue."""
        share = field_share(understood)
        similarities = self._similarity.compare(understood.text)
        return [
            self._score(document, similarity, understood, share)
            for document, similarity in zip(self.documents, similarities, strict=True)
        ]

    def _score(
        self, document: StrandDocument, similarity: Similarity, understood: Understanding, share: float
    ) -> StrandScore:
        text = Feature(min(1.0, similarity.cosine / FULL_SIMILARITY), similarity.words)
        found = features_of(document, understood, text, self._weights, self.catalogue.vocabularies)
        contributions = tuple(
            Contribution(name, round(share * WEIGHTS[name] * feature.value, DECIMALS), feature.shared)
            for name, feature in found.items()
        )
        return StrandScore(document, round(sum(part.value for part in contributions), DECIMALS), contributions)
