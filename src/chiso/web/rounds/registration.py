"""Maturity rounds begin with the level a unit registers (W14): entered by its officer, confirmed by its head."""

from __future__ import annotations

import datetime as dt

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.entry import takes_values
from chiso.web.rounds.models import Participant
from chiso.web.rounds.services import RoundError


def is_asked_of(participant: Participant) -> bool:
    """Say whether a participant registers a level: the framework has some, and it is more than a part of another."""
    return bool(participant.round.framework.about["levels"]) and participant.part_of_id is None


def is_open(participant: Participant, now: dt.datetime) -> bool:
    """Say whether the unit itself may register a level at a moment: while it may report, and not after the day set."""
    until = participant.round.registration_until
    return takes_values(participant, now) and (until is None or timezone.localdate(now) <= until)


@transaction.atomic
def register(
    *, participant_id: int, level: int, as_head: bool, actor: Actor, on_behalf: bool = False, reason: str = ""
) -> Participant:
    """Register the level that a unit aims at; another level takes the place of the one before.

    What the head registers, and what a coordinator enters for the unit with a reason, is confirmed at once.

    Raises:
        RoundError: the framework has no such level, the time is over for the unit, or a coordinator gives no reason.
    """
    participant = _locked(participant_id)
    _check_level(participant, level)
    now = timezone.now()
    if on_behalf and not reason:
        raise RoundError("reason")
    if not on_behalf and not is_open(participant, now):
        raise RoundError("registration_over")
    before, participant.registered_level, participant.registered_at = participant.registered_level, level, now
    participant.level_confirmed_at = now if as_head or on_behalf else None
    participant.save(update_fields=["registered_level", "registered_at", "level_confirmed_at"])
    told = {"participant": participant.pk, "level": level, "before": before, "confirmed": as_head or on_behalf}
    more = {"on_behalf": True, "reason": reason} if on_behalf else {}
    record(strand=f"round:{participant.round_id}", action="round.level_registered", actor=actor, **told, **more)
    return participant


@transaction.atomic
def confirm(*, participant_id: int, level: int, actor: Actor) -> Participant:
    """Confirm the level that an officer has registered; ``level`` is the one that the head has read.

    Raises:
        RoundError: none is registered, another one is registered meanwhile, or the time is over.
    """
    participant = _locked(participant_id)
    if participant.registered_level is None:
        raise RoundError("registration_none")
    if participant.registered_level != level:
        raise RoundError("registration_other")
    if not is_open(participant, timezone.now()):
        raise RoundError("registration_over")
    if participant.level_confirmed_at is None:
        participant.level_confirmed_at = timezone.now()
        participant.save(update_fields=["level_confirmed_at"])
        told = {"participant": participant.pk, "level": level}
        record(strand=f"round:{participant.round_id}", action="round.level_confirmed", actor=actor, **told)
    return participant


def _locked(participant_id: int) -> Participant:
    found = Participant.objects.select_related("round__framework").select_for_update(of=("self",))
    return found.get(pk=participant_id)


def _check_level(participant: Participant, level: int) -> None:
    framework = loaded(participant.round.framework)
    if not is_asked_of(participant) or level not in [one.number for one in framework.levels]:
        raise RoundError("level")
