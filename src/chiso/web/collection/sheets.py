"""What one place of a report shows: its fields with their values, how the points arise, last year, remarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import cached_property
from typing import Any

from django.db.models import Prefetch, QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _

from chiso.framework.model import Framework
from chiso.scoring.trace import explain
from chiso.web.audit.models import Entry
from chiso.web.collection.agencies import supplier_names
from chiso.web.collection.cells import NONE_OF_THESE, NOT_APPLICABLE, Cell
from chiso.web.collection.layout import Field, Layout, Place
from chiso.web.collection.live import Live, live_scores
from chiso.web.collection.models import Remark, Report, ReportState
from chiso.web.collection.progress import filled_in
from chiso.web.collection.queries import (
    Later,
    Previous,
    in_use,
    later,
    names_of,
    parts_behind,
    provided,
    reported_in,
)
from chiso.web.collection.services import Saved, Written
from chiso.web.collection.shown import doubt, field_text, points_text, shown_text, unread_day, why_refused
from chiso.web.collection.standing import Mark, Standing, marks, standing
from chiso.web.collection.sums import Added, added
from chiso.web.compiled import Compiled, Joined


@dataclass(frozen=True, slots=True)
class Filled:
    """A field with its value. ``given``: a provider's value that stands where the unit has entered nothing."""

    field: Field
    cell: Cell | None
    text: str
    shown: str
    doubt: str
    before: str
    is_na: bool = False
    is_none: bool = False
    given: str = ""
    given_by: str = ""
    given_source: str = ""
    given_as_of: str = ""
    #: The sum of what parts or child units report, where there is one.
    added: Added | None = None
    #: What somebody else has written meanwhile, and what was not understood: where a plain form comes back.
    conflict: Cell | None = None
    conflict_shown: str = ""
    conflict_by: str = ""
    refused: str = ""
    #: What others have changed since the report was submitted, as a sentence.
    later: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """How the points of a criterion arise, in words."""

    mark: Mark
    most: str
    message: str
    steps: tuple[str, ...]
    rule: tuple[str, ...]
    clause: str
    before: str
    before_year: int | None
    printed_before: str
    notes: tuple[str, ...]


@dataclass
class Opened:
    """A report opened by somebody, in their language."""

    report: Report
    framework: Framework
    layout: Layout
    may_write: bool = False
    closed: str = ""
    on_behalf: bool = False
    previous: Previous = field(default_factory=Previous)

    @cached_property
    def values(self) -> dict[str, Mapping[str, Any]]:
        """The values that count."""
        return in_use(self.report, self.framework)

    @cached_property
    def later(self) -> Later:
        """What others have changed since the report was submitted."""
        return later(self.report, self.framework)

    def live(self) -> AbstractContextManager[Live]:
        """Give what the engine makes of the values that count; whoever has it must not keep it."""
        round_ = self.report.participant.round
        reported = reported_in(self.report, self.framework, self.values)
        return live_scores(self.report.pk, self.framework, round_.year, reported, round_.references)


def filled(opened: Opened, one: Field) -> Filled:
    """Return a field with its value."""
    lang, report = opened.layout.lang, opened.report
    kept = report.values.get(one.fact)
    cell = Cell.of(kept) if kept else None
    own = cell.text if cell else ""
    counting = opened.values.get(one.fact)
    # Of a report that is held what it was submitted with, though the agency may have changed it since.
    is_supplied = counting is not None and counting.get("from") == "provider"
    supplied = counting if is_supplied else provided(report).get(one.fact)
    text = counting["v"] if counting else ""
    last = opened.previous.text(one.fact)
    return Filled(
        one,
        cell,
        field_text(one.asked, own, lang),
        shown_text(one.asked, text, lang),
        doubt_about(opened, one, text, cell.note if cell else "", cell.as_of if cell else ""),
        shown_text(one.asked, last, lang) if last else "",
        own == NOT_APPLICABLE,
        own == NONE_OF_THESE,
        shown_text(one.asked, supplied["v"], lang) if supplied else "",
        "; ".join(supplier_names(opened.framework).get(one.fact, ())) if supplied else "",
        (supplied or {}).get("source", ""),
        (supplied or {}).get("as_of", ""),
        added(opened.framework, one.asked, parts_behind(report), lang),
        later=later_words(opened, one),
    )


def later_words(opened: Opened, one: Field) -> str:
    """Say what others have changed about a figure since the report was submitted; nothing while it can change."""
    cell = opened.later.values.get(one.fact)
    if cell is None:
        return ""
    value = shown_text(one.asked, cell["v"], opened.layout.lang) or _("no figure yet")
    told = {"value": f"{value} ({cell['as_of']})" if cell["v"] and cell.get("as_of") else value}
    return _("Changed since the report was submitted: %(value)s. It counts when the report is submitted anew.") % told


def doubt_about(opened: Opened, one: Field, text: str, note: str, as_of: str) -> str:
    """Return what to check about a value: the day that decides whether it counts, else the value unless explained."""
    unread = unread_day(as_of) if one.dated else ""
    if unread or note:
        return unread
    return doubt(opened.framework, one.asked, text, opened.previous.text(one.fact), opened.layout.lang)


