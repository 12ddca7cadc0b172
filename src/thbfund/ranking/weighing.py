"""Weighing words and tags: TF-IDF (Sparck Jones 1972; smoothed, rows of length 1), as scikit-learn computes it.

It is written out here because to load scikit-learn takes longer than a whole match: see decision 12.
"""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

Bag = Mapping[str, float]
"""How much of each word or tag a text has."""


class Weighing:
    """Bags as rows of numbers, in which what nearly all of them hold tells little."""

    def __init__(self, bags: Sequence[Bag], *, sublinear: bool = False) -> None:
        """Weigh bags against each other; `sublinear` where a second occurrence tells less than the first."""
        self._sublinear = sublinear
        self.names = sorted({name for bag in bags for name in bag})
        self._columns = {name: column for column, name in enumerate(self.names)}
        amounts = np.stack([self._amounts(bag) for bag in bags])
        holding = np.count_nonzero(amounts, axis=0)
        self._rarity = np.log((1 + len(bags)) / (1 + holding)) + 1
        self.rows = np.stack([_unit(row * self._rarity) for row in amounts])

    def row(self, bag: Bag) -> Any:
        """A new bag as a row; names that the others do not have are left out."""
        return _unit(self._amounts(bag) * self._rarity)

    def sparse(self, bag: Bag) -> tuple[Any, Any]:
        """A new bag as its columns in a row, and what stands in them."""
        row = self.row(bag)
        columns = np.flatnonzero(row)
        return columns, row[columns]

    def _amounts(self, bag: Bag) -> Any:
        amounts = np.zeros(len(self.names))
        for name, amount in bag.items():
            if name in self._columns:
                amounts[self._columns[name]] = amount
        if self._sublinear:
            held = amounts > 0
            amounts[held] = np.log(amounts[held]) + 1
        return amounts


def _unit(row: Any) -> Any:
    """A row brought to length 1. Squares are added one by one: another order would part equal words by a last digit."""
    squares = np.cumsum(row[row != 0] ** 2)
    return row / np.sqrt(squares[-1]) if len(squares) else row
