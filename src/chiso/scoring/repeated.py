"""Exact results that many units share: of a criterion whose figures take few values, each combination once."""

from __future__ import annotations

from math import prod

import numpy as np

from chiso.scoring.exact import Exact
from chiso.scoring.facts import Facts
from chiso.scoring.plan import Leaf

#: Combinations of figures of one criterion that are kept, and the fewest units for which that pays.
_MOST = 512
_FEWEST_UNITS = 64


class Repeated:
    """The exact points of leaves by the combination of figures they follow from; for given points only."""

    def __init__(self, facts: Facts) -> None:
        self._facts = facts
        self._combinations: dict[int, list[int] | None] = {}
        self._known: dict[tuple[int, int], Exact] = {}

    def key(self, leaf: Leaf, unit: int) -> tuple[int, int] | None:
        """Return what stands for the figures of a unit; None where its result is hardly another unit's."""
        if leaf.row not in self._combinations:
            self._combinations[leaf.row] = self._combined(leaf)
        combinations = self._combinations[leaf.row]
        return None if combinations is None else (leaf.row, combinations[unit])

    def get(self, key: tuple[int, int]) -> Exact | None:
        """Return the result that is known for a combination."""
        return self._known.get(key)

    def keep(self, key: tuple[int, int], value: Exact) -> None:
        """Keep the result of a combination."""
        self._known[key] = value

    def _combined(self, leaf: Leaf) -> list[int] | None:
        """Return a number for the combination of figures of each unit; None where there are too many combinations."""
        # What is compared with other units, or granted in place of a result, does not follow from the figures.
        exempt = any(code == leaf.code for _, code in self._facts.exemptions)
        if len(self._facts) < _FEWEST_UNITS or leaf.peer_formulas or exempt:
            return None
        combined, sizes = np.zeros(len(self._facts), np.int64), []
        for fact in dict.fromkeys(leaf.scope.facts.values()):
            column = self._facts.column(fact)
            if column.largest > _MOST and len(np.unique(column.numbers[: 2 * _MOST])) > _MOST // 2:
                return None
            for values in (column.numbers, column.states):
                if values is not None:
                    distinct, places = np.unique(values, return_inverse=True)
                    sizes.append(len(distinct))
                    if prod(sizes) > _MOST:
                        return None
                    combined = combined * len(distinct) + places
        numbers: list[int] = combined.tolist()
        return numbers
