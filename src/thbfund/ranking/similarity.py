"""Text similarity: TF-IDF cosine between the project and each strand, with the words that made it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from itertools import pairwise
from pathlib import Path
from runpy import run_path
from typing import Any

import numpy as np

from thbfund.ranking.weighing import Bag, Weighing
from thbfund.text.cleaning import words

# Words of every grant text: they tell nothing about which programme fits.
_GRANT_WORDS = {"project", "projects", "programme", "programmes", "eu", "european", "union", "fund", "funding", "grant"}
SHORTEST_WORD = 3
SHOWN_WORDS = 5


@dataclass(frozen=True, slots=True)
class Similarity:
    """How like a document a text is: cosine from 0 to 1, and the words that added most to it, strongest first."""

    cosine: float
    words: tuple[str, ...]


@lru_cache
def stop_words() -> frozenset[str]:
    """Words that say nothing on the subject of a text."""
    return frozenset(_function_words() | _GRANT_WORDS)


def _function_words() -> frozenset[str]:
    """scikit-learn's list, read from its own file: to load the whole package takes longer than a match."""
    folders = getattr(find_spec("sklearn"), "submodule_search_locations", None) or ["."]
    file = Path(folders[0]) / "feature_extraction" / "_stop_words.py"
    if file.is_file():
        return frozenset(run_path(str(file))["ENGLISH_STOP_WORDS"])
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # noqa: PLC0415 - slow: see above

    return frozenset(ENGLISH_STOP_WORDS)


def terms(text: str) -> list[str]:
    """Folded words of a text without stop words, and pairs of neighbours."""
    ignored = stop_words()
    kept = [word.folded for word in words(text) if len(word.folded) >= SHORTEST_WORD and word.folded not in ignored]
    return kept + [f"{first} {second}" for first, second in pairwise(kept)]


class TextSimilarity:
    """TF-IDF with sublinear term frequency over the documents of the catalogue."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._weighing = Weighing([Counter(terms(text)) for text in texts], sublinear=True)

    def shares(self, asked: Bag) -> "Shares":
        """What each word of a text, given as its terms, adds to its likeness to every document."""
        columns, amounts = self._weighing.sparse(asked)
        names = [self._weighing.names[column] for column in columns]
        return Shares(self._weighing.rows[:, columns] * amounts, names)


@dataclass(frozen=True, slots=True)
class Shares:
    """What each word of a text adds to the cosine with each document.

    Attributes:
        shares: a row per document, a column per word.
        names: the words.
    """

    shares: Any
    names: Sequence[str]

    @property
    def cosines(self) -> Any:
        """How like each document the text is, to the last digits."""
        return self.shares.sum(axis=1)

    def of(self, document: int) -> Similarity:
        """How like one document the text is, and by which words."""
        return _similarity(self.shares[document], self.names)


def _similarity(shares: Any, names: Sequence[str]) -> Similarity:
    shared = np.flatnonzero(shares).tolist()
    strongest = sorted((-float(shares[column]), names[column]) for column in shared)
    single = tuple(name for _, name in strongest if " " not in name)
    return Similarity(float(shares[shared].sum()), single[:SHOWN_WORDS])
