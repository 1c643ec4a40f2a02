"""Taking in what a provider writes: cell by cell, whatever the way it came."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from django.db import transaction
from django.utils.translation import gettext as _

from chiso.web.audit.services import Actor, record
from chiso.web.collection.cells import Cell
from chiso.web.collection.models import Report, ValueStage
from chiso.web.collection.services import Written
from chiso.web.collection.shown import why_refused
from chiso.web.collection.supplying import NotSuppliedError, supply
from chiso.web.providers.models import Origin
from chiso.web.providers.opening import Supplying
from chiso.web.providers.reading import RefusedError, read
from chiso.web.rounds.models import Round

#: A cell: participant and fact.
Key = tuple[int, str]


@dataclass
class Taken:
    """What became of each cell: kept, refused (why, as a sentence), or changed by somebody else meanwhile.

    ``numbers``: the change of the report after which the writer has seen each cell. ``replaced``: see ``Saved``.
    """

    kept: dict[Key, Cell] = field(default_factory=dict)
    refused: dict[Key, str] = field(default_factory=dict)
    conflicts: dict[Key, Cell] = field(default_factory=dict)
    replaced: dict[Key, Cell] = field(default_factory=dict)
    numbers: dict[Key, int] = field(default_factory=dict)


def take(
    *, opened: Supplying, written: Mapping[Key, Written], actor: Actor, change: str = "", reason: str = ""
) -> Taken:
    """Keep what is understood; a value without an origin of its own gets that of its column.

    Raises:
        NotSuppliedError: a figure is another agency's, or a unit is not in the round; nothing is written.
    """
    taken, by_unit = Taken(), dict[int, dict[str, Written]]()
    for key, one in written.items():
        participant, fact = key
        if fact not in opened.figures:
            raise NotSuppliedError
        try:
            understood = read(one, opened.figures[fact], opened.lang)
        except RefusedError as refused:
            taken.refused[key] = str(refused)
        else:
            by_unit.setdefault(participant, {})[fact] = _with_origin(opened, fact, understood)
    done = supply(
        round_=opened.round,
        framework=opened.framework,
        agencies=opened.agencies,
        written=by_unit,
        actor=actor,
        change=change,
        reason=reason,
    )
    for participant in done.closed:
        closed = _("The time for reporting is over for this unit. Ask the coordinator for permission to report late.")
        taken.refused |= {(participant, fact): closed for fact in by_unit[participant]}
    for participant, saved in done.saved.items():
        for mine, theirs in (
            (taken.kept, saved.kept),
            (taken.conflicts, saved.conflicts),
            (taken.replaced, saved.replaced),
        ):
            mine |= {(participant, fact): cell for fact, cell in theirs.items()}
        taken.refused |= {(participant, fact): why_refused(one, opened.lang) for fact, one in saved.refused.items()}
        taken.numbers |= {(participant, fact): saved.number for fact in by_unit[participant]}
    return taken


def _with_origin(opened: Supplying, fact: str, one: Written) -> Written:
    origin = opened.origins.get(fact)
    if origin is None or not one.text or one.as_of or one.source:
        return one
    return replace(one, as_of=origin.as_of, source=origin.source)


@transaction.atomic
def tell_origin(*, round_: Round, fact: str, as_of: str, source: str, actor: Actor) -> Origin | None:
    """Keep where a column comes from; values that are supplied from now on carry it. Return what was said before."""
    before = Origin.objects.filter(round=round_, fact=fact).first()
    told = {"as_of": as_of, "source": source}
    Origin.objects.update_or_create(round=round_, fact=fact, defaults=told)
    record(strand=f"round:{round_.pk}", action="supply.origin", actor=actor, fact=fact, **told)
    return before


def spread_origin(
    *, opened: Supplying, fact: str, participants: Collection[int], replaced: tuple[str, str], actor: Actor
) -> int:
    """Give the origin of a column to values of some units that have none, or the one that the column had before.

    ``replaced``: that one's source and date. What people said of a single value stays.
    """
    told = opened.origins.get(fact)
    if told is None:
        return 0
    reports = Report.objects.filter(participant__in=participants, stage=ValueStage.PROVIDER)
    cells = {
        participant: Cell.of(values[fact])
        for participant, values in reports.values_list("participant", "values")
        if fact in values and values[fact]["v"]
    }
    written = {
        (participant, fact): Written(cell.text, cell.number, told.as_of, told.source, cell.note)
        for participant, cell in cells.items()
        if (cell.source, cell.as_of) in (("", ""), replaced)
    }
    return len(take(opened=opened, written=written, actor=actor, reason="origin").kept)
