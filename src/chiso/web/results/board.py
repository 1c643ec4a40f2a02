"""The coordinator's board: units x dimensions, how far each report is, from what the reports keep of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

from django.db.models import Q, QuerySet

from chiso.web.collection.models import Report, ReportState, ValueStage
from chiso.web.reminders.queries import Reminded, last_reminded
from chiso.web.rounds.models import Extension, Participant, Round
from chiso.web.rounds.queries import named

#: Units on one page.
ROWS = 100

#: What a board may be narrowed to.
STATES = ("none", *ReportState.values)


@dataclass(frozen=True, slots=True)
class Row:
    """One unit on the board. ``late`` says that it still owes its report after the due time."""

    participant: Participant
    state: str
    progress: Mapping[str, list[int]]
    changed_at: dt.datetime | None
    extended_to: dt.datetime | None
    late: bool
    reminded_at: dt.datetime | None = None


def listed(round_: Round, words: str, state: str) -> QuerySet[Participant]:
    """Return the participants of a round, by name; narrowed by a search without diacritics and by a state."""
    found = named(round_, words)
    mine = Q(reports__stage=ValueStage.SELF, reports__number__gt=0)
    if state == "none":
        return found.exclude(mine)
    return found.filter(mine, reports__state=state) if state in ReportState.values else found


def rows(participants: list[Participant], round_: Round, now: dt.datetime) -> list[Row]:
    """Return the rows of a page: three queries, however many units there are."""
    reports = {
        one.participant_id: one
        for one in Report.objects.filter(participant__in=participants, stage=ValueStage.SELF).defer("values")
    }
    extended = dict(
        Extension.objects.filter(participant__in=participants).order_by("until").values_list("participant", "until")
    )
    reminded = last_reminded([one.pk for one in participants])
    found = (_row(one, reports.get(one.pk), extended.get(one.pk), round_, now) for one in participants)
    return [replace(row, reminded_at=_at(reminded.get(row.participant.pk))) for row in found]


def _at(reminded: Reminded | None) -> dt.datetime | None:
    return None if reminded is None else reminded.at


def _row(
    participant: Participant, report: Report | None, extended: dt.datetime | None, round_: Round, now: dt.datetime
) -> Row:
    begun = report is not None and report.number > 0
    state = report.state if report is not None and begun else "none"
    done = state in (ReportState.SUBMITTED, ReportState.SIGNED)
    due = max(round_.due_at, extended) if extended else round_.due_at
    progress = report.progress if report is not None else {}
    changed = report.changed_at if report is not None else None
    return Row(participant, state, progress, changed, extended, not done and now > due)
