"""Evidence in a real browser: chosen, dropped, refused, taken away, used again, as a link."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from chiso.web.audit.models import Entry
from chiso.web.evidence.models import Evidence, EvidenceLink
from tests.web.browser.conftest import CHROMIUM, meanwhile, signed_in, tab_to
from tests.web.collection.conftest import Office
from tests.web.evidence import files

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\0" * 120

#: Drops files on a place, as a file manager does; ``over`` alone leaves them in the air.
_DROP = """([place, named, alone]) => {
  const data = new DataTransfer();
  for (const [name, content] of named) {
    data.items.add(new File([Uint8Array.from(atob(content), (one) => one.charCodeAt(0))], name));
  }
  const about = { dataTransfer: data, bubbles: true, cancelable: true };
  const there = document.querySelector(place);
  for (const kind of ["dragenter", "dragover", ...(alone ? [] : ["drop"])]) {
    there.dispatchEvent(new DragEvent(kind, about));
  }
}"""


_UNDER_WAY = """() => {
  const bar = document.querySelector("progress.running");
  return bar && bar.value > 5 && bar.value < 100;
}"""


def dropped(page: Page, named: dict[str, bytes], place: str = "[data-drop]", *, only_over: bool = False) -> None:
    contents = [[name, base64.b64encode(content).decode()] for name, content in named.items()]
    page.evaluate(_DROP, [place, contents, only_over])


def opened(page: Page, office: Office, code: str = "1.3") -> Locator:
    """Open a criterion; return its evidence."""
    page.goto(f"/reports/{office.report.pk}/at/{code}/")
    place = page.locator("[data-evidence]")
    place.scroll_into_view_if_needed()
    return place


def written(name: str, content: bytes, folder: Path) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def test_a_file_is_chosen_described_taken_away_and_used_again(
    chromium: Browser, live_server, office: Office, tmp_path: Path
) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = context.pages[0]
        place = opened(page, office)
        expect(place).to_contain_text("Chưa có tài liệu")
        place.get_by_label("Kéo thả tệp").set_input_files(written("Kế hoạch số 12.pdf", files.PDF, tmp_path))
        place.get_by_text("Số, ngày, cơ quan ban hành, hiệu lực").click()
        place.get_by_label("Trích yếu").fill("Kế hoạch kiểm tra năm 2025")
        place.get_by_label("Số", exact=True).fill("12/KH-UBND")
        place.get_by_label("Ngày", exact=True).fill("6/5/2025")
        place.get_by_label("Cơ quan ban hành").fill("UBND xã mẫu A")
        place.get_by_label("Hiệu lực", exact=True).select_option("two_years")
        place.get_by_role("button", name="Thêm tài liệu").click()

        expect(place.get_by_role("status")).to_have_text("Đã thêm 1 tài liệu.")
        expect(place.get_by_role("status")).to_be_focused()
        line = place.locator(".document")
        for words in ("Kế hoạch kiểm tra năm 2025", "12/KH-UBND", "06/05/2025", "UBND xã mẫu A", "31/12/2026"):
            expect(line).to_contain_text(words)
        with context.expect_page() as coming:
            page.get_by_role("link", name="Kế hoạch kiểm tra năm 2025").click(modifiers=["Control"])
        with coming.value.expect_download() as saved:
            coming.value.get_by_role("link", name="Tải xuống").click()
        assert saved.value.suggested_filename == "Kế hoạch số 12.pdf"
        assert Path(saved.value.path()).read_bytes() == files.PDF

        place.get_by_role("button", name="Gỡ bỏ").click()
        expect(place).to_contain_text("Chưa có tài liệu")
        expect(place.get_by_role("status")).to_contain_text("Đã gỡ “Kế hoạch kiểm tra năm 2025”")
        # What it has given once, the unit uses at another criterion without looking for the file.
        place = opened(page, office, "1.1")
        place.get_by_text("Dùng lại").click()
        place.get_by_role("button", name="Dùng", exact=False).click()
        expect(place.locator(".put").first).to_contain_text("Kế hoạch kiểm tra năm 2025")

    made = Evidence.objects.get()
    assert (made.title, made.number, str(made.date), made.issuer) == (
        "Kế hoạch kiểm tra năm 2025", "12/KH-UBND", "2025-05-06", "UBND xã mẫu A",
    )  # fmt: skip
    assert (str(made.valid_from), str(made.valid_to), made.added_by) == ("2025-01-01", "2026-12-31", office.officer)
    links = EvidenceLink.objects.order_by("linked_at")
    assert [(one.code, one.removed_at is None) for one in links] == [("1.3", False), ("1.1", True)]
    told = Entry.objects.filter(strand=f"evidence:{office.report.participant_id}").order_by("number")
    assert [(one.action, one.data["code"]) for one in told] == [
        ("evidence.added", "1.3"),
        ("evidence.put", "1.3"),
        ("evidence.taken_away", "1.3"),
        ("evidence.put", "1.1"),
    ]


def test_files_are_dropped_and_a_program_in_disguise_is_refused(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = context.pages[0]
        place = opened(page, office)
        place.get_by_text("Số, ngày, cơ quan ban hành, hiệu lực").click()
        place.get_by_label("Cơ quan ban hành").fill("UBND xã mẫu A")
        dropped(page, {"x.pdf": b""}, only_over=True)
        expect(place.locator(".drop.over")).to_be_visible()
        dropped(page, {"Báo cáo.pdf": files.PDF, "Hóa đơn.pdf": PROGRAM, "Ảnh.png": files.PNG})

        expect(place.get_by_role("status")).to_have_text("Đã thêm 2 tài liệu.")
        expect(place.get_by_role("alert")).to_have_text(
            "Hóa đơn.pdf: Không nhận loại tệp này. Hãy gửi PDF, Word, Excel, PNG, JPEG hoặc TIFF."
        )
        expect(place.locator(".put .document a")).to_have_text(["Báo cáo.pdf", "Ảnh.png"])
        expect(place.get_by_label("Cơ quan ban hành")).to_have_value("UBND xã mẫu A")

        # A file that misses the place by a little does not take the page away.
        dropped(page, {"Quyết định.pdf": files.PDF + b"\n"}, "h1")
        expect(place.locator(".put .document a")).to_have_text(["Báo cáo.pdf", "Ảnh.png", "Quyết định.pdf"])
        page.get_by_label("Có", exact=True).check()
        expect(page.locator("[data-save-state]")).to_contain_text("Đã lưu")
    assert [(one.title, one.issuer) for one in Evidence.objects.order_by("pk")] == [
        ("Báo cáo.pdf", "UBND xã mẫu A"),
        ("Ảnh.png", "UBND xã mẫu A"),
        ("Quyết định.pdf", "UBND xã mẫu A"),
    ]


def test_the_bar_moves_while_a_file_is_on_its_way_and_the_button_waits(
    chromium: Browser, live_server, office: Office, tmp_path: Path
) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = context.pages[0]
        place = opened(page, office)
        slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 300_000}
        context.new_cdp_session(page).send("Network.emulateNetworkConditions", slow)
        big = written("Lớn.pdf", files.PDF + b"\0" * 500_000, tmp_path)
        place.get_by_label("Kéo thả tệp").set_input_files(big)
        place.get_by_role("button", name="Thêm tài liệu").click()
        bar = place.locator("progress.running")
        expect(bar).to_be_visible()
        expect(place.get_by_role("button", name="Thêm tài liệu")).to_be_disabled()
        page.wait_for_function(_UNDER_WAY)
        expect(place.get_by_role("status")).to_have_text("Đã thêm 1 tài liệu.", timeout=20_000)
    assert Evidence.objects.get().blob.size == big.stat().st_size


def test_a_link_by_keyboard_alone_and_what_is_missing_is_said(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = context.pages[0]
        place = opened(page, office)
        tab_to(page, place.get_by_label("hoặc địa chỉ của một trang"))
        page.keyboard.type("https://example.org/van-ban/15")
        page.keyboard.press("Enter")
        expect(place.get_by_role("alert")).to_contain_text("chưa thêm tài liệu nào")
        expect(place.get_by_label("Trích yếu").locator("..")).to_contain_text("Ghi vài chữ")
        tab_to(page, place.get_by_label("Trích yếu"))
        page.keyboard.type("Văn bản số 15")
        tab_to(page, place.get_by_label("Hiệu lực", exact=True))
        page.keyboard.press("End")
        tab_to(page, place.get_by_label("đến ngày", exact=True))
        page.keyboard.type("30/6/2026")
        page.keyboard.press("Enter")
        expect(place.locator(".put")).to_contain_text("Văn bản số 15")
        expect(place.locator(".put")).to_contain_text("30/06/2026")
    made = Evidence.objects.get()
    assert (made.url, made.title, str(made.valid_to)) == (
        "https://example.org/van-ban/15",
        "Văn bản số 15",
        "2026-06-30",
    )


def test_a_file_that_comes_too_late_is_told_so(chromium: Browser, live_server, office: Office) -> None:
    with signed_in(chromium, live_server.url, office.officer) as context:
        page = context.pages[0]
        place = opened(page, office)
        round_ = office.report.participant.round
        round_.due_at = round_.due_at.replace(year=2020)
        page.wait_for_load_state("networkidle")
        meanwhile(round_.save)
        dropped(page, {"Báo cáo.pdf": files.PDF})
        expect(place.get_by_role("alert")).to_contain_text("Báo cáo đang đóng")
    assert not Evidence.objects.exists()
