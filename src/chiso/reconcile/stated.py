"""What each printed value of a table stands for: the exact points that would be printed so.

A value ``v`` printed with ``d`` places stands for the points from ``v - 0.5 * 10**-d`` up to, but not including,
``v + 0.5 * 10**-d`` (half-up rounding, reading A15), and among them only for what the rule can give or the parts can
add up to.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from chiso.framework.reach.points import possible
from chiso.framework.reach.pointset import EMPTY, PointSet, added
from chiso.reconcile.equations import Equation, Structure, printed_equations
from chiso.reconcile.published import TOTAL
from chiso.scoring.states import State

if TYPE_CHECKING:
    from chiso.framework.model import Framework
    from chiso.reconcile.published import Published

ZERO = Fraction(0)


class Stated:
    """A table read against a framework.

    ``possible``: the points that each code can get; a code without points is not in it. ``sought``: codes whose points
    are blank, unreadable, above the maximum or impossible, so that they are unknown. ``equations``: the sums that the
    table allows to check.
    """

    def __init__(self, framework: Framework, published: Published) -> None:
        self.framework, self.published = framework, published
        self.structure = Structure(framework)
        self.places = published.table_places(framework.policies.rounding.decimals)
        self.possible = self._possible()
        self.equations = printed_equations(self.structure, published.points.keys() & self.possible.keys())
        in_use = dict.fromkeys(code for equation in self.equations for code in equation.codes)
        self.sought = {code for code in in_use if self._unknown(code)}
        self._known: dict[str, PointSet] = {}
        for equation in self.equations:
            for code in equation.codes:
                self._settle(code, equation)

    def _possible(self) -> dict[str, PointSet]:
        found = {
            code: possible(self.framework, criterion, by_verifier=code in self.published.decided)
            for code, criterion in self.framework.criteria.items()
            if not criterion.criteria and code in self.structure.full
        }
        for equation in self.structure.equations:
            found[equation.whole] = added(found[code].scaled(factor) for code, factor in equation.parts.items())
        return found

    def maximum(self, code: str) -> Fraction:
        """Return the maximum of a code that gives points, as written or as its parts add up to."""
        framework = self.framework
        rows = {pillar.code: pillar.max_points for pillar in framework.pillars}
        rows |= {dimension.code: dimension.max_points for dimension in framework.dimensions}
        rows |= {criterion.code: criterion.max_points for criterion in framework.criteria.values()}
        rows[TOTAL] = framework.max_points
        written = rows.get(code)
        return self.structure.full[code] if written is None else written

    def rounded_from(self, code: str) -> PointSet:
        """Return the points that would be printed as the table prints this code, whatever its rule."""
        value = self.published.value(code)
        if value is None:
            return EMPTY
        half = Fraction(1, 2 * 10 ** max(self.places, self.published.places.get(code, 0)))
        return PointSet.between(max(value - half, ZERO), value + half, high_open=True)

    def is_above(self, code: str) -> bool:
        """Tell whether the printed points are above the maximum."""
        value = self.published.value(code)
        return value is not None and value > self.maximum(code)

    def is_impossible(self, code: str) -> bool:
        """Tell whether the printed points are not above the maximum, and still cannot come from the rule."""
        printed = self.rounded_from(code)
        return bool(printed) and not self.is_above(code) and not (printed & self.possible[code])

    def _unknown(self, code: str) -> bool:
        if self.published.points.get(code, State.MISSING) is State.NOT_APPLICABLE:
            return False
        return self.published.value(code) is None or self.is_above(code) or self.is_impossible(code)

    def _settle(self, code: str, equation: Equation) -> None:
        """Work out what a known code stands for; equations come with the deepest first, so parts are there before."""
        if code in self.sought:
            return
        if code != equation.whole:
            if code not in self._known:
                self._known[code] = self._alone(code)
            return
        self._known[code] = self._alone(code)
        if not self.sought.intersection(equation.parts):
            both = self._known[code] & added(self._known[part].scaled(by) for part, by in equation.parts.items())
            self._known[code] = both or self._known[code]

    def _alone(self, code: str) -> PointSet:
        """Return what a code stands for by itself."""
        value = self.published.value(code)
        if value is None:  # not applicable: it adds nothing
            return PointSet.of(ZERO)
        rounding = self.framework.policies.rounding
        if (
            rounding.at == "criterion"
            and code not in {one.whole for one in self.equations}
            and value in self.possible[code]
        ):
            return PointSet.of(value)  # points are rounded before they are added up
        return self.rounded_from(code) & self.possible[code]

    def stands_for(self, code: str) -> PointSet:
        """Return the points that a code can have: those its printed value stands for, or all its rule can give."""
        return self.possible[code] if code in self.sought else self._known[code]

    def as_printed(self, code: str) -> PointSet:
        """Return the same, taking points above the maximum or impossible ones as they are printed."""
        if code in self.sought and self.published.value(code) is not None:
            return self.rounded_from(code)
        return self.stands_for(code)
