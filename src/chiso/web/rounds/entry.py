"""Whether a participant may report now: the round is open and not yet due, or a permission still runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils import timezone

from chiso.web.rounds.models import Extension, Participant, Round, Stage

#: What else holds a participant's entry, registered by the apps above: a report that lies with the head, for one.
HOLDS: list[Callable[[Participant], bool]] = []


def takes_values(participant: Participant, now: dt.datetime) -> bool:
    """Say whether values of a participant are taken in at a moment."""
    return participant.withdrawn_at is None and bool(taking_values(participant.round, [participant.pk], now))


def taking_values(round_: Round, participants: Iterable[int], now: dt.datetime) -> frozenset[int]:
    """Return those of some participants of a round whose values are taken in at a moment; at most one query.

    Those that were withdrawn take part in nothing: nobody asks for them.
    """
    wanted = frozenset(participants)
    if round_.stage != Stage.OPEN or not wanted:
        return frozenset()
    if now <= round_.due_at:
        return wanted
    late = Extension.objects.filter(participant__in=wanted, until__gte=now)
    return frozenset(late.values_list("participant", flat=True))


def is_held(participant: Participant) -> bool:
    """Say whether something holds a participant's entry although the round is open."""
    return any(holds(participant) for holds in HOLDS)


def is_open(participant: Participant) -> bool:
    """Say whether a participant's report may change now."""
    return takes_values(participant, timezone.now()) and not is_held(participant)
