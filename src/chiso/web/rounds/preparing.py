"""Preparing a round: begun, its basis and calendar settled step by step, given up again. Each step is kept at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import asdict

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.rounds.models import Participant, Round, Stage
from chiso.web.rounds.services import Calendar, RoundError
from chiso.web.units.models import Unit

#: The calendar that a new round begins with, until somebody has settled it: so many days for reporting, until the
#: end of office hours.
_DAYS, _HOUR = 30, dt.time(17)

#: What apps above do when something changed from which the results of a round follow, registered by them.
FOLLOWING: list[Callable[[Round, Actor], object]] = []


@transaction.atomic
def begin(*, title: str, year: int, framework: FrameworkVersion, assessor: Unit, actor: Actor) -> Round:
    """Begin to prepare a round. Its calendar is a proposal until it is settled."""
    today = timezone.localdate()
    due = timezone.make_aware(dt.datetime.combine(today + dt.timedelta(days=_DAYS), _HOUR))
    made = Round.objects.create(
        title=title,
        year=year,
        framework=framework,
        assessor=assessor,
        opens_on=today,
        due_at=due,
        previous=year_before(framework, assessor, year),
        settled=["basis"],
    )
    record(strand=f"round:{made.pk}", action="round.begun", actor=actor, framework=framework.hash, year=year)
    return made


def year_before(framework: FrameworkVersion, assessor: Unit, year: int) -> Round | None:
    """Return the round of the year before of the same framework: its values stand beside this year's."""
    same = Round.objects.filter(framework__framework=framework.framework, assessor=assessor, year=year - 1)
    return same.order_by("-pk").first()


def locked(round_id: int, *, preparing: bool = False) -> Round:
    """Return a round to change, locked until the transaction ends.

    Raises:
        RoundError: it is published or, where only a round in preparation changes, no longer in preparation.
    """
    found = Round.objects.select_for_update().get(pk=round_id)
    if found.stage == Stage.PUBLISHED:
        raise RoundError("published")
    if preparing and found.stage != Stage.PREPARING:
        raise RoundError("running")
    return found


def settle(round_: Round, step: str, *fields: str) -> None:
    """Save fields of a round and note that a step of its preparation was gone through."""
    if step not in round_.settled:
        round_.settled = [*round_.settled, step]
    round_.save(update_fields=[*fields, "settled"])


def follow(round_: Round, actor: Actor) -> None:
    """Let what follows from a round follow, once units have worked in it."""
    if round_.opened_at is not None:
        for act in FOLLOWING:
            act(round_, actor)


@transaction.atomic
def set_basis(*, round_id: int, title: str, year: int, framework: FrameworkVersion, actor: Actor) -> Round:
    """Change what a round in preparation is about.

    Raises:
        RoundError: the framework would change although units have seen it already.
    """
    round_ = locked(round_id, preparing=True)
    if round_.opened_at is not None and framework != round_.framework:
        raise RoundError("framework")
    if framework != round_.framework:
        # Readings and values from outside speak of criteria of the framework that was there before.
        round_.readings, round_.references = {}, {}
        round_.settled = [step for step in round_.settled if step not in ("readings", "outside")]
    round_.title, round_.year, round_.framework = title, year, framework
    round_.previous = year_before(framework, round_.assessor, year)
    settle(round_, "basis", "title", "year", "framework", "previous", "readings", "references")
    about = {"title": title, "year": year, "framework": framework.hash}
    record(strand=f"round:{round_.pk}", action="round.basis_set", actor=actor, **about)
    return round_


@transaction.atomic
def set_calendar(*, round_id: int, calendar: Calendar, reason: str, actor: Actor) -> Round:
    """Give a round its days. Once units know them, a change needs a reason.

    Raises:
        RoundError: the days do not follow one another, or a reason is missing.
    """
    calendar.check()
    round_ = locked(round_id)
    if round_.opened_at is not None and not reason:
        raise RoundError("reason")
    before, after = asdict(calendar_of(round_)), asdict(calendar)
    for name, value in asdict(calendar).items():
        setattr(round_, name, value)
    settle(round_, "calendar", *asdict(calendar))
    # One moment may be written in two time zones: what is compared are the moments.
    changed = {name: [_text(before[name]), _text(day)] for name, day in after.items() if before[name] != day}
    if changed or round_.opened_at is None:
        record(
            strand=f"round:{round_.pk}", action="round.calendar_set", actor=actor, changed=changed, reason=reason
        )  # fmt: skip
    return round_


def calendar_of(round_: Round) -> Calendar:
    """Return the days of a round."""
    return Calendar(
        round_.opens_on,
        round_.due_at,
        round_.verified_by,
        round_.council_on,
        round_.appeals_until,
        round_.published_on,
        round_.registration_until,
    )


def _text(day: dt.date | None) -> str | None:
    return None if day is None else day.isoformat()


@transaction.atomic
def discard(*, round_id: int, actor: Actor) -> None:
    """Give up a round that was never opened; nothing was reported in it. The log keeps that it was there.

    Raises:
        RoundError: it has been opened, or next year's round follows it.
    """
    round_ = locked(round_id, preparing=True)
    if round_.opened_at is not None:
        raise RoundError("opened")
    if round_.next.exists():
        raise RoundError("followed")
    record(strand=f"round:{round_.pk}", action="round.discarded", actor=actor, title=round_.title)
    Participant.everyone.filter(round=round_, part_of__isnull=False).delete()
    Participant.everyone.filter(round=round_).delete()
    round_.delete()
