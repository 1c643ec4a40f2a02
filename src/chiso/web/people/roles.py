"""Roles over time: given, prolonged, ended, handed over; each of it logged."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.people.models import Assignment, Role, User
from chiso.web.people.operators import lock, require_another
from chiso.web.people.services import STRAND, PeopleError

DAY = dt.timedelta(days=1)


def grant(
    *, user_id: int, role: Role, unit_id: int | None, agency: str, valid_from: dt.date, valid_to: dt.date | None
) -> Assignment:
    """Give a role, within the caller's transaction; one held at that time already is prolonged, never held twice."""
    User.objects.select_for_update().get(pk=user_id)  # one at a time
    touching = Q(valid_to__isnull=True) | Q(valid_to__gte=valid_from - DAY)
    if valid_to is not None:
        touching &= Q(valid_from__lte=valid_to + DAY)
    same = {"user": user_id, "role": role, "unit": unit_id, "agency": agency, "ended_at": None}
    held = list(Assignment.objects.filter(touching, **same).order_by("valid_from"))
    if not held:
        return Assignment.objects.create(
            user_id=user_id, role=role, unit_id=unit_id, agency=agency, valid_from=valid_from, valid_to=valid_to
        )
    last = held[-1].valid_to
    held[0].valid_from = min(held[0].valid_from, valid_from)
    for before, after in pairwise(held):  # gaps between them are closed
        before.valid_to = after.valid_from - DAY
    held[-1].valid_to = None if last is None or valid_to is None else max(last, valid_to)
    Assignment.objects.bulk_update(held, ["valid_from", "valid_to"])
    return held[0]


@transaction.atomic
def give(
    *,
    user_id: int,
    role: Role,
    unit_id: int | None,
    agency: str = "",
    valid_from: dt.date,
    valid_to: dt.date | None = None,
    actor: Actor,
) -> Assignment:
    """Give a role to somebody who has an account."""
    made = grant(
        user_id=user_id, role=role, unit_id=unit_id, agency=agency, valid_from=valid_from, valid_to=valid_to
    )  # fmt: skip
    until = made.valid_to and made.valid_to.isoformat()
    about = {"account": user_id, "assignment": made.pk, "since": made.valid_from.isoformat(), "until": until}
    record(strand=STRAND, action="role.given", actor=actor, **about)
    return made


@transaction.atomic
def end(*, pk: int, last_day: dt.date | None, actor: Actor) -> Assignment:
    """End a role with a day, or at once (None): then it gives nothing from this moment on.

    Raises:
        PeopleError: it has ended, or would have ended before it began; or it is the last role that runs the system.
    """
    lock()
    held = Assignment.objects.select_for_update().get(pk=pk)
    today = timezone.localdate()
    if held.is_over(today):
        raise PeopleError("ended")
    if last_day is not None and last_day < max(today, held.valid_from):
        raise PeopleError("before")
    if held.role == Role.OPERATOR:
        require_another(actor=actor, user_id=held.user_id, assignment=pk)
    if last_day is None:
        held.ended_at = timezone.now()
    else:
        held.valid_to = last_day
    held.save(update_fields=["ended_at", "valid_to"])
    about = {"account": held.user_id, "assignment": pk, "until": (last_day or today).isoformat()}
    record(strand=STRAND, action="role.ended", actor=actor, **about)
    return held


@transaction.atomic
def hand_over(*, pk: int, last_day: dt.date | None, successor_id: int, actor: Actor) -> Assignment:
    """End a role, and give it to somebody else from the next day on, or at once. What was filled in stays the unit's.

    Raises:
        PeopleError: as for ``end``, or the successor's account is closed.
    """
    held = end(pk=pk, last_day=last_day, actor=actor)
    if not User.objects.filter(pk=successor_id, is_active=True).exclude(pk=held.user_id).exists():
        raise PeopleError("successor")
    since = last_day + DAY if last_day else timezone.localdate()
    return give(
        user_id=successor_id,
        role=Role(held.role),
        unit_id=held.unit_id,
        agency=held.agency,
        valid_from=since,
        actor=actor,
    )
