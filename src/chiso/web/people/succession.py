"""A role ends, and somebody else has it from then on: a colleague who has an account, or somebody who is invited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor
from chiso.web.people import invitations, roles
from chiso.web.people.models import Assignment, Role


@dataclass(frozen=True, slots=True)
class Ending:
    """How a role ends: its last day (None: at once), and who follows: an account, or an address with a name."""

    last_day: dt.date | None
    successor: int | None = None
    email: str = ""
    full_name: str = ""


@transaction.atomic
def end_or_hand_over(*, held: Assignment, told: Ending, actor: Actor) -> None:
    """End a role, with whoever follows.

    Raises:
        PeopleError: the role cannot end so, or the successor cannot have it.
    """
    if told.successor is not None:
        roles.hand_over(pk=held.pk, last_day=told.last_day, successor_id=told.successor, actor=actor)
        return
    roles.end(pk=held.pk, last_day=told.last_day, actor=actor)
    if told.email:
        since = told.last_day + roles.DAY if told.last_day else timezone.localdate()
        offer = invitations.Offer(
            told.email, told.full_name, Role(held.role), held.unit_id, since, agency=held.agency
        )  # fmt: skip
        invitations.invite(offers=[offer], actor=actor)
