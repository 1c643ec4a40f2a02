"""What the addresses of ``reminders`` need for the table of permissions."""

from __future__ import annotations

from tests.web.world import Arguments

ARGUMENTS: dict[str, Arguments] = {"remind": lambda world: {"pk": world.round.pk}}
