"""The peers' methods on the same text: plain TF-IDF cosine, and BM25. What they cannot beat is worth having."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from rank_bm25 import BM25Okapi
from sklearn.feature_extraction.text import TfidfVectorizer

from thbfund.catalogue.contents import Catalogue
from thbfund.ranking.documents import documents

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
