"""An unnumbered row below a numbered title row, read as a sub-criterion of its own (reading A21)."""

from __future__ import annotations

from collections.abc import Sequence

from chiso.framework.model import Criterion, Framework

#: What follows the code of the title row in the code of its unnumbered row; no document prints a number 0.
SUFFIX = ".0"

#: What stays with the title row: its place in the document, and the maximum that both share.
_KEPT = ("code", "title", "max_points", "printed_max", "inferred", "previous", "clause", "lead", "support", "due")


def with_details_as_children(framework: Framework) -> Framework:
    """Return the framework in which each unnumbered row is the one sub-criterion of the row above it."""
    dimensions = [
        one.model_copy(update={"criteria": _divided(one.criteria)}) if one.criteria else one
        for one in framework.dimensions
    ]
    return framework.model_copy(update={"dimensions": dimensions})


def _divided(criteria: Sequence[Criterion]) -> list[Criterion]:
    return [
        _parent(one) if one.detail else one.model_copy(update={"criteria": _divided(one.criteria)}) for one in criteria
    ]


def _parent(criterion: Criterion) -> Criterion:
    child = criterion.model_copy(update={"code": criterion.code + SUFFIX, "title": criterion.detail, "detail": None})
    kept = {name: getattr(criterion, name) for name in _KEPT}
    return Criterion(**kept, criteria=[child])
