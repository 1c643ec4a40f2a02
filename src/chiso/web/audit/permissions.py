"""Who sees which part of the log. What a person may not see is not searched, listed, exported or linked."""

from __future__ import annotations

from chiso.web.audit.strands import Scope, base_of, held_by, shared_with
from chiso.web.audit.words import system_strands
from chiso.web.people.access import Access
from chiso.web.people.models import Role

#: Who sees all that happens in the rounds of the unit for which they hold the role.
OF_ROUNDS = (Role.AUDITOR, Role.COORDINATOR)


def may_see_log(access: Access) -> bool:
    """Auditors and coordinators see the rounds of their unit; operators what is of the whole installation."""
    return access.has(Role.OPERATOR, *OF_ROUNDS)


def may_see_log_of(access: Access, assessor_id: int) -> bool:
    """Let auditors and coordinators of a unit see what happened in the rounds that it holds."""
    return access.has(*OF_ROUNDS, unit_id=assessor_id)


def may_check_log(access: Access) -> bool:
    """Let auditors and operators have the whole log checked: a check shows no entries, only where it is broken."""
    return access.has(Role.OPERATOR, Role.AUDITOR)


def sees_addresses(access: Access) -> bool:
    """Network addresses are for those who look into what went wrong, not for colleagues."""
    return access.has(Role.OPERATOR, Role.AUDITOR)


def access_of(user_id: int) -> Access:
    """Return what somebody may see who is not here now, for long work that they asked for."""
    return Access.of(user_id)


def scopes_of(access: Access) -> list[Scope]:
    """Return the parts of the log that a person may see: rounds of their unit, and what is of the installation.

    Of strands that only operators see as a whole, auditors and coordinators see what concerns their unit.
    """
    if not may_see_log(access):
        return []
    system = system_strands().items()
    shown = [Scope(name, str(one.words)) for name, one in system if one.is_open or access.has(Role.OPERATOR)]
    units = access.units(*OF_ROUNDS)
    whole = {one.name for one in shown}
    shared = [one for one in shared_with(units) if base_of(one.name) not in whole]
    return [*held_by(units), *shared, *shown]
