"""Who takes part in a round: chosen by kind and place in the tree or by code, put into groups, taken out again."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from chiso.web.audit.services import Actor, record
from chiso.web.rounds.models import Participant, RankingGroup, Round
from chiso.web.rounds.preparing import follow, locked, settle
from chiso.web.rounds.services import RoundError
from chiso.web.statistics import refresh
from chiso.web.units import queries
from chiso.web.units.models import Kind

#: Rows that are written at once.
_BATCH = 1000

#: Where units go: each kind a group of its own, outside the ranking, or as parts of the unit above them.
Place = Literal["kinds", "voluntary", "parts"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A unit that may take part, as it is on a day."""

    unit: int
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Found:
    """Units that were asked for by their codes, and the codes that no unit below the assessor has."""

    units: list[Candidate]
    unknown: list[str]


def day_of(round_: Round) -> dt.date:
    """Return the day whose units count: that of opening or, once the round is opened, today."""
    return round_.opens_on if round_.opened_at is None else timezone.localdate()


def of_kinds(
    round_: Round, kinds: Collection[Kind], under: int | None = None, day: dt.date | None = None
) -> list[Candidate]:
    """Return everything of some kinds below the assessor, or below another unit of its own."""
    day = day or day_of(round_)
    below = queries.within(day, [under if under is not None else round_.assessor_id])
    found = queries.on_day(day).filter(unit__in=below, kind__in=kinds).exclude(unit=round_.assessor_id)
    rows = found.order_by("kind", "sorted_by").values_list("unit", "name", "kind")
    return [Candidate(*row) for row in rows]


def of_codes(round_: Round, codes: Sequence[str]) -> Found:
    """Return the units that have these codes, of those below the assessor."""
    day = day_of(round_)
    below = queries.within(day, [round_.assessor_id])
    rows = queries.on_day(day).filter(code__in=set(codes), unit__in=below).exclude(unit=round_.assessor_id)
    columns = rows.order_by("kind", "sorted_by").values_list("code", "unit", "name", "kind")
    found = {code: Candidate(unit, name, kind) for code, unit, name, kind in columns}
    return Found(list(found.values()), [code for code in dict.fromkeys(codes) if code not in found])


@transaction.atomic
def add(
    *,
    round_id: int,
    units: Iterable[Candidate],
    place: Place | RankingGroup = "kinds",
    reason: str = "",
    actor: Actor,
) -> int:
    """Let units take part; those that do already stay where they are. Return how many are new.

    One that was withdrawn comes back with the values that it had.

    Raises:
        RoundError: a reason is missing in a round that was opened, or a part has nobody to be a part of.
    """
    round_ = locked(round_id)
    if round_.opened_at is not None and not reason:
        raise RoundError("reason")
    there = dict(Participant.everyone.filter(round=round_).values_list("unit", "withdrawn_at"))
    new = [one for one in units if one.unit not in there or there[one.unit] is not None]
    new = list({one.unit: one for one in new}.values())
    wholes = _wholes(round_, new) if place == "parts" else {}
    groups = _groups(round_, new, place)
    Participant.everyone.filter(round=round_, unit__in=[one.unit for one in new]).update(
        withdrawn_at=None, withdrawn_for=""
    )
    Participant.objects.bulk_create(
        [
            Participant(
                round=round_,
                unit_id=one.unit,
                name=one.name,
                group=groups.get(one.kind),
                part_of_id=wholes.get(one.unit),
            )
            for one in new
            if one.unit not in there
        ],
        batch_size=_BATCH,
    )
    refresh(len(new), Participant)
    settle(round_, "units")
    if new:
        where = place if isinstance(place, str) else place.name
        told = {"units": [one.unit for one in new], "place": where, "reason": reason}
        record(strand=f"round:{round_.pk}", action="round.units_added", actor=actor, **told)
        follow(round_, actor)
    return len(new)


def _wholes(round_: Round, units: list[Candidate]) -> dict[int, int]:
    """Return the participant that each unit is a part of: the nearest one above it."""
    parents = dict(queries.on_day(day_of(round_)).filter(parent__isnull=False).values_list("unit", "parent"))
    members = dict(round_.participants.filter(part_of__isnull=True).values_list("unit", "pk"))
    found = {}
    for one in units:
        above, seen = parents.get(one.unit), {one.unit}
        while above is not None and above not in members and above not in seen:
            seen.add(above)
            above = parents.get(above)
        if above is None or above not in members:
            raise RoundError("whole")
        found[one.unit] = members[above]
    return found


def _groups(round_: Round, units: list[Candidate], place: Place | RankingGroup) -> dict[str, RankingGroup]:
    """Return the group for each kind of unit; parts stand in none."""
    kinds = list(dict.fromkeys(one.kind for one in units))
    if isinstance(place, RankingGroup):
        return dict.fromkeys(kinds, place)
    if place == "parts" or not units:
        return {}
    if place == "voluntary":
        return dict.fromkeys(kinds, group_named(round_, _("Voluntary, outside the ranking"), is_ranked=False))
    return {kind: group_named(round_, Kind(kind).label.capitalize()) for kind in kinds}


def group_named(round_: Round, name: str, *, is_ranked: bool = True) -> RankingGroup:
    """Return the group of a round that has a name, made where there is none."""
    last = round_.groups.aggregate(last=Max("position"))["last"]
    defaults = {"position": 0 if last is None else last + 1, "is_ranked": is_ranked}
    return RankingGroup.objects.get_or_create(round=round_, name=name, defaults=defaults)[0]


@transaction.atomic
def take_out(*, round_id: int, participants: Collection[int], reason: str, actor: Actor) -> int:
    """Take participants and their parts out of a round; return how many.

    Before the round is opened they are simply gone; afterwards they are withdrawn with a reason and keep their values.

    Raises:
        RoundError: a reason is missing in a round that was opened.
    """
    round_ = locked(round_id)
    if round_.opened_at is not None and not reason:
        raise RoundError("reason")
    chosen = round_.participants.filter(pk__in=participants)
    parts = round_.participants.filter(part_of__in=participants)
    units = [*chosen.values_list("unit", flat=True), *parts.values_list("unit", flat=True)]
    if not units:
        return 0
    going = Participant.everyone.filter(round=round_, unit__in=units)
    if round_.opened_at is None:
        going.filter(part_of__isnull=False).delete()
        going.delete()
    else:
        going.update(withdrawn_at=timezone.now(), withdrawn_for=reason)
    action = "round.units_removed" if round_.opened_at is None else "round.units_withdrawn"
    record(strand=f"round:{round_.pk}", action=action, actor=actor, units=sorted(set(units)), reason=reason)
    follow(round_, actor)
    return len(set(units))


@transaction.atomic
def put_into(*, round_id: int, participants: Collection[int], group: RankingGroup, actor: Actor) -> int:
    """Put participants into a ranking group of the round; return how many. Parts stand in no group and stay so."""
    round_ = locked(round_id)
    assert group.round_id == round_.pk, "a group of another round"
    moved = round_.participants.filter(pk__in=participants, part_of__isnull=True).exclude(group=group)
    units = list(moved.values_list("unit", flat=True))
    moved.update(group=group)
    if units:
        told = {"units": units, "group": group.name}
        record(strand=f"round:{round_.pk}", action="round.units_grouped", actor=actor, **told)
        follow(round_, actor)
    return len(units)
