"""Every way the issue gives to say which figure is meant, and every way to write its value."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import COLUMNS, Answer, Chiso, facts_csv, points, unit

GIA_LAI = "gia-lai-2023-province"
KHANH_HOA = "khanh-hoa-2023-district"
DEPARTMENT = "an-giang-2024-department"
COMMUNE = "khung-2024-commune"

Rows = Sequence[tuple[object, ...]]


@pytest.fixture
def scored(chiso: Chiso, tmp_path: Path) -> Chiso:
    """Score rows of facts and return the answer."""

    def run(name: str, rows: Rows, *options: str) -> Answer:
        path = facts_csv(tmp_path / "facts.csv", rows)
        return chiso("score", name, "--facts", path, "--format", "json", *options)

    return run


@pytest.mark.parametrize(
    ("name", "rows", "code", "expected"),
    [
        # the printed letter
        (GIA_LAI, [("A", "3.2", "a", 3), ("A", "3.2", "b", 4)], "3.2", "7.5"),
        (GIA_LAI, [("A", "3.2", "A", 3), ("A", "3.2", " b ", 4)], "3.2", "7.5"),
        # the id of a fact, of the criterion or shared with an empty code
        (GIA_LAI, [("A", "3.2", "3.2/a", 3), ("A", "3.2", "households", 4)], "3.2", "7.5"),
        (GIA_LAI, [("A", "3.2", "a", 3), ("A", "", "households", 4)], "3.2", "7.5"),
        # the position as printed
        (GIA_LAI, [("A", "3.2", "#1", 3), ("A", "3.2", "#2", 4)], "3.2", "7.5"),
        # where no letters are printed: a ratio, a count, options, parts, points, lateness
        (KHANH_HOA, [("A", "3.3", "num", 3), ("A", "3.3", "den", 4)], "3.3", "7.5"),
        (KHANH_HOA, [("A", "3.3", "#1", 3), ("A", "3.3", "#2", 4)], "3.3", "7.5"),
        (KHANH_HOA, [("A", "1.2", "n", 3)], "1.2", "7.5"),
        (GIA_LAI, [("A", "1.5", "n", 19)], "1.5", "5"),
        (GIA_LAI, [("A", "6.21", "n", 4)], "6.21", "4"),
        (GIA_LAI, [("A", "1.1", "choice", "deputy")], "1.1", "5"),
        (GIA_LAI, [("A", "1.1", "choice", 2)], "1.1", "5"),
        (GIA_LAI, [("A", "1.1", "choice", "#2")], "1.1", "5"),
        (GIA_LAI, [("A", "1.1", "choice", "Trưởng ban là Phó Bí thư/Phó Chủ tịch tỉnh, thành phố")], "1.1", "5"),
        (GIA_LAI, [("A", "1.1", "choice", "trưởng ban là phó bí thư/phó chủ tịch tỉnh, thành phố.")], "1.1", "5"),
        (GIA_LAI, [("A", "1.6", "choice", "có")], "1.6", "10"),
        (GIA_LAI, [("A", "1.2", "#1", "có"), ("A", "1.2", "#2", "không")], "1.2", "5"),
        (GIA_LAI, [("A", "1.2", "#1", "true"), ("A", "1.2", "#2", "true")], "1.2", "10"),
        (GIA_LAI, [("A", "1.2", "#1", "false"), ("A", "1.2", "#2", "false")], "1.2", "0"),
        (GIA_LAI, [("A", "1.2", "#1", "Có"), ("A", "1.2", "#2", "KHÔNG")], "1.2", "5"),
        (DEPARTMENT, [("A", "1.1", "points", "7,5")], "1.1", "7.5"),
        (DEPARTMENT, [("A", "1.1", "points", "7.5")], "1.1", "7.5"),
        (KHANH_HOA, [("A", "2.2", "days_late", 0)], "2.2", "10"),
        (KHANH_HOA, [("A", "2.2", "days_late", 10)], "2.2", "5"),
        (KHANH_HOA, [("A", "2.2", "days_late", 11)], "2.2", "0"),
        (KHANH_HOA, [("A", "2.2", "done", "không")], "2.2", "0"),
        # an option that asks for more
        (
            KHANH_HOA,
            [("A", "2.5", "choice", "incomplete_in_time"), ("A", "2.5", "num", 9), ("A", "2.5", "den", 12)],
            "2.5",
            "7.5",
        ),
        # numbers as people write them
        (GIA_LAI, [("A", "3.2", "a", "355038"), ("A", "3.2", "b", "710 076")], "3.2", "5"),
        (GIA_LAI, [("A", "3.2", "a", "1000000"), ("A", "3.2", "b", "2.000.000")], "3.2", "5"),
    ],
)
def test_a_figure_is_understood(scored: Chiso, name: str, rows: Rows, code: str, expected: str) -> None:
    answer = scored(name, rows)

    assert (answer.code, answer.err) == (0, "")
    assert points(answer)[code] == expected


def test_a_shared_fact_serves_every_criterion(scored: Chiso) -> None:
    answer = scored(GIA_LAI, [("A", "", "households", 4), ("A", "3.2", "a", 3), ("A", "3.3", "a", 1)])

    assert points(answer) == {"3.2": "7.5", "3.3": "2.5"}


@pytest.mark.parametrize(
    ("value", "levels"), [(49.9, []), (50, [1]), ("60%", [1, 2]), ("79,99", [1, 2, 3]), (100, [1, 2, 3, 4, 5])]
)
def test_a_percentage_is_written_as_a_number(scored: Chiso, value: object, levels: list[int]) -> None:
    """From 50 % on at level 1, then 60, 70, 80 and 90 %."""
    answer = scored(COMMUNE, [("A", "I.1", "value", value)])

    assert unit(answer, "A")["level"]["satisfied"]["I.1"] == levels


@pytest.mark.parametrize(("value", "levels"), [("có", [2, 3, 4, 5]), ("không", []), ("true", [2, 3, 4, 5])])
def test_a_maturity_criterion_may_ask_for_yes_or_no(scored: Chiso, value: str, levels: list[int]) -> None:
    answer = scored(COMMUNE, [("A", "I.14", "value", value)])

    assert unit(answer, "A")["level"]["satisfied"]["I.14"] == levels


def test_a_maturity_share_may_be_worked_out_from_its_parts(scored: Chiso) -> None:
    answer = scored(COMMUNE, [("A", "I.3", "num", 65), ("A", "I.3", "den", 100)])
    entry = unit(answer, "A")["criteria"]["I.3"]

    assert entry["status"] == "scored"
    assert unit(answer, "A")["level"]["satisfied"]["I.3"] == [1]


@pytest.mark.parametrize("code", ["I.1", "III.4"])
def test_the_code_of_a_maturity_criterion_is_group_and_number(scored: Chiso, code: str) -> None:
    answer = scored(COMMUNE, [("A", code, "value", 100)])

    assert unit(answer, "A")["criteria"][code]["status"] == "scored"


# -- nothing, not applicable, zero and error are four things


@pytest.mark.parametrize(
    ("value", "status", "code"),
    [("", "missing", 0), ("n/a", "not_applicable", 0), ("không áp dụng", "not_applicable", 0), ("x", "error", 1)],
)
def test_the_states_stay_apart(scored: Chiso, value: str, status: str, code: int) -> None:
    answer = scored(GIA_LAI, [("A", "3.2", "a", value), ("A", "3.2", "b", 4)])
    entry = unit(answer, "A")["criteria"]["3.2"]

    assert (answer.code, entry["status"]) == (code, status)
    assert (entry["points"], entry["share"], entry["exact"]) == (None, None, None)
    assert entry["message"]


def test_zero_is_a_figure(scored: Chiso) -> None:
    answer = scored(GIA_LAI, [("A", "3.2", "a", 0), ("A", "3.2", "b", 4)])

    assert unit(answer, "A")["criteria"]["3.2"] == {
        "status": "scored", "points": "0", "share": "0", "exact": "0", "max": "10", "message": None,
    }  # fmt: skip


# -- peers, values from outside, exemptions


PEERS = [("A", "4.6", "a", 1), ("A", "4.6", "b", 10), ("B", "4.6", "a", 3), ("B", "4.6", "b", 10)]


def test_peers_are_the_units_of_the_file(scored: Chiso) -> None:
    answer = scored(GIA_LAI, PEERS)

    assert [points(answer, name)["4.6"] for name in "AB"] == ["0", "10"]


def test_values_from_outside_join_the_peers(scored: Chiso) -> None:
    """(0.1 - 0) / 0.5 and (0.3 - 0) / 0.5 of 10."""
    answer = scored(GIA_LAI, [*PEERS, ("@best", "4.6", "value", "0,5"), ("@lowest", "4.6", "value", 0)])

    assert [points(answer, name)["4.6"] for name in "AB"] == ["2", "6"]


def test_values_from_outside_may_be_given_by_their_letters(scored: Chiso) -> None:
    outside = [
        ("@best", "4.6", "a", 1),
        ("@best", "4.6", "b", 2),
        ("@lowest", "4.6", "a", 0),
        ("@lowest", "4.6", "b", 9),
    ]
    answer = scored(GIA_LAI, [*PEERS, *outside])

    assert [points(answer, name)["4.6"] for name in "AB"] == ["2", "6"]


def test_an_amount_is_a_share_of_the_best(scored: Chiso) -> None:
    answer = scored(GIA_LAI, [("A", "8.6", "n", "12,5"), ("B", "8.6", "n", "25")])

    assert [points(answer, name)["8.6"] for name in "AB"] == ["10", "20"]


def test_a_lonely_unit_waits_for_its_peers(scored: Chiso) -> None:
    answer = scored(GIA_LAI, PEERS[:2])

    assert unit(answer, "A")["criteria"]["4.6"]["status"] == "waiting"


@pytest.mark.parametrize(("value", "expected"), [("peers_best", "7.5"), ("full", "10")])
def test_an_exempt_unit_gets_what_the_issue_says(scored: Chiso, value: str, expected: str) -> None:
    rows = [("A", "3.2", "a", 3), ("A", "", "households", 4), ("B", "3.2", "exempt", value)]

    assert points(scored(GIA_LAI, rows), "B")["3.2"] == expected


# -- files


def test_facts_may_be_spread_over_several_files(chiso: Chiso, tmp_path: Path) -> None:
    first = facts_csv(tmp_path / "a.csv", [("A", "3.2", "a", 3)])
    second = facts_csv(tmp_path / "b.csv", [("A", "3.2", "b", 4)])
    third = facts_csv(tmp_path / "c.csv", [("A", "1.5", "n", 20)])

    answer = chiso("score", GIA_LAI, "--facts", first, second, "--facts", third, "--format", "json")
    assert points(answer) == {"1.5": "10", "3.2": "7.5"}


def test_facts_may_be_json(chiso: Chiso, tmp_path: Path) -> None:
    rows = [{"unit": "A", "code": "3.2", "input": "a", "value": 3}, {"unit": "A", "input": "households", "value": "4"}]
    for data in (rows, {"facts": rows}):
        path = tmp_path / "facts.json"
        path.write_text(json.dumps(data), "utf-8")
        answer = chiso("score", GIA_LAI, "--facts", path, "--format", "json")
        assert (answer.code, points(answer)) == (0, {"3.2": "7.5"})


def test_facts_may_be_a_workbook(chiso: Chiso, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (
        COLUMNS,
        ("A", "3.2", "a", 3),
        ("A", 3.2, "b", 4.0),
        ("A", "1.2", "#1", True),
        ("A", "1.2", "#2", "có"),
    ):
        sheet.append(row)
    book.save(tmp_path / "facts.xlsx")

    answer = chiso("score", GIA_LAI, "--facts", tmp_path / "facts.xlsx", "--format", "json")
    assert (answer.code, points(answer)) == (0, {"1.2": "10", "3.2": "7.5"})


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_may_be_parted_otherwise(chiso: Chiso, tmp_path: Path, delimiter: str) -> None:
    rows = [
        ["unit", "code", "input", "value"],
        ["A", "1.1", "choice", "head"],
        ["A", "8.6", "n", "12,5"],
        ["B", "8.6", "n", "25"],
    ]
    path = tmp_path / "facts.csv"
    path.write_bytes("\ufeff".encode() + "\r\n".join(delimiter.join(row) for row in rows).encode())

    answer = chiso("score", GIA_LAI, "--facts", path, "--format", "json")
    assert (answer.code, points(answer)) == (0, {"1.1": "10", "8.6": "10"})
