"""Who may do what with frameworks."""

from __future__ import annotations

from chiso.web.people.access import Access


def may_see_frameworks(access: Access) -> bool:
    """Frameworks are decisions that anybody may read: everybody who is signed in sees them, whatever their role."""
    return access.user_id is not None
