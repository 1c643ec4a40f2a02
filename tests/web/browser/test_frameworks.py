"""Frameworks and reminders in a real browser: read, searched, taken in, reminded; by keyboard and on a phone."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from chiso.framework.loader import bundled_text
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import add_framework
from chiso.web.people.models import Role
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

PHONE = {"width": 390, "height": 844}


def sound(page: Page) -> None:
    """Check that a page has no serious accessibility fault, and that a phone need not move it sideways."""
    found = Axe().run(page).response["violations"]
    assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], page.url
    before = page.viewport_size
    page.set_viewport_size(PHONE)
    # Waited for: letters that are still on their way, and the change of width itself, take a moment.
    root = "document.documentElement"
    page.wait_for_function(f"() => {root}.scrollWidth <= {root}.clientWidth", timeout=10_000)
    assert before is not None
    page.set_viewport_size(before)


@pytest.mark.parametrize("name", ["gia-lai-2023-province", "khung-2024-commune"])
def test_a_framework_is_read_and_searched(chromium: Browser, live_server, emptied_log, name: str) -> None:
    version = add_framework(text=bundled_text(name))
    code = "4.5" if name.startswith("gia") else "I.3"
    with signed_in(chromium, live_server.url, make.person()) as context:
        page = context.pages[0]
        page.click("nav.side >> text=Bộ chỉ số")
        sound(page)
        page.click(f"text={version.title_vi}")
        sound(page)
        page.fill("#q", f"{code}")
        page.keyboard.press("Enter")
        page.wait_for_url("**?q=*")
        page.locator("tbody a", has_text=code).first.focus()
        page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(code)
        expect(page.locator("h2", has_text="Diễn giải")).to_be_visible()
        sound(page)
        page.click("[rel=next]")
        expect(page.locator("h1")).not_to_contain_text(f"{code} ")
        page.goto(f"/frameworks/{version.pk}/findings")
        sound(page)


def test_a_file_is_checked_taken_and_compared(chromium: Browser, live_server, emptied_log) -> None:
    make.framework()
    coordinator = make.person((Role.COORDINATOR, make.unit("Tỉnh mẫu", make.Kind.PROVINCE)))
    faulty = make.SMALL.replace("numerator: a", "numerator: z")
    newer = make.SMALL.replace('version: "1.0"', 'version: "2.0"').replace(
        "title: Có kế hoạch", "title: Có chương trình"
    )
    with signed_in(chromium, live_server.url, coordinator) as context:
        page = context.pages[0]
        for content in (faulty, newer):
            page.goto("/frameworks/add")
            sound(page)
            page.set_input_files("#id_file", {"name": "a.yaml", "mimeType": "text/yaml", "buffer": content.encode()})
            page.click("main form button >> text=Kiểm tra")
            page.click("text=Tiếp tục")
            sound(page)
            expect(page.locator(".alert-danger:visible")).to_have_count(1 if content is faulty else 0)
        page.click("text=Nhận bộ chỉ số này")
        page.click("text=khác gì")
        expect(page.locator("td", has_text="Có chương trình")).to_be_visible()
        sound(page)
    assert sorted(FrameworkVersion.objects.values_list("version", flat=True)) == ["1.0", "2.0"]


def test_a_coordinator_reminds_chosen_units(chromium: Browser, live_server, emptied_log) -> None:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    round_ = make.round_(province)
    first, second = (make.participant(round_, make.unit(f"Xã mẫu {letter}")) for letter in "AB")
    officer = make.person((Role.OFFICER, first.unit))
    make.person((Role.OFFICER, second.unit))
    with signed_in(chromium, live_server.url, make.person((Role.COORDINATOR, province))) as context:
        page = context.pages[0]
        page.goto(f"/results/round/{round_.pk}/board")
        sound(page)
        page.get_by_label("Chọn Xã mẫu A").check()
        page.click("text=Nhắc các đơn vị đã chọn")
        page.fill("textarea", "Xin nộp sớm.")
        page.click("text=Xem trong thư")
        expect(page.locator(".mail .text")).to_contain_text("Xin nộp sớm.")
        sound(page)
        page.click("text=Gửi 1 thư")
        expect(page.locator("main")).to_contain_text("Đã nhắc 1 người về 1 đơn vị.")
        page.click("text=Quay lại")
        expect(page.locator("tr", has_text="Xã mẫu A")).to_contain_text("đã nhắc ngày")
        expect(page.locator("tr", has_text="Xã mẫu B")).not_to_contain_text("đã nhắc ngày")
    assert [one.to for one in mail.outbox] == [[officer.email]]
