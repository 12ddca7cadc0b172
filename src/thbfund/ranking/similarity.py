"""Text similarity: TF-IDF cosine between the project and each strand, with the words that made it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

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
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS  # noqa: PLC0415 - see TextSimilarity

    return frozenset(ENGLISH_STOP_WORDS | _GRANT_WORDS)


def terms(text: str) -> list[str]:
    """Folded words of a text without stop words, and pairs of neighbours."""
    ignored = stop_words()
    kept = [word.folded for word in words(text) if len(word.folded) >= SHORTEST_WORD and word.folded not in ignored]
    return kept + [f"{first} {second}" for first, second in pairwise(kept)]


class TextSimilarity:
    """TF-IDF (Sparck Jones 1972; sublinear term frequency, L2 norm) over the documents of the catalogue."""

    def __init__(self, texts: Sequence[str]) -> None:
        # Two thirds of the time that thbfund takes to start; checking a catalogue does without it.
        from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - as the line above says

        self._vectorizer = TfidfVectorizer(analyzer=terms, sublinear_tf=True)
        self._matrix = self._vectorizer.fit_transform(texts)
        self._names = self._vectorizer.get_feature_names_out().tolist()

    def compare(self, text: str) -> list[Similarity]:
        """Compare a text with every document, in their order."""
        products = self._matrix.multiply(self._vectorizer.transform([text])).tocsr()
        return [
            self._similarity(products.data[start:end], products.indices[start:end])
            for start, end in pairwise(products.indptr)
        ]

    def _similarity(self, shares: Any, terms_shared: Any) -> Similarity:
        strongest = sorted(zip((-shares).tolist(), (self._names[term] for term in terms_shared.tolist()), strict=True))
        single = tuple(name for _, name in strongest if " " not in name)
        return Similarity(float(shares.sum()), single[:SHOWN_WORDS])
