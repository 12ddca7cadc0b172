"""All strands' scores at once, as numbers without what they rest on: they tell which strands are worth scoring.

An exact score says what each part of it rests on, which takes most of its time; of thousands of projects only the first
programmes are asked for. An estimate never stands in an answer: it only names the strands that may lead.
"""

from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np

from thbfund.catalogue.ranking_data import Weights
from thbfund.ranking.documents import StrandDocument
from thbfund.ranking.features import FULL_SIMILARITY, NEUTRAL, Feature, PlaceFit, TagWeights, counted
from thbfund.text.reading import Concept, Understanding

OFF = 0.001  # an estimate is off by less: twelve contributions, each rounded to four decimals


class Estimates:
    """Estimates for the strands of one catalogue by one set of weights; arrays stand in the order of the strands."""

    def __init__(
        self,
        documents: Sequence[StrandDocument],
        weights: Weights,
        tag_weights: Mapping[str, TagWeights],
        places: Sequence[PlaceFit],
    ) -> None:
        self._weights, self._tag_weights = weights, tag_weights
        self._programmes = list(dict.fromkeys(document.programme.id for document in documents))
        self._of = np.array([self._programmes.index(document.programme.id) for document in documents])
        strands = [document.strand for document in documents]
        tagged = {kind: [getattr(strand.tags, kind) for strand in strands] for kind in tag_weights}
        self._tagged = {
            kind: {tag: np.array([tag in tags for tags in of_all], float) for tag in tag_weights[kind].by_tag}
            for kind, of_all in tagged.items()
        }
        self._none = np.zeros(len(strands))
        self._graded = {
            name: np.array([name in strand.relevance for strand in strands], float)
            for name in {name for strand in strands for name in strand.relevance}
        }
        self._grades = {
            name: np.array([strand.relevance[name].grade / 3 if name in strand.relevance else 0 for strand in strands])
            for name in self._graded
        }
        self._place = lru_cache(maxsize=None)(lambda place: np.array([fit.worth(place) for fit in places]))

    def of(
        self,
        understood: Understanding,
        cosines: Any,
        meaning: Any | None,
        of_programmes: Mapping[str, Mapping[str, Feature]],
    ) -> Any:
        """What a project that is at the core of the field would score, by strand.

        Args:
            understood: what was read from its description.
            cosines: how like the strands its text is.
            meaning: how near to the strands it is, from 0 to 1; None where that is not known.
            of_programmes: features that all strands of a programme share, by name and programme.
        """
        concepts = understood.concepts
        values: dict[str, Any] = {
            "text": np.minimum(1.0, cosines / FULL_SIMILARITY),
            "meaning": self._none if meaning is None else meaning,
            **{kind: self._overlap(kind, concepts[kind]) for kind in self._tagged},
            "priorities": self._priorities(concepts["priorities"]),
            "place_of_action": self._places(understood.places),
            **{name: self._per_strand(per) for name, per in of_programmes.items() if per},
        }
        return sum(getattr(self._weights, name) * value for name, value in values.items())

    def leading(self, estimates: Any, among: Collection[str], top: int) -> list[int]:
        """Strands that may be the best of the first `top` programmes, or of all, with room for how far it is off."""
        best = np.full(len(self._programmes), -np.inf)
        np.maximum.at(best, self._of, estimates)
        asked = np.array([key in among for key in self._programmes])
        last = np.sort(best[asked])[::-1][:top][-1:]
        may_lead = asked[self._of] & (estimates >= (last[0] if len(last) else np.inf) - 2 * OFF)
        return [int(row) for row in np.flatnonzero(may_lead | (estimates >= estimates.max() - 2 * OFF))]

    def _overlap(self, kind: str, concepts: Sequence[Concept]) -> Any:
        importance = self._tag_weights[kind].importance(concepts)
        total = sum(importance.values())
        tagged = self._tagged[kind]
        return sum((weight * tagged[tag] for tag, weight in importance.items() if tag in tagged), self._none) / (
            total or 1
        )

    def _priorities(self, concepts: Sequence[Concept]) -> Any:
        known = [concept for concept in concepts if concept.id in self._graded]
        total = sum((concept.count * self._graded[concept.id] for concept in known), self._none)
        graded = sum((concept.count * self._grades[concept.id] for concept in known), self._none)
        return graded / np.maximum(total, 1)

    def _places(self, places: Sequence[Concept]) -> Any:
        weights = counted(places)
        if not weights:
            return NEUTRAL
        return sum(weight * self._place(place) for place, weight in weights.items()) / sum(weights.values())

    def _per_strand(self, per_programme: Mapping[str, Feature]) -> Any:
        return np.array([per_programme[key].value for key in self._programmes])[self._of]
