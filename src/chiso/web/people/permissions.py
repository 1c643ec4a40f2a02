"""What people may do with accounts, roles and invitations."""

from __future__ import annotations

from django.db.models import Q
from django.utils import timezone

from chiso.web.people.access import Access
from chiso.web.people.models import Assignment, Role
from chiso.web.units.queries import stands_within, within

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


def may_manage_people(access: Access) -> bool:
    """Operators and coordinators invite people and give roles; for which units, ``may_invite`` says."""
    return access.has(Role.OPERATOR, Role.COORDINATOR)


def managed_units(access: Access) -> frozenset[int] | None:
    """Return the units for which, and for all that stands below them, a person gives roles; None: everywhere."""
    return None if access.has(Role.OPERATOR) else access.units(Role.COORDINATOR)


def may_invite(access: Access, unit_id: int | None, role: str) -> bool:
    """Operators invite anybody; coordinators invite for their own unit and the units it assesses, but no operator.

    Whoever may invite for a role may also give and end it. A unit assesses what stands below it today, as in rounds.
    """
    if access.has(Role.OPERATOR):
        return True
    own = access.units(Role.COORDINATOR)
    if role == Role.OPERATOR or unit_id is None or not own:
        return False
    return stands_within(timezone.localdate(), unit_id, own)


def may_see_people(access: Access) -> bool:
    """Those who work for a unit see who else does, by name and role; assessors also those of the units they assess."""
    return access.has(Role.OPERATOR, Role.OFFICER, Role.HEAD, *ASSESSING)


def may_close_account(access: Access, user_id: int) -> bool:
    """Operators close accounts, coordinators those that work for their units alone; nobody the own one."""
    if user_id == access.user_id:
        return False
    if access.has(Role.OPERATOR):
        return True
    today = timezone.localdate()
    roles = Assignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), user=user_id, ended_at__isnull=True
    )
    own = within(today, access.units(Role.COORDINATOR))
    return roles.filter(unit__in=own).exists() and not roles.exclude(unit__isnull=False, unit__in=own).exists()


def may_reset_second_factor(access: Access, user_id: int) -> bool:
    """Operators take away the second factor of somebody else who lost it."""
    return access.has(Role.OPERATOR) and user_id != access.user_id


def may_see_contacts(access: Access) -> bool:
    """Contact data are for those who have to reach people: operators and coordinators; each view is logged."""
    return access.has(Role.OPERATOR, Role.COORDINATOR)
