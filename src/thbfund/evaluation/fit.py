"""FIT: labelled records -> weights, by conditional logit with weights that are never negative.

Among the programmes of a record's period, the one that paid should score highest: the model of choice of McFadden
(1974), with the score of a programme's best strand as its utility. Each record counts twice, by its text alone and with
what the form asks. Weights are found by L-BFGS-B (Byrd et al. 1995), and judged on records that they have not seen:
ten folds, none of which parts a record from its translations or sister projects.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize
from sklearn.model_selection import GroupKFold

from thbfund.catalogue.contents import Catalogue
from thbfund.catalogue.labelled import Record, originals
from thbfund.catalogue.ranking_data import Weights, WeightSet
from thbfund.evaluation.metrics import hit, rank_of_right
from thbfund.evaluation.records import Mode, project_of
from thbfund.ranking import Ranker
from thbfund.ranking.features import FEATURES
from thbfund.text import Reader
from thbfund.text.encoder import Encoder

Array = npt.NDArray[np.float64]

MODES: tuple[Mode, ...] = ("text", "form")
FOLDS = 10
RIDGE = 0.02  # keeps weights near each other where the records do not tell them apart
ROUNDS = 4  # which strand of a programme is its best depends on the weights, and they on it
HOPEFUL = 0.02  # share of records whose payer may stay below the band `possible`, by its text alone
SURE = 0.8  # share of records in the band `strong` whose payer came first, at least
DIGITS = 4
STEEP = 20.0  # weights sum to 1; this spreads their scores to utilities, and is fitted with them


@dataclass(frozen=True, slots=True)
class Samples:
    """Records as numbers.

    Attributes:
        features: samples x strands x features.
        candidates: samples x programmes, whether it is of the record's period.
        right: samples x programmes, whether it paid or can be defended.
        groups: per sample, what it shares with its translations and sister projects.
        modes: per sample, `text` or `form`.
    """

    features: Array
    candidates: npt.NDArray[np.bool_]
    right: npt.NDArray[np.bool_]
    groups: npt.NDArray[np.str_]
    modes: npt.NDArray[np.str_]


def samples_of(catalogue: Catalogue, records: Sequence[Record], encoder: Encoder | None) -> tuple[Samples, Ranker]:
    """Read every scored English record in both modes, and find the features of every strand for it."""
    ranker = Ranker(catalogue, encoder, WeightSet(weights=Weights(meaning=1.0)))
    return read_samples(ranker, originals(records), MODES, encoder), ranker


def read_samples(ranker: Ranker, records: Sequence[Record], modes: Sequence[Mode], encoder: Encoder | None) -> Samples:
    """Read records in some modes: all in the first mode, then all in the next."""
    catalogue = ranker.catalogue
    reader = Reader(catalogue, encoder)
    rows = []
    for mode in modes:
        for record in records:
            project = project_of(record, mode, catalogue.vocabularies)
            found = ranker.features(reader.read(project), project, frozenset({record.group}))
            rows.append([[strand[name].value if name in strand else 0.0 for name in FEATURES] for strand in found])
    programmes = list(catalogue.programmes.values())
    candidates = [[record.period in one.periods for one in programmes] for record in records]
    right = [[one.id in record.right for one in programmes] for record in records]
    return Samples(
        features=np.array(rows),
        candidates=np.array(candidates * len(modes)),
        right=np.array(right * len(modes)),
        groups=np.array([record.group for record in records] * len(modes)),
        modes=np.repeat(modes, len(records)),
    )


class Choice:
    """Conditional logit over programmes, each standing by its best strand."""

    def __init__(self, catalogue: Catalogue, ranker: Ranker) -> None:
        names = [document.programme.id for document in ranker.documents]
        self.programmes = list(catalogue.programmes)
        self._strands = [np.flatnonzero(np.array(names) == programme) for programme in self.programmes]

    def best(self, features: Array, weights: Array) -> Array:
        """Features of each programme's best strand: samples x programmes x features."""
        scores = features @ weights
        chosen = [rows[scores[:, rows].argmax(axis=1)] for rows in self._strands]
        return np.stack([features[np.arange(len(features)), rows] for rows in chosen], axis=1)

    def fit(self, samples: Samples, rows: Any) -> Array:
        """Weights, not yet brought to a sum, under which the payers of some samples score highest."""
        features, right = samples.features[rows], (samples.right & samples.candidates)[rows]
        weights = np.full(features.shape[2], STEEP / features.shape[2])
        for _ in range(ROUNDS):
            weights = _maximum(self.best(features, weights), samples.candidates[rows], right, weights)
        return weights

    def orders(self, samples: Samples, rows: Any, weights: Array) -> list[list[str]]:
        """Programmes of the record's period by score, per sample; equal scores in order of id."""
        scores = (self.best(samples.features[rows], weights) @ weights).round(DIGITS)
        return [
            [
                self.programmes[row]
                for row in sorted(np.flatnonzero(allowed), key=lambda row: (-score[row], self.programmes[row]))
            ]
            for score, allowed in zip(scores, samples.candidates[rows], strict=True)
        ]

    def ranks(self, orders: Sequence[Sequence[str]], samples: Samples) -> list[int | None]:
        """Rank of the first right programme in the order of each sample."""
        names = np.array(self.programmes)
        return [
            rank_of_right(order, frozenset(names[right])) for order, right in zip(orders, samples.right, strict=True)
        ]


