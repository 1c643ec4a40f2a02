"""Which printed points must add up to which: the sums of a framework as linear equations.

A whole is the sum of its parts times their factors. A factor is 1 where points are added up, and what the weights make
of it where normalised values are averaged. What gives no points is in no equation.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.model import Aggregation, Criterion, Dimension, Framework, Pillar
from chiso.reconcile.published import TOTAL
from chiso.scoring.plan import plan_of

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass(frozen=True)
class Equation:
    """``whole`` is the sum of ``parts``: code -> factor, in printed order."""

    whole: str
    parts: Mapping[str, Fraction]

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code in it, the whole last."""
        return (*self.parts, self.whole)


class Structure:
    """The sums of a framework: ``equations`` with the deepest first, and the maximum that counts for each code."""

    def __init__(self, framework: Framework) -> None:
        self.framework = framework
        self.full: dict[str, Fraction] = {
            leaf.code: leaf.full for leaf in plan_of(framework).leaves if leaf.counted and leaf.full
        }
        self.equations: list[Equation] = []
        for dimension in framework.dimensions:
            self._dimension(dimension)
        for pillar in framework.pillars:
            self._pillar(pillar)
        self._total()

    def below(self, code: str) -> tuple[str, ...]:
        """Return the parts of a code, none when it has no equation."""
        return next((tuple(one.parts) for one in self.equations if one.whole == code), ())

    def _dimension(self, dimension: Dimension) -> None:
        for criterion in dimension.criteria:
            self._criterion(criterion)
        members = [criterion.code for criterion in dimension.criteria]
        self._join(dimension.code, members, dimension.aggregation, dimension.max_points)

    def _criterion(self, criterion: Criterion) -> None:
        for child in criterion.criteria:
            self._criterion(child)
        if criterion.criteria:
            self._join(criterion.code, [child.code for child in criterion.criteria], Aggregation(), None)

    def _pillar(self, pillar: Pillar) -> None:
        if pillar.code not in self.full:  # a dimension of the same code is what a table means by it
            self._join(pillar.code, pillar.dimensions, pillar.aggregation, pillar.max_points)

    def _total(self) -> None:
        framework = self.framework
        members = [dimension.code for dimension in framework.dimensions if not dimension.unscored]
        if framework.total.kind != "sum" and framework.pillars:
            members = [pillar.code for pillar in framework.pillars]
        self._join(TOTAL, members, framework.total, framework.max_points)

    def _join(self, whole: str, members: Collection[str], aggregation: Aggregation, full: Fraction | None) -> None:
        scored = [code for code in members if code in self.full]
        if not scored:
            return
        if aggregation.kind == "sum":
            self.equations.append(Equation(whole, dict.fromkeys(scored, ONE)))
            self.full[whole] = sum((self.full[code] for code in scored), ZERO)
            return
        weights = {code: aggregation.weights.get(code, ZERO) if aggregation.weights else ONE for code in scored}
        scale = ONE if full is None else full
        together = sum(weights.values(), ZERO)
        parts = {code: scale * weight / (together * self.full[code]) for code, weight in weights.items() if weight}
        if parts:
            self.equations.append(Equation(whole, parts))
            self.full[whole] = scale


def printed_equations(structure: Structure, printed: Collection[str]) -> list[Equation]:
    """Return the equations that a table allows to check; a sum that is not in it is replaced by its own parts."""
    by_whole = {equation.whole: equation for equation in structure.equations}

    def expanded(code: str, factor: Fraction) -> Iterator[tuple[str, Fraction]]:
        inner = by_whole.get(code)
        if code in printed or inner is None or not _any_printed(by_whole, code, printed):
            yield code, factor
            return
        for part, times in inner.parts.items():
            yield from expanded(part, factor * times)

    found = []
    for equation in structure.equations:
        parts: dict[str, Fraction] = {}
        for code, factor in equation.parts.items():
            for part, times in expanded(code, factor):
                parts[part] = parts.get(part, ZERO) + times
        if equation.whole in printed and any(part in printed for part in parts):
            found.append(Equation(equation.whole, parts))
    return found


def _any_printed(by_whole: Mapping[str, Equation], code: str, printed: Collection[str]) -> bool:
    inner = by_whole.get(code)
    return code in printed or (inner is not None and any(_any_printed(by_whole, part, printed) for part in inner.parts))
