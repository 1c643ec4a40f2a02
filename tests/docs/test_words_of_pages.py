"""The Vietnamese how-tos name what stands on the pages of the application, word for word.

The tutorial is held to more: a newcomer follows it in a browser (``tests/web/browser/test_tutorial.py``).
"""

from __future__ import annotations

import re
from functools import cache

import pytest
from babel.messages.pofile import read_po

from tests.docs.pages import ROOT

#: How-tos in Vietnamese are told by their titles, which have letters that only Vietnamese has.
_VIETNAMESE = re.compile(r"# .*[ăđơưạảấầẩậắằặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ]", re.I)

PAGES = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (ROOT / "docs/how-to").glob("*.md")
    if _VIETNAMESE.match(path.read_text("utf-8"))
)

_PLACEHOLDER = re.compile(r"%\(\w+\)s")


@cache
def shown() -> re.Pattern[str]:
    """Return what the application says in Vietnamese, each message whole, with whatever its placeholders stand for."""
    found: set[str] = set()
    for path in (ROOT / "src/chiso/web").rglob("locale/vi/LC_MESSAGES/django.po"):
        with path.open("rb") as file:
            for message in read_po(file, locale="vi"):
                texts = message.string if isinstance(message.string, tuple | list) else [message.string]
                found.update(text for text in texts if message.id and text)
    # A message that is nothing but placeholders would let everything pass.
    told = (_PLACEHOLDER.split(text) for text in found if _PLACEHOLDER.sub("", text).strip(" :/.,"))
    return re.compile("|".join(".+".join(map(re.escape, parts)) for parts in told), re.IGNORECASE)


def quoted(page: str) -> list[str]:
    """Return the words of the application that a page quotes: **Mở đợt đánh giá**, “Đã lưu”, one after the other."""
    text = (ROOT / page).read_text("utf-8")
    found = re.findall(r"\*\*([^*]+)\*\*|“([^”]+)”", text)
    return [" ".join(part.split()) for bold, words in found for part in (bold or words).split("→")]


def test_every_how_to_for_officers_is_looked_at() -> None:
    assert [page.rpartition("/")[2] for page in PAGES] == [
        "cung-cap-so-lieu.md",
        "mo-dot-danh-gia.md",
        "nguoi-dung.md",
        "nhap-bao-cao.md",
    ]


@pytest.mark.parametrize("page", PAGES)
def test_every_quoted_word_stands_on_a_page(page: str) -> None:
    words = quoted(page)
    assert len(words) > 5
    assert [text for text in words if not shown().fullmatch(text)] == []
