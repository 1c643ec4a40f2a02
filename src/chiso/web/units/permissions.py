"""What people may do with units."""

from __future__ import annotations

from chiso.web.people.access import Access
from chiso.web.people.models import Role


def may_see_units(access: Access) -> bool:
    """Which units there are is no secret: everybody who is signed in sees them."""
    return access.user_id is not None


def may_change_units(access: Access) -> bool:
    """Operators record what acts do to units, and coordinators for their own unit and what stands below it."""
    return access.has(Role.OPERATOR, Role.COORDINATOR)


def access_of(user_id: int) -> Access:
    """Return what somebody may do who is not here now, for long work that they asked for."""
    return Access.of(user_id)


def scope_of(access: Access) -> frozenset[int] | None:
    """Return the units within which a person may change units; None: everywhere."""
    return None if access.has(Role.OPERATOR) else access.units(Role.COORDINATOR)
