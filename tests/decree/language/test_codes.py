"""Numbers of rows as printed."""

import pytest

from chiso.decree.language.codes import order, row_code


@pytest.mark.parametrize(
    ("printed", "code", "kind"),
    [
        ("1", "1", "arabic"),
        ("01", "1", "arabic"),
        ("1.", "1", "arabic"),
        ("(2)", "2", "arabic"),
        ("1.10", "1.10", "dotted"),
        ("1.1.", "1.1", "dotted"),
        ("1 . 2", "1.2", "dotted"),
        ("7,5,2", "7.5.2", "dotted"),
        ("1.01", "1.1", "dotted"),
        ("l.2", "1.2", "dotted"),
        ("1.l0", "1.10", "dotted"),
        ("II", "II", "roman"),
        ("IV.", "IV", "roman"),
        ("I.1", "I.1", "dotted"),
        ("A", "A", "upper"),
        ("a)", "a", "letter"),
        ("đ", "đ", "letter"),
        ("-", "-", "dash"),
    ],
)
def test_a_number_is_read(printed: str, code: str, kind: str) -> None:
    found = row_code(printed)
    assert found is not None
    assert (found.text, found.kind) == (code, kind)


@pytest.mark.parametrize("words", ["", "Tổng cộng", "Nhận thức số", "10 điểm", "IIII", "1.1 Người đứng đầu", "VN"])
def test_words_are_no_number(words: str) -> None:
    assert row_code(words) is None


def test_only_a_number_that_was_misread_counts_as_mended() -> None:
    assert [row_code(text).mended for text in ("1.1.", "01", "l.1", "1 . 2")] == [False, True, True, False]


def test_numbers_are_sorted_part_by_part() -> None:
    assert sorted(["1.10", "1.9", "1.2.1", "1.2"], key=order) == ["1.2", "1.2.1", "1.9", "1.10"]
    assert sorted(["IX", "V", "IV", "X"], key=order) == ["IV", "V", "IX", "X"]
