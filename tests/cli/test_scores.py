"""``chiso score``: the result as JSON, table, CSV and workbook, and totals worked out by hand for every set."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest

import chiso as product
from tests.cli.command import Chiso, facts_csv, installed, points, unit

GIA_LAI = "gia-lai-2023-province"
KHANH_HOA = "khanh-hoa-2023-district"
AN_GIANG = "an-giang-2024-district"
DEPARTMENT = "an-giang-2024-department"
YEN_DINH = "yen-dinh-2023-district"
COMMUNE = "khung-2024-commune"
DISTRICT = "khung-2024-district"

Rows = Sequence[tuple[object, ...]]

#: Two provinces. A: 10 + 5 + 5 + 7.5 + (10 + 5) + 10 * (1/3) / 50 % = 49 1/6; B: 5 + 10 + 10/3 = 18 1/3.
PROVINCES: Rows = [
    ("A", "1.1", "choice", "head"),
    ("A", "1.2", "#1", "có"),
    ("A", "1.2", "#2", "không"),
    ("A", "1.5", "n", 10),
    ("A", "3.2", "a", 3),
    ("A", "", "households", 4),
    ("A", "3.6", "a", 14),
    ("A", "3.6", "c", 7),
    ("A", "7.5", "a", 1),
    ("A", "7.5", "b", 3),
    ("B", "1.1", "choice", "deputy"),
    ("B", "1.5", "n", 20),
    ("B", "3.2", "a", 1),
    ("B", "", "households", 3),
]

#: 10 (head) + 7.5 (3 of 4 meetings) + 5 (10 days late) + 0 (6 days late) + 7.5 (9 of 12 reports) + 1.25 (1 of 8).
KHANH_HOA_ROWS: Rows = [
    ("A", "1.1", "choice", "head"),
    ("A", "1.2", "n", 3),
    ("A", "2.2", "days_late", 10),
    ("A", "2.3", "days_late", 6),
    ("A", "2.5", "choice", "incomplete_in_time"),
    ("A", "2.5", "num", 9),
    ("A", "2.5", "den", 12),
    ("A", "3.1", "a", 1),
    ("A", "3.1", "b", 8),
]


def facts(folder: Path, rows: Rows) -> Path:
    """Write a table of facts."""
    return facts_csv(folder / "facts.csv", rows)


def scored(chiso: Chiso, folder: Path, name: str, rows: Rows) -> dict[str, Any]:
    """Return the result of unit A."""
    answer = chiso("score", name, "--facts", facts(folder, rows), "--format", "json")
    assert (answer.code, answer.err) == (0, "")
    return dict(unit(answer, "A"))


# -- totals worked out by hand


def test_gia_lai(chiso: Chiso, tmp_path: Path) -> None:
    answer = chiso("score", GIA_LAI, "--facts", facts(tmp_path, PROVINCES), "--format", "json")
    first, second = unit(answer, "A"), unit(answer, "B")

    assert points(answer, "A") == {"1.1": "10", "1.2": "5", "1.5": "5", "3.2": "7.5", "3.6": "15", "7.5": "6.666667"}
    assert (first["total"], first["exact"], first["published"], first["rank"]) == ("49.166667", "295/6", "49.17", 1)
    assert (second["total"], second["exact"], second["published"], second["rank"]) == ("18.333333", "55/3", "18.33", 2)
    assert {code: given for code, given in first["dimensions"].items() if given} == {
        "1": "20", "3": "22.5", "7": "6.666667",
    }  # fmt: skip
    assert (first["max"], first["share"], first["provisional"]) == ("1000", "0.049167", True)


def test_khanh_hoa(chiso: Chiso, tmp_path: Path) -> None:
    found = scored(chiso, tmp_path, KHANH_HOA, KHANH_HOA_ROWS)

    assert (found["total"], found["max"], found["dimensions"]["2"]) == ("31.25", "760", "12.5")


def test_an_giang_districts_count_dimensions_in_several_pillars(chiso: Chiso, tmp_path: Path) -> None:
    """Dimensions 1 to 5 count in all three pillars, 6, 7 and 8 in one each; the total counts each once."""
    rows = [
        ("A", "1.1", "points", 20),
        ("A", "6.1", "points", "2,5"),
        ("A", "7.1", "points", 3),
        ("A", "8.1", "points", 4),
    ]
    found = scored(chiso, tmp_path, AN_GIANG, rows)

    assert found["pillars"] == {"CQS": "22.5", "KTS": "23", "XHS": "24"}
    assert (found["total"], found["max"]) == ("29.5", "700")


def test_an_giang_departments(chiso: Chiso, tmp_path: Path) -> None:
    rows = [("A", "1.1", "points", "7,5"), ("A", "1.2", "points", 20), ("A", "1.3", "points", 0)]
    found = scored(chiso, tmp_path, DEPARTMENT, rows)

    assert (found["total"], found["max"], found["dimensions"]["1"]) == ("27.5", "420", "27.5")


def test_yen_dinh(chiso: Chiso, tmp_path: Path) -> None:
    rows = [("A", "1.1", "points", 20), ("A", "1.2.1", "points", "3,333"), ("A", "1.2.2", "points", 4)]
    found = scored(chiso, tmp_path, YEN_DINH, rows)

    assert (found["total"], found["max"], found["criteria"]["1.2"]["points"]) == ("27.333", "1000", "7.333")


#: What a commune must meet at level 1, and just meets.
FIRST_LEVEL: Rows = [
    ("A", code, "value", value)
    for code, value in {
        "I.1": 50, "I.2": 20, "I.3": 60, "I.6": 50, "I.7": 1, "I.8": 50, "II.1": 20, "II.2": 30,
        "III.1": 50, "III.2": 50, "III.3": 20, "III.4": 40, "III.5": 10, "III.6": 60,
    }.items()
]  # fmt: skip


def test_communes(chiso: Chiso, tmp_path: Path) -> None:
    level = scored(chiso, tmp_path, COMMUNE, FIRST_LEVEL)["level"]

    assert (level["reached"], level["name"]) == (1, "Khởi động")
    assert list(level["unmet"]) == ["2", "3", "4", "5"]
    assert level["unmet"]["2"][:4] == ["I.1", "I.2", "I.3", "I.6"]
    assert level["satisfied"]["I.7"] == [1, 2, 3, 4]


@pytest.mark.parametrize("missed", range(len(FIRST_LEVEL)))
def test_a_commune_that_misses_one_target_has_no_level(chiso: Chiso, tmp_path: Path, missed: int) -> None:
    name, code, letter, value = FIRST_LEVEL[missed]
    rows = [*FIRST_LEVEL[:missed], (name, code, letter, f"{value}"[:-1] or "0"), *FIRST_LEVEL[missed + 1 :]]
    level = scored(chiso, tmp_path, COMMUNE, rows)["level"]

    assert (level["reached"], level["name"], level["unmet"]["1"]) == (0, None, [code])


DISTRICT_LEVEL: Rows = [
    ("A", code, "value", value)
    for code, value in {
        "II.1": 80, "II.2": 30, "II.3": 85, "II.6": 60, "II.8": 60, "II.9": 70, "II.10": 20, "II.11": 40,
        "II.12": "có", "II.16": 50, "II.18": "có", "III.1": 50, "III.2": 40, "III.3": 20, "III.4": 50,
        "III.5": 70, "IV.1": 80, "IV.2": 30,
    }.items()
]  # fmt: skip


@pytest.mark.parametrize(("levels", "reached"), [((2, 1), 2), ((2, 1, 1), 1), ((3, 0), 0), ((2, 2), 2)])
def test_a_district_needs_half_of_its_communes(
    chiso: Chiso, tmp_path: Path, levels: tuple[int, ...], reached: int
) -> None:
    """Level 2 asks that all communes are at level 1 and half of them at level 2."""
    children = {
        "units": [{"unit": f"X{at}", "parent": "A", "level": {"reached": one}} for at, one in enumerate(levels)]
    }
    path = tmp_path / "communes.json"
    path.write_text(json.dumps(children), "utf-8")
    answer = chiso(
        "score", DISTRICT, "--facts", facts(tmp_path, DISTRICT_LEVEL), "--children", path, "--format", "json"
    )

    assert (answer.code, unit(answer, "A")["level"]["reached"]) == (0, reached)


# -- JSON


def test_json_has_the_form_of_the_issue(chiso: Chiso, tmp_path: Path) -> None:
    result = chiso("score", GIA_LAI, "--facts", facts(tmp_path, PROVINCES), "--format", "json").json
    framework = product.load(GIA_LAI)
    one = result["units"][0]

    assert result["framework"] == {"id": GIA_LAI, "version": framework.version, "hash": framework.hash}
    assert result["engine"] == f"chiso {product.__version__}"
    assert {"unit", "total", "rank", "pillars", "dimensions", "criteria", "level"} <= set(one)
    assert (one["level"], one["pillars"]) == (None, {})
    assert list(one["criteria"]) == list(framework.criteria)
    assert one["criteria"]["7.5"] == {
        "status": "scored", "points": "6.666667", "share": "0.666667", "exact": "20/3", "max": "10", "message": None,
    }  # fmt: skip


def test_json_has_null_where_there_is_nothing(chiso: Chiso, tmp_path: Path) -> None:
    result = chiso("score", GIA_LAI, "--facts", facts(tmp_path, PROVINCES), "--format", "json", "--lang", "en").json

    assert result["units"][1]["criteria"]["7.5"] == {
        "status": "missing", "points": None, "share": None, "exact": None, "max": "10",
        "message": "The figure a (Small and medium enterprises that use digital platforms) is missing.",
    }  # fmt: skip


@pytest.mark.parametrize("name", [GIA_LAI, KHANH_HOA, AN_GIANG, DEPARTMENT, YEN_DINH, COMMUNE, DISTRICT])
def test_every_entry_has_its_six_keys_with_their_types(chiso: Chiso, tmp_path: Path, name: str) -> None:
    code = next(one.code for one in product.load(name).criteria.values() if not one.criteria)
    found = scored(chiso, tmp_path, name, [("A", code, "exempt", "")])

    for entry in found["criteria"].values():
        assert list(entry) == ["status", "points", "share", "exact", "max", "message"]
        assert entry["status"] in {"missing", "unscored", "waiting"}
        assert [type(entry[key]) for key in ("points", "share", "exact")] == [type(None)] * 3
        assert isinstance(entry["max"], str | None)


@pytest.mark.parametrize(
    ("numerator", "denominator", "expected", "exact"),
    [
        (1, 3, "3.333333", "10/3"),
        (2, 3, "6.666667", "20/3"),
        (1, 8, "1.25", "5/4"),
        (1, 6400000, "0.000002", "1/640000"),
        (1, 20000000, "0.000001", "1/2000000"),
        (1, 20000001, "0", "10/20000001"),
        (1, 1, "10", "10"),
    ],
)
def test_points_have_at_most_six_decimals_rounded_half_up(
    chiso: Chiso, tmp_path: Path, numerator: int, denominator: int, expected: str, exact: str
) -> None:
    found = scored(chiso, tmp_path, GIA_LAI, [("A", "3.2", "a", numerator), ("A", "3.2", "b", denominator)])

    assert (found["criteria"]["3.2"]["points"], found["criteria"]["3.2"]["exact"]) == (expected, exact)


def test_a_maturity_result_has_levels_and_no_points(chiso: Chiso, tmp_path: Path) -> None:
    found = scored(chiso, tmp_path, COMMUNE, FIRST_LEVEL)

    assert (found["total"], found["rank"], found["pillars"], found["dimensions"]) == (None, None, {}, {})
    assert found["criteria"]["I.1"]["status"] == "scored"
    assert set(found["level"]) >= {"reached", "name", "unmet", "satisfied"}


def test_equal_points_share_a_rank(chiso: Chiso, tmp_path: Path) -> None:
    given = {"A": 10, "B": 10, "C": 9, "D": 10, "E": 1}
    rows = [(name, "1.1", "points", value) for name, value in given.items()]
    answer = chiso("score", DEPARTMENT, "--facts", facts(tmp_path, rows), "--format", "json")

    assert {one["unit"]: one["rank"] for one in answer.json["units"]} == {"A": 1, "B": 1, "C": 4, "D": 1, "E": 5}


def test_faults_stand_in_the_result_too(chiso: Chiso, tmp_path: Path) -> None:
    rows = [("A", "1.1", "choice", "head"), ("A", "3.2", "a", "ba")]
    answer = chiso("score", GIA_LAI, "--facts", facts(tmp_path, rows), "--format", "json", "--lang", "en")

    assert answer.json["faults"] == [
        {
            "code": "D123", "severity": "error", "place": "facts.csv, row 3", "unit": "A", "criterion": "3.2",
            "message": '"ba" is not a number. Write a number such as 1234 or 12.5.',
        }
    ]  # fmt: skip
    assert answer.err == f"facts.csv, row 3: A: 3.2: {answer.json['faults'][0]['message']} [D123]\n"


def test_a_chosen_reading_counts_and_is_named(chiso: Chiso, tmp_path: Path) -> None:
    """By default 4.6 is min-max; A2=share_of_best_for_all divides by the best: 1/10 over 3/10."""
    rows = [("A", "4.6", "a", 1), ("A", "4.6", "b", 10), ("B", "4.6", "a", 3), ("B", "4.6", "b", 10)]
    path = facts(tmp_path, rows)
    answer = chiso("score", GIA_LAI, "--facts", path, "--format", "json", "--reading", "A2=share_of_best_for_all")

    assert points(answer) == {"4.6": "3.333333"}
    assert answer.json["readings"] == {"A2": "share_of_best_for_all"}


# -- the table


def lines(text: str) -> list[list[str]]:
    """Return the cells of the rows of a table, its headings first."""
    rows = [line for line in text.splitlines() if line.strip() and "──" not in line]
    return [[cell.strip() for cell in row.split("   ") if cell.strip()] for row in rows]


def test_the_ranking_shows_all_declared_decimals(chiso: Chiso, tmp_path: Path) -> None:
    headings, *rows = lines(chiso("score", GIA_LAI, "--facts", facts(tmp_path, PROVINCES)).out)

    assert headings[:6] == ["Hạng", "Đơn vị", "Tổng điểm", "Tối đa", "Tỷ lệ", "Tình trạng"]
    assert rows[0] == ["1", "A", "49,17", "1.000", "4,92 %", "tạm tính, thiếu 105", "20,00", "22,50", "6,67"]
    assert rows[1] == ["2", "B", "18,33", "1.000", "1,83 %", "tạm tính, thiếu 108", "15,00", "3,33"]


def test_the_ranking_speaks_english(chiso: Chiso, tmp_path: Path) -> None:
    headings, first, _ = lines(chiso("score", GIA_LAI, "--facts", facts(tmp_path, PROVINCES), "--lang", "en").out)

    assert headings[:6] == ["Rank", "Unit", "Total", "Maximum", "Share", "State"]
    assert first[:6] == ["1", "A", "49.17", "1,000", "4.92 %", "provisional, 105 open"]


def test_numbers_stand_below_each_other(chiso: Chiso, tmp_path: Path) -> None:
    rows = [("A", "1.2", "points", 20), ("B", "1.2", "points", "9,5")]
    text = chiso("score", DEPARTMENT, "--facts", facts(tmp_path, rows)).out.splitlines()

    first, second = (next(line for line in text if f"  {name}  " in line) for name in "AB")
    assert first.index("20,00") + 1 == second.index("9,50")


def test_a_set_may_declare_more_decimals(chiso: Chiso, tmp_path: Path) -> None:
    _, row = lines(chiso("score", YEN_DINH, "--facts", facts(tmp_path, [("A", "1.1", "points", "7,5")])).out)

    assert row[2] == "7,500"


def test_a_unit_without_points_has_no_rank_and_stands_last(chiso: Chiso, tmp_path: Path) -> None:
    rows = [("A", "1.1", "choice", "n/a"), ("B", "1.1", "choice", "none")]
    _, first, second = lines(chiso("score", GIA_LAI, "--facts", facts(tmp_path, rows)).out)

    assert first[:3] == ["1", "B", "0,00"]
    assert second[:2] == ["A", "1.000"]


def test_groups_are_ranked_apart(chiso: Chiso, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit,kind,parent,group\nA,sở,,khối 1\nB,sở,,khối 2\nC,sở,,khối 2\n", "utf-8")
    rows = [(name, "1.1", "points", at) for at, name in enumerate("ABC")]
    headings, *found = lines(chiso("score", DEPARTMENT, "--facts", facts(tmp_path, rows), "--units", units).out)

    assert headings[0] == "Nhóm"
    assert [row[:3] for row in found] == [["khối 1", "1", "A"], ["khối 2", "1", "C"], ["khối 2", "2", "B"]]


def test_levels_are_shown_with_what_the_next_one_lacks(chiso: Chiso, tmp_path: Path) -> None:
    rows = [*FIRST_LEVEL, ("B", "I.1", "value", 1)]
    headings, first, second = lines(chiso("score", COMMUNE, "--facts", facts(tmp_path, rows), "--lang", "en").out)

    assert headings == ["Unit", "Level", "Name", "State", "Lacking for the next level"]
    assert first[:3] == ["A", "1", "Initial"]
    assert first[-1].startswith("I.1, I.2, I.3, I.6, I.8, I.11")
    assert second[:3] == ["B", "0", "no level yet"]


# -- CSV and files


def test_csv_has_a_row_a_criterion_and_the_numbers_of_the_json(chiso: Chiso, tmp_path: Path) -> None:
    text = chiso("score", GIA_LAI, "--facts", facts(tmp_path, PROVINCES), "--format", "csv").out
    rows = {(row["unit"], row["code"]): row for row in csv.DictReader(io.StringIO(text))}

    assert (rows["A", "7.5"]["points"], rows["A", "7.5"]["share"], rows["A", "7.5"]["status"]) == (
        "6.666667", "0.666667", "scored",
    )  # fmt: skip
    assert (rows["A", "total"]["points"], rows["B", "total"]["points"]) == ("49.166667", "18.333333")
    assert (rows["B", "7.5"]["points"], rows["B", "7.5"]["status"]) == ("", "missing")


def test_a_file_is_written_and_nothing_printed(chiso: Chiso, tmp_path: Path) -> None:
    path = facts(tmp_path, PROVINCES)
    printed = chiso("score", GIA_LAI, "--facts", path, "--format", "json")
    answer = chiso("score", GIA_LAI, "--facts", path, "-o", tmp_path / "result.json")

    assert (answer.code, answer.out) == (0, "")
    assert answer.err == f"Đã ghi kết quả vào {tmp_path / 'result.json'}.\n"
    assert (tmp_path / "result.json").read_text("utf-8") == printed.out


def test_a_csv_file_opens_in_a_spreadsheet(chiso: Chiso, tmp_path: Path) -> None:
    path = facts(tmp_path, PROVINCES)
    chiso("score", GIA_LAI, "--facts", path, "-o", tmp_path / "result.CSV")
    printed = chiso("score", GIA_LAI, "--facts", path, "--format", "csv").out

    content = (tmp_path / "result.CSV").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig") == printed


def test_a_workbook_holds_the_ranking(chiso: Chiso, tmp_path: Path) -> None:
    chiso("score", GIA_LAI, "--facts", facts(tmp_path, PROVINCES), "-o", tmp_path / "result.xlsx")
    sheets = openpyxl.load_workbook(tmp_path / "result.xlsx").worksheets
    ranking = [[cell.value for cell in row] for row in sheets[0].iter_rows()]

    assert next(row[:3] for row in ranking if row[1] == "A") == [1, "A", 49.17]
    assert next(row[:3] for row in ranking if row[1] == "B") == [2, "B", 18.33]


def test_a_file_and_a_form_give_both(chiso: Chiso, tmp_path: Path) -> None:
    path = facts(tmp_path, PROVINCES)
    answer = chiso("score", GIA_LAI, "--facts", path, "-o", tmp_path / "result.xlsx", "--format", "json")

    assert answer.json["units"][0]["total"] == "49.166667"
    assert (tmp_path / "result.xlsx").exists()


@pytest.mark.parametrize("name", ["result", "result.txt", "result.xls", ".json"])
def test_another_ending_is_refused_before_anything_is_done(chiso: Chiso, tmp_path: Path, name: str) -> None:
    answer = chiso("score", GIA_LAI, "--facts", tmp_path / "none.csv", "-o", tmp_path / name)

    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"Không biết ghi tệp “{tmp_path / name}”. Dùng đuôi .json, .csv hoặc .xlsx.\n"


@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_a_file_that_cannot_be_written_is_said_in_a_sentence(chiso: Chiso, tmp_path: Path, ending: str) -> None:
    path = facts(tmp_path, PROVINCES)
    for target in (tmp_path / "none" / f"result.{ending}", tmp_path / f"folder.{ending}"):
        (tmp_path / f"folder.{ending}").mkdir(exist_ok=True)
        answer = chiso("score", GIA_LAI, "--facts", path, "-o", target)
        assert (answer.code, answer.out) == (2, "")
        assert answer.err.count("\n") == 1
        assert f"{target.name}: " in answer.err


def test_the_same_facts_give_the_same_bytes(chiso: Chiso, tmp_path: Path) -> None:
    path = facts(tmp_path, PROVINCES)
    for ending in ("json", "csv", "xlsx"):
        made = []
        for number in (1, 2):
            target = tmp_path / f"{number}.{ending}"
            chiso("score", GIA_LAI, "--facts", path, "-o", target)
            made.append(target.read_bytes())
        assert made[0] == made[1]


def test_the_installed_command_scores(tmp_path: Path) -> None:
    answer = installed("score", GIA_LAI, "--facts", facts(tmp_path, PROVINCES), "--format", "json")

    assert (answer.code, answer.err, unit(answer, "A")["exact"]) == (0, "", "295/6")
