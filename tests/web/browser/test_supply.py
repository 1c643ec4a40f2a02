"""A provider's grid in a real browser: a pasted block, the keyboard of a spreadsheet, two people, a lost connection."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from chiso.web.collection.models import Report, ValueStage
from chiso.web.people.models import Role, User
from chiso.web.rounds.models import Participant, Round
from tests.web import factories as make
from tests.web.browser.conftest import CHROMIUM, meanwhile, signed_in, slowly
from tests.web.providers.conftest import AGENCY, SMALL

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

_PASTE = """text => {
  const data = new DataTransfer();
  data.setData("text/plain", text);
  document.activeElement.dispatchEvent(
    new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def units(emptied_log: None) -> list[Participant]:
    province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
    round_ = make.round_(province, make.framework(SMALL))
    return [make.participant(round_, make.unit(f"Xã mẫu {letter}", parent=province)) for letter in "ABC"]


def provider(round_: Round) -> User:
    return make.person((Role.PROVIDER, round_.assessor), agency=AGENCY)


def opened(context: BrowserContext, units: list[Participant]) -> Page:
    page = context.pages[0]
    page.goto(f"/supply/{units[0].round_id}/")
    return page


def entry(page: Page, unit: Participant, fact: str = "households"):
    return page.locator(f'[data-cell="{unit.pk}:{fact}"] .entry')


def saved(page: Page):
    return page.locator("[data-save-state]")


def given(units: list[Participant]) -> list[dict[str, str]]:
    found = dict(Report.objects.filter(stage=ValueStage.PROVIDER).values_list("participant", "values"))
    return [{fact: cell["v"] for fact, cell in found.get(unit.pk, {}).items()} for unit in units]


def test_a_block_is_pasted_checked_cell_by_cell_and_taken_back(chromium: Browser, live_server, units) -> None:
    with signed_in(chromium, live_server.url, provider(units[0].round)) as context:
        page = opened(context, units)
        entry(page, units[0], "1.1/a").focus()
        page.evaluate(_PASTE, '100\t12.040\tCấp phó\r\n-5\t7\t"Người\nđứng đầu"\r\n3\tnhiều\t2\r\n4\t4\t4\r\n')

        expect(saved(page)).to_contain_text("Ô cần xem lại: 2")
        expect(entry(page, units[0])).to_have_value("12.040")
        expect(entry(page, units[1], "1.2/choice")).to_have_value("Người đứng đầu")
        expect(entry(page, units[1], "1.1/a")).to_have_attribute("aria-invalid", "true")
        expect(page.locator("[data-pasted]")).to_contain_text("1 dòng của khối dán không có chỗ")
        expect(page.locator("[data-column=households] [data-column-given]")).to_have_text("2 trên 3 đơn vị")
        assert given(units) == [
            {"1.1/a": "100", "households": "12040", "1.2/choice": "deputy"},
            {"households": "7", "1.2/choice": "head"},
            {"1.1/a": "3", "1.2/choice": "deputy"},
        ]
        page.get_by_role("button", name="Xã mẫu C: nhiều").click()
        expect(page.locator("[data-bar-trouble]")).to_contain_text("“nhiều” không phải là một số")

        page.get_by_role("button", name="Hoàn tác lần dán").click()
        expect(page.locator("[data-column=households] [data-column-given]")).to_have_text("0 trên 3 đơn vị")
    assert [{fact for fact, text in one.items() if text} for one in given(units)] == [set(), set(), set()]


def test_by_keyboard_alone_as_in_a_spreadsheet(chromium: Browser, live_server, units) -> None:
    with signed_in(chromium, live_server.url, provider(units[0].round)) as context:
        page = opened(context, units)
        entry(page, units[0], "1.1/a").focus()
        for key in ("1", "Enter", "2", "ArrowRight", "3", "Tab", "Shift+Tab", "ArrowUp", "4", "5", "Escape", "6"):
            page.keyboard.press(key)
        page.keyboard.press("F2")
        page.keyboard.press("ArrowLeft")
        page.keyboard.type("7")
        page.keyboard.press("Control+Home")
        expect(entry(page, units[0], "1.1/a")).to_be_focused()
        page.keyboard.press("ArrowUp")
        expect(entry(page, units[0], "1.1/a")).to_be_focused()
        expect(saved(page)).to_contain_text("Đã lưu")
    assert given(units) == [{"1.1/a": "1", "households": "76"}, {"1.1/a": "2", "households": "3"}, {}]


def test_a_note_and_a_source_stand_beside_the_value(chromium: Browser, live_server, units) -> None:
    with signed_in(chromium, live_server.url, provider(units[0].round)) as context:
        page = opened(context, units)
        entry(page, units[0]).fill("5")
        page.keyboard.press("Enter")
        entry(page, units[0]).focus()
        page.get_by_label("Nguồn số liệu").last.wait_for(state="attached")
        page.fill("#bar-source", "Niên giám")
        page.keyboard.press("Tab")
        expect(saved(page)).to_contain_text("Đã lưu")
        page.reload()
        entry(page, units[0]).focus()
        expect(page.locator("#bar-source")).to_have_value("Niên giám")
    kept = Report.objects.get(participant=units[0]).values["households"]
    assert (kept["v"], kept["source"]) == ("5", "Niên giám")


def test_the_second_of_two_people_chooses(chromium: Browser, live_server, units) -> None:
    first, second = provider(units[0].round), provider(units[0].round)
    with signed_in(chromium, live_server.url, first) as one, signed_in(chromium, live_server.url, second) as other:
        ours, theirs = opened(one, units), opened(other, units)
        entry(ours, units[0]).fill("5")
        ours.keyboard.press("Enter")
        expect(saved(ours)).to_contain_text("Đã lưu")
        entry(theirs, units[0]).fill("7")
        theirs.keyboard.press("Enter")
        entry(theirs, units[0]).focus()
        expect(theirs.locator("[data-bar-trouble]")).to_contain_text(f"{first.full_name} đã ghi 5 hộ")
        assert given(units)[0] == {"households": "5"}
        theirs.get_by_role("button", name="Thay bằng số của tôi").click()
        expect(saved(theirs)).to_have_attribute("data-kind", "done")
        assert given(units)[0] == {"households": "7"}

        entry(ours, units[0]).fill("8")
        ours.keyboard.press("Enter")
        entry(ours, units[0]).focus()
        ours.get_by_role("button", name="Giữ số của họ").click()
        expect(entry(ours, units[0])).to_have_value("7")
    assert given(units)[0] == {"households": "7"}


def test_what_is_written_before_the_script_is_there_is_saved(chromium: Browser, live_server, units) -> None:
    with signed_in(chromium, live_server.url, provider(units[0].round)) as context:
        context.route("**/grid*.js", slowly)
        page = context.pages[0]
        page.goto(f"/supply/{units[0].round_id}/", wait_until="commit")
        entry(page, units[1]).fill("71")
        expect(saved(page)).to_contain_text("Đã lưu")
    assert given(units) == [{}, {"households": "71"}, {}]


def test_a_lost_connection_and_a_closed_page_lose_nothing(chromium: Browser, live_server, units) -> None:
    with signed_in(chromium, live_server.url, provider(units[0].round)) as context:
        page = opened(context, units)
        context.set_offline(True)
        entry(page, units[1]).focus()
        page.evaluate(_PASTE, "71\n72\n")
        expect(saved(page)).to_contain_text("Mất kết nối, sẽ lưu khi có mạng (2 ô chờ)")
        assert given(units) == [{}, {}, {}]
        page.close()

        context.set_offline(False)
        page = context.new_page()
        page.goto(f"/supply/{units[0].round_id}/")
        expect(saved(page)).to_contain_text("Đã lưu")
        expect(entry(page, units[2])).to_have_value("72")
    assert given(units) == [{}, {"households": "71"}, {"households": "72"}]


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (390, 844)])
def test_nothing_serious_stands_in_the_way_of_anybody(
    chromium: Browser, live_server, units, width: int, height: int
) -> None:
    size = {"width": width, "height": height}
    with signed_in(chromium, live_server.url, provider(units[0].round), viewport=size) as context:
        page = context.pages[0]
        for address in ("/supply/", f"/supply/{units[0].round_id}/"):
            page.goto(address)
            if "data-supply" in page.content():
                entry(page, units[0]).focus()
            found = Axe().run(page).response["violations"]
            assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == [], address
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address


