"""Ranking groups: named, put in order, ranked or not, given up when nobody stands in them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db import transaction
from django.db.models import Count

from chiso.web.audit.services import Actor, record
from chiso.web.rounds.models import Participant, RankingGroup, Round
from chiso.web.rounds.preparing import follow, locked, settle
from chiso.web.rounds.services import RoundError


@dataclass(frozen=True, slots=True)
class Told:
    """What a group is to be; ``pk`` is None for a new one."""

    pk: int | None
    name: str
    is_ranked: bool


def of_round(round_: Round) -> list[tuple[RankingGroup, int]]:
    """Return the groups of a round in their order, and how many units stand in each."""
    counts = dict(round_.participants.order_by().values_list("group").annotate(Count("pk")))
    return [(group, counts.get(group.pk, 0)) for group in round_.groups.all()]


@transaction.atomic
def set_groups(*, round_id: int, groups: Sequence[Told], actor: Actor) -> None:
    """Give a round its groups, in this order; one that is left out is given up.

    Raises:
        RoundError: two have one name, or somebody stands in a group that is left out.
    """
    round_ = locked(round_id)
    if len({one.name.casefold() for one in groups}) < len(groups):
        raise RoundError("group_twice")
    kept = {one.pk for one in groups if one.pk is not None}
    gone = round_.groups.exclude(pk__in=kept)
    if Participant.everyone.filter(group__in=gone).exists():
        raise RoundError("group_in_use")
    gone.delete()
    # Names may change places: none of them may stand in the way of another.
    for group in round_.groups.all():
        RankingGroup.objects.filter(pk=group.pk).update(name=f"#{group.pk}")
    for position, one in enumerate(groups):
        fields = {"name": one.name, "is_ranked": one.is_ranked, "position": position}
        if one.pk is None:
            RankingGroup.objects.create(round=round_, **fields)
        else:
            round_.groups.filter(pk=one.pk).update(**fields)
    settle(round_, "groups")
    told = [asdict(one) for one in groups]
    record(strand=f"round:{round_.pk}", action="round.groups_set", actor=actor, groups=told)
    follow(round_, actor)
