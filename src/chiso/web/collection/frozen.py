"""What a submission has frozen: while a report lies with the head, or is signed off, its receipt says what counts.

What an agency or a unit below changes meanwhile stays beside it, and counts once the report was submitted anew.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from chiso.web.collection.cells import Document
from chiso.web.collection.facts import Reported
from chiso.web.collection.models import HELD, Receipt, Report, ValueStage
from chiso.web.rounds.models import Participant


@dataclass(frozen=True, slots=True)
class Frozen:
    """The values of a submission, with the level that the unit had registered and those of its child units."""

    values: Document
    registered: int | None
    children: tuple[int | None, ...] | None


def reported_on(content: Mapping[str, Any]) -> Reported:
    """Return what was submitted as it is scored; receipts of format 1 know no levels."""
    unit = content["unit"]
    registered, children = _levels(unit)
    return Reported(unit["name"], "", content["values"], registered, children)


def frozen(report: Report) -> Frozen | None:
    """Return what counts of a report that is held, None of one that can change; read once."""
    if report.state not in HELD or report.stage != ValueStage.SELF:
        return None
    if "frozen_read" not in vars(report):
        rows = _last(Receipt.objects.filter(report=report.pk))
        vars(report)["frozen_read"] = next(iter(rows.values()), None)
    found: Frozen | None = vars(report)["frozen_read"]
    return found


def frozen_in(participants: QuerySet[Participant]) -> dict[int, Frozen]:
    """Return what counts of the self-assessments that are held, by participant: one query."""
    held = {"report__stage": ValueStage.SELF, "report__state__in": HELD}
    return _last(Receipt.objects.filter(report__participant__in=participants, **held))


def values_of_last() -> Subquery:
    """Return, for a query of reports, the values of their last receipt while they are held."""
    held = Receipt.objects.filter(report=OuterRef("pk"), report__state__in=HELD)
    return Subquery(held.order_by("-at", "-pk").values("content__values")[:1])


def _last(receipts: QuerySet[Receipt]) -> dict[int, Frozen]:
    """Return the last receipt of each report, by participant."""
    rows = receipts.order_by("at", "pk").values_list("report__participant", "at", "content__unit", "content__values")
    return {
        participant: Frozen({fact: _cell(cell, at) for fact, cell in values.items()}, *_levels(unit))
        for participant, at, unit, values in rows.iterator(500)
    }


def _cell(cell: Mapping[str, Any], at: dt.datetime) -> dict[str, Any]:
    """Return a value of a receipt as a cell; who entered it is no part of a receipt."""
    return {**cell, "by": None, "at": at.isoformat(), "n": 0}


def _levels(unit: Mapping[str, Any]) -> tuple[int | None, tuple[int | None, ...] | None]:
    children = unit.get("children")
    return unit.get("registered"), None if children is None else tuple(children)
