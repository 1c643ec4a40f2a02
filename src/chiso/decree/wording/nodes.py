"""Rules while they are put together: every value is a share of the criterion's maximum, wherever it stands.

The framework format states shares relative to what a rule stands in; ``emission`` turns these nodes into that form.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from chiso.framework.expression import Formula, Operation, Term


@dataclass(frozen=True, slots=True)
class Figure:
    """What is measured: one term, or one over another; ``part``: what is above is counted within what is below."""

    over: Term
    under: Term | None = None
    unit: str = ""
    part: bool = False

    @property
    def formula(self) -> str:
        """The figure as a formula of the framework file."""
        return str(Formula(self.over if self.under is None else Operation("/", self.over, self.under)))


@dataclass(frozen=True, slots=True)
class Picked:
    """The unit says which printed line holds."""

    options: tuple[tuple[str, Value], ...]
    label: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """All of ``share`` when the answer is yes."""

    label: str
    share: Fraction


@dataclass(frozen=True, slots=True)
class Proportional:
    """``factor`` times the figure, at most ``cap``."""

    figure: Figure
    factor: Fraction
    cap: Fraction


@dataclass(frozen=True, slots=True)
class Stepped:
    """The first line that holds: kind of bound, bound, value, printed words."""

    figure: Figure
    lines: tuple[tuple[str, Fraction, Value, str], ...]
    otherwise: tuple[Value, str]
    share_bounds: bool = False


@dataclass(frozen=True, slots=True)
class Each:
    """So many points for each, at most ``cap`` of the maximum."""

    figure: Figure
    points: Fraction
    cap: Fraction


@dataclass(frozen=True, slots=True)
class Joined:
    """Parts that add up."""

    parts: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Delayed:
    """Days late, at most so many: share, printed words; ``otherwise`` for more, ``undone`` when it was not done."""

    lines: tuple[tuple[Fraction, Fraction, str], ...]
    otherwise: tuple[Value, str]
    undone: tuple[Fraction, str] | None = None


@dataclass(frozen=True, slots=True)
class Compared:
    """Against the other units of the ranking group."""

    kind: Literal["min_max", "share_of_best"]
    figure: Figure
    cap: Fraction


@dataclass(frozen=True, slots=True)
class Best:
    """The case that gives most."""

    cases: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class Change:
    """Points added or taken away for each of a figure."""

    label: str
    of: str
    points: Fraction
    at_most: Fraction | None = None


@dataclass(frozen=True, slots=True)
class Changed:
    """A base with bonuses and deductions, kept between 0 and ``cap``."""

    base: Node
    bonuses: tuple[Change, ...]
    deductions: tuple[Change, ...]
    cap: Fraction


@dataclass(frozen=True, slots=True)
class Plain:
    """A rule without shares of its own: sum, unscored, manual."""

    kind: Literal["sum", "unscored", "manual"]


Node = Picked | Held | Proportional | Stepped | Each | Joined | Delayed | Compared | Best | Changed | Plain
Value = Fraction | Node


def top(value: Value) -> Fraction:
    """Return the largest share of the criterion's maximum that a value can give."""
    match value:
        case Fraction():
            return value
        case Picked():
            return max(top(one) for _, one in value.options)
        case Held():
            return value.share
        case Proportional() | Each() | Compared() | Changed():
            return value.cap
        case Stepped():
            return max(*(top(one) for _, _, one, _ in value.lines), top(value.otherwise[0]))
        case Joined():
            return sum((top(one) for _, one in value.parts), Fraction(0))
        case Delayed():
            undone = value.undone[0] if value.undone else Fraction(0)
            return max(*(share for _, share, _ in value.lines), top(value.otherwise[0]), undone)
        case Best():
            return max(top(one) for _, one in value.cases)
    return Fraction(1)


def within(node: Node) -> Iterator[Node]:
    """Yield a node and all nodes inside it."""
    yield node
    inner: list[Value] = []
    match node:
        case Picked():
            inner = [value for _, value in node.options]
        case Stepped():
            inner = [*(value for _, _, value, _ in node.lines), node.otherwise[0]]
        case Joined():
            inner = [part for _, part in node.parts]
        case Delayed():
            inner = [node.otherwise[0]]
        case Best():
            inner = [case for _, case in node.cases]
        case Changed():
            inner = [node.base]
    for value in inner:
        if not isinstance(value, Fraction):
            yield from within(value)


def worth_something(node: Node) -> bool:
    """Tell whether a rule can give points, and each of its parts, too."""
    parts = [part for one in within(node) if isinstance(one, Joined) for _, part in one.parts]
    return isinstance(node, Plain) or all(top(one) > 0 for one in (node, *parts))


def put_for(node: Node, old: Node, new: Node) -> Node:
    """Return a rule in which one node stands for another, wherever it is."""
    if node == old:
        return new
    match node:
        case Picked():
            return replace(node, options=tuple((label, _put(value, old, new)) for label, value in node.options))
        case Stepped():
            lines = tuple((kind, bound, _put(value, old, new), label) for kind, bound, value, label in node.lines)
            return replace(node, lines=lines, otherwise=(_put(node.otherwise[0], old, new), node.otherwise[1]))
        case Joined():
            return replace(node, parts=tuple((label, put_for(part, old, new)) for label, part in node.parts))
        case Best():
            return replace(node, cases=tuple((label, put_for(case, old, new)) for label, case in node.cases))
        case Changed():
            return replace(node, base=put_for(node.base, old, new))
    return node


def _put(value: Value, old: Node, new: Node) -> Value:
    return value if isinstance(value, Fraction) else put_for(value, old, new)
