"""What the addresses of ``collection`` need for the table of permissions."""

from __future__ import annotations

from collections.abc import Mapping

from chiso.web.audit.services import Actor
from chiso.web.collection.models import Remark
from chiso.web.collection.submission import submit
from chiso.web.frameworks.services import loaded
from tests.web import factories as make
from tests.web.world import Arguments, World


def _report(world: World) -> Mapping[str, object]:
    return {"pk": world.report.pk}


def _place(world: World) -> Mapping[str, object]:
    return {"pk": world.report.pk, "code": "1.1"}


def _remark(world: World) -> Mapping[str, object]:
    made = Remark.objects.create(participant=world.participant, code="1.1", text="Ý kiến", by=make.person())
    return {"pk": world.report.pk, "remark_pk": made.pk}


def _receipt(world: World) -> Mapping[str, object]:
    actor = Actor(make.person().pk)
    made = submit(report_id=world.report.pk, framework=loaded(world.round.framework), actor=actor, seen=0)
    return {"pk": world.report.pk, "digest": made.hash}


ARGUMENTS: dict[str, Arguments] = {
    "collection_of_participant": lambda world: {"participant_pk": world.participant.pk},
    "collection_report": _report,
    "collection_save": _report,
    "collection_preview": _report,
    "collection_place": _place,
    "collection_changes": _place,
    "collection_remark": _place,
    "collection_settle": _remark,
    "collection_spreadsheet": _report,
    "collection_spreadsheet_form": _report,
    "collection_spreadsheet_preview": _report,
    "collection_spreadsheet_apply": _report,
    "collection_missing": _report,
    "collection_submit": _report,
    "collection_review": _report,
    "collection_decide": _report,
    "collection_reopen": _report,
    "collection_contacts": _report,
    "collection_receipt": _receipt,
    "collection_receipt_file": _receipt,
}
