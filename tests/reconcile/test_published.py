"""Rows of a table become printed points; what cannot be read is reported and the rest is kept."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from chiso.framework.loader import load
from chiso.reconcile.finding import PublishedError
from chiso.reconcile.published import (
    Published,
    PublishedRow,
    RowReader,
    cell_text,
    code_text,
    load_published,
    places_of,
    published_of,
)
from chiso.scoring.states import State
from tests.reconcile import example

F = Fraction


def read(*rows: tuple[Any, ...], **told: Any) -> Published:
    reader = RowReader()
    for number, row in enumerate(rows, start=2):
        reader.read(PublishedRow(f"t:{number}", *row))
    return reader.table(**told)


def only_fault(*rows: tuple[Any, ...]) -> tuple[str, str, dict[str, Any]]:
    (fault,) = read(*rows).faults
    return fault.code, fault.place, dict(fault.figures)


@pytest.mark.parametrize("written", ["8.125", "8,125", 8.125, " 8.125 "])
def test_points_are_read_exactly(written: Any) -> None:
    assert read(("1.1", written)).points == {"1.1": F(65, 8)}


@pytest.mark.parametrize("written", ["", None, "-", "–", "—", "  "])
def test_nothing_and_a_dash_are_a_blank(written: Any) -> None:
    assert read(("1.1", written)).points == {"1.1": State.MISSING}


@pytest.mark.parametrize("written", ["n/a", "N/A", "Không áp dụng"])
def test_not_applicable_is_not_a_blank(written: str) -> None:
    assert read(("1.1", written)).points == {"1.1": State.NOT_APPLICABLE}


def test_zero_is_not_a_blank() -> None:
    assert read(("1.1", "0")).points == {"1.1": F(0)}


def test_a_trailing_zero_counts_as_a_place() -> None:
    assert read(("8.1", "1.60")).places == {"8.1": 2}


def test_the_column_printed_keeps_the_places_that_a_workbook_drops() -> None:
    assert read(("8.1", 1.6, "1,60")).places == {"8.1": 2}


def test_the_column_printed_alone_is_enough() -> None:
    assert read(("8.1", None, "1.60")).points == {"8.1": F(8, 5)}


def test_points_that_differ_from_what_is_printed_are_reported_and_used() -> None:
    table = read(("4.2", "10", "100"))
    assert table.points == {"4.2": F(10)}
    assert only_fault(("4.2", "10", "100")) == ("R107", "t:2", {"name": "4.2", "points": F(10), "printed": "100"})


def test_points_without_code_are_reported() -> None:
    assert only_fault(("", "5")) == ("R101", "t:2", {})


def test_an_empty_row_is_passed_over() -> None:
    table = read(("", ""), (None, None), ("1", "5"))
    assert (table.points, table.faults) == ({"1": F(5)}, ())


def test_words_are_not_points() -> None:
    assert only_fault(("1.1", "mười")) == ("R103", "t:2", {"name": "1.1", "value": "mười"})


@pytest.mark.parametrize("value", ["10 %", "10/10", "nan", "1e3", "5 điểm", True, float("inf"), "9" * 90])
def test_what_is_no_plain_number_is_not_points(value: Any) -> None:
    table = read(("1.1", value))
    assert table.points == {"1.1": State.ERROR}
    assert [fault.code for fault in table.faults] == ["R103"]


def test_negative_points_are_reported_and_not_used() -> None:
    assert only_fault(("1.1", "-5")) == ("R104", "t:2", {"name": "1.1", "points": F(-5)})
    assert read(("1.1", "-5")).points == {"1.1": State.ERROR}


def test_the_same_row_twice_is_reported() -> None:
    assert only_fault(("1.1", "5"), ("1.1", "5.0")) == ("R105", "t:3", {"name": "1.1", "first": "t:2"})


def test_other_points_for_the_same_code_are_reported_and_the_first_are_kept() -> None:
    assert only_fault(("1.1", "5"), ("1.1", "6")) == ("R106", "t:3", {"name": "1.1", "first": "t:2"})
    assert read(("1.1", "5"), ("1.1", "6")).points == {"1.1": F(5)}


def test_a_code_that_a_workbook_made_a_number_meets_its_neighbour() -> None:
    # 1.10 in a number cell is 1.1
    assert only_fault((1.1, "5"), (1.10, "6"))[0] == "R106"


def test_more_cells_than_the_heading_are_reported_and_the_rest_is_read() -> None:
    table = read(("1.3", "3", None, True))
    assert [fault.code for fault in table.faults] == ["R108"]
    assert table.points == {"1.3": F(3)}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("1.1.", "1.1"),
        (" 1.1 ", "1.1"),
        (1.0, "1"),
        (1.2, "1.2"),
        ("Tổng cộng", "total"),
        ("TOTAL", "total"),
        (None, ""),
    ],
)
def test_a_code_is_read_as_the_framework_writes_it(written: Any, code: str) -> None:
    assert code_text(written) == code


def test_a_float_is_what_its_cell_shows() -> None:
    assert cell_text(0.1 + 0.2) == "0.3"
    assert cell_text(1e-7) == "0.0000001"


@pytest.mark.parametrize(("text", "places"), [("10", 0), ("1.60", 2), ("8,125", 3), ("1.234,5", 1), ("x.y", 0)])
def test_places_are_counted_as_written(text: str, places: int) -> None:
    assert places_of(text) == places


def test_a_table_has_the_places_it_declares() -> None:
    assert read(("1", "8.125"), decimals=2).table_places(4) == 2


def test_a_table_that_declares_nothing_has_the_places_of_its_longest_number() -> None:
    assert read(("1", "8.125"), ("2", "5.5")).table_places(2) == 3


def test_points_that_nobody_rounded_do_not_decide_the_places() -> None:
    assert read(("1", "3.33333333"), ("2", "5.5")).table_places(2) == 1


def test_a_table_of_whole_numbers_has_the_places_of_its_framework() -> None:
    assert read(("1", "5")).table_places(2) == 2


def test_a_code_that_is_not_there_has_no_points() -> None:
    table = read(("1", ""))
    assert table.value("1") is None
    assert table.value("2") is None


def test_the_bundled_table_of_gia_lai_is_loaded_as_printed() -> None:
    table = load_published(load("gia-lai-2023-province"))
    assert (table.unit, table.year, table.decimals) == ("Tỉnh Gia Lai", 2022, 2)
    assert len(table.points) == 128
    assert table.value("4.2") == 100
    assert table.points["4.12"] is State.MISSING
    assert table.places["8.1"] == 2


def test_the_bundled_table_of_yen_dinh_is_loaded_as_printed() -> None:
    table = load_published(load("yen-dinh-2023-district"))
    assert (table.decimals, len(table.points), table.value("1.2.1")) == (3, 73, F(65, 8))


def test_a_maturity_framework_has_no_points() -> None:
    with pytest.raises(PublishedError, match="R912"):
        load_published(load("khung-2024-commune"))


@pytest.mark.parametrize("name", ["khanh-hoa-2023-district", "an-giang-2024-district"])
def test_a_framework_without_published_table_says_so(name: str) -> None:
    with pytest.raises(PublishedError) as caught:
        load_published(load(name))
    assert caught.value.code == "R901"
    assert caught.value.text("vi") == (
        f"Không có bảng điểm công bố đi kèm bộ chỉ số {name}. "
        "Ghi bảng điểm vào một tệp CSV có cột code và points rồi dùng --points TỆP."
    )


def test_a_framework_from_a_file_has_no_published_table() -> None:
    of = example.framework(example.dimension("1", 10, example.yes_no("1.1")))
    with pytest.raises(PublishedError, match="R901"):
        load_published(of)


def test_a_mapping_without_points_is_no_table() -> None:
    with pytest.raises(PublishedError, match="R906"):
        published_of({"unit": "x"}, "t")
