"""What a workbook of results shows, worked out before anything is drawn: who stands where, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from math import floor

import numpy as np

from chiso.framework.model import Dimension, ScoreClass
from chiso.quantity import exact_sum, round_half_up
from chiso.scoring.approximate import ROUNDOFF
from chiso.scoring.attainment import Reached
from chiso.scoring.exact import Exact
from chiso.scoring.plan import Leaf
from chiso.scoring.ranks import NO_RANK
from chiso.scoring.result import absence
from chiso.scoring.rounded import blocks
from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.scoring.totals import Amount, Amounts

#: Units whose mean is always worked out exactly: the common denominator of thousands has millions of digits.
_FEW = 100

#: Places of a share beyond which no workbook rounds one.
_FINE = 6


@dataclass(frozen=True)
class Standing:
    """One unit: its position in the facts, its result, and how many criteria have none.

    ``known``: whether any criterion has points. ``rank``: None if none has, and if ``absence`` says why not. Exact
    sums are only worked out when they are asked for.
    """

    unit: int
    name: str
    group: str
    rank: int | None
    band: str
    open: int
    known: bool
    absence: str
    scores: Scores = field(repr=False)

    @cached_property
    def _amounts(self) -> Amounts:
        return self.scores.totals.amounts(self.unit)

    @property
    def total(self) -> Amount:
        """The exact total."""
        return self._amounts.total

    @property
    def dimensions(self) -> Mapping[str, Amount]:
        """The exact points of dimensions."""
        return self._amounts.dimensions

    @property
    def pillars(self) -> Mapping[str, Amount]:
        """The exact points of pillars."""
        return self._amounts.pillars


@dataclass(frozen=True, slots=True)
class Grade:
    """One unit of a maturity framework: the level it has reached, and the criteria without figures."""

    unit: int
    name: str
    group: str
    reached: Reached
    open: int
    absence: str


def standings(scores: Scores, lang: str) -> list[Standing]:
    """Return all units by ranking group and rank; units without rank come last."""
    found = [
        _standing(scores, unit, band, lang)
        for block in blocks(scores)
        for unit, band in zip(range(block.start, block.stop), block.classes(), strict=True)
    ]
    return sorted(found, key=lambda one: (one.group, one.rank is None, one.rank or 0, one.name))


def grades(scores: Scores, lang: str) -> list[Grade]:
    """Return all units by ranking group, the highest level first."""
    found = [_grade(scores, unit, lang) for unit in range(len(scores.facts))]
    return sorted(found, key=lambda one: (one.group, -one.reached.number, one.name))


def counted_dimensions(scores: Scores) -> list[Dimension]:
    """Return the dimensions that give points."""
    return [one for one in scores.framework.dimensions if scores.totals.by_dimension[one.code]]


def open_leaves(scores: Scores, unit: int) -> Iterator[tuple[Leaf, Exact]]:
    """Yield the criteria of a unit that should have a result and have none, with the reason."""
    if scores.framework.is_maturity:
        reached = scores.reached(unit)
        yield from _unmeasured(scores, reached)
    else:
        yield from ((leaf, scores.exact(unit, leaf.code)) for leaf in unscored_leaves(scores, unit))


def mean_shares(scores: Scores, lines: Sequence[Standing], codes: Sequence[str]) -> dict[str, Fraction]:
    """Return the mean share of the maximum of each dimension over the units that have points.

    Exact for a few units; for many a number that is rounded as the exact one is, to any places shown.
    """
    ranked = [one for one in lines if one.rank is not None]
    found = {}
    for code in codes:
        mean = _near_mean(scores, code) if len(ranked) > _FEW else None
        if mean is None:
            shares = [one.dimensions[code].share() for one in ranked if one.dimensions[code].most]
            mean = exact_sum(shares) / len(shares) if shares else None
        if mean is not None:
            found[code] = mean
    return found


def _near_mean(scores: Scores, code: str) -> Fraction | None:
    """Return the mean share of a dimension from float64; None where its error could show."""
    totals = scores.totals
    amount = totals.approximate(np.arange(len(scores.facts))).dimensions[code]
    applies = np.logical_and(totals.ranks != NO_RANK, np.asarray(amount.most) != 0.0)
    shares = np.broadcast_to(np.asarray(amount.share(), np.float64), len(applies))[applies]
    if not len(shares):
        return None
    # A sum of n floats is off by less than n roundings of its own size.
    error = totals.error(by_share=True) + 2 * ROUNDOFF * len(shares)
    mean = Fraction(float(shares.sum())) / len(shares)
    low, high = (floor((mean + sign * Fraction(error)) * 10**_FINE) for sign in (-1, 1))
    # All that rounds differently has a step of this grid between them.
    return Fraction(low, 10**_FINE) if low == high else None


def common_level(lines: Sequence[Grade]) -> tuple[int, int]:
    """Return the level that most units have reached, the higher one of two, and how many they are."""
    counts = Counter(one.reached.number for one in lines)
    level = max(counts, key=lambda number: (counts[number], number))
    return level, counts[level]


def number(value: Fraction, decimals: int) -> float:
    """Return what a cell shows: rounded half up by exact arithmetic; a float only because cells hold nothing else."""
    return float(round_half_up(value, decimals))


def _standing(scores: Scores, unit: int, band: ScoreClass | None, lang: str) -> Standing:
    one, known = scores.facts.units[unit], bool(scores.totals.scored[unit])
    return Standing(
        unit=unit,
        name=one.name,
        group=one.group,
        rank=scores.totals.rank(unit),
        band=band.name[lang] if band is not None and known else "",
        open=sum(1 for _ in unscored_leaves(scores, unit)),
        known=known,
        absence=absence(scores, unit, lang) or "",
        scores=scores,
    )


def unscored_leaves(scores: Scores, unit: int) -> Iterator[Leaf]:
    """Yield the criteria of a unit that count in its total and have no points."""
    states = scores.states_of(unit)
    for leaf in scores.plan.leaves:
        if leaf.counted and states[leaf.row] != State.GIVEN and not scores.left_out(unit, leaf):
            yield leaf


def _grade(scores: Scores, unit: int, lang: str) -> Grade:
    one = scores.facts.units[unit]
    reached = scores.reached(unit)
    open_ = sum(1 for _ in _unmeasured(scores, reached))
    return Grade(unit, one.name, one.group, reached, open_, absence(scores, unit, lang) or "")


def _unmeasured(scores: Scores, reached: Reached) -> Iterator[tuple[Leaf, Exact]]:
    for code in reached.open:
        yield scores.plan.leaves[scores.plan.rows[code]], reached.value(code)
