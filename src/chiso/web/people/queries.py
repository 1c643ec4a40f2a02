"""What roles people hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from chiso.web.people.models import Assignment, Role, User
from chiso.web.units.queries import names_on


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role as a page shows it."""

    words: str
    unit: str
    agency: str
    valid_to: dt.date | None


def accounts_called(text: str, most: int = 50) -> list[int]:
    """Return accounts by a part of the name, by address, or by number."""
    called = Q(full_name__icontains=text) | Q(email__iexact=text)
    if text.isascii() and text.isdecimal() and len(text) < 19:
        called |= Q(pk=int(text))
    return list(User.objects.filter(called).order_by("pk").values_list("pk", flat=True)[:most])


def roles_of(user_id: int) -> list[RoleHeld]:
    """Return the roles that a person holds today."""
    today = Assignment.objects.lasting(timezone.localdate()).filter(user=user_id).order_by("role", "unit")
    names = names_on(timezone.localdate(), {row.unit_id for row in today if row.unit_id is not None})
    return [
        RoleHeld(str(Role(row.role).label), names.get(row.unit_id or 0, ""), row.agency, row.valid_to) for row in today
    ]
