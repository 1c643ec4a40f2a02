"""When units were last reminded, for the pages that show it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from chiso.web.reminders.models import Notice
from chiso.web.reminders.services import HELD, PAUSE


@dataclass(frozen=True, slots=True)
class Reminded:
    """The last reminder of a unit, and what the coordinator wrote in it."""

    at: dt.datetime
    sentence: str


def last_reminded(participants: Collection[int]) -> dict[int, Reminded]:
    """Return when each of some participants was reminded last; one query."""
    rows = Notice.objects.filter(participant__in=participants, sent_at__isnull=False).order_by("sent_at", "pk")
    told = rows.values_list("participant", "sent_at", "reminder__sentence")
    return {pk: Reminded(at, sentence) for pk, at, sentence in told if at is not None}


def told_just_now(round_: int, now: dt.datetime) -> set[tuple[int, int, str]]:
    """Return who was told of what in a round so recently that they are not told again: person, participant, duty."""
    rows = Notice.objects.filter(participant__round=round_, claimed_at__gt=now - PAUSE)
    rows = rows.filter(Q(sent_at__isnull=False) | Q(claimed_at__gt=now - HELD))
    return set(rows.values_list("person", "participant", "duty"))
