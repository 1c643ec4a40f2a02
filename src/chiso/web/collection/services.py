"""Writing reports: values are appended, never overwritten; of two people on one form neither loses a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from chiso.framework.model import Framework
from chiso.scoring.values import Misread
from chiso.web.audit.models import Entry
from chiso.web.audit.services import Actor, prepared
from chiso.web.collection.asking import all_asked
from chiso.web.collection.cells import Cell, understood
from chiso.web.collection.models import HELD, Report, ValueStage
from chiso.web.collection.progress import progress_of
from chiso.web.collection.queries import in_use, whole_report
from chiso.web.compiled import insert, update
from chiso.web.rounds.entry import takes_values
from chiso.web.rounds.models import Participant

#: What a save changes of a report.
WRITTEN_FIELDS = ("values", "progress", "number", "hash", "changed_at")


class ClosedError(Exception):
    """Values are not taken in now: the round is not open, or the time is over and no permission runs."""


class SubmittedError(Exception):
    """The report is with the head, or signed off; it has to be returned before it can change."""


@dataclass(frozen=True, slots=True)
class Written:
    """A value as a person wrote it. ``seen`` is the change at which they saw the cell, 0 for an empty one."""

    text: str
    seen: int = 0
    as_of: str = ""
    source: str = ""
    note: str = ""

    def saw(self, number: int, last: int) -> bool:
        """Say whether the writer saw a change of a report that stands at ``last``; what it never had, nobody saw."""
        return number <= self.seen <= last


@dataclass
class Saved:
    """What became of a save: values kept, values not understood, and cells that somebody else changed meanwhile.

    ``number`` is the report's change after the save; it is unchanged when nothing was written. ``replaced``: values of
    this very change that had arrived before, and that somebody has replaced since.
    """

    number: int
    kept: dict[str, Cell] = field(default_factory=dict)
    refused: dict[str, Misread] = field(default_factory=dict)
    conflicts: dict[str, Cell] = field(default_factory=dict)
    replaced: dict[str, Cell] = field(default_factory=dict)


def locked_report(report_id: int) -> Report:
    """Return a report for changing, inside a transaction, with all that goes with it: one query.

    Raises:
        Report.DoesNotExist: there is no such report.
    """
    return whole_report(report_id, locked=True)


@transaction.atomic
def save_values(
    *,
    report_id: int,
    framework: Framework,
    written: Mapping[str, Written],
    actor: Actor,
    on_behalf: bool = False,
    reason: str = "",
    change: str = "",
) -> Saved:
    """Append values to a report as one change; see :func:`write_values`."""
    report = locked_report(report_id)
    return write_values(
        report=report,
        framework=framework,
        written=written,
        actor=actor,
        on_behalf=on_behalf,
        reason=reason,
        change=change,
    )


def write_values(
    *,
    report: Report,
    framework: Framework,
    written: Mapping[str, Written],
    actor: Actor,
    on_behalf: bool = False,
    reason: str = "",
    change: str = "",
) -> Saved:
    """Append values to a report that the caller has locked, as one change.

    A cell that was changed after the writer saw it is left alone and returned as a conflict, unless both say the same.
    ``change`` is the name that the writer's browser gave the change: one that arrives twice is no conflict with itself.

    Raises:
        ClosedError, SubmittedError: nothing is taken in.
        KeyError: a fact that the framework does not ask for.
    """
    check_open(report)
    saved = compared(report, framework, written, actor, change)
    if saved.kept:
        about = {"on_behalf": on_behalf, "reason": reason, "change": change}
        insert(entered(report, framework, saved, actor, about))
        update(report, *WRITTEN_FIELDS)
    return saved


def compared(
    report: Report, framework: Framework, written: Mapping[str, Written], actor: Actor, change: str = ""
) -> Saved:
    """Say what would become of values that are written into a locked report; nothing is changed yet.

    Raises:
        KeyError: a fact that the framework does not ask for.
    """
    saved = Saved(report.number)
    now = timezone.now().isoformat()
    asked = all_asked(framework)
    for fact, one in written.items():
        text = understood(one.text, asked[fact])
        if isinstance(text, Misread):
            saved.refused[fact] = text
            continue
        current = report.values.get(fact)
        if _says_nothing_new(current, text, one):
            continue
        if current is not None and not one.saw(current["n"], report.number):
            saved.conflicts[fact] = Cell.of(current)
        else:
            saved.kept[fact] = Cell(text, actor.user_id, now, report.number + 1, one.as_of, one.source, one.note)
    if saved.conflicts and change:
        _part_replaced(report, saved, written, actor, change)
    return saved


def _part_replaced(report: Report, saved: Saved, written: Mapping[str, Written], actor: Actor, change: str) -> None:
    """Tell cells that this change had written before, and somebody has replaced since, from true conflicts."""
    first = min(written[fact].seen for fact in saved.conflicts)
    mine = Entry.objects.filter(strand=report.strand, number__gt=first, by=actor.user_id, data__change=change)
    arrived = {fact for data in mine.values_list("data", flat=True) for fact in data["values"]}
    for fact in arrived & set(saved.conflicts):
        saved.replaced[fact] = saved.conflicts.pop(fact)


def is_with_head(participant: Participant) -> bool:
    """Say whether the self-assessment of a participant lies with the head, or is signed off."""
    return Report.objects.filter(participant=participant, stage=ValueStage.SELF, state__in=HELD).exists()


def check_open(report: Report) -> None:
    """Refuse a report that takes in no values now.

    Raises:
        ClosedError, SubmittedError: see there.
    """
    if not takes_values(report.participant, timezone.now()):
        raise ClosedError
    if report.state in HELD:
        raise SubmittedError


def _says_nothing_new(current: Mapping[str, Any] | None, text: str, one: Written) -> bool:
    """Say whether a cell would hold what it holds already, or stay empty without a word why."""
    if current is None:
        return not text and not one.note
    if current["v"] != text:
        return False
    get = current.get
    return (get("as_of", ""), get("source", ""), get("note", "")) == (one.as_of, one.source, one.note)


def entered(report: Report, framework: Framework, saved: Saved, actor: Actor, about: Mapping[str, Any]) -> Entry:
    """Put the cells of a save into the locked report; return its entry for the log. The caller keeps both."""
    kept = {fact: cell.kept() for fact, cell in saved.kept.items()}
    changes = {
        fact: {"old": report.values[fact]["v"] if fact in report.values else None, "new": cell}
        for fact, cell in kept.items()
    }
    data = {"values": changes, **{key: value for key, value in about.items() if value}}
    entry = prepared(
        strand=report.strand, scope=report.scope, previous=report.head, action="report.saved", actor=actor, data=data
    )
    report.values.update(kept)
    report.progress = progress_of(framework, in_use(report, framework))
    report.number, report.hash, report.changed_at = entry.number, entry.hash, entry.at
    saved.number = entry.number
    return entry
