"""The report as a page."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import chiso
from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import Draft, drafts_of
from chiso.decree.report.account import as_dict
from chiso.decree.report.page import page
from chiso.decree.report.phrases import PHRASES
from tests.decree.makers.complete import complete
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import PCell, PTable, printed
from tests.decree.makers.written import blocks_of


def draft() -> Draft:
    return drafts_of(read_bytes(docx(printed(chiso.load("khanh-hoa-2023-district"))), "van-ban.docx"))[0]


class Balanced(HTMLParser):
    """Counts what is opened and not closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in ("meta", "br", "input"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_page_loads_nothing_from_elsewhere_and_is_well_formed() -> None:
    text = page(draft())
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*\"|url\(|@import|https?://", text) == []
    checker = Balanced()
    checker.feed(text)
    assert checker.open == []


def test_each_row_stands_beside_its_words_and_its_rule() -> None:
    text = page(draft())
    row = text[text.index('data-row="2.3"') - 4000 : text.index('data-row="2.3"')]
    row = row[row.rindex("<tr ") :]
    assert "Ban hành trễ không quá 05 ngày: ½ * điểm tối đa" in row
    assert "5 điểm (1/2 điểm tối đa)" in row
    assert "trang 1, bảng 2, dòng 11 của bảng" in row


def test_english_and_vietnamese_pages_differ_in_their_own_words_only() -> None:
    one = draft()
    assert "As printed" in page(one, "en")
    assert "Văn bản in" in page(one, "vi")


def test_words_of_the_document_cannot_become_markup() -> None:
    rows = [
        [PCell(text) for text in ("TT", "Tên tiêu chí", "Điểm tối đa")],
        [PCell(text) for text in ("1", "Nhận thức số <script>alert(1)</script>", "20")],
        [PCell(text) for text in ("1.1", "Kế hoạch chuyển đổi số của huyện", "10")],
        [PCell(text) for text in ("1.2", "Người đứng đầu chủ trì các cuộc họp", "10")],
    ]
    found = drafts_of(read_bytes(docx([PTable(rows)]), "a.docx"))[0]
    assert "<script>alert" not in page(found)
    assert "&lt;script&gt;alert(1)" in page(found)


def test_every_reason_has_words() -> None:
    codes = set(PHRASES.codes())
    for one in as_dict(draft())["left_over"]:
        assert f"reason.{one['reason']}" in codes


def test_units_dates_and_weights_stand_in_words_that_an_officer_writes() -> None:
    blocks = blocks_of(Path(__file__).parent.parent / "invented/competitiveness-departments.yaml")
    text = page(drafts_of(read_bytes(docx(blocks), "van-ban.docx"))[0])
    assert '<td class="words">sở, ban, ngành</td>' in text
    assert '<td class="words">12/05/2025</td>' in text
    assert text.count("<dt>trọng số</dt>") == 6  # printed and drafted, of three sub-indices
    assert "<td>trích yếu văn bản</td>" in text


def test_what_is_to_be_decided_stands_first_with_a_link_and_its_place() -> None:
    blocks, _ = complete(Path(__file__).parent.parent / "complete" / "reform-districts.txt")
    text = page(drafts_of(read_bytes(docx(blocks), "van-ban.docx"))[0])
    tasks = text[text.index("<ol>") : text.index("</ol>")]
    assert re.findall(r'<a href="#([^"]+)">', tasks) == ["legal", "row-1", "row-1.1.2"]
    assert "in 15, bản nháp lấy 16" in tasks
    assert "dòng 9 của bảng" in tasks
    assert 'id="row-1.1.2"' in text
