"""What the addresses of ``evidence`` need for the table of permissions."""

from __future__ import annotations

import io
from collections.abc import Mapping

from chiso.web.audit.services import Actor
from chiso.web.evidence.models import Evidence
from chiso.web.evidence.services import About, add_file
from tests.web import factories as make
from tests.web.evidence import files
from tests.web.world import Arguments, World


def _evidence(world: World) -> Evidence:
    return add_file(
        participant=world.participant,
        code="1.3",
        file=io.BytesIO(files.PDF),
        file_name="ke-hoach.pdf",
        about=About("Kế hoạch"),
        actor=Actor(make.person().pk),
    ).evidence


def _criterion(world: World) -> Mapping[str, object]:
    return {"participant_pk": world.participant.pk, "code": "1.3"}


ARGUMENTS: dict[str, Arguments] = {
    "evidence_at_criterion": _criterion,
    "evidence_put": _criterion,
    "evidence_take_away": _criterion,
    "evidence_library": lambda world: {"unit_pk": world.unit.pk},
    "evidence_document": lambda world: {"pk": _evidence(world).pk},
    "evidence_file": lambda world: {"pk": _evidence(world).pk},
}

FORMS: dict[str, Arguments] = {
    "evidence_put": lambda world: {"evidence": _evidence(world).pk},
    "evidence_take_away": lambda world: {"link": _evidence(world).links.get().pk},
}
