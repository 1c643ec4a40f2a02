"""Working out the results of a round: all participants at once, since ranks and peers depend on everybody."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

import chiso
from chiso.scoring.result import unit_results
from chiso.scoring.score import Scores, score
from chiso.web.audit.services import Actor, record
from chiso.web.collection.children import asks_child_levels, child_levels
from chiso.web.collection.documents import documents_of
from chiso.web.collection.effective import effective
from chiso.web.collection.facts import Reported, facts_of
from chiso.web.collection.frozen import frozen_in
from chiso.web.collection.later import compare_sums
from chiso.web.collection.models import Result, ValueStage
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Participant, Round

#: Results written in one statement.
_BATCH = 500


def scores_of(round_: Round, stage: ValueStage = ValueStage.SELF) -> tuple[list[Participant], Scores]:
    """Return the participants of a round that are scored, and what the engine makes of their values at a stage."""
    framework = loaded(round_.framework, round_.readings)
    documents = documents_of(round_, stage)
    participants = list(round_.participants.filter(part_of__isnull=True).select_related("group").order_by("pk"))
    levels = child_levels(round_) if asks_child_levels(framework) else {}
    held = frozen_in(Participant.objects.filter(round=round_)) if framework.levels and stage == ValueStage.SELF else {}
    reported = [
        Reported(
            one.name,
            group_name(one),
            effective(framework, *documents[one.pk]),
            held[one.pk].registered if one.pk in held else one.aimed_at,
            held[one.pk].children if one.pk in held else levels.get(one.unit_id),
        )
        for one in participants
    ]
    return participants, score(framework, facts_of(framework, reported, round_.references, round_.year))


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
        fresh.append(_result(participant, told, scores, stage, numbers.get(participant.pk, 0), begun))
    with transaction.atomic():
        if before_writing is not None:
            before_writing()
        Result.objects.filter(participant__round=round_, stage=stage).delete()
        Result.objects.bulk_create(fresh, batch_size=_BATCH)
        about = {"stage": stage, "framework": scores.framework.hash, "participants": len(fresh)}
        record(strand=round_.strand, action="results.computed", actor=actor, **about)
    if stage == ValueStage.SELF:
        compare_sums(round_)
    return len(fresh)


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
        data=told,
        total=Decimal(told["total"]) if told.get("total") is not None else None,
        rank=told.get("rank") if ranked else None,
        level=level["reached"] if level else None,
        is_provisional=bool(told.get("provisional")),
    )
