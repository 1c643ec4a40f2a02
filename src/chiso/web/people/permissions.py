"""What people may do with accounts and roles."""

from __future__ import annotations

from chiso.web.people.access import Access
from chiso.web.people.models import Role

#: Roles that work for the unit that holds a round.
ASSESSING = (
    Role.COORDINATOR,
    Role.VERIFIER,
    Role.COUNCIL_MEMBER,
    Role.COUNCIL_SECRETARY,
    Role.COUNCIL_CHAIR,
    Role.LEADER,
    Role.AUDITOR,
)


def may_invite(access: Access, unit_id: int | None, role: Role) -> bool:
    """Operators invite anybody; coordinators invite for their own unit and the units it assesses, but no operator."""
    if access.has(Role.OPERATOR):
        return True
    return role != Role.OPERATOR and unit_id is not None and access.has(Role.COORDINATOR)


def may_see_contacts(access: Access) -> bool:
    """Contact data are for those who have to reach people: operators and coordinators; each view is logged."""
    return access.has(Role.OPERATOR, Role.COORDINATOR)
