"""Working out the results of a round: all participants at once, since ranks and peers depend on everybody."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import JSONField, TextField, Value
from django.db.models.functions import Cast
from django.utils import timezone

import chiso
from chiso.framework.model import Framework
from chiso.scoring.result import unit_results
from chiso.scoring.score import Scores, score
from chiso.web.audit.services import Actor, record
from chiso.web.collection.children import ChildLevels, asks_child_levels, child_levels
from chiso.web.collection.documents import documents_of
from chiso.web.collection.effective import effective
from chiso.web.collection.facts import Reported, facts_of
from chiso.web.collection.frozen import Frozen, frozen_in
from chiso.web.collection.later import compare_sums
from chiso.web.collection.models import Result, ValueStage
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Participant, Round

#: Results written in one statement.
_BATCH = 500

#: Participants whose documents are held at once.
_READ = 1000


def scores_of(round_: Round, stage: ValueStage = ValueStage.SELF) -> tuple[list[Participant], Scores]:
    """Return the participants of a round that are scored, and what the engine makes of their values at a stage."""
    framework = loaded(round_.framework, round_.readings)
    participants = list(round_.participants.filter(part_of__isnull=True).select_related("group").order_by("pk"))
    levels = child_levels(round_) if asks_child_levels(framework) else {}
    reported = list(_reported(round_, framework, stage, participants, levels))
    return participants, score(framework, facts_of(framework, reported, round_.references, round_.year))


def _reported(
    round_: Round,
    framework: Framework,
    stage: ValueStage,
    participants: Sequence[Participant],
    levels: Mapping[int, ChildLevels],
) -> Iterator[Reported]:
    """Yield what participants report, read some at a time; equal values are one cell, without who gave them and when.

    Where figures add up over rounds below all is read at once: their units are many for each of a few participants.
    """
    known: dict[tuple[str, ...], dict[str, str]] = {}
    size = _READ if len(participants) > _READ and not round_.children.exists() else max(len(participants), 1)
    for at in range(0, len(participants), size):
        some = participants[at : at + size]
        units = frozenset(one.unit_id for one in some) if len(some) < len(participants) else None
        documents = documents_of(round_, stage, units=units)
        held = _frozen(round_, some) if framework.levels and stage == ValueStage.SELF else {}
        for one in some:
            values = effective(framework, *documents.pop(one.pk))
            yield Reported(
                one.name,
                group_name(one),
                {fact: _shared(cell, known) for fact, cell in values.items()},
                held[one.pk].registered if one.pk in held else one.aimed_at,
                held[one.pk].children if one.pk in held else levels.get(one.unit_id),
            )


def _frozen(round_: Round, some: Sequence[Participant]) -> dict[int, Frozen]:
    return frozen_in(Participant.objects.filter(round=round_, pk__in=[one.pk for one in some]))


def _shared(cell: Mapping[str, Any], known: dict[tuple[str, ...], dict[str, str]]) -> dict[str, str]:
    """Return of a cell what is scored: thousands of units say the same of a figure."""
    told = tuple(cell.get(name, "") for name in ("v", "as_of", "source", "note"))
    return known.setdefault(told, dict(zip(("v", "as_of", "source", "note"), told, strict=True)))


def group_name(participant: Participant) -> str:
    """Return the ranking group under which the engine compares a participant; those without one stand together."""
    return participant.group.name if participant.group else ""


def recalculate(
    *,
    round_: Round,
    actor: Actor,
    stage: ValueStage = ValueStage.SELF,
    before_writing: Callable[[], None] | None = None,
) -> int:
    """Work out and keep the results of every participant of a round at a stage; return how many there are.

    The engine works outside the transaction, so that nobody who saves has to wait for it. ``before_writing`` is called
    inside, for a job to make sure that it still is the one to write. Results are as of the moment before values were
    read: what is saved meanwhile may not be in them.
    """
    begun = timezone.now()
    numbers = dict(Participant.objects.filter(round=round_, reports__stage=stage).values_list("pk", "reports__number"))
    participants, scores = scores_of(round_, stage)
    fresh = []
    for participant, told in zip(participants, unit_results(scores, None), strict=True):
        result = _result(participant, told, scores, stage, numbers.get(participant.pk, 0), begun)
        fresh.append((result, _packed(told)))
    with transaction.atomic():
        if before_writing is not None:
            before_writing()
        Result.objects.filter(participant__round=round_, stage=stage).delete()
        while fresh:
            some, fresh = fresh[:_BATCH], fresh[_BATCH:]
            for result, packed in some:
                result.data = _unpacked(packed)
            Result.objects.bulk_create([result for result, _packed_ in some])
        about = {"stage": stage, "framework": scores.framework.hash, "participants": len(participants)}
        record(strand=round_.strand, action="results.computed", actor=actor, **about)
    if stage == ValueStage.SELF:
        compare_sums(round_)
    return len(participants)


def _packed(told: Mapping[str, Any]) -> bytes:
    """Return what is told of a unit as it waits to be written: of ten thousand it would take half a gigabyte."""
    return zlib.compress(json.dumps(told).encode(), 1)


def _unpacked(packed: bytes) -> Cast:
    """Return what is told of a unit for writing: text of which the database makes JSON, made but once."""
    return Cast(Value(zlib.decompress(packed).decode(), TextField()), JSONField())


def _result(
    participant: Participant,
    told: dict[str, Any],
    scores: Scores,
    stage: ValueStage,
    report_number: int,
    at: dt.datetime,
) -> Result:
    ranked = participant.group is not None and participant.group.is_ranked
    level = told.get("level")
    return Result(
        participant=participant,
        stage=stage,
        report_number=report_number,
        at=at,
        engine=f"chiso {chiso.__version__}",
        framework_hash=scores.framework.hash,
        total=Decimal(told["total"]) if told.get("total") is not None else None,
        rank=told.get("rank") if ranked else None,
        level=level["reached"] if level else None,
        is_provisional=bool(told.get("provisional")),
    )
