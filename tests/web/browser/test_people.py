"""Pages about people in a real browser: units offered while one types, an invitation accepted, a role handed over."""

from __future__ import annotations

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from playwright.sync_api import Browser, Page, expect

from chiso.web.people.access import Access
from chiso.web.people.models import Role, User
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

WIDTHS = (1366, 390)


@pytest.fixture
def commune(emptied_log: None) -> Unit:
    return make.unit("Xã mẫu", parent=make.unit("Tỉnh mẫu", Kind.PROVINCE))


@pytest.fixture
def coordinator(commune: Unit) -> User:
    province = commune.versions.get().parent
    return make.person((Role.COORDINATOR, province))


def faultless(page: Page) -> None:
    """Check what a page shows: no serious fault of accessibility, nothing beside the screen."""
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 800})
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{page.url} at {width}"
    page.set_viewport_size({"width": WIDTHS[0], "height": 800})


def test_somebody_is_invited_and_accepts(chromium: Browser, live_server, commune: Unit, coordinator: User) -> None:
    with signed_in(chromium, live_server.url, coordinator) as context:
        page = context.new_page()
        page.goto("/people/invitations/new")
        faultless(page)
        page.get_by_label("Thư điện tử").fill("an.mau@example.org")
        page.get_by_label("Họ và tên").fill("An Mẫu")
        page.get_by_label("Vai trò").select_option("officer")
        page.get_by_label("Đơn vị", exact=True).type("xa mau")
        offered = f"{commune.code} — Xã mẫu"
        expect(page.locator("#unit-options option")).to_have_attribute("value", offered)
        page.get_by_label("Đơn vị", exact=True).fill(offered)
        page.get_by_role("button", name="Mời", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Lời mời đang được gửi đi")
        faultless(page)

    link = re.search(r"/account/invitation/\S+", str(mail.outbox[0].body))
    assert link is not None
    with chromium.new_context(locale="vi-VN", base_url=live_server.url) as context:
        page = context.new_page()
        page.goto(link[0])
        faultless(page)
        page.get_by_label("Mật khẩu", exact=True).fill("four quiet green lamps")
        page.get_by_label("Nhập lại mật khẩu").fill("four quiet green lamps")
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Tài khoản đã sẵn sàng")
        expect(page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")
    made = User.objects.get(email="an.mau@example.org")
    assert Access.of(made.pk).has(Role.OFFICER, unit_id=commune.pk)


def test_a_role_is_handed_over(chromium: Browser, live_server, commune: Unit, coordinator: User) -> None:
    officer, head = make.person((Role.OFFICER, commune)), make.person((Role.HEAD, commune))
    with signed_in(chromium, live_server.url, coordinator) as context:
        page = context.new_page()
        for address in ("/people/", "/people/units", "/people/invitations/many", f"/people/{officer.pk}/contacts"):
            page.goto(address)
            faultless(page)
        page.get_by_role("link", name="Kết thúc hoặc bàn giao").click()
        expect(page.get_by_label("Người kế nhiệm", exact=True)).to_be_hidden()
        page.get_by_label("Ngay lập tức").check()
        page.get_by_label("Người đang giữ vai trò ở cùng đơn vị").check()
        faultless(page)
        page.locator("select[name=colleague]").select_option(label=head.full_name)
        page.get_by_role("button", name="Ghi nhận").click()
        expect(page.get_by_role("status")).to_contain_text("Dữ liệu đã nhập vẫn thuộc về đơn vị")
    assert [Access.of(one.pk).has(Role.OFFICER) for one in (officer, head)] == [False, True]
