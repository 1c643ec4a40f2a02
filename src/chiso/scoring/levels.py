"""Maturity: what a unit reports for one criterion, and which targets that meets, exactly and with its trace."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chiso.framework.inputs import Asked
from chiso.framework.model import Framework
from chiso.framework.rules import Children, Levels, Option, Target
from chiso.scoring.exact import Exact, ExactArithmetic
from chiso.scoring.facts import Facts
from chiso.scoring.meaning import measured_share
from chiso.scoring.peers import Peers
from chiso.scoring.plan import Leaf
from chiso.scoring.states import State

#: The fact that holds the level a unit has registered.
REGISTERED = "registered_level"


@dataclass(frozen=True, slots=True)
class Measured:
    """What a unit reports for one maturity criterion: its value, and for each level whether the target is met.

    ``met`` holds only the levels at which the criterion applies.
    """

    value: Exact
    met: Mapping[int, bool]

    @property
    def satisfied(self) -> list[int]:
        """Return the levels whose target is met, rising."""
        return sorted(number for number, met in self.met.items() if met)


@dataclass(frozen=True, slots=True)
class ChildLevel:
    """The level of a child unit: None where it is not known; recognised by decision, or assessed by the unit itself."""

    level: int | None
    parent: str = ""
    recognised: bool = True


def registered_input(framework: Framework) -> Asked:
    """Return the figure by which a unit registers the level it aims at (A18)."""
    options = tuple(Option(id=str(one.number), label=one.name.vi, share=Fraction(0)) for one in framework.levels)
    return Asked(REGISTERED, REGISTERED, "Mức độ đăng ký", "choice", options=options, optional=True)


def measure(leaf: Leaf, facts: Facts, unit: int, peers: Peers, arithmetic: ExactArithmetic | None = None) -> Measured:
    """Return what a unit reports for one maturity criterion and which targets that meets."""
    rule = leaf.rule
    assert isinstance(rule, Levels), "only maturity criteria have targets"
    names = {fact: name for name, fact in leaf.scope.facts.items()}
    a = arithmetic or ExactArithmetic(facts, unit, names, peers, trace=False)
    targets = {number: target for number, target in rule.targets.items() if target is not None}
    if rule.value == "children":
        levels = facts.children.get(unit)
        value = _children_value(levels, facts.self_assessed.get(unit, 0))
        _trace_children(targets, levels or (), a)
        if value.code == "S123":
            a.step("T143", **value.data)
        met = {number: value.known and _children_meet(target, levels or ()) for number, target in targets.items()}
    else:
        value = _reported(rule, leaf, a)
        total = a.fact(leaf.scope.facts["total"]) if "total" in leaf.scope.facts else None
        decided = {
            number: _meets(target, value.value, total) if value.known else False for number, target in targets.items()
        }
        if total is not None and None in decided.values():
            value = total
        met = {number: bool(one) for number, one in decided.items()}
    if value.known and rule.value != "children":
        a.step("T140", value=value.value, kind_of_value=rule.value)
    for number, target in targets.items():
        a.step("T141", level=number, printed=target.printed, met=met[number] if value.known else None)
    return Measured(value, met)


def reported(leaf: Leaf, facts: Facts, unit: int, peers: Peers) -> Exact:
    """Return the value that targets are held against, without holding it against them."""
    rule = leaf.rule
    assert isinstance(rule, Levels), "only maturity criteria have targets"
    if rule.value == "children":
        return _children_value(facts.children.get(unit), facts.self_assessed.get(unit, 0))
    return _reported(rule, leaf, ExactArithmetic(facts, unit, {}, peers, trace=False))


def _reported(rule: Levels, leaf: Leaf, a: ExactArithmetic) -> Exact:
    return measured_share(rule, leaf.scope, a) if rule.value == "share" else a.fact(leaf.scope.facts["value"])


def _trace_children(targets: Mapping[int, Target], levels: tuple[int | None, ...], a: ExactArithmetic) -> None:
    """Record how many child units have reached each level that a target speaks of."""
    conditions = [target.children for target in targets.values() if target.children is not None]
    asked_for = {one.all_at_least for one in conditions} | {one.at_least for one in conditions if one.at_least}
    for number in sorted(asked_for if levels else ()):
        enough = sum(level is not None and level >= number for level in levels)
        a.step("T142", level=number, enough=enough, all=len(levels), share=Fraction(enough, len(levels)))


def _meets(target: Target, value: Fraction, total: Exact | None) -> bool | None:
    """Say whether a target is met; None while that depends on a total that is not known."""
    if target.any_of is not None:
        decided = [_meets(one, value, total) for one in target.any_of]
        return True if True in decided else None if None in decided else False
    if target.has:
        return bool(value)
    if target.all_of_total:
        if total is None or not total.known:
            return None
        # "100 %" of nothing is not a hundred per cent (A12).
        return total.value > 0 and value >= total.value
    return target.at_least is not None and value >= target.at_least


def _children_value(levels: tuple[int | None, ...] | None, self_assessed: int) -> Exact:
    if not levels:
        return Exact(State.MISSING, code="S121")
    unknown = sum(level is None for level in levels)
    if unknown:
        data: dict[str, Any] = {"unknown": unknown, "all": len(levels)}
        return Exact(State.WAITING, code="S122", data=data)
    lowest = Fraction(min(level for level in levels if level is not None))
    if self_assessed:
        # Only a forecast, and one that says so (A23).
        return Exact(State.GIVEN, lowest, code="S123", data={"count": self_assessed, "all": len(levels)})
    return Exact(State.GIVEN, lowest)


def _children_meet(target: Target, levels: tuple[int | None, ...]) -> bool:
    condition = target.children
    assert isinstance(condition, Children), "the loader demands a condition on children"
    reached = [level for level in levels if level is not None]
    if min(reached) < condition.all_at_least:
        return False
    if condition.share is None or condition.at_least is None:
        return True
    enough = sum(level >= condition.at_least for level in reached)
    return Fraction(enough, len(reached)) >= condition.share
