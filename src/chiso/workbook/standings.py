"""What a workbook of results shows, worked out before anything is drawn: who stands where, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.model import Dimension
from chiso.quantity import round_half_up
from chiso.scoring.attainment import Reached
from chiso.scoring.exact import Exact
from chiso.scoring.plan import Leaf
from chiso.scoring.result import absence
from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.scoring.totals import Amount


@dataclass(frozen=True, slots=True)
class Standing:
    """One unit: its position in the facts, its result, and how many criteria have none.

    ``known``: whether any criterion has points. ``rank``: None if none has, and if ``absence`` says why not.
    """

    unit: int
    name: str
    group: str
    rank: int | None
    total: Amount
    dimensions: dict[str, Amount]
    pillars: dict[str, Amount]
    band: str
    open: int
    known: bool
    absence: str


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
    found = [_standing(scores, unit, lang) for unit in range(len(scores.facts))]
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


def mean_shares(lines: Sequence[Standing], codes: Sequence[str]) -> dict[str, Fraction]:
    """Return the mean share of the maximum of each dimension over the units that have points."""
    found = {}
    for code in codes:
        shares = [one.dimensions[code].share() for one in lines if one.rank is not None and one.dimensions[code].most]
        if shares:
            found[code] = sum(shares, Fraction(0)) / len(shares)
    return found


def common_level(lines: Sequence[Grade]) -> tuple[int, int]:
    """Return the level that most units have reached, the higher one of two, and how many they are."""
    counts = Counter(one.reached.number for one in lines)
    level = max(counts, key=lambda number: (counts[number], number))
    return level, counts[level]


def number(value: Fraction, decimals: int) -> float:
    """Return what a cell shows: rounded half up by exact arithmetic; a float only because cells hold nothing else."""
    return float(round_half_up(value, decimals))


def _standing(scores: Scores, unit: int, lang: str) -> Standing:
    one, totals = scores.facts.units[unit], scores.totals
    dimensions = totals.dimensions(unit)
    total = totals.total(unit, dimensions)
    known = bool(totals.scored[unit])
    band = totals.class_of(total) if known else None
    return Standing(
        unit=unit,
        name=one.name,
        group=one.group,
        rank=totals.rank(unit),
        total=total,
        dimensions=dimensions,
        pillars=totals.pillars(dimensions),
        band=band.name[lang] if band else "",
        open=sum(1 for _ in unscored_leaves(scores, unit)),
        known=known,
        absence=absence(scores, unit, lang) or "",
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
