"""Who supplies figures, and for which rounds."""

from __future__ import annotations

from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.rounds.models import Round


def supplies(access: Access) -> bool:
    """Let providers see what they have to supply."""
    return access.has(Role.PROVIDER)


def may_supply(access: Access, round_: Round) -> bool:
    """Let providers supply the figures of their agency in the rounds of the unit that named them."""
    return bool(access.agencies(round_.assessor_id))
