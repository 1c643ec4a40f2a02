"""The rounds for which somebody supplies figures, and how far they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from chiso.web.people.access import Access
from chiso.web.people.models import Role
from chiso.web.providers.grid import Column, columns
from chiso.web.providers.opening import Supplying, supplying
from chiso.web.rounds.models import Round, Stage

#: Rounds that one page lists.
ROUNDS = 50


@dataclass(frozen=True, slots=True)
class Supply:
    """A round to supply figures for: how many units, and each figure with how far it is."""

    opened: Supplying
    units: int
    columns: tuple[Column, ...]

    @property
    def given(self) -> int:
        """How many figures of units are there."""
        return sum(one.given for one in self.columns)

    @property
    def needed(self) -> int:
        """How many there have to be."""
        return self.units * len(self.columns)

    @property
    def objections(self) -> int:
        """How many objections are open."""
        return sum(one.objections for one in self.columns)


def supplies_of(access: Access, *stages: Stage) -> list[Supply]:
    """Return the rounds of some stages for which a person supplies figures, those that are due first.

    A few queries for each round, whatever the number of its units.
    """
    units = access.units(Role.PROVIDER)
    if not units:
        return []
    rounds = Round.objects.filter(assessor__in=units, stage__in=stages).select_related("framework")
    return list(_supplies(list(rounds.order_by("due_at")[:ROUNDS]), access))


def _supplies(rounds: list[Round], access: Access) -> Iterator[Supply]:
    for round_ in rounds:
        opened = supplying(round_, access.agencies(round_.assessor_id))
        if opened.figures:
            yield Supply(opened, round_.participants.count(), tuple(columns(opened)))
