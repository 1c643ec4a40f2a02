"""Whether a participant may report now: the round is open and not yet due, or a permission still runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from chiso.web.rounds.models import Participant, Stage

#: What else holds a participant's entry, registered by the apps above: a report that lies with the head, for one.
HOLDS: list[Callable[[Participant], bool]] = []


def takes_values(participant: Participant, now: dt.datetime) -> bool:
    """Say whether values of a participant are taken in at a moment."""
    round_ = participant.round
    if round_.stage != Stage.OPEN or participant.withdrawn_at is not None:
        return False
    return now <= round_.due_at or participant.extensions.filter(until__gte=now).exists()


def is_held(participant: Participant) -> bool:
    """Say whether something holds a participant's entry although the round is open."""
    return any(holds(participant) for holds in HOLDS)


def is_open(participant: Participant) -> bool:
    """Say whether a participant's report may change now."""
    return takes_values(participant, timezone.now()) and not is_held(participant)
