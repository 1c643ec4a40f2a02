"""What reports have to say before a round moves on: who has not handed in yet."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext_lazy as _

from chiso.web.collection.models import ReportState, ValueStage
from chiso.web.rounds.checks import Check
from chiso.web.rounds.models import Round, Stage

#: The checks in words, for ``rounds.phrases``.
WORDS = {
    "unsigned": _("%(count)s of %(all)s units have no report that their head has signed off."),
}


def reports_missing(round_: Round, to: Stage) -> Iterator[Check]:
    """Count, before verification, the units whose report is not signed off."""
    if to != Stage.VERIFICATION:
        return
    members = round_.participants.count()
    signed = round_.participants.filter(reports__stage=ValueStage.SELF, reports__state=ReportState.SIGNED).count()
    if signed < members:
        yield Check("unsigned", data={"count": members - signed, "all": members})
