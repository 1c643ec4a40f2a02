"""Single sign-on in a real browser, whose policy on where forms may lead the provider's address must not break."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from chiso.web.people.models import Role
from tests.web import factories as make
from tests.web.browser.conftest import LAPTOP
from tests.web.people.provider import serving

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_an_officer_signs_in_by_single_sign_on(live_server, chromium: Browser, emptied_log: None, settings) -> None:
    officer = make.person((Role.OFFICER, make.unit("Xã mẫu A")))
    with serving() as provider:
        settings.SOCIALACCOUNT_PROVIDERS = provider.settings()
        provider.claims = {"sub": "7", "email": officer.email, "email_verified": True}
        context = chromium.new_context(locale="vi-VN", viewport=LAPTOP)
        page = context.new_page()
        page.goto(f"{live_server.url}/account/login/")
        page.get_by_role("button", name="Đăng nhập bằng SSO").click()
        page.wait_for_url(f"{live_server.url}/")

        assert page.get_by_role("link", name=officer.full_name).is_visible()
        context.close()
