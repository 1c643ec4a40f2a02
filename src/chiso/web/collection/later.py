"""Reports that are held while others change figures behind them: they count when these are submitted anew.

Whether a report would count otherwise now is kept beside it (``Report.is_overtaken``). What agencies supply is compared
at once. What parts and child units report is compared when results are worked out: a unit that saves knows nothing of
those above it, and does not wait for them.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from chiso.framework.model import Framework
from chiso.web.collection.children import asks_child_levels, child_levels
from chiso.web.collection.documents import parts_in
from chiso.web.collection.frozen import frozen_in
from chiso.web.collection.models import HELD, Report, Result, ValueStage
from chiso.web.collection.queries import later, whole_reports
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Participant, Round
from chiso.web.rounds.queries import tiers_below
from chiso.web.units.queries import on_day

#: Reports that are named, those that were submitted first; of more it is told how many there are.
NAMED = 50

#: Reports that are compared at once: each may be the sum of thousands of child units.
_CHUNK = 20


@dataclass(frozen=True, slots=True)
class Behind:
    """How many held reports would count otherwise if they were submitted now, and the first of them.

    ``waiting``: of how many more parts or child units have saved something that has not been compared yet.
    """

    count: int
    named: tuple[Report, ...]
    waiting: int

    @property
    def unnamed(self) -> int:
        """How many are not named."""
        return self.count - len(self.named)


def changed_behind(round_: Round) -> Behind:
    """Return what others have changed behind the reports of a round; no figure is read, however many there are."""
    held = _held(round_)
    counts = held.aggregate(
        count=Count("pk", filter=Q(is_overtaken=True)),
        waiting=Count("pk", filter=Q(is_overtaken=False) & _touched(round_)),
    )
    overtaken = held.filter(is_overtaken=True).select_related("participant")
    named = overtaken.only("participant__name").order_by(F("submitted_at"), "pk")[:NAMED] if counts["count"] else ()
    return Behind(counts["count"], tuple(named), counts["waiting"])


def compare_sums(round_: Round) -> None:
    """Note beside the held reports of a round whether what parts and child units have changed would count otherwise.

    Only those behind which something was saved since they were compared are looked at, a few at a time. Nobody waits
    for it: what changes meanwhile is left for the next time.
    """
    framework = loaded(round_.framework, round_.readings)
    waiting = list(_held(round_).filter(_touched(round_)).order_by("pk").values_list("pk", flat=True))
    for at in range(0, len(waiting), _CHUNK):
        now = timezone.now()
        found = list(whole_reports().filter(pk__in=waiting[at : at + _CHUNK]))
        read_behind(round_, framework, found)
        told = [(report, bool(later(report, framework))) for report in found]
        with transaction.atomic():
            for report, differs in told:
                seen = Report.objects.filter(pk=report.pk, hash=report.hash, compared_at=report.compared_at)
                seen.update(is_overtaken=differs, compared_at=now)


def read_behind(round_: Round, framework: Framework, reports: Sequence[Report]) -> None:
    """Read at one go, for reports of a round that were read whole, what is frozen of them and what stands behind."""
    held = [one.participant_id for one in reports if one.state in HELD]
    frozen = frozen_in(Participant.objects.filter(pk__in=held)) if held else {}
    units = frozenset(one.participant.unit_id for one in reports if getattr(one, "is_whole", False))
    parts = parts_in(round_, units) if units else {}
    levels = child_levels(round_, units) if units and asks_child_levels(framework) else {}
    for report in reports:
        known = vars(report)
        if report.state in HELD:
            known["frozen_read"] = frozen.get(report.participant_id)
        known["parts_read"] = parts.get(report.participant_id, ())
        known["levels_read"] = levels.get(report.participant.unit_id)


def _held(round_: Round) -> QuerySet[Report]:
    """Return the self-assessments of a round that lie with the head or are signed off; parts are those of others."""
    own = Report.objects.filter(participant__round=round_, participant__withdrawn_at=None, participant__part_of=None)
    return own.filter(stage=ValueStage.SELF, state__in=HELD)


def _touched(round_: Round) -> Q:
    """Say, of held reports, that parts or child units have changed something since they were compared.

    What stands deeper than child units is not traced up to its unit: it touches all of them.
    """
    since = Coalesce(OuterRef("compared_at"), OuterRef("submitted_at"))
    after = Report.objects.filter(changed_at__gt=since)
    touched = Q(Exists(after.filter(participant__part_of=OuterRef("participant"))))
    tiers = tiers_below(round_)
    if tiers:
        below = on_day(dt.date(round_.year, 12, 31)).filter(parent=OuterRef(OuterRef("participant__unit")))
        children = Q(participant__round__in=tiers[0], participant__unit__in=below.values("unit"))
        touched |= Q(Exists(after.filter(children)))
        if asks_child_levels(loaded(round_.framework, round_.readings)):
            levels = Result.objects.filter(children, at__gt=since, stage=ValueStage.SELF)
            touched |= Q(Exists(levels))
        deeper = set().union(*tiers[1:])
        if deeper:
            touched |= Q(Exists(after.filter(participant__round__in=deeper)))
    return touched
