"""Weights of dimensions: a column that is filled where points are averaged and not added up."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from chiso.decree.lines import Line
from chiso.decree.numbers import points
from chiso.decree.tree import Node

#: What weights add up to.
_WHOLES = (Fraction(1), Fraction(10), Fraction(100))


def weights_of(dimensions: Sequence[Node]) -> dict[str, Line]:
    """Return the rows that hold the weight of each dimension; nothing where they do not add up to a whole."""
    found = {node.code: node.line for node in dimensions if node.line is not None and _weight(node.line) is not None}
    total = sum((_weight(line) or Fraction(0) for line in found.values()), Fraction(0))
    return found if len(found) == len(dimensions) > 1 and total in _WHOLES else {}


def _weight(line: Line) -> Fraction | None:
    return points(line.text("weight").strip().rstrip("%"))
