"""What the addresses of ``units`` need for the table of permissions."""

from __future__ import annotations

from collections.abc import Mapping

from chiso.web.jobs.models import Job, JobState
from tests.web import factories as make
from tests.web.world import Arguments, World


def _unit(world: World) -> Mapping[str, object]:
    return {"pk": world.unit.pk}


def _checked(world: World) -> Mapping[str, object]:
    """A checked table of somebody else: nobody but who gave it sees it."""
    made = Job.objects.create(kind="units.check", state=JobState.DONE, by=make.person())
    return {"pk": made.pk}


ARGUMENTS: dict[str, Arguments] = {
    "unit": _unit,
    "unit_change": _unit,
    "unit_split": _unit,
    "unit_end": _unit,
    "units_import_checked": _checked,
    "units_import_apply": _checked,
}
