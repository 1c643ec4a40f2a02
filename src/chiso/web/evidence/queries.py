"""What evidence there is: at a criterion, of a unit, and what may be offered again."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict

from django.db.models import Exists, OuterRef, Q, QuerySet

from chiso.web.evidence.models import Evidence, EvidenceLink
from chiso.web.rounds.models import Participant

#: How many documents are offered at once; a search finds the others.
OFFERED = 20


def links_of(participant: Participant, code: str) -> QuerySet[EvidenceLink]:
    """Return the evidence put to a criterion, in the order in which it was put."""
    links = EvidenceLink.objects.filter(participant=participant, code=code, removed_at__isnull=True)
    return links.select_related("evidence__blob", "linked_by").order_by("linked_at")


def counts(participant: Participant) -> dict[str, int]:
    """Return how many documents stand at each criterion of a participant."""
    found: dict[str, int] = defaultdict(int)
    for code in participant.evidence_links.filter(removed_at__isnull=True).values_list("code", flat=True):
        found[code] += 1
    return dict(found)


def by_criterion(participant_id: int, *, with_removed: bool = False) -> dict[str, list[Evidence]]:
    """Return the evidence at each criterion of a participant, in the order in which it was put: one query.

    ``with_removed``: also what was taken away again.
    """
    links = EvidenceLink.objects.filter(participant=participant_id).select_related("evidence__blob")
    found: dict[str, list[Evidence]] = defaultdict(list)
    for link in (links if with_removed else links.filter(removed_at__isnull=True)).order_by("linked_at", "pk"):
        if link.evidence not in found[link.code]:
            found[link.code].append(link.evidence)
    return dict(found)


def library(unit_id: int, words: str = "") -> QuerySet[Evidence]:
    """Return all the evidence of a unit, the newest first; ``words`` narrows it by summary, number, issuer, file."""
    found = Evidence.objects.filter(unit=unit_id).select_related("blob")
    for word in words.split():
        found = found.filter(
            Q(title__icontains=word)
            | Q(number__icontains=word)
            | Q(issuer__icontains=word)
            | Q(file_name__icontains=word)
        )
    return found


def offered(participant: Participant, code: str, words: str = "") -> list[Evidence]:
    """Return evidence of the unit that still counts in the round's year and is not at the criterion yet.

    What stood at the same criterion of an earlier round of the same framework comes first (W35: an inspection counts
    for two years and is offered again).
    """
    year = participant.round.year
    start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
    counting = Q(valid_to__isnull=True) | Q(valid_to__gte=start)
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=end)
    here = EvidenceLink.objects.filter(
        evidence=OuterRef("pk"), participant=participant, code=code, removed_at__isnull=True
    )
    before = EvidenceLink.objects.filter(
        evidence=OuterRef("pk"),
        code=code,
        participant__round__framework__framework=participant.round.framework.framework,
    ).exclude(participant=participant)
    found = library(participant.unit_id, words).filter(counting, begun).exclude(Exists(here))
    return list(found.annotate(stood_here=Exists(before)).order_by("-stood_here", "-added_at")[:OFFERED])
