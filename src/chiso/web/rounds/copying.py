"""Next year's round made from this year's: everything carried over, units followed through their legal acts.

What will happen is worked out first (:func:`planned`) and shown; nothing is taken over unseen.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.members import Candidate, of_kinds
from chiso.web.rounds.models import Participant, RankingGroup, Round
from chiso.web.rounds.preparing import calendar_of
from chiso.web.rounds.services import Calendar
from chiso.web.statistics import refresh
from chiso.web.units import queries
from chiso.web.units.models import Kind
from chiso.web.vietnamese import ordered

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Replaced:
    """A participant whose unit has ended, and the units in which it goes on."""

    before: Participant
    after: tuple[Candidate, ...]


@dataclass
class Plan:
    """What a copy of a round would hold. ``members``: the unit of each new participant, with the one it follows.

    ``renamed`` are units that go on under another name, ``gone`` those that go on nowhere below the assessor, ``new``
    those of the same kinds that did not take part before.
    """

    day: dt.date
    members: dict[int, tuple[Candidate, Participant]] = field(default_factory=dict)
    renamed: list[tuple[Participant, Candidate]] = field(default_factory=list)
    replaced: list[Replaced] = field(default_factory=list)
    gone: list[Participant] = field(default_factory=list)
    new: list[Candidate] = field(default_factory=list)


def a_year_later(day: dt.date) -> dt.date:
    """Return the same day of the next year; 28 February for the 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def calendar_after(round_: Round) -> Calendar:
    """Return the calendar of a round, moved by a year; the due time stays the same time of day here."""
    before = calendar_of(round_)
    due = timezone.localtime(before.due_at)
    moved = timezone.make_aware(dt.datetime.combine(a_year_later(due.date()), due.time()))
    later = {
        name: a_year_later(day) for name, day in asdict(before).items() if day and name not in ("opens_on", "due_at")
    }
    return Calendar(a_year_later(before.opens_on), moved, **later)


def title_after(round_: Round) -> str:
    """Return the title of a round with its year moved on, where the title names it."""
    year = str(round_.year)
    return re.sub(rf"(?<!\d){year}(?!\d)", str(round_.year + 1), round_.title)


def newest(version: FrameworkVersion) -> FrameworkVersion:
    """Return the newest version of a framework."""
    found = FrameworkVersion.objects.filter(framework=version.framework).defer("text", "bases")
    return found.order_by("added_at", "pk").last() or version


def planned(round_: Round) -> Plan:
    """Work out who would take part in next year's round; as many queries for thousands of units as for one."""
    day = calendar_after(round_).opens_on
    old = list(round_.participants.select_related("group", "part_of").order_by("part_of_id", "sorted_by", "pk"))
    goes_on = queries.going_on({one.unit_id for one in old}, day)
    inside = queries.on_day(day).filter(unit__in=queries.within(day, [round_.assessor_id]))
    rows = inside.exclude(unit=round_.assessor_id).values_list("unit", "name", "kind")
    states = {unit: Candidate(unit, name, kind) for unit, name, kind in rows}
    plan = Plan(day)
    # Who goes on as itself keeps its own place, whoever is merged into it.
    for one in sorted(old, key=lambda one: one.unit_id not in goes_on[one.unit_id]):
        units = sorted(
            (states[unit] for unit in goes_on[one.unit_id] if unit in states), key=lambda unit: ordered(unit.name)
        )
        for unit in units:
            plan.members.setdefault(unit.unit, (unit, one))
        if not units:
            plan.gone.append(one)
        elif [unit.unit for unit in units] != [one.unit_id]:
            plan.replaced.append(Replaced(one, tuple(units)))
        elif units[0].name != one.name:
            plan.renamed.append((one, units[0]))
    kinds = {Kind(unit.kind) for unit, before in plan.members.values() if before.part_of_id is None}
    below = of_kinds(round_, kinds, day=day) if kinds else []
    plan.new.extend(one for one in below if one.unit not in plan.members)
    return plan


@transaction.atomic
def copy(*, round_id: int, title: str, framework: FrameworkVersion, with_new: bool, actor: Actor) -> Round:
    """Make next year's round from a round; its calendar is a proposal until somebody has settled it.

    Values from outside are those of their year and do not come along; readings do where the framework still has them.
    """
    before = Round.objects.select_for_update().get(pk=round_id)
    plan = planned(before)
    made = Round.objects.create(
        title=title,
        year=before.year + 1,
        framework=framework,
        assessor_id=before.assessor_id,
        readings=readings_after(before, framework),
        previous=before,
        is_sample=before.is_sample,
        settled=["basis", "units", "groups", "readings"],
        **asdict(calendar_after(before)),
    )
    groups = {
        one.pk: RankingGroup.objects.create(
            round=made, name=one.name, position=one.position, is_ranked=one.is_ranked
        )
        for one in before.groups.all()
    }  # fmt: skip
    _take_part(made, plan, groups)
    if with_new:
        _join(made, plan, groups)
    refresh(len(plan.members), Participant)
    made.children.set(Round.objects.filter(previous__in=before.children.all(), year=made.year))
    told = {
        "from": before.pk,
        "year": made.year,
        "framework": framework.hash,
        "participants": made.participants.count(),
    }
    record(strand=f"round:{made.pk}", action="round.copied", actor=actor, **told)
    return made


def readings_after(before: Round, framework: FrameworkVersion) -> dict[str, str]:
    """Return the readings of a round that a framework still offers."""
    known = {one.id: one for one in loaded(framework).readings}
    return {name: option for name, option in before.readings.items() if name in known and option in known[name].options}


def _take_part(made: Round, plan: Plan, groups: Mapping[int, RankingGroup]) -> None:
    """Write who follows whom: first those that are scored, then the parts of their figures."""
    for parts in (False, True):
        wholes = dict(made.participants.values_list("unit", "pk"))
        whole_of = {before.pk: wholes[unit] for unit, (_, before) in plan.members.items() if unit in wholes}
        rows = []
        for unit, before in plan.members.values():
            if (before.part_of_id is not None) != parts:
                continue
            whole = whole_of.get(before.part_of_id) if before.part_of_id is not None else None
            if parts and whole is None:
                continue  # what it was a part of goes on nowhere
            group = groups[before.group_id] if before.group_id is not None else None
            rows.append(
                Participant(round=made, unit_id=unit.unit, name=unit.name, group=group, part_of_id=whole)
            )  # fmt: skip
        Participant.objects.bulk_create(rows, batch_size=_BATCH)


def _join(made: Round, plan: Plan, groups: Mapping[int, RankingGroup]) -> None:
    """Let units that are new take part, each in the group in which most of its kind stand."""
    counted: dict[str, dict[int, int]] = {}
    for unit, before in plan.members.values():
        if before.group_id is not None:
            of_kind = counted.setdefault(unit.kind, {})
            of_kind[before.group_id] = of_kind.get(before.group_id, 0) + 1
    usual = {kind: groups[max(counts, key=lambda pk: counts[pk])] for kind, counts in counted.items()}
    rows = [Participant(round=made, unit_id=one.unit, name=one.name, group=usual.get(one.kind)) for one in plan.new]
    Participant.objects.bulk_create(rows, batch_size=_BATCH)
