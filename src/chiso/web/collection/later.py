"""Reports that are held while others change figures behind them: they count when these are submitted anew."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q

from chiso.web.collection.children import asks_child_levels, child_levels
from chiso.web.collection.documents import parts_in
from chiso.web.collection.frozen import frozen_in
from chiso.web.collection.models import HELD, Report, ValueStage
from chiso.web.collection.queries import later, whole_reports
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Participant, Round
from chiso.web.units.queries import on_day

#: Reports that are compared with what stands behind them, those that were submitted first.
MOST = 50


def changed_behind(round_: Round) -> list[Report]:
    """Return the reports of a round that are held and would count otherwise if they were submitted now.

    The number of queries does not depend on how many there are.
    """
    after = Report.objects.filter(changed_at__gt=OuterRef("submitted_at"))
    below = on_day(dt.date(round_.year, 12, 31)).filter(parent=OuterRef(OuterRef("participant__unit")))
    touched = (
        Q(Exists(after.filter(participant=OuterRef("participant"), stage=ValueStage.PROVIDER)))
        | Q(Exists(after.filter(participant__part_of=OuterRef("participant"))))
        | Q(
            Exists(
                after.filter(participant__round__in=round_.children.all(), participant__unit__in=below.values("unit"))
            )
        )
    )
    own = Q(participant__round=round_, participant__withdrawn_at=None, participant__part_of=None)
    held = whole_reports().filter(own, stage=ValueStage.SELF, state__in=HELD).filter(touched)
    found = list(held.order_by(F("submitted_at"), "pk")[:MOST])
    if not found:
        return []
    framework = loaded(round_.framework, round_.readings)
    frozen = frozen_in(Participant.objects.filter(pk__in=[one.participant_id for one in found]))
    units = frozenset(one.participant.unit_id for one in found)
    parts = parts_in(round_, units)
    levels = child_levels(round_, units) if asks_child_levels(framework) else {}
    for report in found:
        known = vars(report)
        known["frozen_read"] = frozen.get(report.participant_id)
        known["parts_read"] = parts.get(report.participant_id, ())
        known["levels_read"] = levels.get(report.participant.unit_id)
    return [one for one in found if later(one, framework)]