def test_an_objection_is_made_at_the_figure_answered_and_settled(chromium: Browser, live_server, units) -> None:
    unit = units[0]
    own = make.report(unit)
    make.report(unit, stage="provider", values={"households": {"v": "12040", "by": None, "at": "", "n": 0}})
    officer = make.person((Role.OFFICER, unit.unit))
    with (
        signed_in(chromium, live_server.url, officer) as ours,
        signed_in(chromium, live_server.url, provider(unit.round)) as theirs,
    ):
        page = ours.pages[0]
        page.goto(f"/reports/{own.pk}/at/1.1/")
        page.get_by_text("Phản đối số liệu này").click()
        page.get_by_label("Sai ở đâu, đơn vị có số liệu, căn cứ nào?").fill("Thiếu 18 hộ")
        page.get_by_role("button", name="Gửi phản đối đến cơ quan cung cấp").click()
        expect(page.locator("#remarks")).to_contain_text("Thiếu 18 hộ")
        expect(page).to_have_url(f"{live_server.url}/reports/{own.pk}/at/1.1/")

        other = theirs.pages[0]
        other.goto(f"/supply/{unit.round_id}/objections/")
        other.get_by_label("Số sửa lại").fill("12058")
        other.get_by_role("button", name="Gửi").click()
        expect(other.locator(".objection")).to_contain_text("Đã sửa thành 12.058 hộ")
        found = Axe().run(other).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []

        page.reload()
        expect(page.locator("#remarks")).to_contain_text("Đã sửa thành 12.058 hộ")
        found = Axe().run(page).response["violations"]
        assert [one["id"] for one in found if one["impact"] in ("serious", "critical")] == []
        page.get_by_role("button", name="Đã giải quyết").click()
        expect(page.locator(".remark.settled")).to_have_count(1)
    assert given(units)[0] == {"households": "12058"}


def test_a_row_says_at_once_that_its_unit_has_handed_in_meanwhile(chromium: Browser, live_server, units) -> None:
    with signed_in(chromium, live_server.url, provider(units[0].round)) as context:
        page = opened(context, units)
        row = page.locator(f'[data-row="{units[1].pk}"] [data-held]')
        expect(row).to_be_hidden()
        meanwhile(lambda: make.report(units[1], state="submitted"))
        entry(page, units[1]).fill("5")
        entry(page, units[1]).press("Enter")
        expect(row).to_have_text("đã nộp: số liệu sửa từ nay được tính khi đơn vị nộp lại")
        entry(page, units[1]).focus()
        expect(page.locator("[data-bar-unit]")).to_have_text("Xã mẫu B")
