"""Whether anything has changed since results were worked out: the log of the round and of those below it says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Q

from chiso.web.audit.models import Entry
from chiso.web.audit.words import action_of
from chiso.web.collection.models import Result, ValueStage
from chiso.web.rounds.models import Round

#: What changes results: values, whether they stand, levels aimed at, and who is compared with whom and how.
CHANGING = (
    "report.saved",
    "report.submitted",
    "report.reopened",
    "report.returned",
    "round.level_registered",
    "round.level_confirmed",
    "round.basis_set",
    "round.children_set",
    "round.groups_set",
    "round.outside_set",
    "round.readings_set",
    "round.units_added",
    "round.units_grouped",
    "round.units_removed",
    "round.units_withdrawn",
)

#: What changes results of a round when it happens in a round below.
BELOW = (*CHANGING, "results.computed")


@dataclass(frozen=True, slots=True)
class Change:
    """The last change that results do not know: when it was, and what people call it."""

    at: dt.datetime
    words: str


def worked_out_at(round_: Round, stage: ValueStage = ValueStage.SELF) -> dt.datetime | None:
    """Return when the results of a round were worked out; None where there are none.

    A unit that has submitted since has a later one of its own.
    """
    results = Result.objects.filter(participant__round=round_, stage=stage)
    return results.order_by("at").values_list("at", flat=True).first()


def changed_since(round_: Round, at: dt.datetime) -> Change | None:
    """Return the last change of a round, or of those below it, after a moment; two queries."""
    below = [f"round:{pk}" for pk in _below(round_)]
    matters = Q(scope=round_.strand, action__in=CHANGING)
    if below:
        matters |= Q(scope__in=below, action__in=BELOW)
    found = Entry.objects.filter(matters, at__gt=at).order_by("-at", "-pk").values_list("at", "action").first()
    return None if found is None else Change(found[0], str(action_of(found[1]).words))


def _below(round_: Round) -> set[int]:
    """Return the rounds below a round, at any depth: one query a tier."""
    found: set[int] = set()
    tier = {round_.pk}
    links = Round.children.through.objects
    while tier:
        tier = set(links.filter(from_round__in=tier).values_list("to_round", flat=True)) - found - {round_.pk}
        found |= tier
    return found
