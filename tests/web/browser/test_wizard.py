"""A coordinator opens a round in a real browser, by keyboard where it counts, on a laptop and on a phone."""

from __future__ import annotations

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from chiso.web.people.models import Role
from chiso.web.rounds.models import Round, Stage
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, signed_in
from tests.web.rounds.test_registration import LEVELS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

STEPS = ("basis", "units", "groups", "readings", "outside", "below", "calendar", "people", "")


@pytest.fixture
def province(emptied_log: None) -> Unit:
    made = make.unit("Tỉnh mẫu", Kind.PROVINCE)
    for letter in "ABC":
        make.unit(f"Xã mẫu {letter}", Kind.COMMUNE, made)
    return made


def serious(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found if one["impact"] in ("serious", "critical")
    ]


def overflows(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def test_from_nothing_to_an_open_round(chromium: Browser, live_server, province: Unit) -> None:
    make.framework()
    person = make.person((Role.COORDINATOR, province))
    with signed_in(chromium, live_server.url, person) as context:
        page = context.pages[0]
        page.goto("/rounds/new")
        page.get_by_label("Tên", exact=True).fill("Đợt 2026")
        page.get_by_label("Bộ chỉ số mẫu").focus()
        page.keyboard.press("Space")
        page.get_by_role("button", name="Lưu và tiếp tục").click()
        # Nothing is lost: one leaves and finds the round again.
        page.goto("/rounds/")
        page.get_by_role("link", name="Đợt 2026").click()
        expect(page.get_by_role("button", name="Mở đợt đánh giá")).to_be_disabled()
        page.get_by_label("Các bước chuẩn bị").get_by_role("link", name="Đơn vị").click()
        page.get_by_label("xã", exact=True).check()
        page.get_by_role("button", name="Thêm", exact=True).click()
        expect(page.get_by_role("status")).to_contain_text("Đã thêm 3 đơn vị")
        page.get_by_role("link", name="Tiếp tục").click()
        for _ in range(5):
            page.get_by_role("button", name="Tiếp tục").or_(page.get_by_role("button", name="Lưu và tiếp tục")).click()
        page.get_by_role("link", name="Tiếp tục").click()
        page.get_by_role("button", name="Mở đợt đánh giá").click()
        expect(page.get_by_role("status")).to_contain_text("đang nhận báo cáo")

    made = Round.objects.get()
    assert (made.stage, made.participants.count()) == (Stage.OPEN, 3)


@pytest.mark.parametrize("width", [1366, 390])
def test_no_step_has_a_serious_fault_or_is_wider_than_the_screen(
    chromium: Browser, live_server, province: Unit, width: int
) -> None:
    round_ = make.round_(province, make.framework(LEVELS), stage=Stage.PREPARING)
    members = [make.participant(round_, unit) for unit in Unit.objects.filter(versions__kind=Kind.COMMUNE)]
    open_ = make.round_(province, round_.framework, opened_at=timezone.now() - dt.timedelta(days=1))
    person = make.person((Role.COORDINATOR, province))
    pages = [f"/rounds/{round_.pk}/{step}" for step in STEPS]
    pages += ["/rounds/new", f"/rounds/{open_.pk}/", f"/rounds/{open_.pk}/copy", f"/rounds/{open_.pk}/calendar"]
    pages.append(f"/rounds/participants/{members[0].pk}/level")
    with signed_in(chromium, live_server.url, person, viewport={"width": width, "height": 800}) as context:
        page = context.pages[0]
        found = {}
        for address in pages:
            page.goto(address)
            found[address] = (serious(page), overflows(page))

    assert found == dict.fromkeys(pages, ([], False))
