"""Points that a verifier decided, since no printed line covers the situation (A14), are not held against the lines."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest

from chiso.framework.loader import load
from chiso.framework.reach.points import possible
from chiso.framework.reach.pointset import PointSet
from chiso.reconcile.published import Published, load_published, published_of
from chiso.reconcile.report import reconcile
from chiso.reconcile.table import read_points

GIA_LAI = load("gia-lai-2023-province")

#: A choice of 10 points: everything or nothing. Gia Lai got 10 for it, and 90 for the dimension.
CODE = "2.3"


def told(table: Published, code: str = CODE) -> list[str]:
    return [one.code for one in reconcile(GIA_LAI, table) if one.place == code]


def published(points: str, *decided: str) -> Published:
    """Return the published table of Gia Lai with other points in one row, and in the sums above it."""
    table = load_published(GIA_LAI)
    shift = Fraction(points) - (table.value(CODE) or 0)
    changed = {code: (table.value(code) or 0) + shift for code in (CODE, CODE.split(".")[0])}
    return replace(table, points={**table.points, **changed}, decided=frozenset(decided))


def test_what_may_be_decided_is_anything_up_to_the_maximum() -> None:
    criterion = GIA_LAI.criteria[CODE]
    assert possible(GIA_LAI, criterion) == PointSet.of(Fraction(0), Fraction(10))
    assert possible(GIA_LAI, criterion, by_verifier=True) == PointSet.between(Fraction(0), Fraction(10))


def test_a_criterion_without_lines_gives_what_its_rule_gives() -> None:
    criterion = GIA_LAI.criteria["6.4"]
    assert possible(GIA_LAI, criterion, by_verifier=True) == possible(GIA_LAI, criterion)


def test_published_points_between_the_lines_are_an_error_unless_they_are_marked_as_decided() -> None:
    assert told(load_published(GIA_LAI)) == []
    assert "R302" in told(published("4"))
    assert told(published("4", CODE)) == []


def test_the_remedy_names_the_column() -> None:
    (found,) = [one for one in reconcile(GIA_LAI, published("4")) if (one.code, one.place) == ("R302", CODE)]
    assert "column decided" in found.suggestion("en")
    assert "cột decided" in found.suggestion("vi")


def test_decided_points_above_the_maximum_are_an_error_all_the_same() -> None:
    assert "R301" in told(published("11", CODE))


def test_decided_points_count_in_sums_and_may_be_what_is_forced() -> None:
    before = {(one.code, one.place) for one in reconcile(GIA_LAI, load_published(GIA_LAI))}
    after = {(one.code, one.place) for one in reconcile(GIA_LAI, published("4", CODE))}
    assert after - before == set()


def test_a_mark_where_there_are_no_lines_is_mentioned_and_not_used() -> None:
    table = load_published(GIA_LAI)
    marked = replace(table, points={**table.points, "6.4": Fraction(4)}, decided=frozenset({"6.4"}))
    assert told(marked, "6.4")[:2] == ["R113", "R302"]


@pytest.mark.parametrize(
    ("cell", "decided"), [("có", True), ("yes", True), ("", False), ("không", False), ("-", False)]
)
def test_the_column_of_a_table(tmp_path: Path, cell: str, decided: bool) -> None:
    file = tmp_path / "points.csv"
    file.write_text(f"code,points,decided\n{CODE},4,{cell}\n", "utf-8")
    table = read_points(file)
    assert (table.decided, table.faults) == (frozenset({CODE} if decided else ()), ())


def test_a_cell_that_says_neither_is_a_fault_of_the_row(tmp_path: Path) -> None:
    file = tmp_path / "points.csv"
    file.write_text(f"code,points,decided\n{CODE},4,perhaps\n", "utf-8")
    table = read_points(file)
    assert [(one.code, one.place, one.is_row_fault) for one in table.faults] == [("R112", "points.csv:2", True)]
    assert table.decided == frozenset()


def test_json_marks_rows_or_lists_their_codes(tmp_path: Path) -> None:
    rows, listed = tmp_path / "rows.json", tmp_path / "listed.json"
    rows.write_text(f'[{{"code": "{CODE}", "points": 4, "decided": true}}, {{"code": "2.1", "points": 10}}]', "utf-8")
    listed.write_text(f'{{"points": {{"{CODE}": 4}}, "decided": ["{CODE}."]}}', "utf-8")
    assert read_points(rows).decided == read_points(listed).decided == frozenset({CODE})
    assert published_of({"points": {CODE: 4}, "decided": "all"}, "x").decided == frozenset()
