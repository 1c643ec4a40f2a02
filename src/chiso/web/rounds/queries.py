"""Reading rounds: participants found by name, which frameworks suit an assessor, who lacks an officer or a head."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404

from chiso.web.compiled import Compiled, Joined
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.people.models import Assignment, Role
from chiso.web.rounds.models import Participant, Round, Stage
from chiso.web.units import queries
from chiso.web.vietnamese import folded

_TEXT = ("text", "bases")


def with_framework() -> QuerySet[Round]:
    """Return rounds with their framework, but not its text: a hundred kilobytes that is read once in a process."""
    return Round.objects.select_related("framework").defer(*(f"framework__{one}" for one in _TEXT))


_WHOLE = Joined(Round, "framework", without=_TEXT)


def _whole(pk: int) -> QuerySet[Round, tuple[Any, ...]]:
    return Round.objects.filter(pk=pk).values_list(*_WHOLE.names)


_ROUND = Compiled(_whole, pk=int)


def found_round(pk: int) -> Round:
    """Return a round with its framework, or say that there is none."""
    rows = _ROUND.rows(pk=pk)
    if not rows:
        raise Http404
    return _WHOLE.made(rows[0])


def named(round_: Round, words: str) -> QuerySet[Participant]:
    """Return the participants of a round whose names have all the words, searched without diacritics, by name."""
    found = round_.participants.select_related("group").order_by("sorted_by", "pk")
    wanted = folded(words).split()
    if not wanted:
        return found
    names = round_.participants.values_list("pk", "name")
    return found.filter(pk__in=[pk for pk, name in names if all(word in folded(name) for word in wanted)])


@dataclass(frozen=True, slots=True)
class Offered:
    """A framework version as the coordinator chooses among them, and whether it is made for units of the assessor."""

    version: FrameworkVersion
    suits: bool

    @property
    def found_by(self) -> str:
        """The words by which a search finds it."""
        version = self.version
        told = (version.title_vi, version.title_en, version.framework, version.version, version.about.get("number", ""))
        return folded(" ".join(told))


def offered(assessors: Collection[int], day: dt.date, words: str = "") -> list[Offered]:
    """Return the versions that are not withdrawn, those first that fit the kinds of units below the assessors."""
    kinds: set[str] = set()
    for assessor in assessors:
        below = queries.on_day(day).filter(unit__in=queries.within(day, [assessor])).exclude(unit=assessor)
        kinds |= set(below.order_by().values_list("kind", flat=True).distinct())
    versions = FrameworkVersion.objects.filter(withdrawn_at=None).order_by("framework", "-added_at")
    found = [Offered(one, bool(kinds & set(one.about["unit_kinds"]))) for one in versions.defer("text", "bases")]
    wanted = folded(words).split()
    found = [one for one in found if all(word in one.found_by for word in wanted)]
    return sorted(found, key=lambda one: not one.suits)


@dataclass(frozen=True, slots=True)
class Lacking:
    """Participants for whom nobody can report, and those for whom nobody can sign."""

    officer: frozenset[int]
    head: frozenset[int]

    @property
    def either(self) -> frozenset[int]:
        """Those that lack one of them."""
        return self.officer | self.head


def lacking_people(round_: Round, day: dt.date) -> Lacking:
    """Return which participants have no officer and which no head on a day; two queries, however many there are."""
    units = dict(round_.participants.values_list("unit", "pk"))
    held = Assignment.objects.lasting(day).filter(role__in=(Role.OFFICER, Role.HEAD), user__is_active=True)
    having: dict[str, set[int]] = {Role.OFFICER: set(), Role.HEAD: set()}
    for role, unit in held.filter(unit__participations__round=round_).values_list("role", "unit").distinct():
        having[role].add(unit)
    officer, head = (
        frozenset(pk for unit, pk in units.items() if unit not in having[role]) for role in (Role.OFFICER, Role.HEAD)
    )
    return Lacking(officer, head)


def tiers_below(round_: Round) -> list[set[int]]:
    """Return the rounds below a round, those just below it first; each stands once, and never below itself.

    One query a tier, and one that finds no more.
    """
    known, tier, found = {round_.pk}, {round_.pk}, []
    links = Round.children.through.objects
    while tier:
        tier = set(links.filter(from_round__in=tier).values_list("to_round", flat=True)) - known
        known |= tier
        found.append(tier)
    return found[:-1]


def reporting_units(assessors: Collection[int] | None) -> QuerySet[Participant, int]:
    """Return the units, for a subquery, that report by themselves in rounds of these assessors that are not over."""
    members = Participant.objects.filter(part_of=None, withdrawn_at=None).exclude(round__stage=Stage.PUBLISHED)
    if assessors is not None:
        members = members.filter(round__assessor__in=assessors)
    return members.values_list("unit", flat=True)
