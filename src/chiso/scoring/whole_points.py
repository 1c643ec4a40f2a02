"""Exact points of the units of a block, worked out together in whole numbers and handed out unit by unit."""

from __future__ import annotations

from fractions import Fraction

import numpy as np

from chiso.scoring.exact import Exact
from chiso.scoring.facts import Indices
from chiso.scoring.meaning import decided_points
from chiso.scoring.plan import Leaf
from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.scoring.whole import TooLargeError, WholeArithmetic

#: Compared with as the type the states are kept in.
MISSING = np.uint8(State.MISSING)


class WholePoints:
    """The exact points of the units ``start:stop``, as far as they are given and fit 64 bits.

    Exempt criteria and those that a verifier decided are left out: they explain themselves beside their points.
    """

    def __init__(self, scores: Scores, start: int, stop: int) -> None:
        self._scores, self._start, self._units = scores, start, stop - start
        self._arithmetic = WholeArithmetic(scores.facts, start, stop, scores.peers)
        columns = [(leaf, self._column(leaf)) for leaf in scores.plan.leaves if self._fits(leaf)]
        self._columns = [(leaf.code, leaf.row, column) for leaf, column in columns if column is not None]
        self._exempt = [key for key in scores.facts.exemptions if start <= key[0] < stop]

    def of(self, unit: int) -> dict[str, Exact]:
        """Return what is known of a unit, by the code of the criterion."""
        states, at = self._scores.states_of(unit), unit - self._start
        given = [(code, column[at]) for code, row, column in self._columns if states[row] == State.GIVEN]
        found = {code: cell for code, cell in given if cell is not None}
        for exempt, code in self._exempt:
            if exempt == unit:
                found.pop(code, None)
        return found

    def _fits(self, leaf: Leaf) -> bool:
        by_levels = leaf.rule.kind == "levels" or leaf.left_out is not None
        rounded = self._scores.framework.policies.rounding.at == "criterion"
        return not (by_levels or rounded)

    def _column(self, leaf: Leaf) -> list[Exact | None] | None:
        """Return the points of every unit of the block, also where they mean nothing; None where they may not fit."""
        try:
            found = decided_points(leaf.rule, leaf.full, leaf.scope, leaf.decided, self._arithmetic).reduced()
        except TooLargeError:
            return None
        pairs = list(zip(found.over.tolist(), found.under.tolist(), strict=True))
        if leaf.consequence == "full" and not found.known.all():
            full = (leaf.full.numerator, leaf.full.denominator)
            pairs = [pair if known else full for pair, known in zip(pairs, found.known.tolist(), strict=True)]
        made = {pair: Exact(State.GIVEN, Fraction(*pair)) for pair in set(pairs)}
        column: list[Exact | None] = [made[pair] for pair in pairs]
        for at in self._decided(leaf):
            column[at] = None
        return column

    def _decided(self, leaf: Leaf) -> Indices:
        """Return the positions in the block of units for which a verifier stated points."""
        decided = self._scores.facts.columns.get(leaf.decided)
        if decided is None:
            return np.zeros(0, np.intp)
        here = slice(self._start, self._start + self._units)
        return np.arange(self._units) if decided.states is None else np.flatnonzero(decided.states[here] != MISSING)
