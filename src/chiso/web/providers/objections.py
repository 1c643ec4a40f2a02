"""What units object to: shown to the provider beside the figure, answered or corrected; the units settle it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, Prefetch, QuerySet

from chiso.web.audit.services import Actor
from chiso.web.collection.cells import Cell
from chiso.web.collection.layout import Field
from chiso.web.collection.models import Remark, Report, ValueStage
from chiso.web.collection.remarks import answer_remark
from chiso.web.collection.services import Written
from chiso.web.collection.shown import shown_text
from chiso.web.providers.opening import Supplying
from chiso.web.providers.reading import entry_text
from chiso.web.providers.services import take


class NotCorrectedError(Exception):
    """A correction that was not taken in; its text says why, in the language of the page. Nothing was kept."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to an objection, and what the figure was corrected to."""

    remark: Remark
    by: str
    corrected: str


@dataclass(frozen=True, slots=True)
class Objection:
    """An objection with the figure as it was contested and as it stands now, and what was said to it."""

    remark: Remark
    unit: str
    field: Field
    contested: str
    now: str
    entry: str
    number: int
    answers: tuple[Answer, ...]

    @property
    def state(self) -> str:
        """``settled``, ``answered`` or ``open``."""
        return "settled" if self.remark.settled_at else "answered" if self.answers else "open"


def listed(opened: Supplying) -> QuerySet[Remark]:
    """Return the objections to the figures of a provider with their answers, those that nobody has settled first."""
    found = Remark.objects.filter(
        participant__round=opened.round,
        participant__withdrawn_at=None,
        kind=Remark.Kind.OBJECTION,
        fact__in=list(opened.figures),
    )
    answers = Prefetch("answers", Remark.objects.select_related("by"))
    whole = found.select_related("participant").prefetch_related(answers)
    return whole.order_by(F("settled_at").desc(nulls_first=True), "at")


def shown(opened: Supplying, remarks: Sequence[Remark]) -> list[Objection]:
    """Return objections as a page shows them: one query for the figures as they are supplied now."""
    reports = Report.objects.filter(participant__in=[one.participant_id for one in remarks], stage=ValueStage.PROVIDER)
    kept = {one.participant_id: one for one in reports.only("participant", "values", "number")}
    return [_shown(opened, one, kept.get(one.participant_id)) for one in remarks]


def _shown(opened: Supplying, one: Remark, report: Report | None) -> Objection:
    asked, lang = opened.figures[one.fact], opened.lang
    kept = report.values.get(one.fact) if report is not None else None
    cell = Cell.of(kept) if kept else None
    answers = (
        Answer(answer, answer.by.full_name, shown_text(asked, answer.value, lang) if answer.value else "")
        for answer in one.answers.all()
    )
    return Objection(
        one,
        one.participant.name,
        opened.field(one.fact),
        shown_text(asked, one.value, lang) if one.value else "",
        shown_text(asked, cell.text, lang) if cell else "",
        entry_text(asked, cell, lang),
        report.number if report is not None else 0,
        tuple(answers),
    )


@transaction.atomic
def answer(*, opened: Supplying, remark: Remark, text: str, value: str | None, seen: int, actor: Actor) -> Remark:
    """Answer an objection, and correct the figure where ``value`` is given; both or neither.

    Raises:
        NotCorrectedError: the value is not understood, or somebody else has changed it meanwhile.
    """
    corrected = ""
    if value is not None:
        key = (remark.participant_id, remark.fact)
        taken = take(opened=opened, written={key: Written(value, seen)}, actor=actor, reason=text)
        if key in taken.refused:
            raise NotCorrectedError(taken.refused[key])
        if key in taken.conflicts:
            raise NotCorrectedError("")
        corrected = taken.kept[key].text if key in taken.kept else ""
    return answer_remark(remark=remark, text=text, actor=actor, corrected_to=corrected)
