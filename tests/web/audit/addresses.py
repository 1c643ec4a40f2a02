"""What the addresses of ``audit`` need for the table of permissions."""

from __future__ import annotations

from collections.abc import Mapping

from chiso.web.jobs.models import Job, JobState
from tests.web import factories as make
from tests.web.world import Arguments, World


def _checked(world: World) -> Mapping[str, object]:
    """A check that somebody else asked for: nobody but them sees it."""
    made = Job.objects.create(kind="audit.check", state=JobState.DONE, by=make.person())
    return {"pk": made.pk}


ARGUMENTS: dict[str, Arguments] = {"log_checked": _checked}
FORMS: dict[str, Arguments] = {"log_export": lambda world: {"format": "csv"}}
