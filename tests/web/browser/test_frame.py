"""What every page stands in: on a laptop the bar, the navigation and the header of a table stay in sight."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page

from tests.web import factories as make
from tests.web.browser.conftest import LAPTOP, signed_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("emptied_log")]

#: How high the bar is, in pixels.
BAR = 48


def top(page: Page, place: str) -> float:
    box = page.locator(place).first.bounding_box()
    assert box is not None
    return box["y"]


def test_what_leads_stays_in_sight_to_the_end_of_a_long_table(chromium: Browser, live_server) -> None:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    for number in range(40):
        make.unit(f"Xã mẫu {number:02}", parent=province)
    with signed_in(chromium, live_server.url, make.person()) as context:
        page = context.pages[0]
        page.goto(f"/units/?under={province.pk}")
        page.locator(".scroll.fits").wait_for()
        page.locator("tbody tr").last.scroll_into_view_if_needed()
        assert page.evaluate("scrollY") > LAPTOP["height"]
        assert [top(page, place) for place in (".topbar", ".side", ".figures thead th")] == [0, BAR, BAR]


def test_a_short_page_does_not_scroll(chromium: Browser, live_server) -> None:
    with signed_in(chromium, live_server.url, make.person()) as context:
        page = context.pages[0]
        assert page.evaluate("document.documentElement.scrollHeight") == LAPTOP["height"]
