"""Roles over time: given, prolonged, ended."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from chiso.web.people.models import Assignment, Role, User

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
    held = Assignment.objects.filter(touching, **same).order_by("valid_from").first()
    if held is None:
        return Assignment.objects.create(
            user_id=user_id, role=role, unit_id=unit_id, agency=agency, valid_from=valid_from, valid_to=valid_to
        )
    held.valid_from = min(held.valid_from, valid_from)
    held.valid_to = None if held.valid_to is None or valid_to is None else max(held.valid_to, valid_to)
    held.save(update_fields=["valid_from", "valid_to"])
    return held
