"""Entries to look at, the newest first, page by page: as quick among ten million as among ten."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone

from chiso.web.audit.models import Entry
from chiso.web.audit.strands import Part, about, base_of, entries_of

#: Entries of a page.
PER_PAGE = 50


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for among the scopes they may see.

    ``within``: one of the scopes alone; ``about``: a thing such as ``participant:5``; ``units``: any of these units;
    ``by``: any of these accounts acted. Of the last two, None is no matter, and nothing found is an empty tuple. Days
    are those of the installation.
    """

    scopes: tuple[str, ...]
    within: str = ""
    about: str = ""
    units: tuple[int, ...] | None = None
    by: tuple[int, ...] | None = None
    action: str = ""
    since: dt.date | None = None
    until: dt.date | None = None

    def told(self) -> dict[str, Any]:
        """Return it for the log and for jobs: what was looked for, never what people are called."""
        days = {key: day.isoformat() for key, day in (("since", self.since), ("until", self.until)) if day}
        lists = {key: list(one) for key, one in (("units", self.units), ("by", self.by)) if one is not None}
        texts = {"within": self.within, "about": self.about, "what": self.action}
        return {key: text for key, text in texts.items() if text} | lists | days

    @classmethod
    def of_told(cls, told: Mapping[str, Any], scopes: Iterable[str]) -> Wanted:
        """Return what was told, among scopes."""
        read: dict[str, Any] = {key: told[key] for key in ("within", "about") if key in told}
        read |= {key: tuple(told[key]) for key in ("units", "by") if key in told}
        read |= {key: dt.date.fromisoformat(told[key]) for key in ("since", "until") if key in told}
        return cls(tuple(scopes), action=told.get("what", ""), **read)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of entries, and whether there are older ones."""

    entries: list[Entry] = field(default_factory=list)
    has_older: bool = False


def found(wanted: Wanted, before: Entry | None = None, size: int = PER_PAGE) -> Found:
    """Return the newest entries, or those before one: two queries, however many scopes and entries there are."""
    queries = _queries(wanted)
    if not queries:
        return Found()
    if before is not None:
        older = Q(at__lt=before.at) | Q(at=before.at, pk__lt=before.pk)
        queries = [one.filter(older, at__lte=before.at) for one in queries]
    first, *more = [_keys(one.order_by("-at", "-pk")[: size + 1]) for one in queries]
    rows = [pk for pk, _at in first.union(*more).order_by("-at", "-pk")[: size + 1]]
    entries = sorted(Entry.objects.filter(pk__in=rows), key=lambda one: (one.at, one.pk), reverse=True)
    return Found(entries[:size], len(entries) > size)


def _keys(newest: QuerySet[Entry]) -> QuerySet[Entry, tuple[int, dt.datetime]]:
    """Return the keys of some entries in a form that SQLite takes into a union, where nothing may be cut off."""
    return Entry.objects.filter(pk__in=newest.values("pk")).values_list("pk", "at")


def count_up_to(wanted: Wanted, most: int) -> int:
    """Return how many entries there are, counting no further than ``most``."""
    return sum(one[:most].count() for one in _queries(wanted))


def batches(wanted: Wanted, most: int, size: int) -> Iterator[list[Entry]]:
    """Yield the newest ``most`` entries, some at a time."""
    last = None
    while most > 0:
        page = found(wanted, last, min(size, most))
        if page.entries:
            yield page.entries
        if not page.has_older:
            return
        last, most = page.entries[-1], most - len(page.entries)


def seen(pk: int, wanted: Wanted) -> Entry | None:
    """Return an entry that stands in one of the scopes that are looked at."""
    places = reduce(or_, (entries_of(one) for one in wanted.scopes), Q(pk__in=[]))
    return Entry.objects.filter(places, pk=pk).first()


def _queries(wanted: Wanted) -> list[QuerySet[Entry]]:
    """Return the entries that are wanted, in parts each of which an index gives in order."""
    return [_filtered(Entry.objects.filter(one), wanted) for one in _places(wanted)]


def _places(wanted: Wanted) -> list[Q]:
    scopes = [one for one in wanted.scopes if wanted.within in ("", one)]
    thing = (wanted.about,) if wanted.about else None
    units = None if wanted.units is None else tuple(f"unit:{key}" for key in wanted.units)
    asked = [_parts(names, scopes) for names in (thing, units) if names is not None]
    if not asked:
        return [entries_of(one) for one in scopes]
    strands = set.intersection(*({part.strand for part in parts} for parts in asked))
    return _strands([part for part in asked[0] if part.strand in strands])


def _parts(names: Iterable[str], scopes: Sequence[str]) -> list[Part]:
    places = [(part, one) for name in names for part in about(name) for one in scopes if base_of(one) == part.scope]
    return [
        part if scope == part.scope else replace(part, only=part.only & entries_of(scope)) for part, scope in places
    ]


def _strands(parts: Sequence[Part]) -> list[Q]:
    whole = sorted({part.strand for part in parts if not part.only})
    some = [Q(strand=part.strand) & part.only for part in parts if part.only]
    return ([Q(strand__in=whole)] if whole else []) + ([reduce(or_, some)] if some else [])


def _filtered(entries: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    if wanted.by is not None:
        entries = entries.filter(by__in=wanted.by)
    if wanted.action:
        entries = entries.filter(action=wanted.action)
    if wanted.since is not None:
        entries = entries.filter(at__gte=_midnight(wanted.since))
    if wanted.until is not None:
        entries = entries.filter(at__lt=_midnight(wanted.until + dt.timedelta(days=1)))
    return entries


def _midnight(day: dt.date) -> dt.datetime:
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
