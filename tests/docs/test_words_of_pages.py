"""The Vietnamese pages of the docs name what stands on the pages of the application, word for word."""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.docs.pages import ROOT

PAGES = [
    "docs/tutorial/mo-dot-va-nop-bao-cao.md",
    "docs/how-to/mo-dot-danh-gia.md",
    "docs/how-to/nhap-bao-cao.md",
]


@cache
def shown() -> frozenset[str]:
    """Return every Vietnamese text of the application, in small letters."""
    found: set[str] = set()
    for path in (ROOT / "src/chiso/web").rglob("locale/vi/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="vi"):
                texts = message.string if isinstance(message.string, tuple | list) else [message.string]
                found.update(text.casefold() for text in texts if text)
    return frozenset(found)


def quoted(page: str) -> list[str]:
    """Return the words that a page quotes in bold, such as **Mở đợt đánh giá**."""
    return re.findall(r"\*\*([^*]+)\*\*", (ROOT / page).read_text("utf-8"))


@pytest.mark.parametrize("page", PAGES)
def test_every_word_in_bold_stands_on_a_page(page: str) -> None:
    words = [part.strip() for text in quoted(page) for part in re.split(r"→", text)]
    assert len(words) > 5
    assert [text for text in words if not any(text.casefold() in told for told in shown())] == []
