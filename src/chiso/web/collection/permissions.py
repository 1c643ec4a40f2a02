"""What people may do with the reports of a round."""

from __future__ import annotations

from chiso.web.collection.agencies import agencies_in, agency_key
from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.rounds.models import Participant
from chiso.web.rounds.permissions import may_run, may_see_participant


def may_report(access: Access, participant: Participant) -> bool:
    """Let a unit's officers and heads fill in its report, and coordinators on its behalf, which is marked."""
    own = access.has(Role.OFFICER, Role.HEAD, unit_id=participant.unit_id)
    return own or may_run(access, participant.round)


def acts_on_behalf(access: Access, participant: Participant) -> bool:
    """Say whether a person who reports for a unit has no role in it."""
    return not access.has(Role.OFFICER, Role.HEAD, unit_id=participant.unit_id)


def may_submit(access: Access, participant: Participant) -> bool:
    """Whoever may fill in a report may submit it."""
    return may_report(access, participant)


def may_sign_off(access: Access, participant: Participant) -> bool:
    """Only the head of the unit signs off or sends back."""
    return access.has(Role.HEAD, unit_id=participant.unit_id)


def may_read(access: Access, participant: Participant) -> bool:
    """Whoever sees the participant reads its report."""
    return may_see_participant(access, participant)


def may_provide(access: Access, participant: Participant, agency: str) -> bool:
    """Let a provider supply the facts of its own agency for the rounds of one assessor."""
    return agency_key(agency) in agencies_in(access.agencies(participant.round.assessor_id))
