"""What the addresses of ``providers`` need for the table of permissions."""

from __future__ import annotations

from collections.abc import Mapping

from chiso.web.collection.models import Remark
from tests.web import factories as make
from tests.web.world import Arguments, World


def _objection(world: World) -> Mapping[str, object]:
    told = {"kind": "objection", "fact": "1.1/a", "text": "Sai", "by": make.person()}
    made = Remark.objects.create(participant=world.participant, **told)
    return {"pk": world.round.pk, "remark_pk": made.pk}


ARGUMENTS: dict[str, Arguments] = {
    "supply_grid": lambda world: {"pk": world.round.pk},
    "supply_save": lambda world: {"pk": world.round.pk},
    "supply_origin": lambda world: {"pk": world.round.pk},
    "supply_objections": lambda world: {"pk": world.round.pk},
    "supply_answer": _objection,
}
