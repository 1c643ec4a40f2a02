"""What the addresses of ``providers`` need for the table of permissions."""

from __future__ import annotations

from tests.web.world import Arguments

ARGUMENTS: dict[str, Arguments] = {
    "supply_grid": lambda world: {"pk": world.round.pk},
    "supply_save": lambda world: {"pk": world.round.pk},
    "supply_origin": lambda world: {"pk": world.round.pk},
}
