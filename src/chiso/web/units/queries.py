"""What units there are, on which day; what each of them was, and what became of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.db.models.expressions import RawSQL

from chiso.web.units.models import Succession, Unit, UnitVersion
from chiso.web.units.registry import Registry, State
from chiso.web.vietnamese import folded


def on_day(day: dt.date) -> QuerySet[UnitVersion]:
    """Return what every unit is on a day; units that do not exist then are not among them."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return UnitVersion.objects.filter(lasting, valid_from__lte=day).select_related("unit")


def names_on(day: dt.date, units: Iterable[int]) -> dict[int, str]:
    """Return the names of units on a day, by their primary keys."""
    return dict(on_day(day).filter(unit__in=units).values_list("unit_id", "name"))


def listed(
    day: dt.date, *, search: str = "", kind: str = "", parent: int | None = None, top: bool = False
) -> QuerySet[UnitVersion]:
    """Return the units of a day in Vietnamese order: found by name or code, of a kind, below a parent or at the top."""
    found = on_day(day).order_by("sorted_by", "pk")
    for word in folded(search).split():
        found = found.filter(found_by__contains=word)
    if kind:
        found = found.filter(kind=kind)
    if parent is not None:
        found = found.filter(parent=parent)
    return found.filter(parent__isnull=True) if top else found


def found_ever(search: str, most: int = 50) -> list[int]:
    """Return units that are or ever were called so, by a part of their name or code."""
    found = UnitVersion.objects.order_by("unit")
    for word in folded(search).split():
        found = found.filter(found_by__contains=word)
    return list(found.values_list("unit", flat=True).distinct()[:most])


def child_counts(day: dt.date, parents: Iterable[int]) -> dict[int, int]:
    """Return how many units stand directly below each of these on a day."""
    rows = on_day(day).filter(parent__in=parents).order_by().values_list("parent").annotate(Count("pk"))
    return dict(rows)


def below(day: dt.date, unit: int) -> list[int]:
    """Return a unit and everything below it on a day, level by level."""
    found, level = [unit], [unit]
    while level:
        known = set(found)
        level = list(on_day(day).filter(parent__in=level).exclude(unit__in=known).values_list("unit_id", flat=True))
        found += level
    return found


def above(day: dt.date, unit: int) -> list[UnitVersion]:
    """Return what a unit stands below on a day, from the top down."""
    path: list[UnitVersion] = []
    seen = {unit}
    version = on_day(day).filter(unit=unit).first()
    while version is not None and version.parent_id is not None and version.parent_id not in seen:
        seen.add(version.parent_id)
        version = on_day(day).filter(unit=version.parent_id).first()
        if version is not None:
            path.insert(0, version)
    return path


def stands_within(day: dt.date, unit: int, tops: Collection[int]) -> bool:
    """Say whether a unit is one of these, or stands below one of them on a day."""
    return unit in tops or any(one.unit_id in tops for one in above(day, unit))


#: A unit and everything below it, found by the database itself: lists of 10,600 units need not travel there and back.
_WITHIN = """
WITH RECURSIVE inside(unit_id) AS (
    SELECT id FROM units_unit WHERE id IN ({tops})
    UNION
    SELECT version.unit_id FROM units_unitversion version JOIN inside ON version.parent_id = inside.unit_id
    WHERE version.valid_from <= %s AND (version.valid_to IS NULL OR version.valid_to >= %s)
)
SELECT unit_id FROM inside
"""


def within(day: dt.date, tops: Collection[int]) -> RawSQL:
    """Return a subquery, for ``unit__in``, of these units and all that stands below them on a day."""
    held = ", ".join(["%s"] * len(tops)) or "NULL"
    return RawSQL(_WITHIN.format(tops=held), (*tops, day, day))  # noqa: S611 - only placeholders are formatted


@dataclass(frozen=True, slots=True)
class Ancestor:
    """A unit that another one comes from, or that comes from it: how, since when, how many steps away.

    ``adds_up`` is whether all of it went on there: then its counts are part of the other's. What was split off is not.
    """

    unit_id: int
    via: int
    kind: str
    on: dt.date
    act: str
    steps: int
    adds_up: bool


def predecessors(unit: int) -> list[Ancestor]:
    """Return every unit that a unit comes from, the nearest first."""
    return list(_lineage(unit, "successor_id", "predecessor_id"))


def successors(unit: int) -> list[Ancestor]:
    """Return every unit that a unit went on in, the nearest first."""
    return list(_lineage(unit, "predecessor_id", "successor_id"))


def _lineage(unit: int, here: str, there: str) -> Iterator[Ancestor]:
    reached = {unit: True}
    level, steps = [unit], 0
    while level:
        steps += 1
        rows = Succession.objects.filter(**{f"{here}__in": level}).select_related("act").order_by("-on", "pk")
        level = []
        for row in rows:
            other, via = getattr(row, there), getattr(row, here)
            if other in reached:
                continue
            reached[other] = reached[via] and row.kind != Succession.Kind.SPLIT
            level.append(other)
            yield Ancestor(other, via, row.kind, row.on, row.act.number, steps, reached[other])


def going_on(units: Collection[int], day: dt.date) -> dict[int, list[int]]:
    """Return the units of a day in which each unit goes on: itself while it lasts, else its successors.

    As many queries as there are steps from unit to successor, however many units there are.
    """
    found: dict[int, list[int]] = {unit: [] for unit in units}
    waiting: dict[int, set[int]] = {unit: {unit} for unit in units}
    seen: set[int] = set()
    while waiting:
        lasting = set(on_day(day).filter(unit__in=waiting).values_list("unit_id", flat=True))
        seen |= waiting.keys()
        for unit in sorted(lasting):
            for origin in waiting[unit]:
                found[origin].append(unit)
        links = Succession.objects.filter(predecessor__in=waiting.keys() - lasting, on__lte=day).order_by("on", "pk")
        later: dict[int, set[int]] = {}
        for before, after in links.values_list("predecessor_id", "successor_id"):
            if after not in seen:
                later.setdefault(after, set()).update(waiting[before])
        waiting = later
    return found


def last_names(units: Iterable[int]) -> dict[int, str]:
    """Return what units are called now, or were called last."""
    rows = UnitVersion.objects.filter(unit__in=units).order_by("valid_from").values_list("unit_id", "name")
    return dict(rows)


def registry() -> Registry:
    """Return all units over all time, in memory."""
    columns = ("unit_id", "code", "name", "kind", "parent_id", "valid_from", "valid_to", "pk")
    rows = UnitVersion.objects.order_by("unit_id", "valid_from").values_list(*columns)
    states = (State(unit, code, name, kind, up, since, until, None, pk)
              for unit, code, name, kind, up, since, until, pk in rows.iterator(chunk_size=5000))  # fmt: skip
    return Registry(states, Succession.objects.values_list("predecessor_id", "successor_id", "on"))


def current(unit: Unit) -> UnitVersion:
    """Return the last version of a unit."""
    return unit.versions.select_related("parent", "act").latest("valid_from")
