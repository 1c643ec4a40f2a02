"""Weights: a column that is filled where points are averaged and not added up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from chiso.decree.language.numbers import points
from chiso.decree.table.lines import Line
from chiso.decree.table.tree import Node

#: What weights add up to.
_WHOLES = (Fraction(1), Fraction(10), Fraction(100))


@dataclass(frozen=True)
class Weighed:
    """Weights of criteria, by the code of their dimension; and those of the dimensions that follow from them."""

    criteria: dict[str, dict[str, Line]] = field(default_factory=dict)
    dimensions: dict[str, Fraction] = field(default_factory=dict)
    #: Rows whose weights only say again what their points say.
    said_again: tuple[Line, ...] = ()


def weights_of(dimensions: Sequence[Node]) -> dict[str, Line]:
    """Return the rows that hold the weight of each dimension; nothing where they do not add up to a whole."""
    found = {node.code: node.line for node in dimensions if node.line is not None and weight_of(node.line) is not None}
    total = sum((weight_of(line) or Fraction(0) for line in found.values()), Fraction(0))
    return found if len(found) == len(dimensions) > 1 and total in _WHOLES else {}


def weights_below(dimensions: Sequence[Node]) -> Weighed:
    """Return the weights of criteria, where all of a dimension have one and they add up to a whole, or to its own.

    Weights that add up to a whole over all dimensions weigh these too. Weights in the proportion of the points change
    nothing: points that are added up are weighed already.
    """
    found = {node.code: weighed for node in dimensions if (weighed := _children(node))}
    sums = {code: _sum(lines) for code, lines in found.items()}
    if not found:
        return Weighed()
    own = {node.code: weight_of(node.line) if node.line is not None else None for node in dimensions}
    inside = {code for code, total in sums.items() if total in _WHOLES or total == own[code]}
    together = len(found) == len(dimensions) > 1 and not any(own.values()) and sum(sums.values()) in _WHOLES
    if together and _proportional([line for lines in found.values() for line in lines.values()]):
        return Weighed(said_again=tuple(line for lines in found.values() for line in lines.values()))
    if together and not inside:
        return Weighed(found, sums)
    whole = {node.code: node.line.max_points if node.line is not None else None for node in dimensions}
    again = [code for code in inside if _says_again(found[code], whole[code])]
    return Weighed(
        {code: found[code] for code in found if code in inside and code not in again},
        said_again=tuple(line for code in again for line in found[code].values()),
    )


def weight_of(line: Line) -> Fraction | None:
    """Return the weight that is printed in a row: ``0,4`` or ``40%``."""
    return points(line.text("weight").strip().rstrip("%"))


def _children(node: Node) -> dict[str, Line]:
    lines = {one.code: one.line for one in node.children if one.line is not None and weight_of(one.line)}
    return lines if len(lines) == len(node.children) > 1 else {}


def _says_again(lines: dict[str, Line], whole: Fraction | None) -> bool:
    """Tell whether weights only say what points say that are added up."""
    added = sum((line.max_points or Fraction(0) for line in lines.values()), Fraction(0))
    return whole in (None, added) and _proportional(list(lines.values()))


def _sum(lines: dict[str, Line]) -> Fraction:
    return sum((weight_of(line) or Fraction(0) for line in lines.values()), Fraction(0))


def _proportional(lines: Sequence[Line]) -> bool:
    quotients = {(weight_of(line) or Fraction(0)) / line.max_points for line in lines if line.max_points}
    return len(quotients) == 1 and all(line.max_points for line in lines)
