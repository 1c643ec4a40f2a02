"""``chiso reconcile``: the bundled tables, tables of one's own, and rows that cannot be read."""

from __future__ import annotations

from pathlib import Path

import pytest

import chiso as product
from chiso.reconcile import reconcile
from chiso.reconcile.published import load_published
from tests.cli.command import Chiso

GIA_LAI = "gia-lai-2023-province"
YEN_DINH = "yen-dinh-2023-district"


@pytest.mark.parametrize("name", [GIA_LAI, YEN_DINH])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_the_bundled_table_is_checked(chiso: Chiso, name: str, lang: str) -> None:
    framework = product.load(name)
    expected = reconcile(framework, load_published(framework))
    answer = chiso("reconcile", name, "--lang", lang)

    assert (answer.code, answer.err) == (0, "")
    assert len(expected) > 0
    for finding in expected:
        line = next(one for one in answer.out.splitlines() if finding.text(lang) in one)
        assert finding.code in line
        assert finding.suggestion(lang) in line


def test_findings_in_json_hold_code_place_and_figures(chiso: Chiso) -> None:
    framework = product.load(GIA_LAI)
    expected = reconcile(framework, load_published(framework))
    found = chiso("reconcile", GIA_LAI, "--format", "json", "--lang", "en").json

    assert found == [finding.as_dict("en") for finding in expected]
    assert all({"code", "place", "severity", "figures", "message", "suggestion"} <= set(one) for one in found)


def points(folder: Path, *rows: str) -> Path:
    """Write a table of published points."""
    path = folder / "points.csv"
    path.write_text("\n".join(["code,points", *rows, ""]), "utf-8")
    return path


def test_a_table_of_ones_own_is_checked(chiso: Chiso, tmp_path: Path) -> None:
    answer = chiso("reconcile", GIA_LAI, "--points", points(tmp_path, "3.2,12", "1.1,5"), "--format", "json")

    above = [one for one in answer.json if one["place"] == "3.2"]
    assert answer.code == 0
    assert any(one["severity"] == "error" for one in above)


def test_points_that_the_rule_cannot_give_are_found(chiso: Chiso, tmp_path: Path) -> None:
    """1.1 gives 10, 5 or 0."""
    codes = {}
    for value in ("5", "7"):
        found = chiso("reconcile", GIA_LAI, "--points", points(tmp_path, f"1.1,{value}"), "--format", "json").json
        codes[value] = [one["code"] for one in found if one["place"] == "1.1"]

    assert codes["5"] == []
    assert len(codes["7"]) == 1


@pytest.mark.parametrize(
    ("rows", "code"),
    [(["1.1,x"], "R103"), (["1.1,-1"], "R104"), (["99,1"], "R102"), (["1.1,5", "1.1,10"], "R106")],
)
def test_a_faulty_row_is_reported_and_the_rest_is_checked(
    chiso: Chiso, tmp_path: Path, rows: list[str], code: str
) -> None:
    answer = chiso("reconcile", GIA_LAI, "--points", points(tmp_path, *rows, "3.2,12"), "--lang", "en")

    assert (answer.code, answer.faults) == (1, [code])
    assert answer.err.startswith(f"points.csv:{len(rows) + 1}: ")
    assert "3.2" in answer.out


def test_faulty_rows_stand_among_the_findings_in_json(chiso: Chiso, tmp_path: Path) -> None:
    answer = chiso("reconcile", GIA_LAI, "--points", points(tmp_path, "1.1,x"), "--format", "json")

    assert (answer.code, answer.err) == (1, "")
    assert [one["code"] for one in answer.json if one["code"] == "R103"] == ["R103"]


def test_a_set_without_a_bundled_table_asks_for_one(chiso: Chiso) -> None:
    answer = chiso("reconcile", "khanh-hoa-2023-district", "--lang", "en")

    assert (answer.code, answer.out) == (2, "")
    assert "--points" in answer.err


def test_a_maturity_set_has_no_points_to_reconcile(chiso: Chiso) -> None:
    assert chiso("reconcile", "khung-2024-commune").code == 2


def test_a_table_that_holds_says_so(chiso: Chiso, tmp_path: Path) -> None:
    path = tmp_path / "one.yaml"
    path.write_text(
        """
format: 1
id: one
version: "1"
title: {vi: Một, en: One}
legal: {number: 1/QĐ-UBND, year: 2024, issuer: UBND, title: Một}
unit_kinds: [commune]
max_points: 10
dimensions:
  - code: "1"
    title: Một
    max_points: 10
    criteria: [{code: "1.1", title: Điểm, max_points: 10, rule: {kind: manual}}]
""",
        "utf-8",
    )
    answer = chiso("reconcile", path, "--points", points(tmp_path, "1,4", "1.1,4", "total,4"))

    assert (answer.code, answer.out) == (0, "Các tổng đều khớp, không phát hiện sai lệch.\n")
