"""What the addresses of ``frameworks`` need for the table of permissions."""

from __future__ import annotations

from collections.abc import Mapping

from chiso.web.jobs.models import Job, JobState
from tests.web import factories as make
from tests.web.world import Arguments, World


def _checked(world: World) -> Mapping[str, object]:
    """A checked file of somebody else: nobody but who gave it sees it."""
    made = Job.objects.create(kind="frameworks.check", state=JobState.DONE, by=make.person())
    return {"pk": made.pk}


ARGUMENTS: dict[str, Arguments] = {
    "framework": lambda world: {"pk": world.round.framework_id},
    "framework_criterion": lambda world: {"pk": world.round.framework_id, "code": "1.1"},
    "framework_checked": _checked,
    "framework_take": _checked,
    "framework_withdraw": lambda world: {"pk": world.round.framework_id},
    "framework_offer": lambda world: {"pk": world.round.framework_id},
    "framework_findings": lambda world: {"pk": world.round.framework_id},
    "framework_changes": lambda world: {"pk": world.round.framework_id},
    "framework_file": lambda world: {"pk": world.round.framework_id},
}
