"""What the addresses of ``providers`` need for the table of permissions."""

from __future__ import annotations

from collections.abc import Mapping

from chiso.web.collection.models import Remark
from chiso.web.jobs.models import Job, JobState
from tests.web import factories as make
from tests.web.world import Arguments, World


def _objection(world: World) -> Mapping[str, object]:
    told = {"kind": "objection", "fact": "1.1/a", "text": "Sai", "by": make.person()}
    made = Remark.objects.create(participant=world.participant, **told)
    return {"pk": world.round.pk, "remark_pk": made.pk}


def _checked(world: World) -> Mapping[str, object]:
    """A checked file of somebody else: nobody but who gave it sees it."""
    told = {"kind": "providers.check", "state": JobState.DONE, "arguments": {"round": world.round.pk}}
    return {"pk": world.round.pk, "job_pk": Job.objects.create(**told, by=make.person()).pk}


ARGUMENTS: dict[str, Arguments] = {
    "supply_grid": lambda world: {"pk": world.round.pk},
    "supply_save": lambda world: {"pk": world.round.pk},
    "supply_origin": lambda world: {"pk": world.round.pk},
    "supply_objections": lambda world: {"pk": world.round.pk},
    "supply_answer": _objection,
    "supply_agencies": lambda world: {"pk": world.round.pk},
    "supply_remind": lambda world: {"pk": world.round.pk},
    "supply_excel": lambda world: {"pk": world.round.pk},
    "supply_file": lambda world: {"pk": world.round.pk},
    "supply_checked": _checked,
    "supply_apply": _checked,
}
