"""What the addresses of ``rounds`` need for the table of permissions."""

from __future__ import annotations

from collections.abc import Mapping

from tests.web.world import Arguments, World


def _round(world: World) -> Mapping[str, object]:
    return {"pk": world.round.pk}


def _in_a_maturity_round(world: World) -> Mapping[str, object]:
    """Levels are registered where the framework has some."""
    world.round.framework.about["levels"] = 5
    world.round.framework.save()
    return {"pk": world.participant.pk}


#: Addresses of one round.
_OF_A_ROUND = (
    "round", "round_basis", "round_units", "round_units_change", "round_groups", "round_calendar", "round_people",
    "round_readings", "round_copy", "round_outside", "round_below",
    "round_discard", "round_board", "round_move",
)  # fmt: skip

ARGUMENTS: dict[str, Arguments] = {
    **dict.fromkeys(_OF_A_ROUND, _round),
    "round_level": _in_a_maturity_round,
    "round_late": lambda world: {"pk": world.participant.pk},
}
