"""The terms of a round besides its framework: readings of unclear clauses, values from outside, rounds below."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.db.models import Count, Q, QuerySet

from chiso.framework.inputs import Asked
from chiso.quantity import decimal_text
from chiso.scoring.outside import Outside, outside_values
from chiso.scoring.values import Misread, read_value
from chiso.web.audit.services import Actor, record
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.members import day_of
from chiso.web.rounds.models import Round
from chiso.web.rounds.preparing import follow, locked, settle
from chiso.web.rounds.services import RoundError
from chiso.web.units import queries

#: More decimals than a number that the engine takes can have.
_DECIMALS = 18


@transaction.atomic
def set_readings(*, round_id: int, chosen: Mapping[str, str], actor: Actor) -> Round:
    """Choose how unclear clauses are read; what is not named is read as the framework ships it.

    Raises:
        RoundError: the round is no longer in preparation, or a reading or option does not exist.
    """
    round_ = locked(round_id, preparing=True)
    known = {one.id: one for one in loaded(round_.framework).readings}
    if any(name not in known or option not in known[name].options for name, option in chosen.items()):
        raise RoundError("reading")
    before = round_.readings
    round_.readings = {name: option for name, option in chosen.items() if option != known[name].default}
    if before != round_.readings:
        # What is taken from outside may be something else now.
        round_.settled = [step for step in round_.settled if step != "outside"]
    settle(round_, "readings", "readings")
    told = {"readings": round_.readings, "before": before}
    record(strand=f"round:{round_.pk}", action="round.readings_set", actor=actor, **told)
    follow(round_, actor)
    return round_


@dataclass(frozen=True, slots=True)
class Misunderstood:
    """A value from outside that is no number, and why."""

    outside: Outside
    text: str
    misread: Misread


class OutsideError(Exception):
    """Values from outside could not be understood; carries each of them."""

    def __init__(self, values: Collection[Misunderstood]) -> None:
        super().__init__(", ".join(one.text for one in values))
        self.values = tuple(values)


@transaction.atomic
def set_outside(*, round_id: int, written: Mapping[tuple[str, str], str], reason: str, actor: Actor) -> Round:
    """Keep values from outside, by pseudo-unit and fact; an empty one is not known. They count at the next working out.

    Raises:
        OutsideError: a value is no number.
        RoundError: a reason is missing in a round that was opened.
    """
    round_ = locked(round_id)
    if round_.opened_at is not None and not reason:
        raise RoundError("reason")
    asked = {(one.unit, one.fact): one for one in outside_values(loaded(round_.framework, round_.readings))}
    values: dict[str, dict[str, str]] = {}
    bad = []
    for key, text in written.items():
        if not text.strip() or key not in asked:
            continue
        value = read_value(text, Asked(key[1].rpartition("/")[2], key[1], key[1], "number"))
        if isinstance(value, Fraction):
            values.setdefault(key[0], {})[key[1]] = decimal_text(value, _DECIMALS)
        elif isinstance(value, Misread):
            bad.append(Misunderstood(asked[key], text, value))
    if bad:
        raise OutsideError(bad)
    before, round_.references = round_.references, values
    settle(round_, "outside", "references")
    if before != values:
        told = {"values": values, "before": before, "reason": reason}
        record(strand=f"round:{round_.pk}", action="round.outside_set", actor=actor, **told)
        follow(round_, actor)
    return round_


def possible_children(round_: Round) -> QuerySet[Round]:
    """Return the rounds whose reports or levels a round may take over: the year's, held by the assessor or below it."""
    below = queries.within(day_of(round_), [round_.assessor_id])
    found = Round.objects.filter(year=round_.year, assessor__in=below).exclude(pk__in=_upwards(round_))
    counted = Count("participants", filter=Q(participants__withdrawn_at=None))
    return found.select_related("framework").annotate(members=counted).order_by("title")


def _upwards(round_: Round) -> set[int]:
    """Return a round and all that take it over, which therefore cannot be below it."""
    found, level = {round_.pk}, {round_.pk}
    while level:
        level = set(Round.objects.filter(children__in=level).values_list("pk", flat=True)) - found
        found |= level
    return found


@transaction.atomic
def set_children(*, round_id: int, children: Iterable[int], reason: str, actor: Actor) -> Round:
    """Choose the rounds of the tier below that a round takes over.

    Raises:
        RoundError: a reason is missing in a round that was opened, or one of them cannot be below it.
    """
    round_ = locked(round_id)
    if round_.opened_at is not None and not reason:
        raise RoundError("reason")
    wanted = set(children)
    if wanted - set(possible_children(round_).values_list("pk", flat=True)):
        raise RoundError("child")
    before = sorted(round_.children.values_list("pk", flat=True))
    round_.children.set(wanted)
    settle(round_, "below")
    if before != sorted(wanted):
        told = {"children": sorted(wanted), "before": before, "reason": reason}
        record(strand=f"round:{round_.pk}", action="round.children_set", actor=actor, **told)
        follow(round_, actor)
    return round_


def coverage(round_: Round, children: Collection[Round]) -> tuple[int, int]:
    """Return how many participants of a round have units of their own in the rounds below, and how many there are."""
    members = set(round_.participants.filter(part_of__isnull=True).values_list("unit", flat=True))
    inside = [one.pk for one in children]
    parents = queries.on_day(day_of(round_)).filter(unit__participations__round__in=inside, parent__in=members)
    return len(set(parents.values_list("parent", flat=True))), len(members)
