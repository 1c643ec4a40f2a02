"""Moving rounds from stage to stage and allowing late entry; each of it logged. Preparing them: ``preparing``."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.rounds.checks import blocking
from chiso.web.rounds.models import Extension, Participant, Round, Stage

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
    registration_until: dt.date | None = None

    def check(self) -> None:
        """Check that the days follow one another.

        Raises:
            RoundError: they do not.
        """
        days = [self.opens_on, timezone.localdate(self.due_at), self.verified_by, self.council_on, self.appeals_until]
        told = [day for day in [*days, self.published_on] if day is not None]
        if told != sorted(told):
            raise RoundError("calendar")
        until = self.registration_until
        if until is not None and not self.opens_on <= until <= timezone.localdate(self.due_at):
            raise RoundError("registration_days")


@transaction.atomic
def move(*, round_id: int, to: Stage, reason: str, actor: Actor) -> Round:
    """Move a round to the next stage, or back to an earlier one with a reason.

    Raises:
        RoundError: stages would be skipped, something stands in the way (``checks``), a reason is missing, or the
            round is published.
    """
    round_ = Round.objects.select_for_update().get(pk=round_id)
    here, there = ORDER.index(Stage(round_.stage)), ORDER.index(to)
    if round_.stage == Stage.PUBLISHED or there == here or there > here + 1:
        raise RoundError("stage")
    if there < here and not reason:
        raise RoundError("reason")
    if there > here and blocking(round_, to):
        raise RoundError("blocked")
    before, round_.stage = round_.stage, to
    if to == Stage.OPEN and round_.opened_at is None:
        round_.opened_at = timezone.now()
    round_.save(update_fields=["stage", "opened_at"])
    action = "round.moved" if there > here else "round.reopened"
    record(strand=round_.strand, action=action, actor=actor, **{"from": before, "to": to, "reason": reason})
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
    record(strand=participant.scope, action="round.late_allowed", actor=actor, **about)
    return made
