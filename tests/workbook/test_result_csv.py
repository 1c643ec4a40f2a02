from __future__ import annotations

import csv
import io

import pytest

from chiso.framework.loader import load
from chiso.scoring.score import Scores
from chiso.workbook.result_csv import harmless, write_result_csv
from tests.workbook.test_result_book import commune, complete, scored


def rows(scores: Scores, lang: str = "vi") -> list[dict[str, str]]:
    stream = io.StringIO(newline="")
    write_result_csv(scores, stream, lang)
    return list(csv.DictReader(io.StringIO(stream.getvalue(), newline="")))


def test_criteria_come_first_then_what_they_add_up_to() -> None:
    found = rows(scored(complete("A", machines=1)))
    assert [(one["code"], one["status"], one["points"], one["share"], one["max"]) for one in found] == [
        ("1.1", "scored", "10", "1", "10"),
        ("1.2", "scored", "10", "0.5", "20"),
        ("1.3", "scored", "30", "1", "30"),
        ("1.3.1", "scored", "12.5", "1", "12.5"),
        ("1.3.2", "scored", "17.5", "1", "17.5"),
        ("2.1", "scored", "20", "1", "20"),
        ("2.10", "scored", "20", "1", "20"),
        ("dimension:1", "scored", "50", "", "60"),
        ("dimension:2", "scored", "40", "", "40"),
        ("pillar:A", "scored", "50", "", ""),
        ("total", "scored", "90", "0.9", "100"),
    ]
    assert found[-1]["message"] == "Hạng 1; Tốt"


def test_states_are_words_and_a_total_says_that_it_is_provisional() -> None:
    found = {one["code"]: one for one in rows(scored([("A", "1.1", "choice", "head"), ("A", "1.2", "a", "n/a")]))}
    assert (found["1.2"]["status"], found["1.2"]["points"]) == ("not_applicable", "")
    assert (found["1.3.1"]["status"], found["1.3.1"]["message"]) == ("missing", "Chưa có số liệu “Điểm chấm”.")
    assert found["total"]["message"] == "Hạng 1; Yếu; Tạm tính: còn 5 tiêu chí chưa có điểm"


def test_a_unit_without_points_has_no_total() -> None:
    found = {one["code"]: one for one in rows(scored([("A", "1.1", "choice", None)]))}
    assert [(found[code]["status"], found[code]["points"]) for code in ("dimension:1", "pillar:A", "total")] == [
        ("missing", ""),
        ("missing", ""),
        ("missing", ""),
    ]


def test_a_dimension_without_points_is_unscored() -> None:
    found = {one["code"]: one for one in rows(scored([("A", "1.1", "choice", "1")], load("gia-lai-2023-province")))}
    assert (found["dimension:9"]["status"], found["dimension:9"]["points"]) == ("unscored", "")
    assert (found["dimension:1"]["status"], found["dimension:1"]["points"]) == ("scored", "10")


def test_levels_are_listed_by_criterion_and_as_a_whole() -> None:
    found = {one["code"]: one for one in rows(scored(commune("A", 65, "không", 1000), load("khung-2024-commune")))}
    assert (found["I.1"]["share"], found["I.1"]["message"]) == ("0.65", "Đạt mức: 1, 2")
    assert found["I.4"]["message"] == "chưa đạt"
    assert (found["level"]["points"], found["level"]["status"]) == ("1", "scored")
    assert found["level"]["message"] == "Khởi động"


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n"])
def test_a_cell_that_would_start_a_formula_is_made_harmless(start: str) -> None:
    assert harmless(f"{start}1") == f"'{start}1"


@pytest.mark.parametrize(("value", "text"), [(None, ""), (0, "0"), ("a=1", "a=1"), ("'x", "'x"), ("", "")])
def test_other_cells_are_left_alone(value: object, text: str) -> None:
    assert harmless(value) == text


def test_names_are_made_harmless_in_every_row() -> None:
    found = rows(scored([("=cmd()", "1.1", "choice", "head")]))
    assert {one["unit"] for one in found} == {"'=cmd()"}


def test_the_header_is_fixed() -> None:
    stream = io.StringIO(newline="")
    write_result_csv(scored([]), stream)
    assert stream.getvalue() == "unit,code,status,points,share,max,message\n"
