"""Rows that the end of a page has torn, as PDF prints them: the headings again, and what had no room above."""

from __future__ import annotations

from collections.abc import Sequence

from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import Draft, drafts_of
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import Block, PCell, PParagraph, PTable

HEADINGS = ("TT", "Tiêu chí", "Điểm tối đa", "Cách tính điểm")
RATIO = "- Điểm = Tỷ lệ x điểm tối đa"


def draft(*pages: Sequence[Sequence[str]]) -> Draft:
    """Read rows, each page a table of its own below the same headings."""
    blocks: list[Block] = [PParagraph("BỘ TIÊU CHÍ ĐÁNH GIÁ CÁC SỞ, BAN, NGÀNH", bold=True, centred=True)]
    blocks += [PTable([[PCell(text) for text in row] for row in (HEADINGS, *rows)], 1) for rows in pages]
    (found,) = drafts_of(read_bytes(docx(blocks), "van-ban.docx"))
    return found


def rows(found: Draft) -> list[tuple[str, str, str]]:
    return [(one.code, one.title, str(one.max_points)) for one in found.framework.criteria.values()]


def test_a_number_and_its_rest_on_the_next_page_are_one() -> None:
    first = [
        ("1", "Hạ tầng", "20", ""),
        ("1.9", "Tỷ lệ máy tính có mạng", "10", RATIO),
        ("1.1", "Tỷ lệ máy tính cài phần", "10", "a = Số máy tính đã cài"),
    ]
    second = [("0", "mềm diệt virus", "", "b = Tổng số máy tính\n- Điểm = a/b x điểm tối đa")]
    found = draft(first, second)
    assert rows(found) == [
        ("1.9", "Tỷ lệ máy tính có mạng", "10"),
        ("1.10", "Tỷ lệ máy tính cài phần mềm diệt virus", "10"),
    ]
    assert found.framework.criteria["1.10"].rule.kind == "ratio"


def test_a_row_of_its_own_is_no_rest() -> None:
    first = [("1", "Hạ tầng", "10", ""), ("1.1", "Tỷ lệ máy tính có mạng", "10", RATIO)]
    found = draft(first, [("2", "Nhân lực", "10", ""), ("2.1", "Tỷ lệ cán bộ được tập huấn", "10", RATIO)])
    assert [one.code for one in found.framework.dimensions] == ["1", "2"]


def test_numbers_broken_in_a_narrow_column_stay_beside_each_other() -> None:
    found = draft(
        [
            ("1", "Hạ tầng", "30", ""),
            ("1.9", "Tỷ lệ máy tính có mạng", "10", RATIO),
            ("1.1\n0", "Tỷ lệ cán bộ được tập huấn", "10", RATIO),
            ("1.1\n1", "Tỷ lệ văn bản điện tử", "10", RATIO),
        ]
    )
    assert [code for code, _, _ in rows(found)] == ["1.9", "1.10", "1.11"]


def test_the_rest_of_a_rule_that_recurs_on_other_pages_is_read_each_time() -> None:
    rest = ("", "", "", "b = Tổng số máy tính;\nĐiểm = (a/b) x 10")

    def torn(number: int) -> tuple[str, str, str, str]:
        return (f"1.{number}", f"Tỷ lệ thứ {number}", "10", "a = Số máy tính đã cài;")

    found = draft([("1", "Hạ tầng", "30", ""), torn(1)], [rest, torn(2)], [rest, torn(3)], [rest])
    assert [one.rule.kind for one in found.framework.criteria.values()] == ["ratio"] * 3
    assert [one for one in found.left_over if one.reason == "repeated_heading"] == []


def test_a_formula_at_the_top_of_a_page_does_not_go_on_with_a_name() -> None:
    first = [("1", "Hạ tầng", "10", ""), ("1.1", "Tỷ lệ máy tính", "10", "a. Số máy đã cài\nb. Tổng số máy")]
    found = draft(first, [("", "", "", "Tỷ lệ = a/b\n- Điểm = Tỷ lệ x điểm tối đa")])
    criterion = found.framework.criteria["1.1"]
    assert [one.label for one in criterion.inputs] == ["Số máy đã cài", "Tổng số máy"]
    assert criterion.rule.kind == "ratio"
