"""Gaps and disorder in printed numbers."""

from __future__ import annotations

from tests.framework.lint.sample import criterion, dimension, findings, framework, lint, places


def _rows(*codes: str) -> list[dict[str, object]]:
    return [criterion(code, f"Tiêu chí thứ {place}") for place, code in enumerate(codes)]


def test_a_gap_between_criteria_is_reported_at_the_row_after_it() -> None:
    (found,) = findings(*_rows("1.1", "1.2", "1.3", "1.5"))
    assert (found.code, found.place, found.severity) == ("L201", "1.5", "warning")
    assert found.figures == {"before": "1.3", "after": "1.5", "missing": "1.4"}


def test_a_gap_names_every_missing_number() -> None:
    (found,) = findings(*_rows("1.1", "1.4"))
    assert found.figures["missing"] == "1.2, 1.3"


def test_a_list_that_does_not_begin_at_one_has_a_gap() -> None:
    (found,) = findings(*_rows("1.2"))
    assert found.figures == {"before": "1", "after": "1.2", "missing": "1.1"}


def test_a_gap_deep_below_is_reported() -> None:
    children = [criterion("1.1.1", "Có kế hoạch"), criterion("1.1.3", "Có báo cáo")]
    assert places(findings(criterion("1.1", rule=None, max_points=20, criteria=children))) == [("L201", "1.1.3")]


def test_ten_follows_nine() -> None:
    assert findings(*_rows(*(f"1.{number}" for number in range(1, 13)))) == []


def test_roman_numbers_are_counted() -> None:
    first, third = dimension("I", _rows("I.1")), dimension("III", [criterion("III.1", "Khác")])
    (found,) = lint(framework(first, third))
    assert (found.code, found.place, found.figures["missing"]) == ("L201", "III", "II")


def test_roman_numbers_in_order_are_quiet() -> None:
    codes = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI"]
    rows = [dimension(code, [criterion(f"{code}.1", f"Tiêu chí {code}")]) for code in codes]
    assert lint(framework(*rows)) == []


def test_letters_are_counted() -> None:
    (found,) = findings(*_rows("1.a", "1.c"))
    assert (found.place, found.figures["missing"]) == ("1.c", "1.b")


def test_numbers_out_of_order_are_reported() -> None:
    (found,) = findings(*_rows("1.1", "1.3", "1.2"))[1:]
    assert (found.code, found.place, found.figures) == ("L202", "1.2", {"before": "1.3", "after": "1.2"})


def test_a_row_below_another_number_than_its_own_is_reported() -> None:
    (found,) = findings(*_rows("1.1", "2.2"))
    assert (found.code, found.place, found.figures) == ("L202", "2.2", {"before": "1", "after": "2.2"})


def test_a_gap_in_general_information_is_reported() -> None:
    rows = [{"no": "1", "label": "Tên"}, {"no": "3", "label": "Địa chỉ"}]
    (found,) = findings(criterion(), general_information=rows)
    assert (found.code, found.place) == ("L203", "general_information 3")
    assert found.figures == {"before": "1", "after": "3", "missing": "2"}


def test_unnumbered_rows_of_general_information_are_passed_over() -> None:
    rows = [{"no": "1", "label": "Tên"}, {"no": "", "label": "Chức vụ"}, {"no": "2", "label": "Địa chỉ"}]
    assert findings(criterion(), general_information=rows) == []


def test_numbers_of_no_known_kind_are_left_alone() -> None:
    assert findings(*_rows("1.a1", "1.c7")) == []


def test_a_gap_of_roman_numbers_beyond_ten_is_written_in_roman() -> None:
    codes = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XV"]
    rows = [dimension(code, [criterion(f"{code}.1", f"Tiêu chí {code}")]) for code in codes]
    (found,) = lint(framework(*rows))
    assert (found.place, found.figures["missing"]) == ("XV", "XIV")


def test_a_gap_of_capital_letters_is_written_in_capitals() -> None:
    rows = [dimension(code, [criterion(f"{code}.1", f"Tiêu chí {code}")]) for code in ("A", "C")]
    (found,) = lint(framework(*rows))
    assert (found.place, found.figures["missing"]) == ("C", "B")


def test_general_information_may_begin_at_any_number() -> None:
    assert (
        findings(criterion(), general_information=[{"no": "4", "label": "Tên"}, {"no": "5", "label": "Địa chỉ"}]) == []
    )


def test_general_information_out_of_order_is_reported() -> None:
    rows = [{"no": "1", "label": "Tên"}, {"no": "2", "label": "Địa chỉ"}, {"no": "2", "label": "Dân số"}]
    assert places(findings(criterion(), general_information=rows)) == [("L203", "general_information 2")]


def test_words_in_place_of_numbers_are_left_alone() -> None:
    assert findings(*_rows("1.ab", "1.cd")) == []
