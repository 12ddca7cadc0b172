"""How good rankings are. One right answer is enough: the first right programme counts."""

from collections.abc import Sequence
from math import log2

import numpy as np

CUT = 5  # nDCG looks at the first five
RESAMPLES = 2000
SEED = 20170728  # any fixed number: the same figures every time


def rank_of_right(ranked: Sequence[str], right: frozenset[str]) -> int | None:
    """Rank, from 1, of the first right programme; None where none was ranked.

    >>> rank_of_right(["cerv", "amif-2021-2027"], frozenset({"amif-2021-2027"}))
    2
    """
    return next((rank for rank, programme in enumerate(ranked, start=1) if programme in right), None)


def hit(rank: int | None, k: int) -> float:
    """1 where the first right programme is among the first k, else 0.

    >>> hit(3, 3), hit(4, 3), hit(None, 3)
    (1.0, 0.0, 0.0)
    """
    return float(rank is not None and rank <= k)


def reciprocal(rank: int | None) -> float:
    """1 / rank (Voorhees 1999), 0 where none was ranked.

    >>> reciprocal(4), reciprocal(None)
    (0.25, 0.0)
    """
    return 1 / rank if rank else 0.0


def discounted(rank: int | None) -> float:
    """nDCG@5 with one relevant answer (Järvelin and Kekäläinen 2002): 1 / log2(1 + rank) within the cut, else 0."""
    return 1 / log2(1 + rank) if rank and rank <= CUT else 0.0


def summary(ranks: Sequence[int | None]) -> dict[str, float | int]:
    """Means over all records, to four decimals."""
    count = len(ranks)

    def mean(values: list[float]) -> float:
        return round(sum(values) / count, 4) if count else 0.0

    return {
        "n": count,
        "hit@1": mean([hit(rank, 1) for rank in ranks]),
        "hit@3": mean([hit(rank, 3) for rank in ranks]),
        "mrr": mean([reciprocal(rank) for rank in ranks]),
        "ndcg@5": mean([discounted(rank) for rank in ranks]),
    }


def interval(values: Sequence[float]) -> tuple[float, float]:
    """95 % percentile bootstrap interval of the mean (Efron 1979), with a fixed seed."""
    if not values:
        return (0.0, 0.0)
    generator = np.random.default_rng(SEED)
    sample = np.asarray(values)
    means = sample[generator.integers(0, len(sample), size=(RESAMPLES, len(sample)))].mean(axis=1)
    low, high = np.percentile(means, [2.5, 97.5])
    return (round(float(low), 4), round(float(high), 4))