def fields_of(opened: Opened, place: Place) -> list[tuple[str, list[Filled]]]:
    """Return the fields of a place under their headings."""
    return [(group.heading, [filled(opened, one) for one in group.fields]) for group in place.groups if group.fields]


def marks_in(opened: Opened, live: Live, codes: Iterable[str] | None = None) -> dict[str, Mark]:
    """Return how criteria of a report stand: all of them, or some and what stands above them."""
    layout = opened.layout
    return marks(layout, live.scores, opened.values, codes, live.known(layout.lang).marks)


def explanation(opened: Opened, place: Place, live: Live) -> Explanation | None:
    """Return how the points of a place arise; nothing for general information."""
    if place.block is None:
        return None
    framework, lang, criterion = opened.framework, opened.layout.lang, place.block.criterion
    trace = explain(live.scores, 0, criterion.code)
    mark = marks_in(opened, live, [criterion.code])[criterion.code]
    before = opened.previous.points(criterion.code)
    return Explanation(
        mark,
        points_text(criterion.max_points, framework, lang),
        trace.reason(lang) or "",
        tuple(trace.step_text(step, lang) for step in trace.steps),
        tuple(line for line in place.block.rule.split("\n") if line),
        criterion.clause or "",
        points_text(Fraction(before), framework, lang) if before else "",
        opened.previous.year,
        points_text(criterion.previous, framework, lang),
        tuple(criterion.notes),
    )


def sum_of(opened: Opened, live: Live) -> Standing:
    """Return the sum of points so far."""
    layout, aimed_at = opened.layout, opened.report.participant.aimed_at
    return standing(layout, live.scores, filled_in(opened.values), aimed_at, live.known(layout.lang).parts)


@dataclass(frozen=True, slots=True)
class Said:
    """A remark with who made it, and what was said to it; ``figure`` and ``value`` of an objection, in words."""

    remark: Remark
    by: str
    figure: str = ""
    value: str = ""
    answers: tuple[Said, ...] = ()


_REMARK = Joined(Remark, "by")


def _remarks_at(participant: int, code: str) -> QuerySet[Remark, tuple[Any, ...]]:
    return Remark.objects.filter(participant=participant, code=code, to=None).values_list(*_REMARK.names)


_REMARKS = Compiled(_remarks_at, participant=int, code=str)


def remarks_at(opened: Opened, code: str) -> list[Said]:
    """Return the remarks at a place, each with its answers: two queries."""
    rows = _REMARKS.rows(participant=opened.report.participant_id, code=code)
    found = [_REMARK.made(row) for row in rows]
    prefetch_related_objects(found, Prefetch("answers", Remark.objects.select_related("by")))
    return [_said(opened, one, tuple(one.answers.all())) for one in found]


def open_remarks(opened: Opened) -> dict[str, list[Said]]:
    """Return the remarks of a report that are not settled yet, by place, each with its answers: two queries."""
    answers = Prefetch("answers", Remark.objects.select_related("by"))
    rows = Remark.objects.filter(participant=opened.report.participant_id, to=None, settled_at=None)
    found: dict[str, list[Said]] = {}
    for one in rows.select_related("by").prefetch_related(answers):
        found.setdefault(one.code, []).append(_said(opened, one, tuple(one.answers.all())))
    return found


def _said(opened: Opened, one: Remark, answers: tuple[Remark, ...] = ()) -> Said:
    field = opened.layout.fields.get(one.fact)
    value = shown_text(field.asked, one.value, opened.layout.lang) if field and one.value else ""
    said = tuple(_said(opened, answer) for answer in answers)
    return Said(one, one.by.full_name, field.label if field else "", value, said)


@dataclass(frozen=True, slots=True)
class Returned:
    """Who let a report be changed again, when, and what they said."""

    by: str
    at: dt.datetime
    word: str
    is_reopened: bool


def returned_word(report: Report) -> Returned | None:
    """Return what the head said who sent the report back, or the coordinator who reopened it; the later of them.

    Nothing unless it lies with the officer again.
    """
    if report.state != ReportState.RETURNED:
        return None
    said = Entry.objects.filter(strand=report.strand, action__in=("report.returned", "report.reopened"))
    found = said.select_related("by").order_by("-number").first()
    if found is None or found.by is None:
        return None
    word = found.data.get("word") or found.data.get("reason", "")
    return Returned(found.by.full_name, found.at, word, found.action == "report.reopened")


def with_outcome(
    opened: Opened, groups: list[tuple[str, list[Filled]]], outcome: tuple[Saved, Mapping[str, Written]]
) -> list[tuple[str, list[Filled]]]:
    """Return fields as a plain form comes back: with what was written, and why it was not kept."""
    saved, written = outcome
    lang = opened.layout.lang
    names = names_of(one.by for one in saved.conflicts.values())

    def mended(one: Filled) -> Filled:
        fact = one.field.fact
        if fact in saved.refused:
            return replace(one, text=written[fact].text, refused=why_refused(saved.refused[fact], lang))
        if fact in saved.conflicts:
            theirs = saved.conflicts[fact]
            return replace(
                one,
                text=written[fact].text,
                conflict=theirs,
                conflict_shown=shown_text(one.field.asked, theirs.text, lang),
                conflict_by=names.get(theirs.by, ""),
            )
        return one

    return [(heading, [mended(one) for one in fields]) for heading, fields in groups]
