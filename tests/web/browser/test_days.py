"""Days are written day first on a computer whose browser speaks English, typed or picked, with or without scripts."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from chiso.web.people.models import Assignment, Role
from chiso.web.rounds.models import Extension, Round, Stage
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in, tab_to
from tests.web.collection.conftest import Office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

ENGLISH = {"locale": "en-US", "extra_http_headers": {"Accept-Language": "vi"}}


def picked(page: Page, label: str, day: str) -> None:
    """Open the calendar beside a box by keyboard, and pick a day as the browser's own calendar does."""
    page.evaluate("HTMLInputElement.prototype.showPicker = function () { window.shown = this; }")
    tab_to(page, page.get_by_label(f"Lịch: {label}", exact=True))
    page.keyboard.press("Enter")
    page.evaluate("day => { shown.value = day; shown.dispatchEvent(new Event('change')); }", day)


def prepared(office: Office) -> Round:
    return make.round_(office.province, office.report.participant.round.framework, stage=Stage.PREPARING)


def test_days_are_typed_and_picked_by_keyboard_in_an_english_browser(
    chromium: Browser, live_server, office: Office
) -> None:
    round_ = prepared(office)
    with signed_in(chromium, live_server.url, office.coordinator, **ENGLISH) as context:
        page = context.pages[0]
        page.goto(f"/rounds/{round_.pk}/calendar")
        opens = page.get_by_label("Mở từ ngày", exact=True)
        tab_to(page, opens)
        page.keyboard.press("Control+A")
        page.keyboard.type("5/10/2026")
        picked(page, "Hạn nộp", "2026-12-11")
        due = page.get_by_label("Hạn nộp", exact=True)
        expect(due).to_be_focused()
        assert due.input_value()[:11] == "11/12/2026 "
        picked(page, "Hội đồng họp ngày", "2027-01-08")
        page.keyboard.press("Enter")
        page.wait_for_url(lambda url: "calendar" not in url)
        page.goto(f"/rounds/{round_.pk}/calendar")
        expect(opens).to_have_value("05/10/2026")
        found = [one for one in Axe().run(page).response["violations"] if one["impact"] in ("serious", "critical")]
    assert found == []
    round_.refresh_from_db()
    assert (round_.opens_on, timezone.localtime(round_.due_at).date()) == (dt.date(2026, 10, 5), dt.date(2026, 12, 11))
    assert round_.council_on == dt.date(2027, 1, 8)


def test_a_calendar_begins_at_the_day_that_is_written_and_gives_a_time_where_none_is(
    chromium: Browser, live_server, office: Office
) -> None:
    with signed_in(chromium, live_server.url, office.coordinator, **ENGLISH) as context:
        page = context.pages[0]
        page.goto(f"/results/round/{office.report.participant.round_id}/board")
        page.get_by_text("Cho phép").first.click()
        until = page.get_by_label("Đến", exact=True)
        until.fill("5.10.2030")
        picked(page, "Đến", "2030-10-07")
        expect(until).to_have_value("07/10/2030 17:00")
        until.fill("8/10/2030 9:05")
        page.get_by_label("Lịch: Đến", exact=True).click()
        assert page.evaluate("shown.value") == "2030-10-08"
        picked(page, "Đến", "2030-10-09")
        expect(until).to_have_value("09/10/2030 9:05")
        page.get_by_label("Lý do").fill("Bão lụt")
        page.get_by_role("button", name="Cho phép nộp muộn").click()
        expect(page.get_by_role("status")).to_contain_text("09/10/2030 09:05")
    assert timezone.localtime(Extension.objects.get().until).isoformat() == "2030-10-09T09:05:00+07:00"


def test_the_browsers_own_calendar_opens(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.coordinator, **ENGLISH) as context:
        page = context.pages[0]
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.goto("/units/")
        page.get_by_label("Lịch: Tại ngày", exact=True).click()
        expect(page.locator("input[type=date]")).to_have_value(timezone.localdate().isoformat())
    assert faults == []


def test_without_scripts_days_are_typed_and_a_wrong_one_is_refused_with_words(
    chromium: Browser, live_server, emptied_log: None
) -> None:
    province = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    commune = make.unit("Xã mẫu A", parent=province)
    person, other = make.person((Role.COORDINATOR, province)), make.person((Role.OFFICER, commune))
    with signed_in(chromium, live_server.url, person, java_script_enabled=False, **ENGLISH) as context:
        page = context.pages[0]
        page.goto(f"/people/{other.pk}/roles")
        expect(page.get_by_role("button", name="Lịch")).to_have_count(0)
        page.get_by_label("Vai trò").select_option("head")
        page.get_by_label("Đơn vị", exact=True).fill(Unit.objects.get(pk=commune.pk).versions.get().code)
        page.get_by_label("Từ ngày", exact=True).fill("12/31/2030")
        page.get_by_label("Từ ngày", exact=True).press("Enter")
        expect(page.get_by_text("“12/31/2030” không phải là một ngày")).to_be_visible()
        expect(page.get_by_label("Từ ngày", exact=True)).to_have_accessible_description(
            "“12/31/2030” không phải là một ngày. Ghi ngày, tháng, năm, ví dụ 25/10/2026."
        )
        page.get_by_label("Từ ngày", exact=True).fill("31-12-2030")
        page.get_by_label("Từ ngày", exact=True).press("Enter")
        page.wait_for_url(f"**/people/{other.pk}")
    assert Assignment.objects.get(user=other, role=Role.HEAD).valid_from == dt.date(2030, 12, 31)
