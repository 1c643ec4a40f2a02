"""What people may do with rounds and in them."""

from __future__ import annotations

from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.people.permissions import ASSESSING
from chiso.web.rounds.models import Participant, Round


def may_open_rounds(access: Access) -> bool:
    """Coordinators open rounds for the unit they coordinate."""
    return access.has(Role.COORDINATOR)


def may_run(access: Access, round_: Round) -> bool:
    """Coordinators of the unit that holds a round run it: calendar, participants, permissions, reminders."""
    return access.has(Role.COORDINATOR, unit_id=round_.assessor_id)


def may_see_round(access: Access, round_: Round) -> bool:
    """Those who work for the assessor see the whole round: board, results, every report."""
    return access.has(*ASSESSING, unit_id=round_.assessor_id)


def may_register(access: Access, participant: Participant) -> bool:
    """Let a unit's officers and heads register the level it aims at, and coordinators enter it on its behalf."""
    own = access.has(Role.OFFICER, Role.HEAD, unit_id=participant.unit_id)
    return own or may_run(access, participant.round)


def may_confirm_level(access: Access, participant: Participant) -> bool:
    """Only the head of a unit confirms the level it registers."""
    return access.has(Role.HEAD, unit_id=participant.unit_id)


def may_see_participant(access: Access, participant: Participant) -> bool:
    """Let a unit's officers and heads see its own report, and those who see the round every one."""
    own = access.has(Role.OFFICER, Role.HEAD, unit_id=participant.unit_id)
    return own or may_see_round(access, participant.round)
