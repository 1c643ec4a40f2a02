"""The documents that count for participants: their own values, their providers', and those of what they are made of."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import CombinedExpression

from chiso.framework.model import Framework
from chiso.web.collection.cells import Document
from chiso.web.collection.effective import Part, effective, over
from chiso.web.collection.frozen import Frozen, frozen_in
from chiso.web.collection.models import HELD, Report, ValueStage
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Participant, Round
from chiso.web.units.queries import on_day

#: The documents of one participant: its own values at a stage, its providers', and its parts'.
Documents = tuple[Document, Document, Sequence[Part]]

#: Rounds from which a question came; they cannot stand below themselves.
Above = frozenset[int]


def documents_of(
    round_: Round,
    stage: ValueStage = ValueStage.SELF,
    above: Above = frozenset(),
    units: frozenset[int] | None = None,
) -> dict[int, Documents]:
    """Return the documents of every participant of a round that is scored, by its primary key.

    The parts of a participant are those of its own round or, where it has none, its child units in the rounds below,
    with the figures that both frameworks take from one catalogue. The queries grow with the rounds below, whatever the
    number of units. ``above``: the rounds that lead here, which cannot be below. ``units``: only these. Of a report
    that is held there is what it has frozen alone.
    """
    found, frozen = _behind(round_, stage, above, units)
    return found | {pk: (frozen[pk].values, {}, ()) for pk in found.keys() & frozen.keys()}


def _behind(
    round_: Round, stage: ValueStage, above: Above, units: frozenset[int] | None
) -> tuple[dict[int, Documents], dict[int, Frozen]]:
    """Return what participants' values are made of, whether they are held or not, and what those that are have frozen.

    A part or a child unit that is held gives what it has frozen.
    """
    own: dict[int, Document] = {}
    supplied: dict[int, Document] = {}
    members = Participant.objects.filter(round=round_)
    if units is not None:
        members = members.filter(Q(unit__in=units) | Q(part_of__unit__in=units))
    rows = Report.objects.filter(participant__in=members, stage__in=(stage, ValueStage.PROVIDER))
    some_held = False
    for participant, at, state, values in rows.values_list("participant", "stage", "state", "values"):
        (own if at == stage else supplied)[participant] = values
        some_held = some_held or (at == ValueStage.SELF and state in HELD)
    frozen = frozen_in(members) if some_held else {}
    parts: dict[int, list[Part]] = defaultdict(list)
    scored = {}
    for pk, whole, name, unit in members.values_list("pk", "part_of", "name", "unit"):
        if whole is None:
            scored[pk] = unit
        else:
            values = frozen[pk].values if pk in frozen else over(own.get(pk, {}), supplied.get(pk, {}))
            parts[whole].append(Part(name, values))
    below = child_parts(round_, stage, above, units)
    found: dict[int, Documents] = {
        pk: (own.get(pk, {}), supplied.get(pk, {}), parts[pk] if pk in parts else below.get(unit, []))
        for pk, unit in scored.items()
    }
    return found, frozen


def child_parts(
    round_: Round,
    stage: ValueStage = ValueStage.SELF,
    above: Above = frozenset(),
    units: frozenset[int] | None = None,
) -> dict[int, list[Part]]:
    """Return what the child units of each unit report in the rounds below towards its figures, by the parent.

    Children are those on 31 December of the year. A child that is itself a sum counts with it only when it is
    complete. Figures of one criterion alone mean something else under another framework, and are left out.
    ``units``: only the children of these.
    """
    here = above | {round_.pk}
    rounds = [one for one in round_.children.select_related("framework") if one.pk not in here]
    if not rounds:
        return {}
    versions = on_day(dt.date(round_.year, 12, 31)).filter(parent__isnull=False)
    if units is not None:
        versions = versions.filter(parent__in=units)
    parents = dict(versions.values_list("unit", "parent"))
    children = None if units is None else frozenset(parents)
    framework = loaded(round_.framework, round_.readings)
    names: dict[int, str] = {}
    values: dict[int, dict[str, Mapping[str, Any]]] = defaultdict(dict)
    for child in rounds:
        theirs = loaded(child.framework, child.readings)
        shared = _shared(framework, theirs)
        documents = documents_of(child, stage, here, children)
        members = child.participants.filter(part_of__isnull=True)
        if children is not None:
            members = members.filter(unit__in=children)
        for pk, unit, name in members.values_list("pk", "unit", "name"):
            names[unit] = name
            counted = effective(theirs, *documents[pk])
            values[unit] |= {fact: cell for fact, cell in counted.items() if fact in shared and cell["v"]}
    found: dict[int, list[Part]] = defaultdict(list)
    for unit, name in names.items():
        if unit in parents:
            found[parents[unit]].append(Part(name, values[unit]))
    return dict(found)


def _shared(framework: Framework, theirs: Framework) -> set[str]:
    return {fact for fact, known in framework.known_facts.items() if theirs.known_facts.get(fact) == known}


def parts_of(participant: Participant) -> Sequence[Part]:
    """Return what a participant's figures may add up from now; nothing where it is a part itself."""
    return parts_in(participant.round, frozenset({participant.unit_id})).get(participant.pk, ())


def parts_in(round_: Round, units: frozenset[int]) -> dict[int, Sequence[Part]]:
    """Return what the figures of some units may add up from now, by participant."""
    found, _frozen = _behind(round_, ValueStage.SELF, frozenset(), units)
    return {pk: parts for pk, (_own, _supplied, parts) in found.items()}


def with_is_whole(reports: QuerySet[Report]) -> QuerySet[Report]:
    """Return reports with ``is_whole``: whether figures may add up from parts, so that only then they are read."""
    return reports.annotate(is_whole=_is_whole("participant", "participant__round"))


def wholes(participants: QuerySet[Participant]) -> QuerySet[Participant]:
    """Return participants with ``is_whole``, as :func:`with_is_whole` for their reports."""
    return participants.annotate(is_whole=_is_whole("pk", "round"))


def _is_whole(participant: str, round_: str) -> CombinedExpression | Q:
    parts = Participant.objects.filter(part_of=OuterRef(participant))
    below = Round.children.through.objects.filter(from_round=OuterRef(round_))
    return Exists(parts) | Exists(below)
