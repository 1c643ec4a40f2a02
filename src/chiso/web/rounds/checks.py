"""What to know before a round moves on: what stands in the way, and what somebody may have overlooked."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from django.utils import timezone

from chiso.scoring.outside import Outside, outside_values
from chiso.web.frameworks.services import loaded
from chiso.web.rounds.models import Round, Stage
from chiso.web.rounds.queries import lacking_people


@dataclass(frozen=True, slots=True)
class Check:
    """Something to know, by its code (``rounds.phrases``); ``blocks`` says that the round cannot move before."""

    code: str
    blocks: bool = False
    data: Mapping[str, int | str] = field(default_factory=dict)


#: What apps above know about moving a round to a stage, registered by them: reports that are not in, for one.
KNOWN: list[Callable[[Round, Stage], Iterator[Check]]] = []


def blocking(round_: Round, to: Stage) -> list[Check]:
    """Return what stands in the way of a stage."""
    return [one for one in _own(round_, to) if one.blocks]


def checks(round_: Round, to: Stage) -> list[Check]:
    """Return everything to know before a round moves to a stage; what stands in the way comes first."""
    found = [*_own(round_, to), *(one for ask in KNOWN for one in ask(round_, to))]
    return sorted(found, key=lambda one: not one.blocks)


def _own(round_: Round, to: Stage) -> Iterator[Check]:
    if to == Stage.OPEN:
        yield from _before_opening(round_)
    elif to == Stage.VERIFICATION:
        if round_.due_at > timezone.now():
            yield Check("not_due")
        yield from _levels(round_)


def _before_opening(round_: Round) -> Iterator[Check]:
    members = round_.participants.count()
    if not members:
        yield Check("no_units", blocks=True)
    if round_.opened_at is None and "calendar" not in round_.settled:
        yield Check("calendar_proposed", blocks=True)
    elif round_.due_at <= timezone.now():
        yield Check("due_passed")
    framework = loaded(round_.framework, round_.readings)
    missing = [one for one in outside_values(framework) if one.needed and not _given(round_, one)]
    if missing:
        yield Check("outside_missing", data={"count": len(missing)})
    ungrouped = round_.participants.filter(group__isnull=True, part_of__isnull=True).count()
    if ungrouped:
        yield Check("ungrouped", data={"count": ungrouped})
    lacking = lacking_people(round_, max(round_.opens_on, timezone.localdate()))
    for code, units in (("no_officer", lacking.officer), ("no_head", lacking.head)):
        if units:
            yield Check(code, data={"count": len(units), "all": members})


def _levels(round_: Round) -> Iterator[Check]:
    if not round_.framework.about["levels"]:
        return
    members = round_.participants.filter(part_of__isnull=True)
    lacking = members.filter(level_confirmed_at__isnull=True).count()
    if lacking:
        yield Check("unregistered", data={"count": lacking, "all": members.count()})


def _given(round_: Round, one: Outside) -> bool:
    return one.fact in round_.references.get(one.unit, {})
