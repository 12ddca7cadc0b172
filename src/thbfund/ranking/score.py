"""RANK: the score of a strand is the sum of named contributions, each a weight times a feature."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import originals
from thbfund.catalogue.ranking_data import Fit
from thbfund.project import Project
from thbfund.ranking.documents import StrandDocument, documents, query
from thbfund.ranking.estimate import Estimates
from thbfund.ranking.features import FEATURES, FULL_SIMILARITY, Feature, PlaceFit, TagWeights, features_of, nearness
from thbfund.ranking.relevance import field_share
from thbfund.ranking.similar import FundedProjects
from thbfund.ranking.similarity import Shares, TextSimilarity
from thbfund.ranking.usual import UsualProjects
from thbfund.text.encoder import Encoder, StoredVectors
from thbfund.text.reading import Reader, Understanding

Band = Literal["strong", "possible", "weak"]
_OfProgrammes = Mapping[str, Mapping[str, Feature]]
Compared = tuple[Shares, _OfProgrammes]

LEAST_SHARE = 0.1  # what lies outside the field is ranked too, far below; that nothing fits is told apart from scores
DECIMALS = 4  # contributions are rounded, and the score is their sum, so that the sum holds to the last digit


@dataclass(frozen=True, slots=True)
class Contribution:
    """What one feature adds to the score.

    Attributes:
        name: of the feature.
        value: points, between 0 and the feature's weight; less than 0 where something is unusual.
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
    fit: Fit

    @property
    def band(self) -> Band:
        """The score in a word; never a chance of winning."""
        if self.score >= self.fit.strong:
            return "strong"
        return "possible" if self.score >= self.fit.possible else "weak"


class Ranker:
    """Scores all strands of one catalogue.

    With an encoder, meaning counts; without one, or where no weight asks for it, words and tags alone do.
    """

    def __init__(self, catalogue: Catalogue, encoder: Encoder | None, fit: Fit | None = None) -> None:
        self.catalogue = catalogue
        self.documents = documents(catalogue)
        self.fit = fit or fit_of(catalogue, encoder)
        data = catalogue.ranking
        meaning_counts = self.fit.weights.meaning or self.fit.weights.similar_projects
        self.encoder = encoder if meaning_counts else None
        self.vectors = StoredVectors(data.vectors, self.encoder) if self.encoder else None
        texts = [document.text for document in self.documents]
        self._similarity = TextSimilarity(texts)
        self._texts = self.vectors(texts, "passage") if self.vectors else None
        self._weights = {
            "target_groups": TagWeights.of([document.strand.tags.target_groups for document in self.documents]),
            "activities": TagWeights.of([document.strand.tags.activities for document in self.documents]),
        }
        self.reader = Reader(catalogue, self.encoder)
        vocabularies = catalogue.vocabularies
        self._places = [PlaceFit(document.programme, document.strand, vocabularies) for document in self.documents]
        records = originals(data.labelled)
        self._funded = FundedProjects(catalogue, records, self.vectors, self.reader) if records else None
        self._usual = UsualProjects(catalogue, records) if records else None
        self._estimates = Estimates(self.documents, self.fit.weights, self._weights, self._places)

    def score(
        self,
        understood: Understanding,
        project: Project,
        apart: frozenset[str] = frozenset(),
        share: float | None = None,
    ) -> list[StrandScore]:
        """Score every strand, in the order of the catalogue.

        Args:
            understood: what was read from the description.
            project: what the form says.
            apart: groups of labelled records that may not count as similar projects: the project's own, in a test.
            share: how far the project belongs to the field, where that was worked out before.
        """
        share = max(field_share(understood) if share is None else share, LEAST_SHARE)
        return [
            self._score(document, found, share)
            for document, found in zip(self.documents, self.features(understood, project, apart), strict=True)
        ]

    def leading(
        self, understood: Understanding, project: Project, share: float, among: Collection[str], top: int
    ) -> list[StrandScore]:
        """Score the strands that may lead: those of the first `top` programmes of `among`, and the best of all.

        The others are only estimated, which takes a fraction of the time; where meaning counts, that takes longest.
        """
        if understood.vector is not None:
            return self.score(understood, project, share=share)
        compared = self.compared(understood, project)
        share = max(share, LEAST_SHARE)
        rows = self._estimates.leading(share * self.estimates(understood, compared), among, top)
        return [self._score(self.documents[row], self._features(row, understood, *compared), share) for row in rows]

    def estimates(self, understood: Understanding, compared: Compared) -> Any:
        """Roughly what each strand would score for a project at the core of the field, without meaning."""
        like, of_programmes = compared
        return self._estimates.of(understood, like.cosines, of_programmes)

    def features(
        self, understood: Understanding, project: Project, apart: frozenset[str] = frozenset()
    ) -> list[dict[str, Feature]]:
        """All features of every strand, in the order of the catalogue; those that no data back are missing."""
        compared = self.compared(understood, project, apart)
        return [self._features(row, understood, *compared) for row in range(len(self.documents))]

    def compared(self, understood: Understanding, project: Project, apart: frozenset[str] = frozenset()) -> Compared:
        """What a project shares with the text of every strand, and the features that come from funded projects."""
        like = self._similarity.shares(query(understood, self.catalogue.vocabularies))
        return like, self._features_of_programmes(understood, project, apart)

    def _features(
        self, row: int, understood: Understanding, compared: Shares, of_programmes: _OfProgrammes
    ) -> dict[str, Feature]:
        """All features of one strand."""
        document, like = self.documents[row], compared.of(row)
        text = Feature(min(1.0, like.cosine / FULL_SIMILARITY), like.words)
        features = {"text": text, **features_of(document, understood, self._weights, self._places[row])}
        if self._texts is not None and understood.vector is not None:
            features["meaning"] = nearness(float(self._texts[row] @ understood.vector))
        return features | {name: per[document.programme.id] for name, per in of_programmes.items() if per}

    def _features_of_programmes(
        self, understood: Understanding, project: Project, apart: frozenset[str]
    ) -> _OfProgrammes:
        """Features that all strands of a programme share: they come from funded projects."""
        if self._funded is None or self._usual is None:
            return {}
        return {
            "similar_projects": self._funded.by_meaning(understood, apart),
            "similar_work": self._funded.by_work(understood, apart),
            **self._usual.features(project, apart),
        }

    def _score(self, document: StrandDocument, found: Mapping[str, Feature], share: float) -> StrandScore:
        weights = self.fit.weights
        contributions = tuple(
            Contribution(name, round(share * weight * found[name].value, DECIMALS), found[name].shared)
            for name in FEATURES
            if (weight := getattr(weights, name)) and name in found
        )
        score = round(sum(part.value for part in contributions), DECIMALS)
        return StrandScore(document, score, contributions, self.fit)


def fit_of(catalogue: Catalogue, encoder: Encoder | None) -> Fit:
    """The weights that hold for a catalogue: the fitted ones, or where there are none those of `Weights`."""
    fitted = catalogue.ranking.fitted
    if fitted is None:
        return Fit()
    return fitted.with_encoder if encoder and encoder.name == fitted.encoder else fitted.without_encoder
