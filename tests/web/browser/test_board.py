"""The coordinator's board in a real browser: progress, entry on behalf, permission to report late, reminders."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Locator, Page, expect

from chiso.web.audit.models import Entry
from chiso.web.collection.models import Receipt, Report
from chiso.web.rounds.models import Extension
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in
from tests.web.collection.conftest import Office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def row(page: Page, name: str) -> Locator:
    return page.locator(".board tbody tr").filter(has_text=name)


def saved(page: Page) -> None:
    expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")


def test_the_board_shows_what_an_officer_has_saved(chromium: Browser, live_server, office: Office) -> None:
    make.participant(office.report.participant.round, make.unit("Xã mẫu B", parent=office.province))
    with (
        signed_in(chromium, live_server.url, office.officer) as theirs,
        signed_in(chromium, live_server.url, office.coordinator) as ours,
    ):
        page, other = ours.pages[0], theirs.pages[0]
        page.get_by_role("link", name="Xem").first.click()
        expect(row(page, "Xã mẫu A")).to_contain_text("chưa bắt đầu")
        expect(row(page, "Xã mẫu A").locator("td.num")).to_have_text("–")

        other.goto(f"/reports/{office.report.pk}/at/1.2/")
        other.get_by_label("Cấp phó").check()
        saved(other)
        page.reload()
        expect(row(page, "Xã mẫu A")).to_contain_text("đang nhập")
        expect(row(page, "Xã mẫu A").locator("td.num")).to_have_text("1/4")
        expect(row(page, "Xã mẫu B")).to_contain_text("chưa bắt đầu")

        page.get_by_label("Tình trạng").select_option("draft")
        expect(page.locator(".board tbody tr")).to_have_count(1)
        page.get_by_role("searchbox").fill("xa mau a")
        page.keyboard.press("Enter")
        expect(row(page, "Xã mẫu A")).to_have_count(1)


def test_entry_on_behalf_of_a_unit_is_marked(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.coordinator) as context:
        page = context.pages[0]
        page.goto(f"/results/round/{office.report.participant.round_id}/board")
        page.get_by_role("link", name="Xã mẫu A", exact=True).click()
        expect(page.get_by_text("bạn đang nhập thay đơn vị")).to_be_visible()
        page.goto(f"/reports/{office.report.pk}/at/1.1/")
        page.get_by_label("Số hộ gia đình có Internet").fill("71")
        page.keyboard.press("Tab")
        saved(page)
        page.get_by_text("Lịch sử thay đổi").click()
        expect(page.locator("#changes")).to_contain_text(f"{office.coordinator.full_name} nhập thay đơn vị")
        page.goto(f"/reports/{office.report.pk}/missing")
        expect(page.get_by_text("bạn nộp thay đơn vị")).to_be_visible()
        page.get_by_role("button", name="Nộp báo cáo").click()
        expect(page.get_by_role("status")).to_contain_text("Đã nộp")
    entries = Entry.objects.filter(strand=office.report.strand).order_by("number")
    assert [(one.action, one.by, one.data["on_behalf"]) for one in entries] == [
        ("report.saved", office.coordinator, True),
        ("report.submitted", office.coordinator, True),
    ]
    assert Receipt.objects.get().by == office.coordinator


def test_a_unit_may_report_late_with_permission_and_reason(chromium: Browser, live_server, office: Office) -> None:
    round_ = office.report.participant.round
    round_.due_at = timezone.now() - dt.timedelta(days=1)
    round_.save()
    until = timezone.localtime() + dt.timedelta(days=2)
    with (
        signed_in(chromium, live_server.url, office.officer) as theirs,
        signed_in(chromium, live_server.url, office.coordinator) as ours,
    ):
        other, page = theirs.pages[0], ours.pages[0]
        expect(other.get_by_text("quá hạn")).to_be_visible()
        other.goto(f"/reports/{office.report.pk}/at/1.1/")
        expect(other.get_by_label("Số hộ gia đình có Internet")).not_to_be_editable()

        page.goto(f"/results/round/{round_.pk}/board")
        expect(row(page, "Xã mẫu A")).to_contain_text("trễ hạn")
        row(page, "Xã mẫu A").get_by_text("Cho phép").first.click()
        page.get_by_label("Đến", exact=True).fill("1/1/2020 10:00")
        page.get_by_label("Lý do").fill("Bão lụt")
        page.get_by_role("button", name="Cho phép nộp muộn").click()
        expect(page.get_by_role("alert").filter(has_text="đã qua")).to_be_visible()
        expect(page.get_by_label("Lý do")).to_have_value("Bão lụt")
        assert not Extension.objects.exists()

        page.get_by_label("Đến", exact=True).fill(until.strftime("%d/%m/%Y %H:%M"))
        page.get_by_label("Lý do").fill("Bão lụt")
        page.get_by_role("button", name="Cho phép nộp muộn").dblclick()
        expect(page.get_by_role("status")).to_contain_text("Xã mẫu A được nộp báo cáo đến")
        expect(row(page, "Xã mẫu A")).not_to_contain_text("trễ hạn")
        expect(row(page, "Xã mẫu A")).to_contain_text(f"đến {until:%d/%m/%Y %H:%M}")

        other.goto("/")
        expect(other.get_by_text(f"được nộp muộn đến {until:%d/%m/%Y %H:%M}")).to_be_visible()
        other.get_by_role("link", name="Bắt đầu").click()
        other.get_by_label("Số hộ gia đình có Internet").fill("71")
        other.keyboard.press("Tab")
        saved(other)
    given = Extension.objects.get()
    assert (given.reason, given.granted_by) == ("Bão lụt", office.coordinator)
    assert Entry.objects.get(action="round.late_allowed").data["reason"] == "Bão lụt"
    assert Report.objects.get(pk=office.report.pk).values["1.1/a"]["v"] == "71"


def test_who_is_chosen_on_the_board_is_reminded(chromium: Browser, live_server, office: Office) -> None:
    round_ = office.report.participant.round
    make.participant(round_, make.unit("Xã mẫu B", parent=office.province))
    with (
        signed_in(chromium, live_server.url, office.coordinator) as ours,
        signed_in(chromium, live_server.url, office.officer) as theirs,
    ):
        page, other = ours.pages[0], theirs.pages[0]
        page.goto(f"/results/round/{round_.pk}/board")
        page.get_by_label("Chọn Xã mẫu A").check()
        page.get_by_role("button", name="Nhắc các đơn vị đã chọn").click()
        expect(page.get_by_text("2 người sẽ nhận thư")).to_be_visible()  # both officers of the unit
        page.get_by_role("textbox").fill("Xin nộp trước thứ Sáu.")
        page.get_by_role("button", name="Gửi 2 thư").click()
        expect(page.get_by_text("Đã nhắc 2 người về 1 đơn vị.")).to_be_visible()

        other.goto("/")
        expect(other.get_by_text("Xin nộp trước thứ Sáu.")).to_be_visible()
        page.goto(f"/results/round/{round_.pk}/board")
        expect(row(page, "Xã mẫu A")).to_contain_text(f"đã nhắc ngày {timezone.localdate():%d/%m/%Y}")
        expect(row(page, "Xã mẫu B")).not_to_contain_text("đã nhắc")
    assert sorted(one.to[0] for one in mail.outbox) == sorted([office.officer.email, office.second.email])
    assert "Xin nộp trước thứ Sáu." in str(mail.outbox[0].body)
