"""What is due, read for the first page: reports to fill in, reports to sign, rounds to run, rounds to follow."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from chiso.web.collection.documents import wholes
from chiso.web.collection.due_days import DueDay, open_days
from chiso.web.collection.models import HELD, Remark, Report, ReportState, ValueStage
from chiso.web.collection.wholes import Progress, fresh_progress
from chiso.web.people.access import Access
from chiso.web.people.directory import holders
from chiso.web.people.models import Role
from chiso.web.reminders.queries import Reminded, last_reminded
from chiso.web.rounds.models import Extension, Participant, Round, Stage
from chiso.web.rounds.registration import is_asked_of

#: Rounds that have begun and are not over.
RUNNING = (Stage.OPEN, Stage.VERIFICATION, Stage.COUNCIL, Stage.APPEAL)

#: Rounds that receive reports come first, then those that are prepared: there something is to be done.
TURN = Case(When(stage=Stage.OPEN, then=0), When(stage=Stage.PREPARING, then=1), default=2)

#: Lines of one list; whoever has more to do finds the rest on the round's own page.
LINES = 50


@dataclass(frozen=True, slots=True)
class Due:
    """A report that a unit owes: how many figures it holds of how many, how it stands, when it was last reminded.

    ``printed``: the days before its due time on which criteria are due, as far as they lack figures.
    """

    participant: Participant
    report: Report | None
    filled: int
    asked: int
    reminded: Reminded | None = None
    printed: tuple[DueDay, ...] = ()

    @property
    def state(self) -> str:
        """How far the report is; ``none`` before anybody has opened it."""
        return self.report.state if self.report and self.report.number else "none"

    @property
    def level_due(self) -> str:
        """What is left to do about the level the unit registers: ``register``, ``confirm``, or nothing."""
        if not is_asked_of(self.participant) or self.participant.aimed_at is not None:
            return ""
        return "confirm" if self.participant.registered_level else "register"

    @property
    def is_done(self) -> bool:
        """Whether nothing is left for the unit to do."""
        return self.state in HELD

    @property
    def late_until(self) -> dt.datetime | None:
        """Until when the unit may report although the time is over for others; None without such a permission."""
        until: dt.datetime | None = getattr(self.participant, "extended_to", None)
        return until if until is not None and until > self.participant.round.due_at else None

    @property
    def due_at(self) -> dt.datetime:
        """Until when the unit may report."""
        return self.late_until or self.participant.round.due_at

    def is_late(self, now: dt.datetime) -> bool:
        """Say whether the time is over."""
        return self.due_at < now

    def days_left(self, now: dt.datetime) -> int:
        """Return the days from today to the due day, as people count them."""
        return (timezone.localdate(self.due_at) - timezone.localdate(now)).days


def own_reports(access: Access) -> list[Due]:
    """Return the reports of the units for which a person fills in or signs; what is left to do comes first."""
    units = access.units(Role.OFFICER, Role.HEAD)
    if not units:
        return []
    members = Participant.objects.filter(unit__in=units, round__stage=Stage.OPEN).select_related("round__framework")
    members = members.defer("round__framework__text", "round__framework__bases")
    reports = {
        one.participant_id: one
        for one in Report.objects.filter(participant__in=members, stage=ValueStage.SELF).defer("values")
    }
    later = Extension.objects.filter(participant=OuterRef("pk")).order_by("-until")
    members = wholes(members.annotate(extended_to=Subquery(later.values("until")[:1])))
    shown = list(members.order_by("round__due_at")[:LINES])
    fresh = fresh_progress(shown)
    found = [_due(one, reports.get(one.pk), fresh.get(one.pk)) for one in shown]
    reminded = last_reminded([one.participant.pk for one in found])
    printed = open_days(one.participant for one in found if not one.is_done)
    found = [
        replace(one, reminded=reminded.get(one.participant.pk), printed=printed.get(one.participant.pk, ()))
        for one in found
    ]
    return sorted(found, key=lambda one: one.is_done)


def _due(participant: Participant, report: Report | None, fresh: Progress | None) -> Due:
    progress = list((fresh or report.progress).values()) if report else []
    return Due(participant, report, sum(one[0] for one in progress), sum(one[1] for one in progress))


def waiting_signatures(access: Access) -> list[Report]:
    """Return the reports that wait for a head's signature, the longest waiting first."""
    units = access.units(Role.HEAD)
    if not units:
        return []
    waiting = Report.objects.filter(
        participant__unit__in=units,
        participant__withdrawn_at=None,
        stage=ValueStage.SELF,
        state=ReportState.SUBMITTED,
    ).select_related("participant__round")
    return list(waiting.defer("values").order_by("submitted_at")[:LINES])


@dataclass(frozen=True, slots=True)
class Running:
    """A round that a coordinator runs: participants, how many have submitted, are late, or have nobody who reports."""

    round: Round
    participants: int
    submitted: int
    late: int
    objections: int
    without_officer: int


def rounds_run(access: Access, now: dt.datetime) -> list[Running]:
    """Return the rounds that a coordinator runs, with what needs looking after."""
    units = access.units(Role.COORDINATOR)
    if not units:
        return []
    taking_part = Q(participants__withdrawn_at=None)
    done = taking_part & Q(
        participants__reports__stage=ValueStage.SELF,
        participants__reports__state__in=HELD,
    )
    rounds = (
        Round.objects.filter(assessor__in=units)
        .exclude(stage=Stage.PUBLISHED)
        .annotate(
            members=Count("participants", filter=taking_part, distinct=True),
            submitted=Count("participants", filter=done, distinct=True),
        )
        .order_by(TURN, "due_at")[:LINES]
    )
    objections = dict(
        Remark.objects.filter(participant__round__assessor__in=units, kind=Remark.Kind.OBJECTION, settled_at=None)
        .values_list("participant__round")
        .annotate(Count("pk"))
    )
    deserted = _without_officer(units)
    return [
        Running(
            one,
            one.members,
            one.submitted,
            one.members - one.submitted if one.stage == Stage.OPEN and one.due_at < now else 0,
            objections.get(one.pk, 0),
            deserted.get(one.pk, 0),
        )
        for one in rounds
    ]


def _without_officer(assessors: frozenset[int]) -> dict[int, int]:
    """Return how many units of each round, of these assessors, nobody fills in the report for."""
    officers = holders(timezone.localdate(), Role.OFFICER).filter(unit=OuterRef("unit"))
    members = Participant.objects.filter(
        ~Exists(officers), round__assessor__in=assessors, part_of=None, withdrawn_at=None
    )
    return dict(members.order_by().values_list("round").annotate(Count("pk")))


def rounds_followed(access: Access) -> QuerySet[Round]:
    """Return the running rounds that leaders, council, verifiers and auditors follow."""
    roles = (
        Role.LEADER,
        Role.AUDITOR,
        Role.VERIFIER,
        Role.COUNCIL_CHAIR,
        Role.COUNCIL_MEMBER,
        Role.COUNCIL_SECRETARY,
    )
    return Round.objects.filter(assessor__in=access.units(*roles), stage__in=RUNNING).order_by(TURN, "due_at")[:LINES]
