"""What roles people hold."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from chiso.web.people.access import Access
from chiso.web.people.models import Assignment, Role
from chiso.web.units.queries import names_on


@dataclass(frozen=True, slots=True)
class RoleHeld:
    """A role as a page shows it."""

    words: str
    unit: str
    agency: str
    valid_to: dt.date | None


def roles_of(user_id: int) -> list[RoleHeld]:
    """Return the roles that a person holds today."""
    held = {(one.role, one.unit_id, one.agency) for one in Access.of(user_id).held}
    rows = Assignment.objects.filter(user=user_id, valid_from__lte=timezone.localdate()).order_by("role", "unit")
    today = [row for row in rows if (row.role, row.unit_id, row.agency) in held]
    names = names_on(timezone.localdate(), {row.unit_id for row in today if row.unit_id is not None})
    return [
        RoleHeld(str(Role(row.role).label), names.get(row.unit_id or 0, ""), row.agency, row.valid_to) for row in today
    ]
