"""Who may remind."""

from __future__ import annotations

from chiso.web.people.access import Access
from chiso.web.rounds.models import Round
from chiso.web.rounds.permissions import may_run


def may_remind(access: Access, round_: Round) -> bool:
    """Let those who run a round remind its units."""
    return may_run(access, round_)
