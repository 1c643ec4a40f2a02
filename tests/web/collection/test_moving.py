"""Before verification the coordinator is told whose report is not signed off."""

from __future__ import annotations

import pytest

from chiso.web.collection.models import ReportState, ValueStage
from chiso.web.rounds.checks import checks
from chiso.web.rounds.models import Round, Stage
from chiso.web.rounds.phrases import sentence
from tests.web import factories as make

pytestmark = pytest.mark.django_db


def told(round_: Round, to: Stage = Stage.VERIFICATION) -> list[str]:
    return [sentence(one) for one in checks(round_, to) if one.code == "unsigned"]


def test_units_without_a_signed_report_are_counted() -> None:
    round_ = make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE))
    signed, submitted, _none = (make.participant(round_, make.unit()) for _ in range(3))
    make.report(signed, state=ReportState.SIGNED)
    make.report(submitted, state=ReportState.SUBMITTED)
    make.report(submitted, stage=ValueStage.PROVIDER, state=ReportState.SIGNED)

    assert told(round_) == ["2 trên 3 đơn vị chưa có báo cáo được thủ trưởng ký duyệt."]
    assert told(round_, Stage.COUNCIL) == []
    round_.participants.exclude(pk=signed.pk).delete()
    assert told(round_) == []
