"""Takes the pictures of the docs from the demonstration: ``make screenshots``.

Each is a page as somebody sees it, on a laptop or on a telephone; names on the command line take these
alone, ``tutorial`` those of the tutorial. Where pngquant is installed it makes the files smaller. Look at every picture
before it is committed.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.docs.pages import ROOT
from tests.web.browser.chromium import ARGS, CHROMIUM
from tests.web.browser.demonstration import served, sign_in
from tests.web.browser.following import Reader

FOLDER = ROOT / "docs/pictures"
TUTORIAL = ROOT / "docs/tutorial/mo-dot-va-nop-bao-cao.md"
LAPTOP, TELEPHONE = {"width": 1366, "height": 768}, {"width": 390, "height": 844}


def press(page: Page, name: str, role: str = "link") -> None:
    """Press what is called so, or the first of several in the content of the page."""
    page.locator("main, nav.side").get_by_role(role, name=name).first.click()
    page.wait_for_load_state("networkidle")


def home(page: Page) -> None:
    """See what is due: where everybody begins."""


def workplace(page: Page) -> None:
    """Enter figures: the first criterion of two, with its points."""
    press(page, "Tiếp tục")
    page.goto(page.url.partition("/at/")[0] + "/at/1.3/")


def missing(page: Page) -> None:
    """See what is missing before submission."""
    press(page, "Tiếp tục")
    press(page, "Còn thiếu gì, nộp")


def receipt(page: Page) -> None:
    """Submit, and get a receipt."""
    missing(page)
    press(page, "Nộp báo cáo", "button")


def review(page: Page) -> None:
    """Read a submitted report before signing it."""
    press(page, "Xem và ký duyệt")
    page.locator("#figures summary", has_text="3. Hạ tầng số").click()
    page.locator("#figures").evaluate("section => section.scrollIntoView()")


def board(page: Page) -> None:
    """Follow how far 65 communes are."""
    press(page, "Xem Mức độ chuyển đổi số cấp xã tỉnh Khánh Hòa năm 2026")


def ranking(page: Page) -> None:
    """See who leads."""
    press(page, "Kết quả Chỉ số chuyển đổi số cấp tỉnh năm 2")
    page.wait_for_timeout(1500)


def wizard(page: Page) -> None:
    """Prepare next year's round."""
    press(page, "Tiếp tục chuẩn bị")
    press(page, "Lịch")


def people(page: Page) -> None:
    """See which communes have nobody yet."""
    press(page, "Người dùng")
    press(page, "Theo đơn vị")


def framework(page: Page) -> None:
    """Read a framework."""
    press(page, "Bộ chỉ số")
    press(page, "Bộ chỉ số đánh giá chuyển đổi số (DTI) cấp tỉnh")


def log(page: Page) -> None:
    """See who changed what."""
    press(page, "Nhật ký")


def supply(page: Page) -> None:
    """Supply figures for many units at once."""
    press(page, "Tiếp tục")


#: Who sees which page, in this order: a report is submitted before its head reads it, and after the ranking was seen.
PICTURES: list[tuple[str, str, Callable[[Page], None], dict[str, int]]] = [
    ("home", "canbo", home, LAPTOP),
    ("home-telephone", "canbo", home, TELEPHONE),
    ("workplace", "canbo", workplace, LAPTOP),
    ("workplace-telephone", "canbo", workplace, TELEPHONE),
    ("missing", "canbo", missing, LAPTOP),
    ("ranking", "lanhdao", ranking, LAPTOP),
    ("ranking-telephone", "lanhdao", ranking, TELEPHONE),
    ("receipt", "canbo", receipt, LAPTOP),
    ("review", "thutruong", review, LAPTOP),
    ("board", "dieuphoikh", board, LAPTOP),
    ("wizard", "dieuphoi", wizard, LAPTOP),
    ("people", "dieuphoikh", people, LAPTOP),
    ("framework", "lanhdao", framework, LAPTOP),
    ("log", "dieuphoixa", log, LAPTOP),
    ("supply", "thongke", supply, LAPTOP),
]


def take(browser: Browser, address: str, names: set[str]) -> None:
    """Take the pictures of these names, or all."""
    for name, person, way, screen in PICTURES:
        if names and name not in names:
            continue
        with browser.new_context(locale="vi-VN", base_url=address, viewport=screen, reduced_motion="reduce") as context:
            page = context.new_page()
            sign_in(page, f"{person}@mau.example")
            way(page)
            page.wait_for_load_state("networkidle")
            page.evaluate("document.fonts.ready")
            expect(page.locator("main")).to_be_visible()
            page.screenshot(path=FOLDER / f"{name}.png")
            shrink(FOLDER / f"{name}.png")


def follow(browser: Browser, address: str, data: Path) -> None:
    """Take the pictures of the tutorial, where its text shows them."""
    with browser.new_context(locale="vi-VN", viewport=LAPTOP, reduced_motion="reduce") as context:
        Reader(context.new_page(), address, data, pictures=FOLDER).follow(TUTORIAL.read_text("utf-8"))
    for picture in FOLDER.glob("tutorial-*.png"):
        shrink(picture)


def shrink(picture: Path) -> None:
    """Make a file smaller, where that is possible."""
    if pngquant := shutil.which("pngquant"):
        subprocess.run([pngquant, "--force", "--ext", ".png", "64", str(picture)], check=True)


def main() -> None:
    """Serve a demonstration of its own, and take its pictures."""
    with tempfile.TemporaryDirectory() as data, served(Path(data)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=str(CHROMIUM), args=[*ARGS, "--lang=vi"])
        take(browser, address, set(sys.argv[1:]))
        if not sys.argv[1:] or "tutorial" in sys.argv[1:]:
            follow(browser, address, Path(data))


if __name__ == "__main__":
    main()
