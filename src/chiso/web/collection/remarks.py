"""Remarks on a criterion or a value: questions, difficulties (W74), objections to what a provider supplied."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from chiso.web.audit.services import Actor, record
from chiso.web.collection.models import Remark
from chiso.web.rounds.models import Participant


@transaction.atomic
def add_remark(
    *, participant: Participant, code: str, text: str, actor: Actor, kind: str = Remark.Kind.REMARK, fact: str = ""
) -> Remark:
    """Keep a remark."""
    assert actor.user_id is not None, "only people remark"
    made = Remark.objects.create(
        participant=participant, code=code, fact=fact, kind=kind, text=text, by_id=actor.user_id
    )
    _log(made, "remark.added", actor, kind=kind, text=text)
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
