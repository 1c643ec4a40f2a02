"""Two people at one report at the same moment: one decision, one receipt, no value lost. Needs PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from django.db import connection

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import breaks
from chiso.web.audit.services import SYSTEM, Actor
from chiso.web.collection.models import Receipt, Report, ReportState, Result, SignOff, ValueStage
from chiso.web.collection.receipts import hash_of
from chiso.web.collection.services import SubmittedError, Written, save_values
from chiso.web.collection.submission import (
    ChangedError,
    NotSubmittedError,
    reopen,
    send_back,
    sign_off,
    submit,
)
from chiso.web.collection.supplying import supply
from chiso.web.frameworks.services import loaded
from chiso.web.results.services import recalculate
from tests.web import factories as make
from tests.web import races
from tests.web.collection.conftest import Office

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.usefixtures("log_that_forgets"),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="needs a server that works on two things at once"),
]

#: How often a race is run: whoever comes first differs.
TIMES = 5


at_once = partial(races.at_once, refused=(ChangedError, NotSubmittedError, SubmittedError))


def clerk() -> Actor:
    return Actor(make.person().pk)


def hand_in(report: Report, actor: Actor) -> Receipt:
    number = Report.objects.get(pk=report.pk).number
    return submit(report_id=report.pk, framework=loaded(report.participant.round.framework), actor=actor, seen=number)


def actions(report: Report) -> list[str]:
    return list(Entry.objects.filter(strand=report.strand).order_by("number").values_list("action", flat=True))


@pytest.mark.parametrize("same", [True, False])
def test_a_report_that_is_signed_twice_at_once_has_one_signature(office: Office, same: bool) -> None:
    report, one = office.report, clerk()
    receipt = hand_in(report, clerk())
    other = one if same else clerk()

    def sign(by: Actor) -> Callable[[], object]:
        return lambda: sign_off(report_id=report.pk, receipt_hash=receipt.hash, actor=by)

    came = sorted(at_once(sign(one), sign(other)))
    assert came == (["done", "done"] if same else ["NotSubmittedError", "done"])
    assert (SignOff.objects.count(), actions(report)) == (1, ["report.submitted", "report.signed"])
    assert list(breaks()) == []


@pytest.mark.parametrize("against", ["sent back", "reopened"])
def test_of_two_who_decide_otherwise_at_once_each_finds_what_the_other_left(office: Office, against: str) -> None:
    report, head, other = office.report, clerk(), clerk()
    for _time in range(TIMES):
        receipt = hand_in(report, clerk())
        told = {"report_id": report.pk, "actor": other}
        counter = {
            "sent back": lambda: send_back(receipt_hash=receipt.hash, word="Xem lại", **told),  # noqa: B023
            "reopened": lambda: reopen(reason="Sai số", **told),  # noqa: B023
        }[against]
        came = at_once(lambda: sign_off(report_id=report.pk, receipt_hash=receipt.hash, actor=head), counter)  # noqa: B023
        report.refresh_from_db()
        decided = [one.decision for one in SignOff.objects.filter(receipt=receipt)]
        assert (came, report.state, decided) in (
            (["done", "NotSubmittedError"], ReportState.SIGNED, ["signed"]),
            (["done", "done"], ReportState.RETURNED, ["signed"]),  # reopened after it was signed
            (["NotSubmittedError", "done"], ReportState.RETURNED, ["returned"] if against == "sent back" else []),
        )
        if report.state == ReportState.SIGNED:
            reopen(report_id=report.pk, reason="Lần sau", actor=other)
    assert list(breaks()) == []


def test_two_who_submit_at_once_get_the_same_receipt(office: Office) -> None:
    report, one, other = office.report, clerk(), clerk()

    assert at_once(lambda: hand_in(report, one), lambda: hand_in(report, other)) == ["done", "done"]
    assert (Receipt.objects.count(), actions(report)) == (1, ["report.submitted"])


def test_a_value_saved_while_the_report_is_submitted_is_in_the_receipt_or_refused(office: Office) -> None:
    report, actor, framework = office.report, clerk(), loaded(office.report.participant.round.framework)
    for time in range(TIMES):
        before = Report.objects.get(pk=report.pk).number
        written = {"1.1/a": Written(str(time), before)}
        came = at_once(
            lambda: submit(report_id=report.pk, framework=framework, actor=actor, seen=before),  # noqa: B023
            lambda: save_values(report_id=report.pk, framework=framework, written=written, actor=actor),  # noqa: B023
        )
        assert came in (["done", "SubmittedError"], ["ChangedError", "done"])
        now = Report.objects.get(pk=report.pk)
        saved = now.values.get("1.1/a", {}).get("v") == str(time)
        assert (now.state == ReportState.SUBMITTED, saved) == ((True, False) if came[0] == "done" else (False, True))
        if came[0] == "done":
            reopen(report_id=report.pk, reason="Lần sau", actor=actor)


def test_what_an_agency_supplies_while_the_report_is_submitted_counts_as_the_receipt_says(office: Office) -> None:
    text = make.SMALL.replace("{name: b, fact: households}", "{name: b, fact: households, lead: [Thống kê]}")
    round_ = make.round_(office.province, make.framework(text.replace("id: small", "id: other")))
    member = make.participant(round_, office.commune)
    values = {"1.1/a": {"v": "10", "by": None, "at": "2025-11-25T08:00:00+00:00", "n": 1}}
    report, actor, framework = make.report(member, values=values), clerk(), loaded(round_.framework)
    for time in range(TIMES):
        number = Report.objects.filter(participant=member, stage=ValueStage.PROVIDER).values_list("number", flat=True)
        cells = {member.pk: {"households": Written(str(20 * (time + 1)), next(iter(number), 0))}}
        at_once(
            lambda: hand_in(report, actor),
            lambda: supply(round_=round_, framework=framework, agencies=["Thống kê"], written=cells, actor=actor),  # noqa: B023
        )
        receipt = report.receipts.latest("at")
        recalculate(round_=round_, actor=SYSTEM)
        found = Result.objects.get(participant=member)
        assert found.data.get("exact") == receipt.content["result"].get("exact")
        assert hash_of(receipt.content) == receipt.hash
        reopen(report_id=report.pk, reason="Lần sau", actor=actor)
