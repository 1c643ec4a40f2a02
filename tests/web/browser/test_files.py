"""The choice of a file is worded in the language of the page, whatever the browser speaks."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, expect

from chiso.web.people.models import Role
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def test_a_file_is_chosen_in_vietnamese(chromium: Browser, live_server, emptied_log) -> None:
    with signed_in(chromium, live_server.url, make.person((Role.OPERATOR, None))) as context:
        page = context.pages[0]
        page.goto("/units/import")
        box = page.locator(".file-box")
        assert box.inner_text().split("\n") == ["Chọn tệp", "Chưa chọn tệp nào"]
        page.get_by_label("Bảng Excel danh sách đơn vị").focus()
        outline = "getComputedStyle(document.querySelector('.file-box')).outlineStyle"
        page.keyboard.press("Tab")
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(outline) == "solid"
        with page.expect_file_chooser() as chooser:
            page.get_by_label("Bảng Excel danh sách đơn vị").click()
        name = "Danh sách đơn vị " + "dài " * 40 + ".xlsx"
        chooser.value.set_files({"name": name, "mimeType": "application/vnd.ms-excel", "buffer": b"PK"})
        expect(box.locator(".file-name")).to_have_text(name)

        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        page.set_viewport_size({"width": 390, "height": 844})
        page.wait_for_function("() => document.documentElement.scrollWidth <= 390")