def _maximum(features: Array, candidates: Any, right: Any, start: Array) -> Array:
    """Weights of the greatest penalised likelihood, none below zero."""

    def loss(weights: Array) -> tuple[float, Array]:
        utility = np.where(candidates, features @ weights, -np.inf)
        odds = np.exp(utility - utility.max(axis=1, keepdims=True))
        chance = odds / odds.sum(axis=1, keepdims=True)
        paid = chance * right
        total = paid.sum(axis=1) + 1e-12
        slope = np.einsum("np,npk->k", chance - paid / total[:, None], features)
        return float(-np.log(total).sum() + RIDGE * weights @ weights / 2), slope + RIDGE * weights

    bounds = [(0.0, None)] * len(start)
    return cast("Array", minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x)


def fitted(catalogue: Catalogue, records: Sequence[Record], encoder: Encoder | None) -> tuple[WeightSet, Ranker]:
    """Fit weights and bands on labelled records, with figures from cross-validation; and the ranker that was used."""
    samples, ranker = samples_of(catalogue, records, encoder)
    choice = Choice(catalogue, ranker)
    everything = np.arange(len(samples.features))
    figures = _cross_validated(choice, samples)
    raw = choice.fit(samples, everything)
    weights = raw / raw.sum()
    ranks = choice.ranks(choice.orders(samples, everything, weights), samples)
    scores = np.where(samples.candidates, choice.best(samples.features, weights) @ weights, 0)
    named = {name: round(float(weight), DIGITS) for name, weight in zip(FEATURES, weights, strict=True)}
    strong, possible = _bands(scores, samples, ranks)
    return WeightSet(weights=Weights(**named), strong=strong, possible=possible, cross_validated=figures), ranker


def _cross_validated(choice: Choice, samples: Samples) -> dict[str, dict[str, float]]:
    [orders] = cross_validated_orders(choice, samples)
    ranks = choice.ranks(orders, samples)
    return {
        mode: {
            f"hit@{k}": round(float(np.mean([hit(ranks[row], k) for row in np.flatnonzero(samples.modes == mode)])), 4)
            for k in (1, 3)
        }
        for mode in MODES
    }


def cross_validated_orders(choice: Choice, samples: Samples, *others: Samples) -> list[list[list[str]]]:
    """Programmes by score, per sample, by weights that were fitted without the sample's group.

    Samples of `others`, such as translations, are ranked by the same weights as those of their group, and never fitted
    on; where they share a group with none, their order is empty.
    """
    found: list[list[list[str]]] = [[[]] * len(each.groups) for each in (samples, *others)]
    for train, test in GroupKFold(FOLDS).split(samples.features, groups=samples.groups):
        weights = choice.fit(samples, train)
        for each, orders in zip((samples, *others), found, strict=True):
            rows = np.flatnonzero(np.isin(each.groups, samples.groups[test]))
            for row, order in zip(rows, choice.orders(each, rows, weights), strict=True):
                orders[row] = order
    return found


def _bands(scores: Array, samples: Samples, ranks: Sequence[int | None]) -> tuple[float, float]:
    """Floors of the bands: a strong fit is seldom wrong, and few programmes that paid are called a weak one."""
    by_text = samples.modes == "text"
    paid = (scores * samples.right).max(axis=1)[by_text]
    best = scores.max(axis=1)
    right = np.array([hit(rank, 1) for rank in ranks])
    floors = [floor for floor in sorted(best) if right[best >= floor].mean() >= SURE]
    strong = floors[0] if floors else best.max()
    return round(float(strong), DIGITS), round(float(np.quantile(paid, HOPEFUL)), DIGITS)
