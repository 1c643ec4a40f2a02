"""From the first figure to the signature in a real browser: officer, receipt, head, and back again."""

from __future__ import annotations

import re
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from playwright.sync_api import Browser, Page, expect

from chiso.web.audit.models import Entry
from chiso.web.audit.queries import breaks
from chiso.web.collection.models import Receipt, Report, ReportState, Result, SignOff
from tests.web.browser.conftest import CHROMIUM, sign_in, signed_in, tab_to
from tests.web.collection.conftest import Office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")


def actions(report: Report) -> list[str]:
    return list(Entry.objects.filter(strand=report.strand).order_by("number").values_list("action", flat=True))


def filled(page: Page) -> None:
    """Fill in the report from the first page on, as somebody does who follows the buttons."""
    page.goto("/")
    page.get_by_role("link", name="Bắt đầu").click()
    page.get_by_label("Số hộ gia đình có Internet").fill("6.020")
    page.get_by_label("Tổng số hộ gia đình").fill("12040")
    expect(page.locator("[data-sum-points]")).to_have_text("10")
    page.get_by_role("link", name="Mục sau").click()
    page.get_by_label("Cấp phó").check()
    expect(page.locator("[data-sum-points]")).to_have_text("15")
    saved(page)


def submitted(chromium: Browser, address: str, office: Office) -> None:
    """Let the officer submit the report as it stands."""
    with signed_in(chromium, address, office.officer) as context:
        page = context.pages[0]
        page.goto(f"/reports/{office.report.pk}/missing")
        page.get_by_role("button", name="Nộp báo cáo").click()
        expect(page.get_by_role("status")).to_contain_text("Đã nộp")


def test_from_the_first_figure_to_the_signature(chromium: Browser, live_server, office: Office, tmp_path: Path) -> None:
    report = office.report
    with (
        signed_in(chromium, live_server.url, office.officer) as ours,
        signed_in(chromium, live_server.url, office.head) as theirs,
    ):
        officer, head = ours.pages[0], theirs.pages[0]
        filled(officer)

        officer.get_by_role("link", name="Còn thiếu gì").click()
        expect(officer.get_by_role("heading", name="Chưa có số liệu (1)")).to_be_visible()
        expect(officer.get_by_role("link", name="1.3 Có kế hoạch")).to_be_visible()
        officer.get_by_role("button", name="Nộp báo cáo").click()

        expect(officer.get_by_role("status")).to_contain_text("Đã nộp")
        receipt = Receipt.objects.get()
        facts = officer.locator(".facts-list")
        for words in (receipt.hash, office.officer.full_name, "15 / 40"):
            expect(facts).to_contain_text(words)
        with officer.expect_download() as coming:
            officer.get_by_role("link", name="Tải").click()
        coming.value.save_as(tmp_path / "receipt.json")
        out = StringIO()
        call_command("verify_receipt", tmp_path / "receipt.json", stdout=out)
        assert "hash and points are right" in out.getvalue()

        # The head has nothing but the keyboard.
        head.goto("/")
        tab_to(head, head.get_by_role("link", name="Xem và ký duyệt"))
        head.keyboard.press("Enter")
        expect(head.locator(".points-sum")).to_contain_text("15 / 40 điểm")
        expect(head.locator("tbody .num").first).to_have_text("15")
        expect(head.get_by_role("row", name="Số hộ gia đình có Internet")).to_be_hidden()
        tab_to(head, head.locator("#figures summary"))
        head.keyboard.press("Enter")
        expect(head.get_by_role("row", name="Số hộ gia đình có Internet")).to_contain_text("6.020 hộ")
        tab_to(head, head.get_by_label("Nội dung cần bổ sung, chỉnh sửa"))
        head.keyboard.type("Bổ sung tiêu chí 1.3")
        head.keyboard.press("Tab")
        head.keyboard.press("Enter")
        expect(head.get_by_role("status")).to_contain_text("Đã trả lại")

        officer.goto("/")
        officer.get_by_role("link", name="Tiếp tục").click()
        word = officer.get_by_text(f"{office.head.full_name} trả lại")
        expect(word.locator("..")).to_contain_text("Bổ sung tiêu chí 1.3")
        expect(officer).to_have_url(re.compile(r"/at/1\.3/$"))
        officer.get_by_label("Có", exact=True).check()
        saved(officer)
        officer.get_by_role("link", name="Còn thiếu gì").first.click()
        officer.get_by_role("button", name="Nộp báo cáo").click()
        expect(officer.locator(".facts-list")).to_contain_text("25 / 40")

        head.reload()
        expect(head.locator(".points-sum")).to_contain_text("25 / 40 điểm")
        tab_to(head, head.get_by_role("button", name="Ký xác nhận báo cáo"))
        head.keyboard.press("Enter")
        expect(head.get_by_role("status")).to_contain_text("Đã ký")

        officer.goto(f"/reports/{report.pk}/at/1.1/")
        expect(officer.get_by_text("Thủ trưởng đã ký xác nhận báo cáo")).to_be_visible()
        expect(officer.get_by_label("Số hộ gia đình có Internet")).not_to_be_editable()
        expect(officer.get_by_role("button", name="Nộp báo cáo")).to_have_count(0)

    report.refresh_from_db()
    assert report.state == ReportState.SIGNED
    assert {fact: cell["v"] for fact, cell in report.values.items()} == {
        "households": "12040",
        "1.1/a": "6020",
        "1.2/choice": "deputy",
        "1.3/plan": "yes",
    }
    assert [one.content["result"]["exact"] for one in Receipt.objects.order_by("at")] == ["15", "25"]
    assert [(one.decision, one.word, one.by_id) for one in SignOff.objects.order_by("at")] == [
        ("returned", "Bổ sung tiêu chí 1.3", office.head.pk),
        ("signed", "", office.head.pk),
    ]
    assert Result.objects.get().total == 25
    told = [one for one in actions(report) if one != "report.saved"]
    assert told == ["report.submitted", "report.returned", "report.submitted", "report.signed"]
    assert list(breaks(report.strand)) == []


