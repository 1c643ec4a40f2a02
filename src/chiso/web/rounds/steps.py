"""The steps by which a round is prepared, in their order, and how each of them stands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chiso.web.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Step:
    """A step: its id, the name of its page, its words, and whether a round needs it; most do."""

    id: str
    url: str
    words: str | Promise
    asked_of: Callable[[Round], bool] | None = None

    def is_needed(self, round_: Round) -> bool:
        """Whether a round needs it."""
        return self.asked_of is None or self.asked_of(round_)


STEPS = (
    Step("basis", "round_basis", _("What is assessed")),
    Step("units", "round_units", _("Units")),
    Step("groups", "round_groups", _("Ranking groups")),
    Step("readings", "round_readings", _("Readings")),
    Step("outside", "round_outside", _("Values from outside")),
    Step("below", "round_below", _("Rounds below")),
    Step("calendar", "round_calendar", _("Calendar")),
    Step("people", "round_people", _("People")),
)

#: The page behind the last step: everything at one look, and the button that opens the round.
SUMMARY = Step("summary", "round", _("At a glance"))


@dataclass(frozen=True, slots=True)
class Standing:
    """A step as the list of steps shows it."""

    step: Step
    number: int
    is_settled: bool
    is_here: bool


def _of(round_: Round) -> list[Step]:
    return [step for step in (*STEPS, SUMMARY) if step.is_needed(round_)]


def standings(round_: Round, here: str) -> list[Standing]:
    """Return the steps of a round in preparation."""
    return [Standing(step, at, step.id in round_.settled, step.id == here) for at, step in enumerate(_of(round_), 1)]


def after(round_: Round, here: str) -> Step:
    """Return the step after one; the summary comes last."""
    steps = _of(round_)
    at = [step.id for step in steps].index(here)
    return steps[min(at + 1, len(steps) - 1)]


def before(round_: Round, here: str) -> Step | None:
    """Return the step before one; None before the first."""
    steps = _of(round_)
    at = [step.id for step in steps].index(here)
    return steps[at - 1] if at else None
