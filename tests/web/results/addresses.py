"""What the addresses of ``results`` need for the table of permissions."""

from __future__ import annotations

from tests.web.world import Arguments

ARGUMENTS: dict[str, Arguments] = {
    "results_round": lambda world: {"pk": world.round.pk},
    "results_recalculate": lambda world: {"pk": world.round.pk},
    "results_participant": lambda world: {"pk": world.participant.pk},
}
