"""The workplace in a real browser: points move while typing, a lost connection loses nothing, two people, keyboard."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from chiso.web.collection.models import Report
from chiso.web.people.models import Role, User
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in, slowly

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def opened(context: BrowserContext, report: Report, code: str) -> Page:
    page = context.pages[0]
    page.goto(f"/reports/{report.pk}/at/{code}/")
    return page


def officer(report: Report) -> User:
    return make.person((Role.OFFICER, report.participant.unit))


def values(report: Report) -> dict[str, str]:
    report.refresh_from_db()
    return {fact: cell["v"] for fact, cell in report.values.items()}


def test_points_move_while_typing_and_the_value_is_saved(chromium: Browser, live_server, report: Report) -> None:
    with signed_in(chromium, live_server.url, officer(report)) as context:
        page = opened(context, report, "1.3")
        page.get_by_label("Có", exact=True).check()
        expect(page.locator("[data-sum-points]")).to_have_text("10")
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")

        page = opened(context, report, "1.1")
        page.fill("[data-value] >> nth=0", "1234567")
        expect(page.locator("[data-understood]").first).to_have_text("1.234.567 hộ")
    assert values(report)["1.3/plan"] == "yes"


def test_what_is_written_before_the_script_is_there_is_saved(chromium: Browser, live_server, report: Report) -> None:
    with signed_in(chromium, live_server.url, officer(report)) as context:
        context.route("**/workplace*.js", slowly)
        page = context.pages[0]
        page.goto(f"/reports/{report.pk}/at/1.1/", wait_until="commit")
        page.fill("[data-value] >> nth=0", "71")
        page.fill("[data-value] >> nth=1", "142")
        expect(page.locator("[data-sum-points]")).to_have_text("10")
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
        page.goto(f"/reports/{report.pk}/at/1.3/", wait_until="commit")
        page.get_by_label("Có", exact=True).check()
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
    assert values(report) == {"1.1/a": "71", "households": "142", "1.3/plan": "yes"}


def test_a_lost_connection_and_a_closed_page_lose_nothing(chromium: Browser, live_server, report: Report) -> None:
    with signed_in(chromium, live_server.url, officer(report)) as context:
        page = opened(context, report, "1.1")
        context.set_offline(True)
        page.fill("[data-value] >> nth=0", "71")
        page.keyboard.press("Tab")
        expect(page.locator("[data-save-state]")).to_contain_text("Mất kết nối, sẽ lưu khi có mạng (1 ô chờ)")
        assert values(report) == {}
        page.close()  # the browser itself may still send what waits, once nothing keeps it offline

        context.set_offline(False)
        page = context.new_page()
        page.goto(f"/reports/{report.pk}/at/1.1/")
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
        expect(page.locator("[data-value]").first).to_have_value("71")
    assert values(report) == {"1.1/a": "71"}


def test_what_is_missing_waits_for_what_was_just_typed(chromium: Browser, live_server, report: Report) -> None:
    with signed_in(chromium, live_server.url, officer(report)) as context:
        page = opened(context, report, "1.1")
        page.route("**/save", slowly)
        page.fill("[data-value] >> nth=0", "71")
        page.get_by_role("link", name="Còn thiếu gì, nộp").click()
        expect(page.locator(".page-narrow > .lede")).to_contain_text("đã nhập 1 trên")
    assert values(report) == {"1.1/a": "71"}


def test_what_stands_beside_a_figure_is_said_in_one_line(chromium: Browser, live_server, report: Report) -> None:
    with signed_in(chromium, live_server.url, officer(report)) as context:
        page = opened(context, report, "1.1")
        beside = page.locator("details.beside").first
        beside.locator("summary").click()
        for name, words in (("note", "đã rà soát"), ("source", "Cục Thống kê")):
            beside.locator(f"[data-{name}]").fill(words)
        page.fill("[data-value] >> nth=0", "5")
        page.keyboard.press("Tab")
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
        page.reload()
        expect(beside.locator("summary")).to_have_text("Ghi chú, nguồn, thời điểm: đã rà soát · Cục Thống kê")
        expect(beside.locator("[data-note]")).to_be_hidden()


def test_the_second_of_two_officers_chooses(chromium: Browser, live_server, report: Report) -> None:
    first, second = officer(report), officer(report)
    with (
        signed_in(chromium, live_server.url, first) as one,
        signed_in(chromium, live_server.url, second) as other,
    ):
        ours, theirs = opened(one, report, "1.1"), opened(other, report, "1.1")
        ours.fill("[data-value] >> nth=0", "5")
        ours.keyboard.press("Tab")
        expect(ours.locator("[data-save-state]")).to_contain_text("Đã lưu")
        theirs.fill("[data-value] >> nth=0", "7")
        theirs.keyboard.press("Tab")
        expect(theirs.locator("[data-trouble]").first).to_contain_text(f"{first.full_name} đã ghi 5 hộ")
        assert values(report) == {"1.1/a": "5"}
        theirs.get_by_role("button", name="Thay bằng số của tôi").click()
        expect(theirs.locator("[data-save-state]")).to_contain_text("Đã lưu")
    assert values(report) == {"1.1/a": "7"}


def test_a_look_ahead_that_arrives_late_leaves_the_choice_between_two_values(
    chromium: Browser, live_server, report: Report
) -> None:
    first, second = officer(report), officer(report)
    with (
        signed_in(chromium, live_server.url, first) as one,
        signed_in(chromium, live_server.url, second) as other,
    ):
        ours, theirs = opened(one, report, "1.1"), opened(other, report, "1.1")
        looks: list[Route] = []
        theirs.route("**/preview", lambda route: looks.append(route))
        ours.fill("[data-value] >> nth=0", "5")
        ours.keyboard.press("Tab")
        expect(ours.locator("[data-save-state]")).to_contain_text("Đã lưu")
        with theirs.expect_request("**/preview"):
            theirs.fill("[data-value] >> nth=0", "7")
        theirs.keyboard.press("Tab")
        mine = theirs.get_by_role("button", name="Thay bằng số của tôi")
        expect(mine).to_be_visible()
        with theirs.expect_response("**/preview"):
            looks[0].continue_()
        theirs.wait_for_timeout(300)  # the page has taken the answer in
        expect(mine).to_be_visible()
        mine.click()
        expect(theirs.locator("[data-save-state]")).to_contain_text("Đã lưu")
    assert values(report) == {"1.1/a": "7"}


def test_by_keyboard_alone_from_place_to_place(chromium: Browser, live_server, report: Report) -> None:
    with signed_in(chromium, live_server.url, officer(report)) as context:
        page = opened(context, report, "1.1")
        page.locator("[data-value]").first.focus()
        page.keyboard.type("8")
        page.keyboard.press("Alt+ArrowDown")
        expect(page).to_have_url(re.compile(r"/at/1\.2/$"))
        expect(page.locator("#place-title")).to_be_focused()
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
        page.keyboard.press("Alt+ArrowUp")
        expect(page).to_have_url(re.compile(r"/at/1\.1/$"))
        expect(page.locator("[data-value]").first).to_have_value("8")
    assert values(report) == {"1.1/a": "8"}


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_nothing_serious_stands_in_the_way_of_anybody(
    chromium: Browser, live_server, report: Report, width: int, height: int
) -> None:
    size = {"width": width, "height": height}
    with signed_in(chromium, live_server.url, officer(report), viewport=size) as context:
        for code in ("at/1.1/", "at/1.2/", "missing", "review"):
            page = context.pages[0]
            page.goto(f"/reports/{report.pk}/{code}")
            found = Axe().run(page).response["violations"]
            assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], code
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), code
