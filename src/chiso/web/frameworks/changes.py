"""What changed between two versions, set side by side in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from chiso.framework.diff import Change, diff
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.printed import Printed
from chiso.web.frameworks.services import framework_of

#: Fields that decide on points; everything else is wording, agencies, deadlines.
_SCORING = frozenset(
    {
        "aggregation",
        "at_least",
        "inputs",
        "max_points",
        "not_applicable",
        "own_rule",
        "policies",
        "rule",
        "target",
        "total",
        "unscored",
    }
)

#: Things whose coming and going decides on points.
_SCORED = frozenset({"classes", "criterion", "dimension", "left_out", "levels", "pillars", "readings"})


@dataclass(frozen=True, slots=True)
class Line:
    """A changed field, before and after."""

    field: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A row or section that changed. ``code`` is that of a criterion, to link it; ``kind`` as in :class:`Change`."""

    what: str
    kind: str
    code: str
    lines: tuple[Line, ...]


def changed(old: FrameworkVersion, new: FrameworkVersion, lang: str, *, only_scoring: bool = False) -> list[Changed]:
    """Return what changed, in printed order, one entry for each row or section."""
    keys = (old.pk, old.hash), (new.pk, new.hash)
    found = [one for one in _changes(*keys) if not only_scoring or _scores(one)]
    printed = Printed((framework_of(*keys[0]), framework_of(*keys[1])), lang)
    return [_entry(list(group), printed) for _, group in groupby(found, key=lambda one: (one.part, one.code))]


@lru_cache(maxsize=16)
def _changes(old: tuple[int, str], new: tuple[int, str]) -> tuple[Change, ...]:
    return tuple(diff(framework_of(*old), framework_of(*new), lettered=True))


def _scores(change: Change) -> bool:
    if change.kind != "changed":
        return change.part in _SCORED and change.kind != "moved"
    return change.field.partition(".")[0] in _SCORING


def _entry(group: list[Change], printed: Printed) -> Changed:
    first = group[0]
    kind = next((one.kind for one in group if one.kind in ("added", "removed")), "changed")
    code = first.code if first.part == "criterion" else ""
    return Changed(printed.what(first), kind, code, tuple(_lines(group, printed)))


def _lines(group: Iterable[Change], printed: Printed) -> Iterable[Line]:
    for one in group:
        if one.kind in ("changed", "moved"):
            name = printed.field(one) if one.field else ""
            yield Line(name, printed.value(one, one.old), printed.value(one, one.new))
