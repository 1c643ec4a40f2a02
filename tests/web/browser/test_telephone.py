"""An officer with a telephone: finds a criterion, enters, sees the points, submits; fingers instead of keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from chiso.web.collection.models import Receipt
from tests.web.browser.conftest import CHROMIUM, signed_in
from tests.web.collection.conftest import Office

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

TELEPHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}

#: What fingers have to hit, and is smaller than 40 pixels; links within sentences are not meant.
_SMALL = """() => [..."button .btn summary input select .option".split(" ")]
  .flatMap((kind) => [...document.querySelectorAll(`main ${kind}`)])
  .filter((one) => one.checkVisibility() && !one.closest(".visually-hidden, [hidden]") && !one.matches(".option input"))
  .filter((one) => one.getBoundingClientRect().height < 40)
  .map((one) => one.textContent.trim() || one.name)"""


def fits(page: Page) -> None:
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url
    assert page.evaluate(_SMALL) == [], page.url


def test_an_officer_reports_with_a_telephone(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer, **TELEPHONE) as context:
        page = context.pages[0]
        fits(page)
        page.get_by_role("link", name="Bắt đầu").tap()
        page.get_by_role("button", name="Danh mục tiêu chí").tap()
        page.get_by_role("link", name=re.compile("1.2 Người đứng đầu chỉ đạo")).tap()
        expect(page).to_have_url(re.compile(r"/at/1\.2/$"))
        expect(page.locator("#tree")).to_be_hidden()
        fits(page)
        page.get_by_text("Cấp phó").tap()
        expect(page.locator("[data-sum-points]")).to_have_text("5")
        expect(page.locator("[data-sum-points]")).to_be_in_viewport()
        page.get_by_role("link", name="Mục sau").tap()
        expect(page).to_have_url(re.compile(r"/at/1\.3/$"))
        page.get_by_text("Có", exact=True).tap()
        expect(page.locator("[data-sum-points]")).to_have_text("15")
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
        page.get_by_role("link", name="Còn thiếu gì").last.tap()
        expect(page.get_by_role("heading", level=1)).to_have_text("Còn thiếu gì")
        fits(page)
        page.get_by_role("button", name="Nộp báo cáo").tap()
        expect(page.get_by_role("status")).to_contain_text("Đã nộp")
        fits(page)
    content = Receipt.objects.get().content
    assert {fact: cell["v"] for fact, cell in content["values"].items()} == {"1.2/choice": "deputy", "1.3/plan": "yes"}
    assert content["result"]["exact"] == "15"
