"""RANK: the score of a strand is the sum of named contributions, each a weight times a feature."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record, originals
from thbfund.catalogue.ranking_data import WeightSet
from thbfund.project import Project
from thbfund.ranking.documents import StrandDocument, documents, query
from thbfund.ranking.estimate import Estimates
from thbfund.ranking.features import FEATURES, FULL_SIMILARITY, Feature, PlaceFit, TagWeights, features_of
from thbfund.ranking.meaning import EncodedMeaning, Meaning, WordMeaning
from thbfund.ranking.relevance import field_share
from thbfund.ranking.similar import FundedProjects
from thbfund.ranking.similarity import Shares, TextSimilarity, terms
from thbfund.ranking.usual import UsualProjects
from thbfund.text.encoder import Encoder, StoredVectors
from thbfund.text.reading import Reader, Understanding

Band = Literal["strong", "possible", "weak"]
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
    fit: WeightSet

    @property
    def band(self) -> Band:
        """The score in a word; never a chance of winning."""
        if self.score >= self.fit.strong:
            return "strong"
        return "possible" if self.score >= self.fit.possible else "weak"


@dataclass(frozen=True, slots=True)
class Compared:
    """A project beside all strands and funded projects of the catalogue.

    Attributes:
        words: what it shares with the text of each strand.
        meaning: how near in meaning it is to each strand, from 0 to 1; None where that is not known.
        of_programmes: features that all strands of a programme share, by name and programme: they come from funded
            projects. Those that no data back are missing.
    """

    words: Shares
    meaning: Any | None
    of_programmes: Mapping[str, Mapping[str, Feature]]


class Ranker:
    """Scores all strands of one catalogue.

    Meaning counts where the weights ask for it: by the encoder that they were fitted with, else by words alone.
    """

    def __init__(self, catalogue: Catalogue, encoder: Encoder | None, fit: WeightSet | None = None) -> None:
        self.catalogue = catalogue
        self.documents = documents(catalogue)
        self.fit, encoder = (fit, encoder) if fit else fit_of(catalogue, encoder)
        meaning_counts = bool(self.fit.weights.meaning or self.fit.weights.similar_projects)
        self.encoder = encoder if meaning_counts else None
        self.vectors = StoredVectors(catalogue.ranking.vectors, self.encoder) if self.encoder else None
        records = originals(catalogue.ranking.labelled)
        texts = [document.text for document in self.documents]
        self._similarity = TextSimilarity(texts)
        self._meaning = _meaning(texts, records, self.vectors) if meaning_counts else None
        self._weights = {
            "target_groups": TagWeights.of([document.strand.tags.target_groups for document in self.documents]),
            "activities": TagWeights.of([document.strand.tags.activities for document in self.documents]),
        }
        self.reader = Reader(catalogue, self.encoder)
        vocabularies = catalogue.vocabularies
        self._places = [PlaceFit(document.programme, document.strand, vocabularies) for document in self.documents]
        self._funded = FundedProjects(catalogue, records, self.reader) if records else None
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

        The others are only estimated, which takes a fraction of the time.
        """
        compared = self.compared(understood, project)
        share = max(share, LEAST_SHARE)
        rows = self._estimates.leading(share * self.estimates(understood, compared), among, top)
        return [self._score(self.documents[row], self._features(row, understood, compared), share) for row in rows]

    def estimates(self, understood: Understanding, compared: Compared) -> Any:
        """Roughly what each strand would score for a project at the core of the field."""
        return self._estimates.of(understood, compared.words.cosines, compared.meaning, compared.of_programmes)

    def features(
        self, understood: Understanding, project: Project, apart: frozenset[str] = frozenset()
    ) -> list[dict[str, Feature]]:
        """All features of every strand, in the order of the catalogue; those that no data back are missing."""
        compared = self.compared(understood, project, apart)
        return [self._features(row, understood, compared) for row in range(len(self.documents))]

    def compared(self, understood: Understanding, project: Project, apart: frozenset[str] = frozenset()) -> Compared:
        """Compare a project with the text of every strand and with funded projects."""
        asked = Counter(terms(query(understood, self.catalogue.vocabularies)))
        near = self._meaning.near(understood, asked, apart) if self._meaning else None
        of_programmes: dict[str, Mapping[str, Feature]] = {}
        if self._funded is not None and self._usual is not None:
            of_programmes = {
                **self._funded.alike(understood, near.projects if near else None, apart),
                **self._usual.features(project, apart),
            }
        known = {name: per for name, per in of_programmes.items() if per}
        return Compared(self._similarity.shares(asked), near.strands if near else None, known)

    def _features(self, row: int, understood: Understanding, compared: Compared) -> dict[str, Feature]:
        """All features of one strand."""
        document, like = self.documents[row], compared.words.of(row)
        text = Feature(min(1.0, like.cosine / FULL_SIMILARITY), like.words)
        features = {"text": text, **features_of(document, understood, self._weights, self._places[row])}
        if compared.meaning is not None:
            features["meaning"] = Feature(float(compared.meaning[row]))
        return features | {name: per[document.programme.id] for name, per in compared.of_programmes.items()}

    def _score(self, document: StrandDocument, found: Mapping[str, Feature], share: float) -> StrandScore:
        weights = self.fit.weights
        contributions = tuple(
            Contribution(name, round(share * weight * found[name].value, DECIMALS), found[name].shared)
            for name in FEATURES
            if (weight := getattr(weights, name)) and name in found
        )
        score = round(sum(part.value for part in contributions), DECIMALS)
        return StrandScore(document, score, contributions, self.fit)


def fit_of(catalogue: Catalogue, encoder: Encoder | None) -> tuple[WeightSet, Encoder | None]:
    """The weights that hold for a catalogue, and the encoder if they were fitted with it.

    Where none were fitted, those of `Weights` hold.
    """
    fitted = catalogue.ranking.fitted
    if fitted is None:
        return WeightSet(), None
    known = encoder is not None and encoder.name == fitted.encoder
    return (fitted.with_encoder, encoder) if known else (fitted.without_encoder, None)


def _meaning(strands: Sequence[str], records: Sequence[Record], vectors: StoredVectors | None) -> Meaning:
    return EncodedMeaning(strands, records, vectors) if vectors else WordMeaning(strands, records)
