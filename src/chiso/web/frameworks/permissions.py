"""Who may do what with frameworks."""

from __future__ import annotations

from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.people.access import Access
from chiso.web.people.models import Role


def may_see_frameworks(access: Access) -> bool:
    """Frameworks are decisions that anybody may read: everybody who is signed in sees them, whatever their role."""
    return access.user_id is not None


def may_add_frameworks(access: Access) -> bool:
    """Operators add frameworks, and coordinators, who apply the decisions of those they work for."""
    return access.has(Role.OPERATOR, Role.COORDINATOR)


def may_withdraw(access: Access, version: FrameworkVersion) -> bool:
    """Operators withdraw any version, and coordinators those that they added themselves."""
    own = version.added_by_id is not None and version.added_by_id == access.user_id
    return access.has(Role.OPERATOR) or (own and access.has(Role.COORDINATOR))
