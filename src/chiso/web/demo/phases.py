"""Rounds in other phases than the open one: levels registered, and next year's round in preparation."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from chiso.web.audit.services import Actor
from chiso.web.rounds.copying import copy, title_after
from chiso.web.rounds.models import Round
from chiso.web.rounds.registration import register

#: The levels that units after the visitor's own register, in turn, and whether their heads have confirmed them.
LEVELS = ((2, True), (1, True), (3, False), (2, True))

#: Days that are left for registering a level.
_DAYS = 7


def register_levels(round_: Round, actor: Actor) -> None:
    """Let every unit but the first, which is the visitor's, register a level, as far as it goes round."""
    round_.registration_until = timezone.localdate() + dt.timedelta(days=_DAYS)
    round_.save(update_fields=["registration_until"])
    others = list(round_.participants.order_by("pk"))[1:]
    for participant, (level, is_confirmed) in zip(others, LEVELS, strict=False):
        register(participant_id=participant.pk, level=level, as_head=is_confirmed, actor=actor)


def prepare_next_year(round_: Round, actor: Actor) -> Round:
    """Make next year's round from a round; its calendar waits for the coordinator."""
    return copy(
        round_id=round_.pk, title=title_after(round_), framework=round_.framework, with_new=True, actor=actor
    )  # fmt: skip
