"""``chiso framework``: what is bundled, what it holds, what a sceptic finds, and what differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import chiso as product
from chiso.framework.lint import lint
from tests.cli.command import Answer, Chiso

GIA_LAI = "gia-lai-2023-province"
KHANH_HOA = "khanh-hoa-2023-district"
COMMUNE = "khung-2024-commune"
DISTRICT = "khung-2024-district"

#: What the issue asks of each set: criteria that are scored, and the maximum.
SETS = {
    "an-giang-2024-department": (35, "420", 0),
    "an-giang-2024-district": (65, "700", 0),
    GIA_LAI: (114, "1000", 0),
    KHANH_HOA: (83, "760", 0),
    COMMUNE: (38, None, 5),
    DISTRICT: (33, None, 5),
    "yen-dinh-2023-district": (64, "1000", 0),
}

MINI = """
format: 1
id: mini
version: "2"
title: {vi: Bộ nhỏ, en: Small index}
legal: {number: 1/QĐ-UBND, date: 2024-02-01, year: 2024, issuer: UBND huyện, title: Bộ nhỏ}
unit_kinds: [commune]
max_points: 10
dimensions:
  - code: "1"
    title: Một
    max_points: 10
    criteria:
      - {code: "1.1", title: Nhập điểm, max_points: 10, rule: {kind: manual}, lead: [Văn phòng], clause: dòng 1.1}
