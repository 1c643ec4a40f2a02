"""Results of many units are read, held and written some at a time, and are the same."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from chiso.web.audit.services import SYSTEM
from chiso.web.collection.models import Report, Result, ValueStage
from chiso.web.results import services
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Participant, Round
from tests.web import factories as make
from tests.web.results.test_frozen import give, member, signed
from tests.web.results.test_services import FULL, add, cells

pytestmark = pytest.mark.django_db


def results(of: Round) -> list[dict[str, Any]]:
    rows = Result.objects.filter(participant__round=of).order_by("participant")
    return list(rows.values("participant", "data", "total", "rank", "level", "is_provisional", "report_number"))


def filled() -> Round:
    """Return a round with a unit that has signed, supplied for since; three that report; a whole and its part."""
    of = member("40")
    signed(of)
    give(of, "10")
    for number in ("30", "20", "5"):
        add(of.round, None, {**FULL, "1.1/a": number})
    whole = make.participant(of.round, make.unit())
    part = make.participant(of.round, make.unit(), part_of=whole)
    make.report(part, values=cells({"1.1/a": "8", "households": "10"}))
    return of.round


@pytest.mark.parametrize("at_once", [1, 2, 4])
def test_they_are_the_same_however_many_are_read_at_once(at_once: int, monkeypatch: pytest.MonkeyPatch) -> None:
    round_ = filled()
    recalculate(round_=round_, actor=SYSTEM)
    expected = results(round_)
    # 1.1: 10 of 40 as it was signed, 30, 20 and 5 of 40, 8 of 10, each times 20 points; the others give 10 each.
    assert [one["total"] for one in expected] == [25, 35, 30, Decimal("22.5"), 16]
    assert [one["is_provisional"] for one in expected] == [False, False, False, False, True]
    monkeypatch.setattr(services, "_READ", at_once)
    monkeypatch.setattr(services, "_BATCH", at_once)
    recalculate(round_=round_, actor=SYSTEM)

    assert results(round_) == expected


def test_queries_grow_with_the_chunks_and_not_with_the_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "_READ", 4)
    round_ = make.round_(make.unit(kind=make.Kind.PROVINCE))
    counted = []
    for count in (8, 1, 4):  # the first run finds out what the others know; then 9 units, then 13
        for _ in range(count):
            add(round_, None, FULL)
        with CaptureQueriesContext(connection) as queries:
            recalculate(round_=round_, actor=SYSTEM)
        counted.append(len(queries))

    assert counted[2] - counted[1] == 3  # reports, participants, rounds below: once more for one more chunk
    assert Participant.objects.count() == Result.objects.count() == Report.objects.filter(stage=ValueStage.SELF).count()
