"""The bundled frameworks printed in every format, and read back."""

from __future__ import annotations

from dataclasses import replace

import pytest

import chiso
from chiso.decree.document.gaps import rows_of
from chiso.decree.document.geometry import Box, TextLine, Word
from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import Draft, drafts_of
from chiso.decree.report.comparison import compared
from tests.decree.makers.docx import docx
from tests.decree.makers.html import html
from tests.decree.makers.pdf import pdf
from tests.decree.makers.printed import Block, Layout, PTable, layout_of, printed, table
from tests.decree.makers.text import as_list, one_a_line, paged, piped, tabbed
from tests.decree.makers.xlsx import xlsx

FORMATS = {
    "docx": docx,
    "html": lambda blocks: html(blocks).encode(),
    "html-bare": lambda blocks: html(blocks, layout=False).encode(),
    "pdf": pdf,
    "pdf-rows-kept-whole": lambda blocks: pdf(blocks, split=False),
    "pdf-lines-as-boxes": lambda blocks: pdf(blocks, boxes=True),
    "xlsx": xlsx,
    "tabs": lambda blocks: tabbed(blocks).encode(),
    "tabs-over-lines": lambda blocks: tabbed(blocks, lines=True).encode(),
    "pipes": lambda blocks: piped(blocks).encode(),
    "one-cell-a-line": lambda blocks: one_a_line(blocks).encode(),
    "one-cell-a-line-by-tabs": lambda blocks: one_a_line(blocks, "\t").encode(),
    "pages-of-a-scan": lambda blocks: paged(blocks, 3).encode(),
}

#: What the pages do not print: pillars stand in prose that these do not have; evidence is worked out by people.
NOT_PRINTED = {"pillars", "evidence", "printed_counts", "legal.errata", "rule"}


def read(data: bytes) -> Draft:
    found = drafts_of(read_bytes(data, "van-ban"))
    assert len(found) == 1
    return found[0]


def wrong(draft: Draft, known: str) -> list[tuple[str, str, str, str]]:
    differences = compared(draft.framework, chiso.load(known)).differences
    return [(one.row, one.field, one.draft, one.reference) for one in differences if one.field not in NOT_PRINTED]


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("known", chiso.bundled())
def test_everything_printed_is_read_back(known: str, form: str) -> None:
    assert wrong(read(FORMATS[form](printed(chiso.load(known)))), known) == []


@pytest.mark.parametrize("middle", [False, True], ids=["top", "middle"])
@pytest.mark.parametrize("split", [False, True], ids=["whole", "torn"])
@pytest.mark.parametrize("known", chiso.bundled())
def test_a_pdf_without_lines_is_read_wherever_words_stand_in_their_cells(known: str, split: bool, middle: bool) -> None:
    framework = chiso.load(known)
    blocks = printed(framework, replace(layout_of(framework), information=False))
    found = wrong(read(pdf(blocks, ruled=False, split=split, middle=middle)), known)
    assert [one for one in found if one[1] != "information"] == []


def test_rows_that_do_not_stand_apart_begin_with_their_numbers() -> None:
    lines = [
        TextLine([Word(text, Box(x, y, x + 6 * len(text), y + 8), 8.0) for x, text in words]) for y, words in CLOSE
    ]
    rows = [[cell.text for cell in cells] for cells, _ in rows_of(lines, [0.0, 40.0, 300.0], 1)]
    assert rows == [["STT", "Tiêu chí", "Điểm"], ["1", "Kế hoạch\nnăm", "10"], ["2", "Báo cáo", "5"]]


#: A table whose rows are no further apart than the lines of a cell: how far down, and words by their left edge.
CLOSE = [
    (0.0, [(0.0, "STT"), (40.0, "Tiêu chí"), (300.0, "Điểm")]),
    (10.0, [(0.0, "1"), (40.0, "Kế hoạch"), (300.0, "10")]),
    (20.0, [(40.0, "năm")]),
    (30.0, [(0.0, "2"), (40.0, "Báo cáo"), (300.0, "5")]),
]


@pytest.mark.parametrize("known", ["an-giang-2024-district", "gia-lai-2023-province"])
def test_a_list_without_any_table_is_read(known: str) -> None:
    framework = chiso.load(known)
    layout = Layout(("code", "title", "max", "rule"))
    head = [block for block in printed(framework, replace(layout, information=False)) if not isinstance(block, PTable)]
    text = tabbed(head) + as_list(table(framework, layout), layout.columns)
    draft = read(text.encode())
    codes = {one.code: one.max_points for one in framework.criteria.values() if one.max_points is not None}
    found = {code: one.max_points for code, one in draft.framework.criteria.items() if code in codes}
    assert found == codes


def test_two_documents_in_one_are_two_sets() -> None:
    first, second = (printed(chiso.load(known)) for known in ("an-giang-2024-department", "an-giang-2024-district"))
    found = drafts_of(read_bytes(docx([*first, *second]), "van-ban.docx"))
    assert [one.framework.unit_kinds for one in found] == [["department"], ["district"]]
    assert [len(one.framework.criteria) for one in found] == [35, 65]


def test_merged_agencies_hold_for_every_row_they_cover() -> None:
    framework = chiso.load("gia-lai-2023-province")
    layout = replace(layout_of(framework), merge_agencies=True)
    for data in (docx(printed(framework, layout)), html(printed(framework, layout)).encode()):
        assert [one for one in wrong(read(data), framework.id) if one[1] == "lead"] == []


def test_what_a_document_is_does_not_depend_on_its_name() -> None:
    blocks: list[Block] = printed(chiso.load("an-giang-2024-department"))
    for data in (docx(blocks), pdf(blocks), html(blocks).encode(), tabbed(blocks).encode()):
        assert drafts_of(read_bytes(data, "1.bin"))[0].data == drafts_of(read_bytes(data, "2.docx"))[0].data