"""


def shown(chiso: Chiso, name: object, *options: str) -> dict[str, Any]:
    """Return a framework as JSON."""
    found: dict[str, Any] = chiso("framework", "show", name, "--format", "json", *options).json
    return found


def criterion(framework: dict[str, Any], code: str) -> dict[str, Any]:
    """Return one criterion."""
    found: dict[str, Any] = next(one for one in framework["criteria"] if one["code"] == code)
    return found


def columns(answer: Answer) -> list[list[str]]:
    """Return the cells of a printed table, without its headings."""
    lines = [line for line in answer.out.splitlines() if line.strip()]
    return [[cell.strip() for cell in line.split("   ") if cell.strip()] for line in lines[2:]]


def test_list_names_the_seven_sets(chiso: Chiso) -> None:
    rows = columns(chiso("framework", "list", "--lang", "en"))

    assert [row[0] for row in rows] == sorted(SETS)
    assert [row[1:4] for row in rows if row[0] == GIA_LAI] == [["1.0", "114", "1,000"]]
    assert [row[1:4] for row in rows if row[0] == COMMUNE] == [["1.0", "38", "5 levels"]]


def test_list_in_json_holds_criteria_maximum_and_levels(chiso: Chiso) -> None:
    listed = chiso("framework", "list", "--format", "json").json

    assert {one["id"]: (one["criteria"], one["max_points"], one["levels"]) for one in listed} == SETS
    assert listed[0]["hash"] == product.load(listed[0]["id"]).hash


@pytest.mark.parametrize("name", sorted(SETS))
def test_show_says_of_every_criterion_what_the_issue_asks(chiso: Chiso, name: str) -> None:
    framework = shown(chiso, name)

    keys = {
        "code",
        "parent",
        "title",
        "max_points",
        "rule_kind",
        "inputs",
        "options",
        "lead",
        "support",
        "due",
        "clause",
    }
    assert [one["code"] for one in framework["criteria"] if keys - set(one)] == []
    assert {key for one in framework["criteria"] for given in one["inputs"] for key in given} >= {
        "letter", "fact", "label", "type", "unit",
    }  # fmt: skip
    assert {key for one in framework["criteria"] for option in one["options"] for key in option} <= {
        "id", "label", "share",
    }  # fmt: skip
    assert len(framework["criteria"]) == len(product.load(name).criteria)


def test_show_gives_the_letters_of_a_ratio_with_fact_type_and_unit(chiso: Chiso) -> None:
    found = criterion(shown(chiso, GIA_LAI), "3.2")

    assert (found["parent"], found["max_points"], found["rule_kind"]) == ("3", "10", "ratio")
    assert [{key: one[key] for key in ("letter", "fact", "type", "unit")} for one in found["inputs"]] == [
        {"letter": "a", "fact": "3.2/a", "type": "count", "unit": "household"},
        {"letter": "b", "fact": "households", "type": "count", "unit": "household"},
    ]
    assert found["inputs"][0]["label"] == "Số lượng hộ gia đình có người có điện thoại thông minh"
    assert (found["lead"], found["support"]) == (["Sở Thông tin và Truyền thông"], ["UBND cấp huyện"])
    assert (found["due"], found["clause"]) == ("Thống kê số liệu", "Phụ lục, dòng 3.2")


def test_show_gives_the_options_of_a_choice_with_their_shares(chiso: Chiso) -> None:
    found = criterion(shown(chiso, GIA_LAI), "1.1")

    assert [(one["id"], one["share"]) for one in found["options"]] == [("head", "1"), ("deputy", "0.5"), ("none", "0")]
    assert found["options"][0]["label"] == "Trưởng ban là Bí thư/Chủ tịch tỉnh, thành phố"


def test_a_sub_criterion_names_its_parent(chiso: Chiso) -> None:
    assert criterion(shown(chiso, "yen-dinh-2023-district"), "1.2.1")["parent"] == "1.2"


def test_show_gives_the_condition_of_each_level(chiso: Chiso) -> None:
    framework = shown(chiso, DISTRICT)

    assert {level: one.get("at_least") for level, one in criterion(framework, "II.1")["levels"].items()} == {
        "1": "0.7", "2": "0.8", "3": "0.9", "4": "1", "5": "1",
    }  # fmt: skip
    assert criterion(framework, "II.4")["levels"]["3"] == {"applies": False}
    assert criterion(framework, "II.4")["levels"]["4"] == {
        "applies": True, "printed": "Có sử dụng hệ thống", "has": True,
    }  # fmt: skip
    assert criterion(framework, "I.1")["levels"]["2"]["children"] == {
        "all_at_least": 1, "share": "0.5", "at_least": 2,
    }  # fmt: skip


@pytest.mark.parametrize("name", [COMMUNE, DISTRICT])
def test_every_maturity_criterion_has_a_condition_or_none_at_each_level(chiso: Chiso, name: str) -> None:
    for one in shown(chiso, name)["criteria"]:
        assert list(one["levels"]) == ["1", "2", "3", "4", "5"]
        for condition in one["levels"].values():
            assert condition["applies"] is (len(condition) > 1)


def test_alternatives_of_a_level_stand_as_they_are_printed(chiso: Chiso) -> None:
    assert criterion(shown(chiso, COMMUNE), "II.4")["levels"]["5"] == {
        "applies": True,
        "printed": "Có 3 doanh nghiệp, hợp tác xã trở lên hoặc 100% doanh nghiệp, hợp tác xã trên địa bàn",
        "any_of": [
            {"printed": "Có 3 doanh nghiệp, hợp tác xã trở lên", "at_least": "3"},
            {"printed": "100% doanh nghiệp, hợp tác xã trên địa bàn", "all_of_total": True},
        ],
    }


def test_a_shown_set_says_what_it_was_read_from(chiso: Chiso) -> None:
    framework = shown(chiso, KHANH_HOA)

    assert (framework["legal"]["number"], framework["printed_rows"]) == ("1726/QĐ-UBND", 135)
    assert framework["hash"] == product.load(KHANH_HOA).hash


def test_show_prints_rows_with_rules_in_words(chiso: Chiso) -> None:
    text = chiso("framework", "show", KHANH_HOA, "--lang", "en").out

    assert "1726/QĐ-UBND, 24/07/2023" in text
    assert "135 printed rows, 83 criteria; maximum: 760" in text
    assert "  1.2  Số cuộc họp" in text
    assert "        Lead: Phòng Văn hóa và Thông tin\n" in text


def test_show_marks_the_reading_in_use(chiso: Chiso) -> None:
    usual = shown(chiso, GIA_LAI)["readings"]
    other = next(one for one in usual if one["id"] == "A2")
    name = next(name for name in other["options"] if name != other["default"])

    chosen = next(one for one in shown(chiso, GIA_LAI, "--reading", f"A2={name}")["readings"] if one["id"] == "A2")
    assert (other["chosen"], chosen["chosen"]) == (other["default"], name)
    text = chiso("framework", "show", GIA_LAI, "--reading", f"A2={name}").out
    assert f"    * {name}: " in text
    assert f"      {other['default']}: " in text


def test_a_framework_may_be_a_file(chiso: Chiso, tmp_path: Path) -> None:
    path = tmp_path / "mini.yaml"
    path.write_text(MINI, "utf-8")
    framework = shown(chiso, path)

    assert (framework["id"], framework["version"], framework["max_points"]) == ("mini", "2", "10")
    assert criterion(framework, "1.1")["inputs"][0] == {
        "letter": "points", "fact": "1.1/points", "label": "Nhập điểm", "type": "points", "unit": "point",
        "optional": False, "options": [],
    }  # fmt: skip


# -- lint


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_lint_prints_the_findings_with_code_place_and_suggestion(chiso: Chiso, lang: str) -> None:
    answer = chiso("framework", "lint", KHANH_HOA, "--lang", lang)
    expected = lint(product.load(KHANH_HOA))

    assert answer.code == 0
    for finding in expected:
        lines = [one for one in answer.out.splitlines() if finding.sentence(lang) in one]
        assert any(finding.code in one and finding.where(lang) in one for one in lines)
        assert all(finding.suggestion(lang) in one for one in lines)
    assert len(columns(answer)) == len(expected) > 0


def test_lint_in_json_holds_the_figures(chiso: Chiso) -> None:
    found = chiso("framework", "lint", KHANH_HOA, "--format", "json").json

    assert found[0]["code"] == "L102"
    assert (found[0]["place"], found[0]["severity"], found[0]["figures"]["inferred"]) == ("2.1", "warning", "10")
    assert all(one["message"] and one["suggestion"] for one in found)


def test_lint_says_when_it_finds_nothing(chiso: Chiso, tmp_path: Path) -> None:
    path = tmp_path / "mini.yaml"
    path.write_text(MINI, "utf-8")

    assert chiso("framework", "lint", path).out == "Không phát hiện điều gì đáng ngờ.\n"
    assert chiso("framework", "lint", path, "--format", "json").json == []


def test_lint_refuses_a_file_with_all_its_faults_at_once(chiso: Chiso, tmp_path: Path) -> None:
    path = tmp_path / "bad.yaml"
    path.write_text(
        MINI.replace("unit_kinds", "unit_kind").replace("max_points: 10\ndim", "max_points: mười\ndim"), "utf-8"
    )
    answer = chiso("framework", "lint", path)

    assert (answer.code, answer.out) == (2, "")
    assert f"{path}:7: unit_kind: " in answer.err
    assert "unit_kinds" in answer.err
    assert f"{path}:8: max_points: " in answer.err


# -- diff


def test_diff_says_what_changed(chiso: Chiso, tmp_path: Path) -> None:
    old, new = tmp_path / "old.yaml", tmp_path / "new.yaml"
    old.write_text(MINI, "utf-8")
    new.write_text(MINI.replace("lead: [Văn phòng]", "lead: [Phòng Nội vụ]"), "utf-8")

    answer = chiso("framework", "diff", old, new, "--lang", "en")
    assert answer.out == 'Criterion 1.1 (Nhập điểm): lead agencies changed from "Văn phòng" to "Phòng Nội vụ".\n'
    [change] = chiso("framework", "diff", old, new, "--format", "json").json
    assert (change["kind"], change["code"], change["old"], change["new"]) == (
        "changed", "1.1", ["Văn phòng"], ["Phòng Nội vụ"],
    )  # fmt: skip


def test_diff_of_the_same_says_so(chiso: Chiso) -> None:
    assert chiso("framework", "diff", COMMUNE, COMMUNE).out == "Hai bộ chỉ số không khác nhau.\n"
    assert chiso("framework", "diff", COMMUNE, COMMUNE, "--format", "json").json == []
