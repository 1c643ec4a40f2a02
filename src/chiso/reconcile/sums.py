"""Sums that do not hold, whether rounding explains them, and which single figure could be to blame."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction

from chiso.framework.reach.pointset import PointSet, added
from chiso.quantity import round_half_up
from chiso.reconcile.equations import Equation
from chiso.reconcile.finding import PublishedFinding, Sum, Term, finding
from chiso.reconcile.stated import Stated

ZERO = Fraction(0)


def sums(stated: Stated) -> Iterator[PublishedFinding]:
    """Yield every sum that does not hold as printed, and for those without unknowns what would repair it."""
    failing = []
    for equation in stated.equations:
        off = difference(stated, equation)
        if ZERO not in _room(stated, equation):
            failing.append(equation)
            yield _broken(stated, equation, off)
        elif off and not _blank(stated, equation):
            yield finding("R402", equation.whole, **_figures(stated, equation, off))
    yield from _repairs(stated, failing)


def difference(stated: Stated, equation: Equation) -> Fraction:
    """Return the printed whole minus its printed parts; what is not printed counts nothing."""
    parts = (_value(stated, code) * factor for code, factor in equation.parts.items())
    return _value(stated, equation.whole) - sum(parts, ZERO)


def needed(equation: Equation, code: str, sets: Mapping[str, PointSet]) -> PointSet:
    """Return what a code of an equation must be, given what the others can be."""
    others = added(sets[part].scaled(factor) for part, factor in equation.parts.items() if part != code)
    if code == equation.whole:
        return others
    return (sets[equation.whole] - others).scaled(1 / equation.parts[code])


def written(stated: Stated, equation: Equation, sought: Mapping[str, PointSet]) -> Sum:
    """Return an equation for a finding, in which ``sought`` stands for what is looked for."""

    def term(code: str, factor: Fraction) -> Term:
        return Term(code, None if code in sought else _value(stated, code), factor)

    parts = tuple(term(code, factor) for code, factor in equation.parts.items())
    return Sum(
        parts, term(equation.whole, Fraction(1)), {code: sought[code] for code in equation.codes if code in sought}
    )


def _value(stated: Stated, code: str) -> Fraction:
    value = stated.published.value(code)
    return ZERO if value is None else value


def _blank(stated: Stated, equation: Equation) -> list[str]:
    return [code for code in equation.codes if code in stated.sought and stated.published.value(code) is None]


def _room(stated: Stated, equation: Equation) -> PointSet:
    """Return every exact difference that the table as printed allows; the sum can hold when 0 is among them."""
    parts = added(stated.as_printed(code).scaled(factor) for code, factor in equation.parts.items())
    return parts - stated.as_printed(equation.whole)


def _rounding(stated: Stated, equation: Equation, off: Fraction) -> Fraction:
    """Return the largest difference of this sign that rounding can make."""
    blank = set(_blank(stated, equation))
    signed = {**equation.parts, equation.whole: Fraction(-1)}
    most = ZERO
    for code, factor in signed.items():
        if code in blank:
            continue
        ends = stated.as_printed(code).scaled(factor)
        printed = _value(stated, code) * factor
        most += ends.high - printed if off > 0 else printed - ends.low
    return most


def _figures(stated: Stated, equation: Equation, off: Fraction) -> dict[str, Fraction]:
    printed = _value(stated, equation.whole)
    rounding = _rounding(stated, equation, off)
    return {"printed": printed, "sum": printed - off, "difference": off, "rounding": rounding}


def _broken(stated: Stated, equation: Equation, off: Fraction) -> PublishedFinding:
    blank = {code: stated.possible[code] for code in _blank(stated, equation)}
    equation_text = written(stated, equation, blank)
    return finding("R401", equation.whole, **_figures(stated, equation, off), equation=equation_text)


# -- one wrong figure


def _repairs(stated: Stated, failing: list[Equation]) -> Iterator[PublishedFinding]:
    told: set[str] = set()
    for equation in failing:
        if stated.sought.intersection(equation.codes):
            continue
        candidates = _candidates(stated, equation, failing)
        if len(candidates) == 1:
            code, value = next(iter(candidates.items()))
            if code not in told:
                told.add(code)
                line = written(stated, equation, {code: stated.possible[code]})
                yield finding("R505", code, printed=_value(stated, code), value=value, equation=line)
        elif candidates:
            yield finding("R504", equation.whole, candidates=candidates)


def _candidates(stated: Stated, equation: Equation, failing: list[Equation]) -> dict[str, Fraction]:
    """Return each code that, if it alone were wrong, would let every sum it is in hold, and what it would be.

    Where one of them would repair other sums that fail as well, only such codes are returned.
    """
    found: dict[str, tuple[int, Fraction]] = {}
    for code in equation.codes:
        if stated.published.value(code) is None:
            continue
        fitting, repaired = stated.possible[code], 0
        for other in stated.equations:
            if code in other.codes:
                sets = {one: stated.stands_for(one) for one in other.codes}
                fitting = fitting & needed(other, code, sets)
                repaired += other in failing
        if fitting:
            found[code] = repaired, settled(stated, fitting, equation, code)
    most = max((repaired for repaired, _ in found.values()), default=0)
    return {code: value for code, (repaired, value) in found.items() if repaired == most}


def settled(
    stated: Stated, fitting: PointSet, equation: Equation, code: str, others: Mapping[str, Fraction] | None = None
) -> Fraction:
    """Return the value of a set that fits the printed figures best, with the places that the table prints.

    ``others``: values of further codes that are to be taken instead of the printed ones.
    """
    exact = {one: PointSet.of((others or {}).get(one, _value(stated, one))) for one in equation.codes}
    return round_half_up(fitting.nearest(needed(equation, code, exact).low), stated.places)