def test_pressed_twice_and_sent_from_two_tabs_it_is_one_submission(
    chromium: Browser, live_server, office: Office
) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        first, second = context.pages[0], context.new_page()
        for page in (first, second):
            page.goto(f"/reports/{office.report.pk}/missing")
        first.get_by_role("button", name="Nộp báo cáo").dblclick()
        expect(first.get_by_role("status")).to_contain_text("Đã nộp")
        expect(first.locator(".facts-list")).to_contain_text(Receipt.objects.get().hash)

        second.get_by_role("button", name="Nộp báo cáo").click()
        expect(second.get_by_role("status")).to_contain_text("Đã nộp")
        expect(second.locator(".facts-list")).to_contain_text(Receipt.objects.get().hash)
        expect(second.locator(".alert-danger:visible")).to_have_count(0)
    assert actions(office.report) == ["report.submitted"]


def test_a_head_who_presses_twice_has_signed_once(chromium: Browser, live_server, office: Office) -> None:
    submitted(chromium, live_server.url, office)
    with signed_in(chromium, live_server.url, office.head) as context:
        page, other = context.pages[0], context.new_page()
        for one in (page, other):
            one.goto(f"/reports/{office.report.pk}/review")
        page.get_by_role("button", name="Ký xác nhận báo cáo").dblclick()
        expect(page.get_by_role("status")).to_contain_text("Đã ký")
        other.get_by_role("button", name="Ký xác nhận báo cáo").click()
        expect(other.get_by_role("status")).to_contain_text("Đã ký")
        expect(other.locator(".alert-danger:visible")).to_have_count(0)
    assert actions(office.report) == ["report.submitted", "report.signed"]


def test_the_word_of_a_head_outlives_the_session(chromium: Browser, live_server, office: Office) -> None:
    submitted(chromium, live_server.url, office)
    with signed_in(chromium, live_server.url, office.head) as context:
        page = context.pages[0]
        page.goto(f"/reports/{office.report.pk}/review")
        page.get_by_label("Nội dung cần bổ sung, chỉnh sửa").fill("Thiếu hộ của thôn mới")
        context.clear_cookies(name="sessionid")
        page.get_by_role("button", name="Trả lại để bổ sung").click()
        expect(page.get_by_role("status")).to_contain_text("Phiên làm việc đã hết")
        assert not SignOff.objects.exists()

        sign_in(page, office.head)
        expect(page).to_have_url(f"{live_server.url}/reports/{office.report.pk}/review")
        expect(page.get_by_label("Nội dung cần bổ sung, chỉnh sửa")).to_have_value("Thiếu hộ của thôn mới")
        page.get_by_role("button", name="Trả lại để bổ sung").click()
        expect(page.get_by_role("status")).to_contain_text("Đã trả lại")
    assert SignOff.objects.get().word == "Thiếu hộ của thôn mới"
