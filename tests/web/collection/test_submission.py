"""Submission, receipts and sign-off."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import breaks
from chiso.web.audit.services import Actor
from chiso.web.collection import submission
from chiso.web.collection.models import Receipt, Report, ReportState, Result, SignOff
from chiso.web.collection.receipts import hash_of
from chiso.web.collection.services import ClosedError, SubmittedError, Written, save_values
from chiso.web.frameworks.services import loaded
from chiso.web.rounds import members
from chiso.web.rounds.models import Round, Stage
from tests.web.collection.conftest import Office
from tests.web.conftest import Browser


def fill(office: Office) -> Report:
    written = {"1.1/a": Written("6020"), "households": Written("12040"), "1.2/choice": Written("deputy")}
    save_values(
        report_id=office.report.pk,
        framework=loaded(office.report.participant.round.framework),
        written=written,
        actor=Actor(office.officer.pk),
    )
    office.report.refresh_from_db()
    return office.report


def submit(office: Office, seen: int | None = None) -> Receipt:
    report = office.report
    return submission.submit(
        report_id=report.pk,
        framework=loaded(report.participant.round.framework),
        actor=Actor(office.officer.pk, "192.0.2.1"),
        seen=report.number if seen is None else seen,
    )


def test_a_submission_freezes_values_and_points_under_a_hash(office: Office) -> None:
    fill(office)
    receipt = submit(office)
    office.report.refresh_from_db()

    assert office.report.state == ReportState.SUBMITTED
    assert {fact: cell["v"] for fact, cell in receipt.content["values"].items()} == {
        "1.1/a": "6020",
        "households": "12040",
        "1.2/choice": "deputy",
    }
    assert receipt.content["result"]["criteria"]["1.1"]["exact"] == "10"
    assert receipt.content["result"]["exact"] == "15"
    assert receipt.hash == hash_of(receipt.content)
    assert Result.objects.get().total == 15
    entry = Entry.objects.get(strand=office.report.strand, number=2)
    assert (entry.action, entry.data["receipt"], entry.by_id) == ("report.submitted", receipt.hash, office.officer.pk)
    assert list(breaks(office.report.strand)) == []


@pytest.mark.parametrize("sample", [True, False])
def test_a_receipt_says_whether_its_data_are_samples(office: Office, sample: bool) -> None:
    Round.objects.update(is_sample=sample)
    office.report.refresh_from_db()
    fill(office)

    assert submit(office).content["round"]["sample"] is sample


def test_submitting_twice_gives_one_receipt(office: Office) -> None:
    fill(office)

    assert submit(office) == submit(office)
    assert Receipt.objects.count() == 1


def test_what_changed_since_it_was_read_is_not_submitted(office: Office) -> None:
    fill(office)
    with pytest.raises(submission.ChangedError):
        submit(office, seen=0)
    assert Receipt.objects.count() == 0


def test_a_closed_round_takes_no_submission(office: Office) -> None:
    round_ = fill(office).participant.round
    round_.stage = Stage.VERIFICATION
    round_.save()
    with pytest.raises(ClosedError):
        submit(office)


def test_the_head_signs_off_and_nothing_changes_after(office: Office) -> None:
    fill(office)
    receipt = submit(office)
    submission.sign_off(report_id=office.report.pk, receipt_hash=receipt.hash, actor=Actor(office.head.pk))
    office.report.refresh_from_db()

    assert office.report.state == ReportState.SIGNED
    with pytest.raises(SubmittedError):
        fill(office)
    with pytest.raises(SubmittedError):
        submit(office)


def test_a_decision_that_arrives_twice_is_made_once(office: Office) -> None:
    fill(office)
    told = {"report_id": office.report.pk, "receipt_hash": submit(office).hash}
    once = submission.send_back(**told, word="Xem lại 1.1", actor=Actor(office.head.pk))

    assert submission.send_back(**told, word="Xem lại 1.1", actor=Actor(office.head.pk)) == once
    with pytest.raises(submission.NotSubmittedError):
        submission.sign_off(**told, actor=Actor(office.head.pk))
    with pytest.raises(submission.NotSubmittedError):
        submission.send_back(**told, word="Xem lại 1.1", actor=Actor(office.second.pk))
    assert Entry.objects.filter(strand=office.report.strand, action="report.returned").count() == 1


def test_what_is_sent_back_is_open_again_and_its_receipt_stays(office: Office) -> None:
    fill(office)
    receipt = submit(office)
    submission.send_back(
        report_id=office.report.pk, receipt_hash=receipt.hash, word="Xem lại 1.1", actor=Actor(office.head.pk)
    )
    office.report.refresh_from_db()

    assert (office.report.state, SignOff.objects.get().word) == (ReportState.RETURNED, "Xem lại 1.1")
    assert submit(office) != receipt
    assert Receipt.objects.count() == 2


def test_a_head_cannot_sign_what_they_have_not_seen(office: Office) -> None:
    fill(office)
    submit(office)
    with pytest.raises(submission.ChangedError):
        submission.sign_off(report_id=office.report.pk, receipt_hash="0" * 64, actor=Actor(office.head.pk))


def test_a_coordinator_reopens_with_a_reason(office: Office) -> None:
    fill(office)
    submit(office)
    submission.reopen(report_id=office.report.pk, reason="Sai số liệu", actor=Actor(office.coordinator.pk))
    office.report.refresh_from_db()

    assert office.report.state == ReportState.RETURNED
    assert Entry.objects.get(strand=office.report.strand, action="report.reopened").data == {"reason": "Sai số liệu"}
    with pytest.raises(submission.NotSubmittedError):
        submission.reopen(report_id=office.report.pk, reason="x", actor=Actor(office.coordinator.pk))


# -- in the browser


def test_the_officer_sees_the_last_word_of_head_or_coordinator(browser: Browser, office: Office) -> None:
    fill(office)
    receipt = submit(office)
    submission.send_back(
        report_id=office.report.pk, receipt_hash=receipt.hash, word="Xem 1.1", actor=Actor(office.head.pk)
    )
    page = browser.as_person(office.officer).get(office.address("at/1.1/")).content.decode()
    assert (f"{office.head.full_name} trả lại" in page, "Xem 1.1" in page) == (True, True)

    office.report.refresh_from_db()
    submit(office)
    browser.as_person(office.coordinator).post(office.address("reopen"), {"word": "Sai năm báo cáo"})
    page = browser.as_person(office.officer).get(office.address("at/1.1/")).content.decode()
    assert (f"{office.coordinator.full_name} mở lại" in page, "Sai năm báo cáo" in page) == (True, True)
    assert "Xem 1.1" not in page


def test_a_unit_that_was_taken_out_is_told_so(browser: Browser, office: Office) -> None:
    fill(office)
    member = office.report.participant
    Round.objects.update(opened_at=member.round.due_at)
    members.take_out(
        round_id=member.round_id, participants=[member.pk], reason="Đã sáp nhập", actor=Actor(office.coordinator.pk)
    )
    browser.as_person(office.officer)
    answer = browser.post(
        office.address("values"), {"cells": {"1.1/a": {"text": "1"}}}, content_type="application/json"
    )
    assert answer.status_code == 409
    assert "Đã sáp nhập. Số liệu đã nhập vẫn được giữ." in answer.json()["message"]
    assert "Đã sáp nhập" in browser.get(office.address("at/1.1/")).content.decode()


def test_what_is_missing_is_counted_above_the_submission_and_listed_below(browser: Browser, office: Office) -> None:
    fill(office)
    page = browser.as_person(office.officer).get(office.address("missing")).content.decode()
    places = ('<a href="#figures">Chưa có số liệu: 1</a>', "Nộp báo cáo</button>", '<section id="figures">')

    assert sorted(places, key=page.index) == list(places)


def test_the_way_from_what_is_missing_to_the_signature(browser: Browser, office: Office) -> None:
    fill(office)
    page = browser.as_person(office.officer).get(office.address("missing")).content.decode()
    assert "1.3" in page[page.index("Chưa có số liệu (1)") :]
    answer = browser.post(office.address("submit"), {"seen": office.report.number})
    receipt = Receipt.objects.get()
    assert answer["Location"] == office.address(f"receipts/{receipt.hash}/")
    assert receipt.hash in browser.get(answer["Location"]).content.decode()

    browser.as_person(office.head)
    assert browser.get(office.address())["Location"] == office.address("review")
    page = browser.get(office.address("review")).content.decode()
    assert "<strong>15</strong> / 40 điểm" in page
    browser.post(office.address("decide"), {"receipt": receipt.hash, "decision": "return", "word": "Bổ sung 1.3"})
    assert "Bổ sung 1.3" in browser.as_person(office.officer).get(office.address("at/1.3/")).content.decode()
    office.report.refresh_from_db()
    browser.post(office.address("submit"), {"seen": office.report.number})
    again = Receipt.objects.latest("at")
    browser.as_person(office.head).post(office.address("decide"), {"receipt": again.hash, "decision": "sign"})
    assert Report.objects.get(pk=office.report.pk).state == ReportState.SIGNED


def test_only_the_head_decides(browser: Browser, office: Office) -> None:
    fill(office)
    receipt = submit(office)
    form = {"receipt": receipt.hash, "decision": "sign"}

    for person in (office.officer, office.coordinator, office.stranger):
        assert browser.as_person(person).post(office.address("decide"), form).status_code == 403
    assert browser.as_person(office.officer).post(office.address("reopen"), {"word": "x"}).status_code == 403


def test_sending_back_needs_a_word(browser: Browser, office: Office) -> None:
    fill(office)
    receipt = submit(office)
    browser.as_person(office.head).post(office.address("decide"), {"receipt": receipt.hash, "decision": "return"})

    assert Report.objects.get(pk=office.report.pk).state == ReportState.SUBMITTED


# -- the command


def saved(browser: Browser, office: Office, folder: Path) -> Path:
    fill(office)
    receipt = submit(office)
    browser.as_person(office.officer)
    file = folder / "receipt.json"
    file.write_bytes(browser.get(office.address(f"receipts/{receipt.hash}/file")).content)
    return file


def test_a_receipt_verifies(browser: Browser, office: Office, tmp_path: Path) -> None:
    out = StringIO()
    call_command("verify_receipt", saved(browser, office, tmp_path), stdout=out)

    assert out.getvalue().startswith("Xã mẫu A, ")
    assert "hash and points are right" in out.getvalue()


def test_a_receipt_that_was_altered_is_found(browser: Browser, office: Office, tmp_path: Path) -> None:
    file = saved(browser, office, tmp_path)
    told = json.loads(file.read_text("utf-8"))
    told["content"]["values"]["1.1/a"]["v"] = "12040"
    file.write_text(json.dumps(told), "utf-8")
    with pytest.raises(CommandError, match="does not have the hash"):
        call_command("verify_receipt", file)

    told["hash"] = hash_of(told["content"])
    file.write_text(json.dumps(told), "utf-8")
    with pytest.raises(CommandError, match=r"1\.1: 10 on the receipt, 20 now"):
        call_command("verify_receipt", file)


def test_what_is_no_receipt(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("{}", "utf-8")
    with pytest.raises(CommandError, match="is not a receipt"):
        call_command("verify_receipt", tmp_path / "x.json")
