"""Criteria whose printed deadline comes before a round is due: on which days, and which still lack figures.

What counts as a day of a round is written in docs/reference/deadlines.md.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from django.utils import timezone

from chiso.framework.due import printed_last_day
from chiso.framework.inputs import asked
from chiso.framework.model import Framework
from chiso.web.collection.asking import Needs, needed
from chiso.web.collection.documents import documents_of
from chiso.web.collection.effective import answered
from chiso.web.collection.models import Report, ValueStage
from chiso.web.frameworks.prepared import once_each
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Participant, Round

#: The criteria of a day, each with what it needs by then.
Asks = Mapping[str, Needs]

#: Participants of a round; those whose figures add up from others with their unit.
Members = Mapping[int, int | None]


@dataclass(frozen=True, slots=True)
class DueDay:
    """A printed day before the due time of a round, and how a report stands on it: ``open`` criteria lack figures."""

    day: dt.date
    criteria: int
    open: tuple[str, ...]

    @property
    def at(self) -> dt.datetime:
        """The end of the day."""
        return end_of(self.day)

    def is_late(self, now: dt.datetime) -> bool:
        """Say whether the day has passed."""
        return self.day < timezone.localdate(now)

    def days_left(self, now: dt.datetime) -> int:
        """Return the days from today to the day; negative once it has passed."""
        return (self.day - timezone.localdate(now)).days


def days_of(framework: Framework, round_: Round) -> dict[dt.date, Asks]:
    """Return the printed days of a round, in their order: from its opening on, and before the day on which it is due.

    A day before the opening cannot be kept any more, and one after the due time asks for nothing earlier.
    """
    due_on = timezone.localdate(round_.due_at)
    found = _days(framework, str(round_.year))
    return {day: asks for day, asks in found.items() if round_.opens_on <= day < due_on}


def days_at(framework: Framework, round_: Round) -> dict[str, dt.date]:
    """Return the first printed day of a round for each criterion that has one."""
    found: dict[str, dt.date] = {}
    for day, asks in days_of(framework, round_).items():
        for code in asks:
            found.setdefault(code, day)
    return found


def days_by_fact(framework: Framework, round_: Round) -> dict[str, dt.date]:
    """Return the first printed day of a round for each fact that is needed by one."""
    found: dict[str, dt.date] = {}
    for day, asks in days_of(framework, round_).items():
        for needs in asks.values():
            found |= {fact: day for group in needs for fact in group if fact not in found}
    return found


def end_of(day: dt.date) -> dt.datetime:
    """Return the end of a day."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59, 59)))


@once_each
def _days(framework: Framework, year: str) -> dict[dt.date, Asks]:
    """Return what is due on each printed day of a reporting year.

    A figure that the document prints with a deadline of its own goes by that one, the others by their criterion's.
    """
    found: dict[dt.date, dict[str, list[tuple[str, ...]]]] = defaultdict(lambda: defaultdict(list))
    for code, criterion in framework.criteria.items():
        own = {one.fact: one.declared.due for one in asked(framework, criterion) if one.declared and one.declared.due}
        for group in needed(framework, criterion):
            day = printed_last_day(framework, code, int(year), next((own[fact] for fact in group if fact in own), ""))
            if day is not None:
                found[day][code].append(group)
    return {day: {code: tuple(groups) for code, groups in found[day].items()} for day in sorted(found)}


def open_days(participants: Iterable[Participant]) -> dict[int, tuple[DueDay, ...]]:
    """Return the printed days on which something is left to do, by participant; late ones too.

    ``participants`` have ``is_whole`` (``documents.wholes``). No query where no framework prints such a day, else one
    for the values of each round, and a few more where figures add up from others.
    """
    rounds: dict[Round, dict[int, int | None]] = defaultdict(dict)
    for one in participants:
        rounds[one.round][one.pk] = one.unit_id if getattr(one, "is_whole", False) else None
    return {pk: days for round_, members in rounds.items() for pk, days in open_days_in(round_, members).items()}


def open_days_in(round_: Round, members: Members) -> dict[int, tuple[DueDay, ...]]:
    """Return what :func:`open_days` does, for participants of one round."""
    framework = loaded(round_.framework, round_.readings)
    days = days_of(framework, round_)
    if not days or not members:
        return {}
    filled = _filled(round_, framework, members, _facts(days))
    return {pk: _open(days, filled[pk]) for pk in members}


def _facts(days: Mapping[dt.date, Asks]) -> frozenset[str]:
    return frozenset(fact for asks in days.values() for needs in asks.values() for group in needs for fact in group)


def _filled(
    round_: Round, framework: Framework, members: Members, wanted: Collection[str]
) -> dict[int, Collection[str]]:
    """Return which of the wanted facts members have answered, themselves or through others."""
    found: dict[int, Collection[str]] = dict.fromkeys(members, frozenset())
    rows = Report.objects.filter(participant__in=members, stage__in=(ValueStage.SELF, ValueStage.PROVIDER))
    for pk, values in rows.values_list("participant", "values").iterator(500):
        found[pk] = {fact for fact in wanted if values.get(fact, {"v": ""})["v"]}.union(found[pk])
    units = frozenset(unit for unit in members.values() if unit is not None)
    if units:
        for pk, documents in documents_of(round_, units=units).items():
            found[pk] = answered(framework, *documents)
    return found


def _open(days: Mapping[dt.date, Asks], filled: Collection[str]) -> tuple[DueDay, ...]:
    stand = (DueDay(day, len(asks), tuple(code for code, needs in asks.items() if _lacks(needs, filled)))
             for day, asks in days.items())  # fmt: skip
    return tuple(one for one in stand if one.open)


def _lacks(needs: Needs, filled: Collection[str]) -> bool:
    return not all(any(fact in filled for fact in group) for group in needs)
