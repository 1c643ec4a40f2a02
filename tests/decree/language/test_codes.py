"""Numbers of rows as printed."""

import pytest

from chiso.decree.language.codes import follows, order, row_code, unbroken_code


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


@pytest.mark.parametrize(
    ("printed", "above", "code"),
    [
        ("28.1 0", "28.9", "28.10"),
        ("28.1\n2", "28.11", "28.12"),
        ("28.1 0", "28.9.3", "28.10"),
        ("8.8.2 .3", "8.8.2.2", "8.8.2.3"),
        ("28.1 2", "28.1.1", None),
        ("28.1 1", "28.1", None),
        ("28.10", "28.9", None),
        ("1 1", "1.0", None),
    ],
)
def test_a_number_broken_in_a_narrow_column_is_told_by_the_number_above(
    printed: str, above: str, code: str | None
) -> None:
    found = unbroken_code(printed, row_code(above))
    assert (found.text if found else None) == code


@pytest.mark.parametrize(
    ("code", "above", "expected"),
    [
        ("1.2", "1.1", True),
        ("1.2", "1.1.4", True),
        ("2", "1.9", True),
        ("1.3", "1.1", False),
        ("2.2", "1.1", False),
        ("1.1.1", "1.1", False),
    ],
)
def test_what_follows_is_the_next_number_at_its_own_depth(code: str, above: str, expected: bool) -> None:
    found, before = row_code(code), row_code(above)
    assert found is not None
    assert before is not None
    assert follows(found, before) is expected
