"""What is worked out for a framework, in which order: its leaves, the facts each needs, and what adds up to what."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.expression import Formula
from chiso.framework.inputs import decided
from chiso.framework.model import Criterion, Framework, LeftOut
from chiso.framework.rules import Levels, Rule, Unscored
from chiso.scoring.meaning import Scope
from chiso.scoring.peers import peer_formulas, scope_of

#: Stands for every year in which nothing is left out.
_ORDINARY = 0


@dataclass(frozen=True, slots=True)
class Leaf:
    """A criterion that is scored by itself.

    ``row`` is its row in the arrays of results, ``weight`` its maximum as a float, ``consequence`` what follows from
    "not applicable", ``peer_formulas`` what its rule compares with other units, ``left_out`` why it does not count,
    ``decided`` the fact with the verifier's points for a situation that no printed line covers, or empty.
    """

    row: int
    criterion: Criterion
    rule: Rule
    scope: Scope
    full: Fraction
    dimension: str
    counted: bool
    weight: float
    consequence: str
    peer_formulas: tuple[Formula, ...]
    left_out: LeftOut | None
    decided: str

    @property
    def code(self) -> str:
        """The criterion's code."""
        return self.criterion.code


@dataclass(frozen=True)
class Plan:
    """The leaves of a framework in printed order, which of them a fact touches, and which count in a dimension."""

    leaves: tuple[Leaf, ...]
    rows: dict[str, int]
    by_fact: dict[str, tuple[Leaf, ...]]
    by_dimension: dict[str, tuple[Leaf, ...]]
    fulls: dict[str, Fraction]

    def below(self, framework: Framework, code: str) -> list[Leaf]:
        """Return the leaves at or below a criterion or dimension."""
        if code in framework.criteria:
            codes = [criterion.code for criterion in framework.criteria[code].walk()]
        else:
            codes = [
                one.code for dimension in framework.dimensions if dimension.code == code for one in dimension.walk()
            ]
        return [self.leaves[self.rows[one]] for one in codes if one in self.rows]


def plan_of(framework: Framework, year: int | None = None) -> Plan:
    """Return the plan of a framework for a reporting year; made once and kept with it.

    What is left out for a year is left out in that year alone; where no year is stated, whatever is left out is.
    """
    plans: dict[int | None, Plan] = framework._plans
    key = year if year is None or any(one.year == year for one in framework.left_out) else _ORDINARY
    if key not in plans:
        plans[key] = _make(framework, key)
    return plans[key]


def _make(framework: Framework, year: int | None) -> Plan:
    chosen = [one for one in framework.left_out if year in (None, one.year)]
    left_out = {below.code: one for one in chosen for below in framework.criteria[one.code].walk()}
    leaves: list[Leaf] = []
    by_fact: dict[str, list[Leaf]] = {}
    for dimension in framework.dimensions:
        for criterion in dimension.walk():
            if criterion.criteria:
                continue
            rule = criterion.effective_rule
            counted = not (dimension.unscored or isinstance(rule, Unscored | Levels) or criterion.code in left_out)
            full = criterion.max_points if criterion.max_points is not None else Fraction(0)
            scope, by_verifier = scope_of(framework, criterion), decided(criterion)
            leaf = Leaf(
                row=len(leaves),
                criterion=criterion,
                rule=rule,
                scope=scope,
                full=full,
                dimension=dimension.code,
                counted=counted,
                weight=float(full),
                consequence=criterion.not_applicable or framework.policies.not_applicable,
                peer_formulas=tuple(peer_formulas(criterion)),
                left_out=left_out.get(criterion.code),
                decided=by_verifier.fact if by_verifier is not None else "",
            )
            leaves.append(leaf)
            for fact in dict.fromkeys([*scope.facts.values(), *([leaf.decided] if leaf.decided else [])]):
                by_fact.setdefault(fact, []).append(leaf)
    rows = {leaf.code: leaf.row for leaf in leaves}
    by_dimension = {
        dimension.code: tuple(leaf for leaf in leaves if leaf.dimension == dimension.code and leaf.counted)
        for dimension in framework.dimensions
    }
    fulls = {code: sum((leaf.full for leaf in counted), Fraction(0)) for code, counted in by_dimension.items()}
    touched = {fact: tuple(leaves_) for fact, leaves_ in by_fact.items()}
    return Plan(tuple(leaves), rows, touched, by_dimension, fulls)
