"""Working out the results of a round: all participants at once, since ranks and peers depend on everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db import transaction
from django.utils import timezone

import chiso
from chiso.framework.model import Framework
from chiso.scoring.facts import Column, Facts
from chiso.scoring.levels import REGISTERED
from chiso.scoring.result import unit_results
from chiso.scoring.score import Scores, score
from chiso.scoring.states import State
from chiso.web.audit.services import Actor, record
from chiso.web.collection.documents import documents_of
from chiso.web.collection.effective import effective
from chiso.web.collection.facts import Reported, facts_of
from chiso.web.collection.models import Result, ValueStage
from chiso.web.collection.references import references_of
from chiso.web.frameworks.services import loaded
from chiso.web.results.queries import child_levels
from chiso.web.rounds.models import Participant, Round

#: Results written in one statement.
_BATCH = 500


def scores_of(round_: Round, stage: ValueStage = ValueStage.SELF) -> tuple[list[Participant], Scores]:
    """Return the participants of a round that are scored, and what the engine makes of their values at a stage."""
    framework = loaded(round_.framework, round_.readings)
    documents = documents_of(round_, stage)
    participants = list(round_.participants.filter(part_of__isnull=True).select_related("group").order_by("pk"))
    reported = [Reported(one.name, group_name(one), effective(framework, *documents[one.pk])) for one in participants]
    facts = facts_of(framework, reported, references_of(framework, round_.references))
    facts = _with_levels(framework, facts, participants)
    return participants, score(framework, _with_children(facts, round_, participants))


def group_name(participant: Participant) -> str:
    """Return the ranking group under which the engine compares a participant; those without one stand together."""
    return participant.group.name if participant.group else ""


def _with_levels(framework: Framework, facts: Facts, participants: list[Participant]) -> Facts:
    """Return facts with the levels that units have registered and their heads confirmed (A18)."""
    places = {level.number: Fraction(at) for at, level in enumerate(framework.levels)}
    if not places:
        return facts
    aims = [one.aimed_at for one in participants]
    column = Column.build([State.MISSING if aim is None else places.get(aim, State.MISSING) for aim in aims])
    return replace(facts, columns={**facts.columns, REGISTERED: column})


def _with_children(facts: Facts, round_: Round, participants: list[Participant]) -> Facts:
    """Return facts with the levels of child units; nobody has recognised them yet, so what follows is a forecast."""
    levels = child_levels(round_)
    if not levels:
        return facts
    children = {at: tuple(levels[one.unit_id]) for at, one in enumerate(participants) if one.unit_id in levels}
    open_ = {at: len(found) for at, found in children.items()}
    return replace(facts, children=children, self_assessed=open_)


def recalculate(
    *,
    round_: Round,
    actor: Actor,
    stage: ValueStage = ValueStage.SELF,
    before_writing: Callable[[], None] | None = None,
) -> int:
    """Work out and keep the results of every participant of a round at a stage; return how many there are.

    The engine works outside the transaction, so that nobody who saves has to wait for it. ``before_writing`` is called
    inside, for a job to make sure that it still is the one to write.
    """
    numbers = dict(Participant.objects.filter(round=round_, reports__stage=stage).values_list("pk", "reports__number"))
    participants, scores = scores_of(round_, stage)
    fresh = []
    for participant, told in zip(participants, unit_results(scores, "vi"), strict=True):
        fresh.append(_result(participant, told, scores, stage, numbers.get(participant.pk, 0)))
    with transaction.atomic():
        if before_writing is not None:
            before_writing()
        Result.objects.filter(participant__round=round_, stage=stage).delete()
        Result.objects.bulk_create(fresh, batch_size=_BATCH)
        about = {"stage": stage, "framework": scores.framework.hash, "participants": len(fresh)}
        record(strand=round_.strand, action="results.computed", actor=actor, **about)
    return len(fresh)


def _result(
    participant: Participant, told: dict[str, Any], scores: Scores, stage: ValueStage, report_number: int
) -> Result:
    ranked = participant.group is not None and participant.group.is_ranked
    level = told.get("level")
    return Result(
        participant=participant,
        stage=stage,
        report_number=report_number,
        at=timezone.now(),
        engine=f"chiso {chiso.__version__}",
        framework_hash=scores.framework.hash,
        data=told,
        total=Decimal(told["total"]) if told.get("total") is not None else None,
        rank=told.get("rank") if ranked else None,
        level=level["reached"] if level else None,
        is_provisional=bool(told.get("provisional")),
    )
