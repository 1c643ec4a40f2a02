"""What the addresses of ``rounds`` need for the table of permissions."""

from __future__ import annotations

from tests.web.world import Arguments

ARGUMENTS: dict[str, Arguments] = {
    "round_board": lambda world: {"pk": world.round.pk},
    "round_move": lambda world: {"pk": world.round.pk},
    "round_late": lambda world: {"pk": world.participant.pk},
}
