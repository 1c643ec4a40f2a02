"""The coordinator's board: units x dimensions, how far each report is, from what the reports keep of themselves.

A hundred rows of a dozen cells: one query that is worked out once in a process, one reading of all that the reports say
of their progress, and rows written by the patterns of their kinds.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, FilteredRelation, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Cast
from markupsafe import Markup

from chiso.web.collection.documents import wholes
from chiso.web.collection.due_days import DueDay, open_days_in
from chiso.web.collection.models import HELD, ReportState, ValueStage
from chiso.web.collection.wholes import Progress, progress_behind
from chiso.web.compiled import Compiled
from chiso.web.formats import date, time
from chiso.web.patterns import Pattern
from chiso.web.reminders.models import Notice
from chiso.web.rounds.models import Extension, Participant, Round
from chiso.web.rounds.queries import named

#: Units on one page.
ROWS = 100

_OWN = ("own__number", "own__state", "written_progress", "own__changed_at")
_READ = (
    "pk",
    "name",
    *_OWN,
    "extended_to",
    "reminded_at",
    "registered_level",
    "level_confirmed_at",
    "unit",
    "is_whole",
)
_NOTHING = (0, 0)

#: What a board may be narrowed to.
STATES = ("none", *ReportState.values)


#: State, late, with permission to report late, reminded; whether a level is ``aimed`` at, ``registered`` or ``none``.
Kind = tuple[str, bool, bool, bool, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One unit on the board: its primary key and name as a participant, and how far it is.

    ``parts``: of each dimension how many figures are filled in and needed. ``late`` says that it still owes its report
    after the due time. ``printed``: the days on which criteria are due earlier, as far as they lack figures.
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
    printed: tuple[DueDay, ...] = ()

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


def with_reports(participants: QuerySet[Participant]) -> QuerySet[Participant, tuple[Any, ...]]:
    """Return of participants what :func:`rows` needs, in one query."""
    until = Extension.objects.filter(participant=OuterRef("pk")).order_by("-until")
    told = Notice.objects.filter(participant=OuterRef("pk"), sent_at__isnull=False).order_by("-sent_at")
    return (
        wholes(participants)
        .annotate(
            own=FilteredRelation("reports", condition=Q(reports__stage=ValueStage.SELF)),
            written_progress=Cast("own__progress", TextField()),
            extended_to=Subquery(until.values("until")[:1]),
            reminded_at=Subquery(told.values("sent_at")[:1]),
        )
        .values_list(*_READ)
    )


def _whole_round(pk: int) -> QuerySet[Participant, tuple[Any, ...]]:
    members = Participant.objects.filter(round=pk).order_by()
    counted = members.values("round").annotate(found=Count("pk")).values("found")
    return with_reports(listed(Round(pk=pk), "", "")).annotate(all=Subquery(counted)).values_list(*_READ, "all")


_WHOLE_ROUND = Compiled(_whole_round, pk=int)


def page_of(round_: Round, words: str, state: str, wanted: str) -> tuple[Page[Any], Sequence[Sequence[Any]]]:
    """Return a page of the participants that :func:`listed` returns, and what :func:`rows` needs of them.

    ``wanted``: its number as somebody wrote it; the first one stands for what is none, the last for what is too much.
    """
    if words or state:
        found = listed(round_, words, state)
        page = Paginator(found, ROWS).get_page(wanted)
        return page, list(with_reports(found)[_part(page.number)])
    number = max(int(wanted), 1) if wanted.isdecimal() and len(wanted) < 7 else 1
    rows = _WHOLE_ROUND.rows(pk=round_.pk, part=_part(number))
    if not rows and number > 1:
        members = round_.participants.count()
        number = Paginator(range(members), ROWS).num_pages
        rows = _WHOLE_ROUND.rows(pk=round_.pk, part=_part(number))
    return Paginator(range(rows[0][-1] if rows else 0), ROWS).get_page(number), rows


def _part(number: int) -> slice:
    return slice((number - 1) * ROWS, number * ROWS)


def rows(found: Sequence[Sequence[Any]], round_: Round, codes: Sequence[str], now: dt.datetime) -> list[Row]:
    """Return the rows of a page, with the dimensions in the order of ``codes``.

    Where figures add up from parts or child units, theirs are read too, for the units of the page.
    """
    at, unit, is_whole = (_READ.index(one) for one in ("written_progress", "unit", "is_whole"))
    fresh = progress_behind(round_, {one[unit] for one in found if one[is_whole]})
    # Read at one go: a call for each would cost more than the reading.
    kept = json.loads(f"[{','.join([one[at] or '{}' for one in found])}]")
    owing = {
        one[0]: one[unit] if one[is_whole] else None for one in found if one[_READ.index("own__state")] not in HELD
    }
    printed = open_days_in(round_, owing)
    return [
        _row(one, fresh.get(one[0]) or progress, codes, round_.due_at, now, printed.get(one[0], ()))
        for one, progress in zip(found, kept, strict=True)
    ]


def _row(
    found: Sequence[Any],
    known: Progress,
    codes: Sequence[str],
    due: dt.datetime,
    now: dt.datetime,
    printed: tuple[DueDay, ...],
) -> Row:
    pk, name, number, state, _progress, changed_at, extended_to, reminded_at, level, confirmed_at, *_rest = found
    if not number:
        state = "none"
    parts = tuple([(filled, needed) for filled, needed in [known.get(code, _NOTHING) for code in codes]])
    late = state not in HELD and now > (max(due, extended_to) if extended_to else due)
    confirmed = confirmed_at is not None
    return Row(pk, name, state, parts, changed_at, extended_to, late, reminded_at, level, confirmed, printed)


def written(
    rows: Iterable[Row],
    line: Callable[..., Markup],
    cell: Callable[[tuple[int, int]], Markup],
    due: Callable[[DueDay], Markup],
) -> Markup:
    """Write rows. A template makes each kind of ``line`` once, and each ``cell``; a row puts its own words in.

    For a hundred rows of a dozen cells a template alone would take too long.
    """
    patterns: dict[Kind, Pattern] = {}
    cells: dict[tuple[int, int], str] = {}
    made = []
    for row in rows:
        kind = row.kind
        if kind not in patterns:
            patterns[kind] = Pattern(line(*kind))
        for part in row.parts:
            if part not in cells:
                cells[part] = cell(part)
        words = _words(row, Markup("".join([cells[part] for part in row.parts])))  # noqa: S704 - each is markup
        words["printed"] = Markup("").join([due(one) for one in row.printed]) if row.printed else ""
        made.append(patterns[kind].filled(words))
    return Markup("".join(made))  # noqa: S704 - each is markup


def _words(row: Row, cells: Markup) -> dict[str, str | int]:
    return {
        "pk": row.pk,
        "name": row.name,
        "cells": cells,
        "changed": time(row.changed_at),
        "until": time(row.extended_to),
        "reminded": date(row.reminded_at),
        "level": row.level or "",
    }
