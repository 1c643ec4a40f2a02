"""The database is gone for a moment while somebody works in a real browser: the page says so, and nothing is lost."""

from __future__ import annotations

import pytest
from django.db import OperationalError
from playwright.sync_api import Browser, expect

from chiso.web.people.models import Role
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def gone(*_args: object, **_kwargs: object) -> None:
    raise OperationalError("the database is gone")


def test_a_value_waits_in_the_browser_and_is_sent_again(chromium: Browser, live_server, report, monkeypatch) -> None:
    officer = make.person((Role.OFFICER, report.participant.unit))
    with signed_in(chromium, live_server.url, officer) as context:
        page = context.pages[0]
        page.goto(f"/reports/{report.pk}/at/1.1/")
        state = page.locator("[data-save-state]")
        with monkeypatch.context() as patched:
            patched.setattr("chiso.web.collection.saving.locked_report", gone)
            page.fill("[data-value] >> nth=0", "71")
            page.keyboard.press("Tab")
            expect(state).to_have_text(
                "Tạm thời không kết nối được cơ sở dữ liệu. 1 số liệu được giữ trên máy này và sẽ tự gửi lại."
            )
        expect(state).to_contain_text("Đã lưu", timeout=20_000)
    report.refresh_from_db()
    assert report.values["1.1/a"]["v"] == "71"


def test_a_part_of_a_page_that_fails_says_so_until_one_succeeds(
    chromium: Browser, live_server, report, monkeypatch
) -> None:
    officer = make.person((Role.OFFICER, report.participant.unit))
    with signed_in(chromium, live_server.url, officer) as context:
        page = context.pages[0]
        page.goto(f"/reports/{report.pk}/at/1.1/")
        with monkeypatch.context() as patched:
            patched.setattr("chiso.web.collection.views.found_report", gone)
            page.locator('[data-line="1.2"]').click()
            expect(page.locator("[data-notice]")).to_contain_text("Tạm thời không kết nối được cơ sở dữ liệu. Những gì")
        page.locator('[data-line="1.3"]').click()
        expect(page.locator("[data-place]")).to_have_attribute("data-place", "1.3")
        expect(page.locator("[data-notice]")).to_be_hidden()


def test_the_page_stands_without_the_database(chromium: Browser, live_server, report, monkeypatch) -> None:
    with signed_in(chromium, live_server.url, make.person()) as context:
        page = context.pages[0]
        with monkeypatch.context() as patched:
            patched.setattr("chiso.web.home.due.own_reports", gone)
            page.goto("/")
            expect(page.get_by_role("heading", level=1)).to_have_text("Tạm thời không kết nối được cơ sở dữ liệu")
        page.get_by_role("link", name="Tải lại trang").click()
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Tạm thời không kết nối được cơ sở dữ liệu")
