"""Remarks on a criterion or a value: questions, difficulties (W74), objections to what a provider supplied."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.collection.models import Remark
from chiso.web.rounds.models import Participant


@transaction.atomic
def add_remark(
    *,
    participant: Participant,
    code: str,
    text: str,
    actor: Actor,
    kind: str = Remark.Kind.REMARK,
    fact: str = "",
    value: str = "",
) -> Remark:
    """Keep a remark."""
    made = Remark.objects.create(
        participant=participant, code=code, fact=fact, kind=kind, text=text, value=value, by_id=actor.person
    )
    _log(made, "remark.added", actor, kind=kind, text=text, **({"value": value} if value else {}))
    return made


@transaction.atomic
def answer_remark(*, remark: Remark, text: str, actor: Actor, corrected_to: str = "") -> Remark:
    """Keep what a provider says to an objection; whoever made it settles it."""
    made = Remark.objects.create(
        participant_id=remark.participant_id,
        code=remark.code,
        fact=remark.fact,
        kind=Remark.Kind.ANSWER,
        to=remark,
        text=text,
        value=corrected_to,
        by_id=actor.person,
    )
    told = {"value": corrected_to} if corrected_to else {}
    _log(remark, "remark.answered", actor, text=text, **told)
    return made


@transaction.atomic
def settle_remark(*, remark: Remark, actor: Actor) -> None:
    """Mark a remark as settled; one that is settled already stays as it is."""
    changed = Remark.objects.filter(pk=remark.pk, settled_at__isnull=True).update(settled_at=timezone.now())
    if changed:
        _log(remark, "remark.settled", actor)


def _log(remark: Remark, action: str, actor: Actor, **told: str) -> None:
    record(
        strand=f"participant:{remark.participant_id}",
        action=action,
        actor=actor,
        remark=remark.pk,
        code=remark.code,
        fact=remark.fact,
        **told,
    )
