"""Writing rounds: opened, moved from stage to stage, late entry allowed, levels registered; each of it logged."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.rounds.models import Extension, Participant, RankingGroup, Round, Stage
from chiso.web.units import queries
from chiso.web.units.models import Kind, Unit

#: The stages in their order.
ORDER = tuple(Stage)


class RoundError(Exception):
    """A round cannot be opened or moved so: ``code`` says why (``rounds.phrases``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Calendar:
    """The days of a round. ``due_at`` is the moment until which reports are taken in."""

    opens_on: dt.date
    due_at: dt.datetime
    verified_by: dt.date | None = None
    council_on: dt.date | None = None
    appeals_until: dt.date | None = None
    published_on: dt.date | None = None

    def check(self) -> None:
        """Check that the days follow one another.

        Raises:
            RoundError: they do not.
        """
        days = [self.opens_on, timezone.localdate(self.due_at), self.verified_by, self.council_on, self.appeals_until]
        told = [day for day in [*days, self.published_on] if day is not None]
        if told != sorted(told):
            raise RoundError("calendar")


@transaction.atomic
def open_round(
    *,
    title: str,
    year: int,
    framework: FrameworkVersion,
    assessor: Unit,
    calendar: Calendar,
    kinds: Sequence[Kind],
    actor: Actor,
) -> Round:
    """Prepare a round: everything of these kinds below the assessor takes part, each kind a ranking group of its own.

    Raises:
        RoundError: the calendar goes backwards, or there is nobody to take part.
    """
    calendar.check()
    members = _members(assessor, calendar.opens_on, kinds)
    if not members:
        raise RoundError("nobody")
    made = Round.objects.create(
        title=title,
        year=year,
        framework=framework,
        assessor=assessor,
        opens_on=calendar.opens_on,
        due_at=calendar.due_at,
        verified_by=calendar.verified_by,
        council_on=calendar.council_on,
        appeals_until=calendar.appeals_until,
        published_on=calendar.published_on,
        previous=_year_before(framework, assessor, year),
    )
    groups = {
        kind: RankingGroup.objects.create(round=made, name=Kind(kind).label.capitalize(), position=position)
        for position, kind in enumerate(dict.fromkeys(kind for _, _, kind in members))
    }
    Participant.objects.bulk_create(
        [Participant(round=made, unit_id=unit, name=name, group=groups[kind]) for unit, name, kind in members]
    )
    about = {"framework": framework.hash, "participants": len(members), "due": calendar.due_at.isoformat()}
    record(strand=f"round:{made.pk}", action="round.prepared", actor=actor, **about)
    return made


def _members(assessor: Unit, day: dt.date, kinds: Sequence[Kind]) -> list[tuple[int, str, str]]:
    below = queries.below(day, assessor.pk)
    found = queries.on_day(day).filter(unit__in=below, kind__in=kinds).exclude(unit=assessor)
    return list(found.order_by("kind", "sorted_by").values_list("unit", "name", "kind"))


def _year_before(framework: FrameworkVersion, assessor: Unit, year: int) -> Round | None:
    """Return the round of the year before of the same framework: its values stand beside this year's."""
    same = Round.objects.filter(framework__framework=framework.framework, assessor=assessor, year=year - 1)
    return same.order_by("-pk").first()


@transaction.atomic
def move(*, round_id: int, to: Stage, reason: str, actor: Actor) -> Round:
    """Move a round to the next stage, or back to an earlier one with a reason.

    Raises:
        RoundError: stages would be skipped, a reason is missing, or the round is published.
    """
    round_ = Round.objects.select_for_update().get(pk=round_id)
    here, there = ORDER.index(Stage(round_.stage)), ORDER.index(to)
    if round_.stage == Stage.PUBLISHED or there == here or there > here + 1:
        raise RoundError("stage")
    if there < here and not reason:
        raise RoundError("reason")
    before, round_.stage = round_.stage, to
    round_.save(update_fields=["stage"])
    action = "round.moved" if there > here else "round.reopened"
    record(strand=f"round:{round_.pk}", action=action, actor=actor, **{"from": before, "to": to, "reason": reason})
    return round_


@transaction.atomic
def allow_late(*, participant: Participant, until: dt.datetime, reason: str, actor: Actor) -> Extension:
    """Let a participant report after the due time.

    Raises:
        RoundError: the moment has passed, or a reason is missing.
    """
    if until <= timezone.now():
        raise RoundError("past")
    if not reason:
        raise RoundError("reason")
    made = Extension.objects.create(participant=participant, until=until, reason=reason, granted_by_id=actor.person)
    about = {"participant": participant.pk, "until": until.isoformat(), "reason": reason}
    record(strand=f"round:{participant.round_id}", action="round.late_allowed", actor=actor, **about)
    return made
