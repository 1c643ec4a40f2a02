"""Columns that each hold one line of the rule, or the points of one grade."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import Draft, drafts_of
from chiso.decree.language.worths import worth_of
from chiso.decree.wording.agreement import points_of
from chiso.framework.model import Criterion
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import PCell, PParagraph, PTable


@pytest.mark.parametrize(
    ("heading", "worth"),
    [
        ("100% số điểm", "100% số điểm"),
        ("Trung bình (50% số điểm)", "50% số điểm"),
        ("Không điểm", "0 điểm"),
        ("Mức 2: 3 điểm", "3 điểm"),
        ("Loại B (7,5đ)", "7,5 điểm"),
        ("1/2 điểm tối đa", "1/2 điểm tối đa"),
    ],
)
def test_a_heading_says_what_its_column_gives(heading: str, worth: str) -> None:
    assert worth_of(heading) == worth


@pytest.mark.parametrize(
    "heading", ["Điểm tối đa", "Tiêu chí (10 điểm)", "Điểm tự chấm", "5 - 10 điểm", "Ghi chú", "2025"]
)
def test_other_headings_give_nothing(heading: str) -> None:
    assert worth_of(heading) is None


def read(*rows: str, headings: int = 1) -> Draft:
    cells = [[PCell(text.strip()) for text in row.split("|")] for row in rows]
    title = PParagraph("TIÊU CHÍ ĐÁNH GIÁ PHÒNG, BAN CỦA HUYỆN", bold=True, centred=True)
    (only,) = drafts_of(read_bytes(docx([title, PTable(cells, headings)]), "options"))
    return only


def criterion(draft: Draft, code: str) -> Criterion:
    return next(one for dimension in draft.framework.dimensions for one in dimension.walk() if one.code == code)


def worth(one: Criterion, **values: int) -> Fraction | None:
    result = points_of(one.effective_rule, one.max_points, {name: Fraction(value) for name, value in values.items()})
    return result.value if result.known else None


def test_columns_of_points_under_grades_are_the_lines_of_a_choice() -> None:
    draft = read(
        "TT | Nội dung tiêu chí | Điểm tối đa | Tốt | Khá | Trung bình | Yếu",
        "1 | Chấp hành quy chế làm việc | 10 | 10 | 7 | 5 | 0",
        "2 | Thái độ phục vụ nhân dân | 20 | 20 | 15 | 8 | 2",
        "3 | Phối hợp công tác | 5 | 5 | 3 | 2 | 0",
    )
    second = criterion(draft, "2")
    assert second.max_points == 20
    assert [worth(second, choice=at) for at in range(4)] == [20, 15, 8, 2]
    assert not draft.left_over or all(one.reason == "heading" for one in draft.left_over)


def test_where_no_column_holds_the_maximum_the_best_grade_gives_it() -> None:
    draft = read(
        "TT | Nội dung tiêu chí | Tốt | Khá | Trung bình",
        "1 | Chấp hành quy chế làm việc | 10 | 7 | 5",
        "2 | Thái độ phục vụ nhân dân | 20 | 15 | 8",
        "3 | Phối hợp công tác | 5 | 3 | 2",
    )
    assert [criterion(draft, code).max_points for code in "123"] == [10, 20, 5]
    assert [worth(criterion(draft, "3"), choice=at) for at in range(3)] == [5, 3, 2]


def test_columns_to_fill_in_are_no_lines() -> None:
    draft = read(
        "TT | Nội dung tiêu chí | Điểm tối đa | Đạt | Không đạt",
        "1 | Chấp hành quy chế làm việc | 10 | |",
        "2 | Thái độ phục vụ nhân dân | 20 | |",
        "3 | Phối hợp công tác | 5 | |",
    )
    assert criterion(draft, "1").effective_rule.kind == "manual"


def test_points_that_are_not_the_best_of_their_row_are_listed() -> None:
    """Two columns of other numbers, as those of two years, are no grades."""
    draft = read(
        "TT | Nội dung tiêu chí | Điểm tối đa | Tốt | Khá",
        "1 | Chấp hành quy chế làm việc | 10 | 6 | 7",
        "2 | Thái độ phục vụ nhân dân | 20 | 11 | 15",
        "3 | Phối hợp công tác | 5 | 4 | 3",
    )
    assert criterion(draft, "2").effective_rule.kind == "manual"
    assert {"11", "15"} <= {one.text for one in draft.left_over}
