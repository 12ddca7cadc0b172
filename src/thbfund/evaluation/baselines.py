"""The peers' methods on the same text: TF-IDF, BM25, a plain encoder. What they cannot beat is worth having."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from rank_bm25 import BM25Okapi
from sklearn.feature_extraction.text import TfidfVectorizer

from thbfund.catalogue.contents import Catalogue
from thbfund.ranking.documents import documents
from thbfund.text.encoder import Encoder, Kind, StoredVectors, Vector

Scorer = Callable[[str], Sequence[float]]
"""Text of a project -> one score per strand."""


class Baseline:
    """Ranks programmes by the text of their best strand alone."""

    def __init__(self, catalogue: Catalogue, scorer: Callable[[Sequence[str]], Scorer]) -> None:
        self._documents = documents(catalogue)
        self._scores = scorer([document.text for document in self._documents])

    def rank(self, text: str, candidates: Sequence[str]) -> list[str]:
        """Order candidate programmes for a text; equal scores in order of id."""
        best: dict[str, float] = {}
        for document, score in zip(self._documents, self._scores(text), strict=True):
            programme = document.programme.id
            best[programme] = max(score, best.get(programme, -np.inf))
        return sorted(candidates, key=lambda programme: (-best[programme], programme))


def tfidf(texts: Sequence[str]) -> Scorer:
    """Cosine of plain TF-IDF vectors, scikit-learn's defaults with English stop words."""
    vectorizer = TfidfVectorizer(stop_words="english")
    matrix = vectorizer.fit_transform(texts)
    return lambda text: np.asarray((matrix @ vectorizer.transform([text]).T).todense()).ravel().tolist()


def bm25(texts: Sequence[str]) -> Scorer:
    """Okapi BM25 with the usual k1 = 1.5 and b = 0.75 (package rank-bm25), on the same words as TF-IDF."""
    split = TfidfVectorizer(stop_words="english").build_analyzer()
    index = BM25Okapi([split(text) for text in texts])
    return lambda text: [float(score) for score in index.get_scores(split(text))]


BASELINES: Mapping[str, Callable[[Sequence[str]], Scorer]] = {"tfidf": tfidf, "bm25": bm25}
ENCODER = "encoder"
NO_ENCODER = "no sentence encoder: not installed, or done without"


def baselines_of(catalogue: Catalogue, encoder: Encoder | None) -> dict[str, Baseline]:
    """All methods of the peers; the plain encoder only where there is an encoder."""
    found = {name: Baseline(catalogue, scorer) for name, scorer in BASELINES.items()}
    if encoder is not None:
        found[ENCODER] = Baseline(catalogue, plain_encoder(encoder, catalogue.ranking.vectors))
    return found


def plain_encoder(encoder: Encoder, stored: Mapping[str, str]) -> Callable[[Sequence[str]], Scorer]:
    """Cosine of the encoder's vectors, and nothing else; texts of the catalogue are encoded only where not stored."""

    def scorer(texts: Sequence[str]) -> Scorer:
        vectors = StoredVectors(stored, encoder)(texts, "passage")
        return lambda text: (vectors @ encoder.encode(text, "query")).tolist()

    return scorer


class Remembering:
    """An encoder that encodes no text twice: several methods ask for the same descriptions."""

    def __init__(self, encoder: Encoder) -> None:
        self.name = encoder.name
        self._encoder = encoder
        self._known: dict[tuple[str, Kind], Vector] = {}

    def encode(self, text: str, kind: Kind) -> Vector:
        """Return the vector of a text, kept from the first time."""
        if (text, kind) not in self._known:
            self._known[text, kind] = self._encoder.encode(text, kind)
        return self._known[text, kind]
