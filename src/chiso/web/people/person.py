"""What the page of one person shows: the roles for units that one manages, and what may be done about the account."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from django.db.models import Q
from django.utils import timezone

from chiso.web.people.access import Access
from chiso.web.people.models import Assignment, Role, User
from chiso.web.people.permissions import managed_units, may_close_account, may_reset_second_factor
from chiso.web.units.queries import last_names, within


def about(person: User, access: Access) -> dict[str, Any]:
    """Return roles of somebody as far as one manages them, how many others there are, and which acts are offered."""
    managed, today = managed_units(access), timezone.localdate()
    roles = Assignment.objects.filter(user=person).order_by("valid_from", "pk")
    mine = roles if managed is None else roles.filter(Q(unit__in=within(today, managed)))
    rows = sorted(mine, key=lambda one: one.is_over(today))
    return {
        "rows": rows,
        "units": last_names({row.unit_id for row in rows if row.unit_id is not None}),
        "others": roles.lasting(today).count() - sum(one.is_on(today) for one in rows),
        "today": today,
        "may_close": may_close_account(access, person.pk),
        "may_reset": may_reset_second_factor(access, person.pk) and Authenticator.objects.filter(user=person).exists(),
        "is_operator": any(one.role == Role.OPERATOR for one in rows),
    }
