"""The forms that other programs rely on: what each command prints, and its exit code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from chiso.cli.main import main

#: 1.1 deputy: half of 10; 1.3: 3/9 of 10; 6.12: (300+410)/1000 of 80 %, of 20 points; 5.1: 4 of 0..12, of 10.
FACTS = """unit,code,input,value
Tỉnh A,1.1,choice,2
Tỉnh A,1.3,a,3
Tỉnh A,1.3,b,9
Tỉnh A,6.12,a,1000
Tỉnh A,6.12,b,300
Tỉnh A,6.12,c,"410,0"
Tỉnh A,5.1,n,4
Tỉnh B,5.1,#1,12
Tỉnh B,1.1,choice,head
Tỉnh C,5.1,n,0
"""


@pytest.fixture
def facts(tmp_path: Path) -> str:
    path = tmp_path / "facts.csv"
    path.write_text(FACTS, "utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(arguments)
    said = capsys.readouterr()
    return code, said.out, said.err


def scored(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, dict[str, Any]]:
    code, out, _ = run(capsys, "score", *arguments, "--format", "json")
    return code, json.loads(out)


def test_score_prints_exact_points_worked_out_by_hand(capsys: pytest.CaptureFixture[str], facts: str) -> None:
    code, result = scored(capsys, "gia-lai-2023-province", "--facts", facts)
    first = result["units"][0]

    assert code == 0
    assert first["unit"] == "Tỉnh A"
    assert {name: first["criteria"][name]["exact"] for name in ("1.1", "1.3", "6.12", "5.1", "1.2")} == {
        "1.1": "5",
        "1.3": "10/3",
        "6.12": "71/4",
        "5.1": "10/3",
        "1.2": None,
    }
    assert first["criteria"]["1.3"] == {
        "status": "scored",
        "points": "3.333333",
        "share": "0.333333",
        "exact": "10/3",
        "max": "10",
        "message": None,
    }
    # 5 + 10/3 + 71/4 + 10/3
    assert first["exact"] == "353/12"
    assert first["total"] == "29.416667"
    assert [unit["rank"] for unit in result["units"]] == [1, 2, 3]


def test_a_bad_row_is_reported_with_its_place_and_the_rest_is_scored(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "facts.csv"
    path.write_text("unit,code,input,value\nA,1.1,choice,head\nA,9.99,n,1\nA,1.3,a,ba\n", "utf-8")
    code, out, err = run(capsys, "score", "gia-lai-2023-province", "--facts", str(path), "--format", "json")

    assert code == 1
    assert json.loads(out)["units"][0]["criteria"]["1.1"]["points"] == "10"
    assert [fault["code"] for fault in json.loads(out)["faults"]] == ["D104", "D123"]
    assert "facts.csv" in err
    assert "9.99" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ("framework", "show", "no-such-framework"),
        ("score", "gia-lai-2023-province", "--facts", "no-such-file.csv"),
        ("score", "gia-lai-2023-province", "--facts", "no-such-file.csv", "-o", "result.doc"),
        ("framework", "show", "gia-lai-2023-province", "--reading", "A2"),
        ("framework", "show", "gia-lai-2023-province", "--reading", "A2=other"),
    ],
)
def test_unusable_arguments_and_files_end_with_2_and_print_no_result(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, *arguments)

    assert (code, out) == (2, "")
    assert len(err.strip()) > 20
    assert "Traceback" not in err


def test_explain_tells_clause_inputs_steps_and_result(capsys: pytest.CaptureFixture[str], facts: str) -> None:
    arguments = ("explain", "gia-lai-2023-province", "--facts", facts, "--unit", "Tỉnh A", "6.12", "--lang")
    _, vietnamese, _ = run(capsys, *arguments, "vi")
    _, english, _ = run(capsys, *arguments, "en")

    assert "dòng 6.12" in vietnamese
    assert "(b+c)/a = 710 / 1.000 = 0,71" in vietnamese
    assert "17,75 / 20" in vietnamese
    assert "(b+c)/a = 710 / 1,000 = 0.71" in english
    assert "17.75 / 20" in english


def test_framework_show_describes_criteria_for_other_programs(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "framework", "show", "gia-lai-2023-province", "--format", "json")
    criteria = {criterion["code"]: criterion for criterion in json.loads(out)["criteria"]}

    assert criteria["5.12.1"]["parent"] == "5.12"
    assert criteria["6.12"]["rule_kind"] == "ratio"
    assert criteria["6.12"]["max_points"] == "20"
    assert [one["letter"] for one in criteria["6.12"]["inputs"]] == ["a", "b", "c"]
    assert [(one["id"], one["share"]) for one in criteria["1.1"]["options"]] == [
        ("head", "1"),
        ("deputy", "0.5"),
        ("none", "0"),
    ]
    assert criteria["1.4"]["due"] == "Quý IV năm 2025"


def test_framework_show_gives_the_condition_of_each_level(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "framework", "show", "khung-2024-district", "--format", "json")
    criteria = {criterion["code"]: criterion for criterion in json.loads(out)["criteria"]}

    assert criteria["II.11"]["levels"]["3"] == {"applies": True, "printed": "60%", "at_least": "0.6"}
    assert criteria["II.13"]["levels"]["1"] == {"applies": False}
    assert criteria["I.1"]["levels"]["2"]["children"] == {"all_at_least": 1, "share": "0.5", "at_least": 2}


def test_districts_take_the_levels_of_their_communes(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    units = tmp_path / "units.csv"
    units.write_text("unit,kind,parent\nHuyện A,huyện,\nXã 1,xã,Huyện A\nXã 2,xã,Huyện A\n", "utf-8")
    facts = tmp_path / "facts.csv"
    facts.write_text("unit,code,input,value\nHuyện A,II.12,value,có\n", "utf-8")
    communes = tmp_path / "communes.json"
    levels = [{"unit": f"Xã {number}", "level": {"reached": number}} for number in (1, 2)]
    communes.write_text(json.dumps({"units": levels}), "utf-8")
    chosen = ("khung-2024-district", "--facts", str(facts), "--units", str(units), "--children", str(communes))
    _, result = scored(capsys, *chosen)

    # All communes at level 1 or above and half of them at level 2: the targets of levels 1 and 2 are met.
    assert result["units"][0]["level"]["satisfied"]["I.1"] == [1, 2]


def test_reconcile_finds_what_the_figures_force(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "reconcile", "gia-lai-2023-province", "--format", "json")
    forced = {finding["place"] for finding in json.loads(out) if finding["code"] == "R501"}

    assert code == 0
    assert forced == {"4.2", "4.12"}
