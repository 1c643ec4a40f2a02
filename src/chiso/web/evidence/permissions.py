"""What people may do with evidence."""

from __future__ import annotations

from chiso.web.evidence.models import Evidence
from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.rounds.models import Participant
from chiso.web.rounds.permissions import may_run, may_see_participant


def may_see_library(access: Access, unit_id: int) -> bool:
    """Let a unit's officers and heads see all the evidence it has ever given."""
    return access.has(Role.OFFICER, Role.HEAD, unit_id=unit_id)


def may_see_evidence(access: Access, evidence: Evidence) -> bool:
    """Let the unit see its evidence, and everybody who sees a participant to whose criteria it was put."""
    if may_see_library(access, evidence.unit_id):
        return True
    links = evidence.links.select_related("participant__round")
    return any(may_see_participant(access, link.participant) for link in links)


def may_put_evidence(access: Access, participant: Participant) -> bool:
    """Let a unit's officers and heads put evidence to its criteria, and coordinators on its behalf."""
    return may_see_library(access, participant.unit_id) or may_run(access, participant.round)
