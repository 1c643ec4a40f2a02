"""Lines of a cell of a PDF as their author began them. Letters are 10 points high and 5 wide, a space 2.5."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from chiso.decree.document.geometry import Box, TextLine, Word
from chiso.decree.document.wrapping import unwrapped

EDGE = 100.0


def line(text: str) -> TextLine:
    """Set words from the left, as a word processor does."""
    words, left = [], 0.0
    for word in text.split():
        right = left + 5 * len(word)
        words.append(Word(word, Box(left, 0, right, 10), 10))
        left = right + 2.5
    return TextLine(words)


def read(*lines: str) -> Sequence[str]:
    return unwrapped([line(one) for one in lines], EDGE).split("\n")


def test_a_word_that_had_no_room_above_is_put_back() -> None:
    # 16 letters and two spaces are 85 points; "xử" would need 12.5 more, "nghìn" 27.5.
    assert read("Tỷ lệ phản ánh được", "nghìn người nêu") == ["Tỷ lệ phản ánh được nghìn người nêu"]


def test_a_line_that_was_ended_stays_ended() -> None:
    assert read("Có: 2", "không có: 0") == ["Có: 2", "không có: 0"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("đã chuyển đổi IPv6: 1/5", "*Điểm tối đa"),
        ("Tổng số hộ (b)) * 100 x", "Điểm tối đa"),
        ("KẾT QUẢ ĐẠT ĐƯỢC: 40%", "SỐ ĐIỂM"),
        ("Ủy ban nhân dân tỉnh Gia", "Lai"),
        ("kết quả từ 1 tháng/ ", "lần"),
        ("Kết quả đạt từ 95% -", "100%"),
    ],
)
def test_formulas_and_names_go_on(above: str, below: str) -> None:
    assert read(above, below) == [f"{above.strip()} {below}"]


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("ban hành kế hoạch kịp lúc", "- Không ban hành"),
        ("ban hành kế hoạch đúng;", "* Không ban hành"),
        ("a = Số hồ sơ giải quyết", "b = Tổng số hồ sơ"),
        ("tổng số hồ sơ tiếp nhận", "Điểm = a/b x 5"),
        ("Ban hành kế hoạch: 2 điểm", "Không ban hành: 0"),
        ("1. Có quy chế hoạt động", "2. Có sổ theo dõi"),
        ("- Điểm =", "+ Tỷ lệ ≥ 80%: Điểm tối đa"),
        ("- Điểm được tính như sau =", "+ Tỷ lệ ≥ 80%: Điểm tối đa"),
    ],
)
def test_what_opens_something_of_its_own_keeps_its_line(above: str, below: str) -> None:
    assert read(above, below) == [above, below]


def test_a_name_with_a_hyphen_is_one_word() -> None:
    assert read("Văn phòng và Phòng VH-", "XH") == ["Văn phòng và Phòng VH-XH"]


def test_numbers_inside_a_sentence_go_on_with_it() -> None:
    assert read("những tính năng 1) tên;", "2) Thực hiện") == ["những tính năng 1) tên; 2) Thực hiện"]
