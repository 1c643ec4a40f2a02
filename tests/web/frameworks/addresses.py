"""What the addresses of ``frameworks`` need for the table of permissions."""

from __future__ import annotations

from tests.web.world import Arguments

ARGUMENTS: dict[str, Arguments] = {
    "framework": lambda world: {"pk": world.round.framework_id},
    "framework_criterion": lambda world: {"pk": world.round.framework_id, "code": "1.1"},
    "framework_findings": lambda world: {"pk": world.round.framework_id},
    "framework_changes": lambda world: {"pk": world.round.framework_id},
    "framework_file": lambda world: {"pk": world.round.framework_id},
}
