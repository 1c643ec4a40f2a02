"""What is still owed in open rounds, until when, and by whom."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Max, Prefetch, QuerySet
from django.utils import timezone

from chiso.web.collection.documents import wholes
from chiso.web.collection.due_days import DueDay, open_days
from chiso.web.collection.models import Report, ReportState, ValueStage
from chiso.web.collection.wholes import Progress, fresh_progress
from chiso.web.people.models import Assignment, Role
from chiso.web.reminders.models import Duty
from chiso.web.rounds.models import Extension, Participant, Stage
from chiso.web.rounds.queries import with_framework


@dataclass(frozen=True, slots=True)
class Owed:
    """A report that is not submitted, or not signed yet; how many figures it holds of how many.

    ``printed``: the days on which criteria are due earlier, as far as they lack figures; see :func:`with_printed`.
    """

    participant: Participant
    duty: Duty
    due_at: dt.datetime
    report: int | None = None
    filled: int = 0
    asked: int = 0
    printed: tuple[DueDay, ...] = ()

    def days_left(self, now: dt.datetime) -> int:
        """Return the days from today to the due day; negative once it has passed."""
        return (timezone.localdate(self.due_at) - timezone.localdate(now)).days

    def is_late(self, now: dt.datetime) -> bool:
        """Say whether the due time has passed."""
        return self.due_at < now


@dataclass(frozen=True, slots=True)
class Recipient:
    """A person and everything they still owe."""

    person: int
    full_name: str
    email: str
    owed: tuple[Owed, ...]


def owed_by(participants: QuerySet[Participant]) -> list[Owed]:
    """Return what participants of open rounds owe; four queries, however many there are: a round is read once.

    Where figures add up from parts or child units, theirs are read too.
    """
    members = participants.filter(round__stage=Stage.OPEN)
    own = Report.objects.filter(participant__in=members, stage=ValueStage.SELF)
    reports = {one.participant_id: one for one in own.only("participant", "state", "progress")}
    later = Extension.objects.filter(participant__in=members).order_by().values_list("participant")
    until = dict(later.annotate(Max("until")))
    owing = list(wholes(members).prefetch_related(Prefetch("round", with_framework())))
    fresh = fresh_progress(one for one in owing if one.pk in reports)
    found = (_owed(one, reports.get(one.pk), fresh.get(one.pk), until.get(one.pk)) for one in owing)
    return [one for one in found if one is not None]


def with_printed(owed: Sequence[Owed]) -> list[Owed]:
    """Return what is owed with the printed days before the due time on which criteria still lack figures."""
    found = open_days(one.participant for one in owed if one.duty == Duty.REPORT)
    return [replace(one, printed=found.get(one.participant.pk, ())) for one in owed]


def _owed(
    participant: Participant, report: Report | None, fresh: Progress | None, until: dt.datetime | None
) -> Owed | None:
    state = report.state if report is not None else ReportState.DRAFT
    if state == ReportState.SIGNED:
        return None
    due = participant.round.due_at
    due = max(due, until) if until is not None else due
    duty = Duty.SIGNATURE if state == ReportState.SUBMITTED else Duty.REPORT
    if report is None:
        return Owed(participant, duty, due)
    figures = list((fresh or report.progress).values())
    return Owed(participant, duty, due, report.pk, sum(one[0] for one in figures), sum(one[1] for one in figures))


def recipients(owed: Iterable[Owed]) -> tuple[list[Recipient], list[Owed]]:
    """Return who is to be reminded, each person once with everything, and what nobody can be reminded of.

    Officers fill in and submit; heads sign, and are told of reports of units that have no officer. One query.
    """
    wanted = list(owed)
    acting = _acting({one.participant.round_id for one in wanted})
    people: dict[int, tuple[str, str]] = {}
    found: dict[int, list[Owed]] = {}
    nobody = []
    for one in wanted:
        heads, officers = (acting.get((one.participant.unit_id, role), {}) for role in (Role.HEAD, Role.OFFICER))
        told = heads if one.duty == Duty.SIGNATURE else officers or heads
        if not told:
            nobody.append(one)
        for person, named in told.items():
            people[person] = named
            found.setdefault(person, []).append(one)
    return [Recipient(person, *people[person], tuple(some)) for person, some in sorted(found.items())], nobody


def _acting(rounds: Collection[int]) -> dict[tuple[int, str], dict[int, tuple[str, str]]]:
    """Return the officers and heads of the units in rounds today: unit and role -> person -> name and address."""
    today = timezone.localdate()
    units = Participant.objects.filter(round__in=rounds).values("unit")
    rows = Assignment.objects.lasting(today).filter(
        role__in=(Role.OFFICER, Role.HEAD), user__is_active=True, unit__in=units
    )
    found: dict[tuple[int, str], dict[int, tuple[str, str]]] = {}
    columns = ("unit_id", "role", "user_id", "user__full_name", "user__email")
    for unit, role, person, name, address in rows.values_list(*columns):
        found.setdefault((unit or 0, role), {})[person] = (name, address)
    return found
