"""An officer with a telephone: finds a criterion, enters, sees the points, submits; fingers instead of keys."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from chiso.web.audit.services import SYSTEM
from chiso.web.collection.models import Receipt
from chiso.web.frameworks.services import add_framework
from chiso.web.people.models import Role
from chiso.web.results.services import recalculate
from tests.web import factories as make
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


#: Frames that scroll sideways, other than that of the heat map, which is looked at as a whole.
_SCROLLING = """() => [...document.querySelectorAll("main .scroll:not(:has(.heat))")]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.textContent.trim().slice(0, 60))"""


def test_results_comparisons_and_agencies_stand_below_each_other(
    chromium: Browser, live_server, office: Office
) -> None:
    round_ = office.report.participant.round
    before, agency = round_.framework, "Ban Chỉ đạo về phát triển khoa học công nghệ của tỉnh mẫu"
    named = make.SMALL.replace("{name: b, fact: households}", f"{{name: b, fact: households, lead: ['{agency}']}}")
    newer = add_framework(text=named.replace('version: "1.0"', 'version: "9.0"'))
    round_.framework = newer
    round_.save()
    recalculate(round_=round_, actor=SYSTEM)
    person = make.person((Role.COORDINATOR, round_.assessor), (Role.PROVIDER, round_.assessor), agency=agency)
    pages = {
        "/results/": "Hạn nộp",
        f"/results/round/{round_.pk}/": "Điểm",
        f"/results/participant/{office.report.participant_id}/": "Điểm tối đa",
        f"/supply/{round_.pk}/agencies": "Tài khoản",
        "/supply/": "Đã cung cấp",
        f"/frameworks/{newer.pk}/changes?from={before.pk}": "Trước",
    }
    with signed_in(chromium, live_server.url, person, **TELEPHONE) as context:
        page = context.pages[0]
        for address, label in pages.items():
            page.goto(address)
            assert page.evaluate(_SCROLLING) == [], address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
            shown = page.evaluate("[...document.querySelectorAll('.stacked td')].map((one) => one.dataset.label)")
            assert any((one or "").startswith(label) for one in shown), (address, shown)
