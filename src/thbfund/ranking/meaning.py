"""How near in meaning a project is to strands and to funded projects: by the sentence encoder, or by its words alone.

By words it is latent semantic analysis (Deerwester et al. 1990): words that stand in the same texts of the catalogue
point the same way, so that two texts can be near without a word in common. It needs nothing that is not in the
catalogue, and knows the words of one language, English; why it is there, and what it gives, tells decision 40.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any, Protocol

import numpy as np

from thbfund.catalogue.labelled import Record
from thbfund.ranking.features import nearness
from thbfund.ranking.similarity import terms
from thbfund.ranking.weighing import Bag, Weighing
from thbfund.text.encoder import StoredVectors, unit
from thbfund.text.reading import Understanding

DIMENSIONS = 100  # as scikit-learn advises; with as many as there are texts, words would count singly again
LEARNT = 500  # texts that directions are learnt from, evenly chosen: time grows with their cube
LEAST = 1e-9  # variance below which a direction is only rounding


@dataclass(frozen=True, slots=True)
class Nearness:
    """How near a project is in meaning.

    Attributes:
        strands: from 0 to 1, by strand.
        projects: cosine about the middle of all, by funded project; None where their texts cannot be compared.
    """

    strands: Any
    projects: Any | None


class Meaning(Protocol):
    """What compares meanings."""

    def near(self, understood: Understanding, asked: Bag, apart: frozenset[str]) -> Nearness | None:
        """Compare a project, read and as its terms; None where nothing is known of its meaning.

        Groups of funded projects that stand `apart` teach nothing.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Cloud:
    """Vectors about their middle: what all have in common tells nothing."""

    middle: Any
    directions: Any

    @classmethod
    def of(cls, vectors: Any, ours: Any = slice(None)) -> "_Cloud":
        """The cloud of some vectors, whose middle is that of `ours`."""
        middle = vectors[ours].mean(axis=0) if len(vectors[ours]) else np.zeros(vectors.shape[1])
        return cls(middle, unit(vectors - middle))

    def cosines(self, vector: Any) -> Any:
        """How like each of them a vector is, from -1 to 1."""
        return self.directions @ unit(vector - self.middle)


class EncodedMeaning:
    """Meaning by the sentence encoder, in any language of the EU."""

    def __init__(self, strands: Sequence[str], records: Sequence[Record], vectors: StoredVectors) -> None:
        self._strands = vectors(strands, "passage")
        self._projects = _Cloud.of(vectors([record.description for record in records], "query")) if records else None

    def near(self, understood: Understanding, asked: Bag, apart: frozenset[str]) -> Nearness | None:  # noqa: ARG002 - no words, and vectors learn from no project
        """Compare by the vector that was read with the text."""
        if understood.vector is None:
            return None
        projects = self._projects.cosines(understood.vector) if self._projects else None
        return Nearness(nearness(self._strands @ understood.vector), projects)


@dataclass(frozen=True, slots=True)
class _Space:
    """Directions of words, and where they lead the texts of the catalogue."""

    words: Any
    strands: _Cloud
    projects: _Cloud | None


class WordMeaning:
    """Meaning by the company that words keep in the texts of strands and funded projects."""

    def __init__(self, strands: Sequence[str], records: Sequence[Record]) -> None:
        texts = [*strands, *(record.description for record in records)]
        bags = [Counter(term for term in terms(text) if " " not in term) for text in texts]
        self._groups = np.array([record.group for record in records])
        self._strands = len(strands)
        self._learnt = np.arange(0, len(bags), ceil(len(bags) / LEARNT))
        self._weighing = Weighing([bags[row] for row in self._learnt], sublinear=True)
        self._texts = [self._weighing.sparse(bag) for bag in bags]
        self._whole = self._space(frozenset())

    def near(self, understood: Understanding, asked: Bag, apart: frozenset[str]) -> Nearness | None:
        """Compare by the terms; of a text in another language those are the English names of what it is about."""
        space = self._space(apart) if apart else self._whole
        columns, amounts = self._weighing.sparse(asked)
        vector = amounts @ space.words[columns]
        if not vector.any():
            return None
        of_projects = space.projects.cosines(vector) if space.projects and understood.language == "en" else None
        return Nearness(space.strands.cosines(vector).clip(0, 1), of_projects)

    def _space(self, apart: frozenset[str]) -> _Space:
        """Learn directions from all texts that do not stand apart: the strongest of their matrix of TF-IDF."""
        ours = ~np.isin(self._groups, sorted(apart))
        known = np.concatenate([np.ones(self._strands, bool), ours])
        rows = self._weighing.rows[known[self._learnt]]
        strengths, axes = np.linalg.eigh(rows @ rows.T)
        kept = np.flatnonzero(strengths > LEAST)[-DIMENSIONS:]
        words = rows.T @ (axes[:, kept] / np.sqrt(strengths[kept]))
        vectors = np.stack([amounts @ words[columns] for columns, amounts in self._texts])
        projects = _Cloud.of(vectors[self._strands :], ours) if len(ours) else None
        return _Space(words, _Cloud.of(vectors[: self._strands]), projects)
