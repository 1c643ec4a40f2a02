"""The grid of a provider: units as rows, its figures as columns, one page of it at a time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.translation import gettext_lazy as _

from chiso.web.collection.cells import Cell
from chiso.web.collection.due_days import days_by_fact
from chiso.web.collection.layout import Field
from chiso.web.collection.models import HELD, Remark, Report, ReportState, ValueStage
from chiso.web.collection.shown import doubt, shown_text
from chiso.web.collection.supplying import fully_supplied, supplied_so_far
from chiso.web.providers.models import Origin
from chiso.web.providers.opening import Supplying
from chiso.web.providers.reading import entry_text
from chiso.web.rounds.models import Participant, Round
from chiso.web.vietnamese import folded

#: Rows and columns of one page: an old laptop shows and moves through so many cells at once.
ROWS, COLUMNS = 100, 12

#: What the rows may be narrowed to.
SHOWN = ("missing", "objected")


@dataclass(frozen=True, slots=True)
class Column:
    """A figure to supply: how many units have it, how many object to it, and where it comes from.

    ``due``: the printed day, before that of the round, on which it is wanted.
    """

    field: Field
    given: int
    objections: int
    origin: Origin | None
    due: dt.date | None = None

    @property
    def options(self) -> tuple[str, ...]:
        """The answers to choose from."""
        return tuple(label for _id, label in self.field.choices)


@dataclass(frozen=True, slots=True)
class Square:
    """One figure of one unit: what stands in it, as people write it, and what is to be known beside it."""

    key: str
    text: str
    shown: str
    cell: Cell | None
    before: str
    doubt: str
    objections: int


@dataclass(frozen=True, slots=True)
class Row:
    """One unit with its figures. ``number``: the change of the provider's report that the row shows.

    ``held``: that the unit has handed its own report in, and what then becomes of figures that change.
    """

    participant: Participant
    number: int
    squares: tuple[Square, ...]
    held: str = ""


#: What becomes of a figure of a unit that has handed its own report in.
_HELD_WORDS = {
    ReportState.SUBMITTED: _("submitted: a figure changed now counts once the unit submits anew"),
    ReportState.SIGNED: _("signed off: a figure changed now counts once the unit submits anew"),
}


def held_among(participants: Iterable[int]) -> dict[int, str]:
    """Return which participants have handed their own report in, and what then becomes of figures: one query."""
    held = Report.objects.filter(participant__in=participants, stage=ValueStage.SELF, state__in=HELD)
    return {pk: str(_HELD_WORDS[ReportState(state)]) for pk, state in held.values_list("participant", "state")}


def square_key(participant: int, fact: str) -> str:
    """Return the name of a cell in pages and requests."""
    return f"{participant}:{fact}"


def columns(opened: Supplying, facts: Iterable[str] | None = None) -> list[Column]:
    """Return the figures of a provider, or some of them, with how far each is: three queries."""
    wanted = [fact for fact in opened.figures if facts is None or fact in set(facts)]
    given = supplied_so_far(opened.round, wanted)
    contested = objections_by_fact(opened.round, wanted)
    days = days_by_fact(opened.framework, opened.round)
    return [
        Column(opened.field(fact), given[fact], contested.get(fact, 0), opened.origins.get(fact), days.get(fact))
        for fact in wanted
    ]


def open_objections(round_: Round, facts: Iterable[str]) -> QuerySet[Remark]:
    """Return the objections to some figures that nobody has settled."""
    return Remark.objects.filter(
        participant__round=round_,
        participant__withdrawn_at=None,
        kind=Remark.Kind.OBJECTION,
        fact__in=list(facts),
        settled_at=None,
    )


def objections_by_fact(round_: Round, facts: Iterable[str]) -> dict[str, int]:
    """Return how many open objections each figure has."""
    counted = open_objections(round_, facts).order_by().values_list("fact").annotate(Count("pk"))
    return dict(counted)


def members(opened: Supplying, facts: Iterable[str], words: str, show: str) -> list[int]:
    """Return the participants in dictionary order, narrowed by a search without diacritics and by what is to do."""
    facts = list(facts)
    found = opened.round.participants.all()
    if show == "missing":
        found = found.exclude(pk__in=fully_supplied(opened.round, facts).values("participant"))
    elif show == "objected":
        found = found.filter(pk__in=open_objections(opened.round, facts).order_by().values("participant"))
    wanted = folded(words).split()
    names = found.order_by("sorted_by", "pk").values_list("pk", "name")
    return [pk for pk, name in names if not wanted or all(word in folded(name) for word in wanted)]


def rows(opened: Supplying, page: list[int], facts: Iterable[str]) -> list[Row]:
    """Return the rows of a page: five queries, however many units there are."""
    facts = list(facts)
    participants = Participant.objects.select_related("unit").in_bulk(page)
    reports = {
        one.participant_id: one
        for one in Report.objects.filter(participant__in=page, stage=ValueStage.PROVIDER).only(
            "participant", "values", "number"
        )
    }
    before = last_year(opened.round, {one.unit_id for one in participants.values()})
    held = held_among(page)
    contested = _contested(opened.round, page, facts)
    found = []
    for pk in page:
        report = reports.get(pk)
        values = report.values if report is not None else {}
        last = before.get(participants[pk].unit_id, {})
        squares = tuple(
            _square(opened, pk, fact, values.get(fact), last.get(fact), contested.get((pk, fact), 0)) for fact in facts
        )
        number = report.number if report is not None else 0
        found.append(Row(participants[pk], number, squares, held.get(pk, "")))
    return found


def _square(
    opened: Supplying,
    pk: int,
    fact: str,
    kept: Mapping[str, Any] | None,
    last: Mapping[str, Any] | None,
    objections: int,
) -> Square:
    asked, lang = opened.figures[fact], opened.lang
    cell = Cell.of(kept) if kept else None
    text, before = cell.text if cell else "", last["v"] if last else ""
    return Square(
        square_key(pk, fact),
        entry_text(asked, cell, lang),
        shown_text(asked, text, lang),
        cell,
        shown_text(asked, before, lang),
        "" if cell and cell.note else doubt(opened.framework, asked, text, before, lang),
        objections,
    )


def last_year(round_: Round, units: set[int]) -> dict[int, Mapping[str, Mapping[str, Any]]]:
    """Return what was supplied for units in the round before, by unit; no query where there was none."""
    if round_.previous_id is None:
        return {}
    reports = Report.objects.filter(
        participant__round=round_.previous_id, participant__unit__in=units, stage=ValueStage.PROVIDER
    )
    return dict(reports.values_list("participant__unit", "values"))


def _contested(round_: Round, page: list[int], facts: list[str]) -> dict[tuple[int, str], int]:
    counted = open_objections(round_, facts).filter(participant__in=page).order_by()
    return {(pk, fact): count for pk, fact, count in counted.values_list("participant", "fact").annotate(Count("pk"))}
