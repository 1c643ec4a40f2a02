"""Whether a participant may report now: the round is open and not yet due, or a permission still runs."""

from __future__ import annotations

import datetime as dt

from chiso.web.rounds.models import Participant, Stage


def takes_values(participant: Participant, now: dt.datetime) -> bool:
    """Say whether values of a participant are taken in at a moment."""
    round_ = participant.round
    if round_.stage != Stage.OPEN:
        return False
    return now <= round_.due_at or participant.extensions.filter(until__gte=now).exists()
