"""A newcomer who follows the tutorial of the web application, and nothing else, comes to its end."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.docs.pages import ROOT
from tests.web.browser.chromium import CHROMIUM
from tests.web.browser.demonstration import served
from tests.web.browser.following import Reader

TUTORIAL = ROOT / "docs/tutorial/mo-dot-va-nop-bao-cao.md"

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists(), reason="Chromium is not installed"),
]


def test_a_newcomer_comes_to_the_end(chromium: Browser, tmp_path: Path) -> None:
    with served(tmp_path) as address, chromium.new_context(locale="vi-VN") as context:
        reader = Reader(context.new_page(), address, tmp_path)
        reader.follow(TUTORIAL.read_text("utf-8"))
    # The text holds what is done in ways that are understood: nothing of it was passed over.
    assert {way: count for way, count in reader.done.items() if count < 2} == {}
    assert set(reader.done) == {"commands", "picture", "label", "name", "words", "email", "invited"}
