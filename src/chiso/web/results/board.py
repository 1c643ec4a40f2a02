"""The coordinator's board: units x dimensions, how far each report is, from what the reports keep of themselves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import FilteredRelation, OuterRef, Q, QuerySet, Subquery
from markupsafe import Markup

from chiso.web.collection.documents import wholes
from chiso.web.collection.models import ReportState, ValueStage
from chiso.web.collection.wholes import Progress, progress_behind
from chiso.web.formats import date, time
from chiso.web.patterns import Pattern
from chiso.web.reminders.models import Notice
from chiso.web.rounds.models import Extension, Participant, Round
from chiso.web.rounds.queries import named

#: Units on one page.
ROWS = 100

_OWN = ("number", "state", "progress", "changed_at")
_READ = ["pk", "name", *(f"own__{name}" for name in _OWN), "extended_to", "reminded_at"]
_READ += ["registered_level", "level_confirmed_at", "unit", "is_whole"]
_NOTHING = (0, 0)

#: States of a report that the unit no longer owes.
DONE = (ReportState.SUBMITTED, ReportState.SIGNED)

#: What a board may be narrowed to.
STATES = ("none", *ReportState.values)


#: State, late, with permission to report late, reminded; whether a level is ``aimed`` at, ``registered`` or ``none``.
Kind = tuple[str, bool, bool, bool, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit on the board: its primary key and name as a participant, and how far it is.

    ``parts``: of each dimension how many figures are filled in and needed. ``late`` says that it still owes its report
    after the due time.
    """

    pk: int
    name: str
    state: str
    parts: tuple[tuple[int, int], ...]
    changed_at: dt.datetime | None
    extended_to: dt.datetime | None
    late: bool
    reminded_at: dt.datetime | None
    level: int | None
    is_confirmed: bool

    @property
    def kind(self) -> Kind:
        """What rows that look alike have in common."""
        level = "none" if self.level is None else "aimed" if self.is_confirmed else "registered"
        return self.state, self.late, self.extended_to is not None, self.reminded_at is not None, level


def listed(round_: Round, words: str, state: str) -> QuerySet[Participant]:
    """Return the participants of a round, by name; narrowed by a search without diacritics and by a state."""
    found = named(round_, words)
    mine = Q(reports__stage=ValueStage.SELF, reports__number__gt=0)
    if state == "none":
        return found.exclude(mine)
    return found.filter(mine, reports__state=state) if state in ReportState.values else found


def with_reports(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """Let participants bring along what :func:`rows` needs, in the one query that reads them."""
    until = Extension.objects.filter(participant=OuterRef("pk")).order_by("-until")
    told = Notice.objects.filter(participant=OuterRef("pk"), sent_at__isnull=False).order_by("-sent_at")
    return wholes(participants).annotate(
        own=FilteredRelation("reports", condition=Q(reports__stage=ValueStage.SELF)),
        extended_to=Subquery(until.values("until")[:1]),
        reminded_at=Subquery(told.values("sent_at")[:1]),
    )


def rows(participants: QuerySet[Participant], round_: Round, codes: Sequence[str], now: dt.datetime) -> list[Row]:
    """Return the rows of a page, with the dimensions in the order of ``codes``: one query, however many units.

    Where figures add up from parts or child units, theirs are read too, for the units of the page.
    """
    found = list(participants.values_list(*_READ))
    fresh = progress_behind(round_, {unit for *_rest, unit, is_whole in found if is_whole})
    return [_row(one, fresh, codes, round_.due_at, now) for one in found]


def _row(
    found: tuple[Any, ...], fresh: Mapping[int, Progress], codes: Sequence[str], due: dt.datetime, now: dt.datetime
) -> Row:
    pk, name, number, state, progress, changed_at, extended_to, reminded_at, level, confirmed_at, _unit, _whole = found
    if not number:
        state = "none"
    known = fresh.get(pk) or progress or {}
    parts = tuple([tuple(known.get(code, _NOTHING)) for code in codes])
    late = state not in DONE and now > (max(due, extended_to) if extended_to else due)
    return Row(pk, name, state, parts, changed_at, extended_to, late, reminded_at, level, confirmed_at is not None)


def written(rows: Iterable[Row], lines: Mapping[Kind, str], cells: Mapping[tuple[int, int], Markup]) -> Markup:
    """Write rows by the patterns of their kinds; a hundred rows of a dozen cells would take a template too long."""
    patterns = {kind: Pattern(line) for kind, line in lines.items()}
    none = Markup("")
    return none.join([patterns[row.kind].filled(_words(row, cells, none)) for row in rows])


def _words(row: Row, cells: Mapping[tuple[int, int], Markup], none: Markup) -> dict[str, str | int]:
    return {
        "pk": row.pk,
        "name": row.name,
        "cells": none.join([cells[part] for part in row.parts]),
        "changed": time(row.changed_at),
        "until": time(row.extended_to),
        "reminded": date(row.reminded_at),
        "level": row.level or "",
    }
