"""The level a unit has registered: whether it is met, in every form of the result."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.cli.command import Answer, Chiso, facts_csv, unit

COMMUNE = "khung-2024-commune"


@pytest.fixture
def registered(chiso: Chiso, tmp_path: Path) -> Chiso:
    """Run a command for commune A, which has reached no level, and B, which registers none."""

    def run(level: object, *options: object, command: str = "score") -> Answer:
        rows = [("A", "I.1", "value", 0), ("B", "I.1", "value", 0), ("A", "", "registered_level", level)]
        facts = facts_csv(tmp_path / "facts.csv", rows)
        return chiso(command, COMMUNE, "--facts", facts, *options)

    return run


@pytest.mark.parametrize(("written", "level"), [("3", 3), ("1", 1), ("Cơ bản", 3), ("3.0", 3)])
def test_a_registered_level_that_is_missed(registered: Chiso, written: str, level: int) -> None:
    answer = registered(written, "--format", "json")
    found = [unit(answer, name)["level"] for name in "AB"]

    assert (answer.code, answer.faults) == (0, [])
    assert [(one["reached"], one["registered"], one["registered_met"]) for one in found] == [
        (0, level, False), (0, None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(("written", "code"), [("6", "D121"), ("0", "D121"), ("cao", "D121")])
def test_a_level_that_does_not_exist_is_reported(registered: Chiso, written: str, code: str) -> None:
    answer = registered(written, "--format", "json")

    assert (answer.code, answer.faults) == (1, [code])
    assert unit(answer, "A")["level"]["registered"] is None


@pytest.mark.parametrize("written", ["", "n/a"])
def test_none_is_registered(registered: Chiso, written: str) -> None:
    answer = registered(written, "--format", "json")

    assert (answer.code, unit(answer, "A")["level"]["registered"]) == (0, None)
    assert "Đăng ký" not in registered(written).out


def test_the_table_shows_it(registered: Chiso) -> None:
    lines = registered(3).out.splitlines()

    assert "Đăng ký" in lines[0] + lines[1]
    assert any("3, chưa đạt" in line and line.strip().startswith("A") for line in lines)


def test_the_csv_shows_it(registered: Chiso) -> None:
    line = next(one for one in registered(3, "--format", "csv").out.splitlines() if one.startswith("A,level,"))

    assert "đăng ký mức 3: chưa đạt" in line


def test_the_workbook_shows_it(registered: Chiso, tmp_path: Path) -> None:
    registered(3, "-o", tmp_path / "r.xlsx")
    rows = [list(row) for row in openpyxl.load_workbook(tmp_path / "r.xlsx")["Mức độ"].iter_rows(values_only=True)]
    header = next(row for row in rows if "Mức đăng ký" in row)
    found = {row[0]: row[header.index("Mức đăng ký") : header.index("Đạt mức đăng ký") + 1] for row in rows}

    assert found["A"] == [3, "Không"]
    assert [cell or "" for cell in found["B"]] == ["", ""]


def test_an_explanation_shows_it(registered: Chiso) -> None:
    told = registered(3, "--unit", "A", "I.1", command="explain")
    as_json = registered(3, "--unit", "A", "I.1", "--format", "json", command="explain").json["level"]

    assert told.out.endswith("\nMức độ đăng ký: 3; mức đạt được: 0. Chưa đạt mức đăng ký.\n")
    assert (as_json["registered"], as_json["registered_met"]) == (3, False)
    assert "đăng ký" not in registered("", "--unit", "A", "I.1", command="explain").out


def test_a_framework_of_points_knows_no_level(chiso: Chiso, tmp_path: Path) -> None:
    facts = facts_csv(tmp_path / "facts.csv", [("A", "", "registered_level", 3)])

    assert chiso("score", "gia-lai-2023-province", "--facts", facts).faults == ["D105"]
