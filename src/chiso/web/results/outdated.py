"""Whether anything that counts has changed since results were worked out: reports and the log of rounds say so.

What agencies, parts and child units save behind a report that is held does not count before it is submitted anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet

from chiso.web.audit.models import Entry
from chiso.web.audit.words import action_of
from chiso.web.collection.children import asks_child_levels
from chiso.web.collection.models import HELD, Report, Result, ValueStage
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Participant, Round
from chiso.web.rounds.queries import tiers_below
from chiso.web.units.queries import on_day

#: What changes results and happens to a report: its values, and whether they stand.
OF_REPORTS = ("report.saved", "report.submitted", "report.reopened", "report.returned")

#: What changes results and happens in a round: who is compared with whom and how.
OF_ROUNDS = (
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

#: What changes the sums of a round when it happens in a round below: which units and figures add up.
OF_SUMS = (
    "round.basis_set",
    "round.children_set",
    "round.readings_set",
    "round.units_added",
    "round.units_removed",
    "round.units_withdrawn",
)

#: Reports whose entries of the log are looked up at once: of the last ones that changed the first nearly always counts.
_LOOKED_UP = 50


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
    """Return the last change that counts, of a round or of those below it, after a moment.

    Four queries and one for each tier below, whatever the number of units.
    """
    tiers = tiers_below(round_)
    found = [_of_rounds(round_, at, tiers), _of_levels(round_, at), _of_reports(round_, at, tiers)]
    last = max((one for one in found if one is not None), default=None)
    return None if last is None else Change(last[0], str(action_of(last[1]).words))


def _of_rounds(round_: Round, at: dt.datetime, tiers: Sequence[set[int]]) -> tuple[dt.datetime, str] | None:
    """Return the last entry of rounds; what happens below matters while any unit here can still change."""
    matters = Q(scope=round_.strand, action__in=OF_ROUNDS)
    if tiers:
        below = Q(scope__in=[f"round:{pk}" for tier in tiers for pk in tier], action__in=OF_SUMS)
        if asks_child_levels(loaded(round_.framework, round_.readings)):
            below |= Q(scope__in=[f"round:{pk}" for pk in tiers[0]], action="results.computed")
        matters |= below & Q(Exists(_open(Participant.objects.filter(round=round_))))
    return Entry.objects.filter(matters, at__gt=at).order_by("-at", "-pk").values_list("at", "action").first()


def _of_levels(round_: Round, at: dt.datetime) -> tuple[dt.datetime, str] | None:
    """Return the last level that was registered or confirmed; a report that is held keeps the one it had."""
    if not round_.framework.about["levels"]:
        return None
    some = _open(round_.participants.filter(Q(registered_at__gt=at) | Q(level_confirmed_at__gt=at)))
    moments = [
        (confirmed, "round.level_confirmed") if confirmed and confirmed > registered else
        (registered, "round.level_registered")
        for registered, confirmed in some.values_list("registered_at", "level_confirmed_at") if registered
    ]  # fmt: skip
    return max(moments, default=None)


def _of_reports(round_: Round, at: dt.datetime, tiers: Sequence[set[int]]) -> tuple[dt.datetime, str] | None:
    """Return the last change of a report that counts: it is open, or was submitted since, and so is what it adds to."""
    here = Participant.objects.filter(round=round_)
    members = Q(participant__in=here.values("pk"))
    for tier in tiers:
        children = on_day(dt.date(round_.year, 12, 31)).filter(parent__in=_open(here).values("unit"))
        here = Participant.objects.filter(round__in=tier, unit__in=children.values("unit"))
        members |= Q(participant__in=here.values("pk"))
    own = Q(stage=ValueStage.SELF) & (~Q(state__in=HELD) | Q(submitted_at__gt=at))
    supplied = Q(stage=ValueStage.PROVIDER) & ~Exists(_held.filter(participant=OuterRef("participant")))
    found = Report.objects.filter(members, own | supplied, changed_at__gt=at)
    found = found.exclude(Exists(_held.filter(participant=OuterRef("participant__part_of"))))
    changed = list(found.order_by("-changed_at", "-pk").values_list("pk", flat=True))
    for start in range(0, len(changed), _LOOKED_UP):
        strands = [f"report:{pk}" for pk in changed[start : start + _LOOKED_UP]]
        entries = Entry.objects.filter(strand__in=strands, action__in=OF_REPORTS, at__gt=at)
        last = entries.order_by("-at", "-pk").values_list("at", "action").first()
        if last is not None:
            return last
    return None


_held = Report.objects.filter(stage=ValueStage.SELF, state__in=HELD)


def _open(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """Return those of some participants whose self-assessment is not held."""
    return participants.exclude(Exists(_held.filter(participant=OuterRef("pk"))))
