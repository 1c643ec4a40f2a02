"""The two bundled tables: what was found in the documents by hand, and nothing else."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from chiso.framework.loader import load
from chiso.framework.reach.pointset import PointSet
from chiso.reconcile import PublishedFinding, load_published, reconcile

F = Fraction
GIA_LAI = "gia-lai-2023-province"


def findings(name: str, **readings: str) -> list[PublishedFinding]:
    framework = load(name, readings)
    return reconcile(framework, load_published(framework))


def one(code: str, place: str) -> PublishedFinding:
    (found,) = [each for each in findings(GIA_LAI) if (each.code, each.place) == (code, place)]
    return found


def figures(code: str, place: str) -> dict[str, Any]:
    return {name: value for name, value in one(code, place).figures.items() if name != "equation"}


def test_gia_lai_2022_has_these_findings_and_no_others() -> None:
    assert [(each.code, each.place, each.severity) for each in findings(GIA_LAI)] == [
        ("R402", "3", "note"),
        ("R401", "4", "error"),
        ("R301", "4.2", "error"),
        ("R501", "4.2", "warning"),
        ("R201", "4.12", "warning"),
        ("R501", "4.12", "warning"),
        ("R303", "6.4", "note"),
        ("R401", "7", "error"),
        ("R504", "7", "note"),
        ("R402", "8", "note"),
        ("R204", "9", "note"),
        ("R206", "total", "note"),
    ]


def test_dimension_3_is_explained_by_rounding() -> None:
    # 9.13 + 10 + 5.01 + 10 + 15 + 12.86 + 0 = 62.00; up to 0.005 each from 3.1 to 3.4, 3.6 and the sum: 15 is exact
    assert figures("R402", "3") == {
        "printed": F("61.99"),
        "sum": F(62),
        "difference": F("-0.01"),
        "rounding": F("0.03"),
    }


def test_dimension_8_is_explained_by_rounding() -> None:
    # 1.60 + 5.56 + 0.15 + 0 + 3.66 + 0 + 0 + 7.95 = 18.92; up to 0.005 each from five rows and the sum
    assert figures("R402", "8") == {
        "printed": F("18.91"),
        "sum": F("18.92"),
        "difference": F("-0.01"),
        "rounding": F("0.03"),
    }


def test_dimension_7_is_not_explained_by_rounding() -> None:
    # 6.77 + 7.41 + 1.83 + 20 + 4.88 + 0.53 + 9.85 + 10 + 0.98 + 2.72 + 0 + 0 = 64.97; ten rows above 0, and the sum
    assert figures("R401", "7") == {
        "printed": F("64.74"),
        "sum": F("64.97"),
        "difference": F("-0.23"),
        "rounding": F("0.055"),
    }


def test_dimension_7_forces_no_correction_since_any_of_eleven_figures_may_be_wrong() -> None:
    assert figures("R504", "7") == {
        "candidates": {
            "7.1": F("6.54"),
            "7.2": F("7.18"),
            "7.3": F("1.60"),
            "7.4": F("19.77"),
            "7.5": F("4.65"),
            "7.6": F("0.30"),
            "7.7": F("9.62"),
            "7.8": F("9.77"),
            "7.9": F("0.75"),
            "7.10": F("2.49"),
            "7": F("64.97"),
        }
    }


def test_dimension_4_does_not_hold_as_printed() -> None:
    # 10 + 100 + 0 + 10 + 0.14 + 0 + 0.31 + 0 + 0 + 0.03 + 0.26 + 5 = 125.74
    found = figures("R401", "4")
    assert (found["printed"], found["sum"], found["difference"]) == (F("35.74"), F("125.74"), F(-90))


def test_4_2_is_above_its_maximum() -> None:
    assert figures("R301", "4.2") == {"printed": F(100), "maximum": F(10), "possible": PointSet.of(F(0), F(10))}


def test_4_2_must_be_10() -> None:
    assert figures("R501", "4.2") == {"value": F(10)}


def test_4_12_must_be_0_with_a_little_room_for_rounding() -> None:
    # 4 stands for less than 35.745. Without 4.2 and 4.12 its parts are at least 10 + 10 + 0.135 + 0.305 + 0.025 + 0.255
    # + 4.995 = 25.715, so with 10 for 4.2 less than 0.03 is left.
    room = PointSet.between(F(0), F("0.03"), high_open=True)
    assert figures("R501", "4.12") == {"value": F(0), "range": room}


def test_the_equation_of_dimension_4_is_told() -> None:
    assert one("R501", "4.12").text("vi") == (
        "4.12 phải là 0, vì 10 + x + 0 + 10 + 0,14 + 0 + 0,31 + 0 + 0 + 0,03 + 0,26 + y + 5 = 35,74, "
        "trong đó x là 4.2 (0; 10), y là 4.12 (từ 0 đến 5). Kể cả làm tròn: từ 0 đến dưới 0,03."
    )


def test_index_9_is_blank_and_not_scored() -> None:
    assert figures("R204", "9") == {"codes": ["9", "9.1", "9.2", "9.3"]}


def test_the_dimensions_of_gia_lai_add_up_to_406_87() -> None:
    # 63.33 + 30 + 61.99 + 35.74 + 50.15 + 82.01 + 64.74 + 18.91
    assert figures("R206", "total") == {"sum": F("406.87")}


def test_5_of_5_at_6_4_supports_the_reading_in_use() -> None:
    found = one("R303", "6.4").figures
    assert (found["printed"], found["reading"], found["name"]) == (F(5), "A6", "one_half")


def test_5_of_5_at_6_4_is_impossible_under_the_other_reading() -> None:
    found = next(each for each in findings(GIA_LAI, A6="one_half") if each.place == "6.4")
    assert (found.code, found.figures["printed"]) == ("R302", F(5))
    assert found.figures["possible"] == PointSet.of(F(0), F("2.5"))


@pytest.mark.parametrize("code", ["1.3", "5.12.3", "5.12", "8.8", "8.8.2"])
def test_nothing_is_wrong_with(code: str) -> None:
    assert [each for each in findings(GIA_LAI) if each.place == code] == []


def test_a_total_of_407_10_would_name_dimension_7() -> None:
    # 406.87 + 0.23: then one wrong figure explains both sums
    framework = load(GIA_LAI)
    published = load_published(framework)
    with_total = replace(published, points={**published.points, "total": F("407.10")})
    found = [each for each in reconcile(framework, with_total) if each.code == "R505"]
    assert [(each.place, each.figures["value"]) for each in found] == [("7", F("64.97"))]


def test_yen_dinh_2022_holds_and_leaves_nothing_but_the_note_on_its_total() -> None:
    (found,) = findings("yen-dinh-2023-district")
    # 83.125 + 100 + 95 + 92.85 + 95 + 184.08 + 136.74 + 104.4
    assert (found.code, found.severity, found.figures) == ("R206", "note", {"sum": F("891.195")})


def test_reconciling_changes_nothing() -> None:
    framework = load(GIA_LAI)
    published = load_published(framework)
    reconcile(framework, published)
    assert published == load_published(framework)
