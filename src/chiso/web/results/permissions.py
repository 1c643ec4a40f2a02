"""Who sees results while they are provisional."""

from __future__ import annotations

from chiso.web.people.access import Access
from chiso.web.people.permissions import ASSESSING
from chiso.web.rounds.models import Participant, Round
from chiso.web.rounds.permissions import may_run, may_see_participant, may_see_round


def may_see_results(access: Access, round_: Round) -> bool:
    """Let those who work for the assessor see everybody's provisional results; units see only their own."""
    return may_see_round(access, round_)


def may_see_result(access: Access, participant: Participant) -> bool:
    """Let whoever sees the participant's report see what the engine makes of it."""
    return may_see_participant(access, participant)


def may_recalculate(access: Access, round_: Round) -> bool:
    """Let those who run the round have its results worked out anew."""
    return may_run(access, round_)


def sees_results(access: Access) -> bool:
    """Say whether a person works for any assessor, and so has a list of results."""
    return access.has(*ASSESSING)
