"""The reporting year on the command line: who is ranked, and what is said of the others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.command import Answer, Chiso, facts_csv

DEPARTMENT = "an-giang-2024-department"
COMMUNE = "khung-2024-commune"
DISTRICT = "khung-2024-district"
ENDED = "Đơn vị đã kết thúc ngày 2024-06-30, trước cuối năm 2024: được tính nhưng không xếp hạng."


@pytest.fixture
def scored(chiso: Chiso, tmp_path: Path) -> Chiso:
    """Run a command for three units, of which A has ended."""

    def run(command: str, *options: object, as_of: str = "2024-12-31") -> Answer:
        units = tmp_path / "units.csv"
        units.write_text("unit,valid_from,valid_to\nA,,30/06/2024\nB,2020-01-01,\nC,,\n", "utf-8")
        facts = facts_csv(
            tmp_path / "facts.csv",
            [(name, "1.1", "points", value, as_of) for name, value in (*zip("ABC", "321", strict=True),)],
        )
        return chiso(command, DEPARTMENT, "--facts", facts, "--units", units, *options)

    return run


def test_a_unit_that_has_ended_has_points_and_no_rank(scored: Chiso) -> None:
    answer = scored("score", "--year", 2024, "--format", "json")

    assert (answer.code, answer.json["year"], answer.json["faults"]) == (0, 2024, [])
    assert [(one["total"], one["rank"], one["not_ranked"]) for one in answer.json["units"]] == [
        ("3", None, ENDED), ("2", 1, None), ("1", 2, None),
    ]  # fmt: skip


def test_without_a_year_all_are_ranked(scored: Chiso) -> None:
    answer = scored("score", "--format", "json")

    assert answer.json["year"] is None
    assert [(one["rank"], one["not_ranked"]) for one in answer.json["units"]] == [(1, None), (2, None), (3, None)]


def test_the_table_puts_it_last_and_says_so(scored: Chiso) -> None:
    lines = [line for line in scored("score", "--year", 2024).out.splitlines() if line.strip()]

    assert [line.split()[0] for line in lines[-3:]] == ["1", "2", "A"]
    assert "không xếp hạng (tạm tính, thiếu " in lines[-1]
    assert "3,00" in lines[-1]


def test_the_table_of_comma_separated_values_says_so(scored: Chiso) -> None:
    totals = [line for line in scored("score", "--year", 2024, "--format", "csv").out.splitlines() if ",total," in line]

    assert ENDED in totals[0]
    assert "Hạng 1" in totals[1]


def test_an_explanation_says_so(scored: Chiso) -> None:
    assert scored("explain", "--year", 2024, "--unit", "A", "1.1").out.endswith(f"\n{ENDED}\n")
    assert scored("explain", "--year", 2024, "--unit", "A", "1.1", "--format", "json").json["not_ranked"] == ENDED
    assert scored("explain", "--year", 2024, "--unit", "B", "1.1", "--format", "json").json["not_ranked"] is None


def test_figures_of_another_year_are_a_warning(scored: Chiso) -> None:
    answer = scored("score", "--year", 2024, "--format", "json", as_of="2023-12-31")

    assert (answer.code, answer.faults) == (0, ["D117"])
    assert [(one["code"], one["severity"], one["place"]) for one in answer.json["faults"]] == [
        ("D117", "warning", "facts.csv, dòng 2")
    ]
    assert scored("explain", "--year", 2024, "--unit", "B", "1.1", as_of="2023").code == 0


@pytest.mark.parametrize("year", ["24", "2024.0", "1789", "20244", "năm 2024", "²024", ""])
def test_what_is_no_year_is_refused(scored: Chiso, year: str) -> None:
    answer = scored("score", "--year", year)

    assert (answer.code, answer.out) == (2, "")
    assert "không phải là một năm. Ghi bốn chữ số, ví dụ 2024." in answer.err


def test_a_commune_that_has_ended_is_no_child_of_its_district(chiso: Chiso, tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit,kind,parent,valid_to\nH,huyện,,\nX,xã,H,\nY,xã,H,2024-10-31\n", "utf-8")
    communes = tmp_path / "communes.json"
    communes.write_text('{"units": [{"unit": "X", "level": {"reached": 3}}]}', "utf-8")
    facts = facts_csv(tmp_path / "facts.csv", [("H", "II.1", "value", 80)])

    def status(*year: object) -> str:
        told = ("--facts", facts, "--units", units, "--children", communes, "--format", "json", *year)
        found: str = chiso("score", DISTRICT, *told).json["units"][0]["criteria"]["I.1"]["status"]
        return found

    assert (status(), status("--year", 2023), status("--year", 2024)) == ("waiting", "waiting", "scored")
