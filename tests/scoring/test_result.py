"""Results as other programs read them: keys, decimal strings, exact fractions, null for what is not there."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

import pytest

import chiso
from chiso.framework.loader import load
from chiso.scoring.facts import Facts, Unit, facts_of
from chiso.scoring.result import result
from chiso.scoring.score import score
from chiso.scoring.states import State
from tests.scoring.frameworks import Data, criterion_of, framework_of, levels_of
from tests.scoring.worth import Written, facts, manual

RATIO: Data = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}


def one(*rows: dict[str, Written], lang: str = "vi", **fields: Any) -> dict[str, Any]:
    """Return the result of the first unit in a framework of a ratio, two sub-criteria and something unscored."""
    parent: Data = {
        "code": "1.2",
        "title": "",
        "max_points": "10",
        "criteria": [manual("1.2.1", "4"), manual("1.2.2", "6")],
    }
    criteria = [criterion_of("1.1", RATIO), parent, criterion_of("1.3", {"kind": "unscored"}, None)]
    found: dict[str, Any] = result(score(framework_of(*criteria, **fields), facts(rows)), lang)["units"][0]
    return found


FULL: dict[str, Written] = {"1.1/a": 1, "1.1/b": 3, "1.2.1/points": 4, "1.2.2/points": "2.5"}


def test_the_head_names_framework_hash_readings_and_engine() -> None:
    loaded = load("khanh-hoa-2023-district", {"A1": "literal"})
    found = result(score(loaded, facts_of(["A"], {})))

    assert found["framework"] == {"id": "khanh-hoa-2023-district", "version": loaded.version, "hash": loaded.hash}
    assert found["readings"] == {"A1": "literal"}
    assert found["engine"] == f"chiso {chiso.__version__}"


def test_a_unit_with_everything() -> None:
    found = one(FULL)

    assert {
        key: found[key] for key in ("unit", "total", "exact", "published", "max", "share", "provisional", "rank")
    } == {
        "unit": "u0",
        "total": "9.833333",
        "exact": "59/6",
        "published": "9.83",
        "max": "20",
        "share": "0.491667",
        "provisional": False,
        "rank": 1,
    }
    assert (found["dimensions"], found["pillars"], found["level"], found["class"]) == (
        {"D1": "9.833333"},
        {},
        None,
        None,
    )


def test_a_scored_criterion() -> None:
    assert one(FULL)["criteria"]["1.1"] == {
        "status": "scored",
        "points": "3.333333",
        "share": "0.333333",
        "exact": "10/3",
        "max": "10",
        "message": None,
    }


def test_a_sum_of_sub_criteria() -> None:
    assert one(FULL)["criteria"]["1.2"] == {
        "status": "scored",
        "points": "6.5",
        "share": "0.65",
        "exact": "13/2",
        "max": "10",
        "message": None,
    }


def test_a_sum_that_lacks_a_part_has_no_points_and_says_which() -> None:
    found = one({**FULL, "1.2.2/points": "missing"}, lang="en")["criteria"]["1.2"]

    assert (found["status"], found["points"], found["exact"]) == ("missing", None, None)
    assert found["message"] == "Incomplete: criteria 1.2.2 have no points yet."


def test_a_sum_that_lacks_several_parts_is_in_the_state_that_prevails() -> None:
    found = one({**FULL, "1.2.1/points": "error", "1.2.2/points": "missing"}, lang="en")["criteria"]["1.2"]

    assert (found["status"], found["message"]) == ("error", "Incomplete: criteria 1.2.1, 1.2.2 have no points yet.")


def test_what_is_unscored_has_neither_points_nor_maximum() -> None:
    assert one(FULL, lang="en")["criteria"]["1.3"] == {
        "status": "unscored",
        "points": None,
        "share": None,
        "exact": None,
        "max": None,
        "message": "Followed, not scored yet.",
    }


@pytest.mark.parametrize(
    ("a", "b", "status", "message"),
    [
        ("missing", 3, "missing", "The figure a is missing."),
        ("not_applicable", 3, "not_applicable", "The unit answers that a does not apply."),
        ("error", 3, "error", "The figure a is faulty. Mend it."),
        (4, 3, "error", "a = 4 is above its own whole b = 3. Check both."),
        (0, 0, "error", "The denominator b is 0. If there is nothing to count, write n/a and say why."),
    ],
)
def test_the_states_are_kept_apart_with_their_reason(a: Written, b: Written, status: str, message: str) -> None:
    found = one({**FULL, "1.1/a": a, "1.1/b": b}, lang="en")["criteria"]["1.1"]

    assert (found["status"], found["points"], found["share"], found["exact"]) == (status, None, None, None)
    assert found["message"] == message


def test_the_reason_in_vietnamese() -> None:
    found = one({**FULL, "1.1/a": 1234567, "1.1/b": 3})["criteria"]["1.1"]

    assert found["message"] == "a = 1.234.567 lớn hơn tổng b = 3. Kiểm tra lại hai số này."


def test_waiting_for_peers() -> None:
    framework = framework_of(criterion_of("1.1", {"kind": "min_max", "of": "n"}))
    found = result(score(framework, facts([{"1.1/n": 1}])), "en")["units"][0]["criteria"]["1.1"]

    assert (found["status"], found["points"]) == ("waiting", None)
    assert found["message"] == "Waiting for figures of other units, or for the values @best, @lowest."


def test_nothing_known_is_null_and_not_zero() -> None:
    found = one({})

    assert [found[key] for key in ("total", "exact", "published", "share", "rank", "class")] == [None] * 6
    assert found["dimensions"] == {"D1": None}
    assert (found["max"], found["provisional"]) == ("20", True)


def test_a_known_zero_is_zero() -> None:
    found = one({"1.2.1/points": 0})

    assert (found["total"], found["rank"], found["dimensions"]) == ("0", 1, {"D1": "0"})


def test_a_pillar_of_which_nothing_is_known_is_null() -> None:
    pillar = {"title": {"vi": "", "en": ""}, "dimensions": ["D1"], "code": "P"}

    assert one({}, pillars=[pillar])["pillars"] == {"P": None}
    assert one(FULL, pillars=[pillar])["pillars"] == {"P": "9.833333"}


@pytest.mark.parametrize(("lang", "name"), [("vi", "Khá"), ("en", "Fair")])
def test_the_class_in_both_languages(lang: str, name: str) -> None:
    classes = [{"id": "fair", "name": {"vi": "Khá", "en": "Fair"}, "at_least": "0.4"}]

    assert one(FULL, lang=lang, classes=classes)["class_name"] == name


def test_no_class_without_points() -> None:
    classes = [{"id": "poor", "name": {"vi": "Kém", "en": "Poor"}, "at_least": "0"}]

    assert one({}, classes=classes)["class"] is None


def test_units_keep_their_order_kind_parent_and_group() -> None:
    units = [Unit("B", "district", "P", "x"), Unit("A")]
    found = result(score(framework_of(manual("1.1")), Facts(tuple(units), {})))["units"]

    assert [(unit["unit"], unit["kind"], unit["parent"], unit["group"]) for unit in found] == [
        ("B", "district", "P", "x"),
        ("A", "", "", ""),
    ]


def test_a_maximum_of_zero_has_no_share() -> None:
    found = result(score(framework_of(manual("1.1", "0")), facts([{"1.1/points": 0}])))["units"][0]

    assert (found["criteria"]["1.1"]["points"], found["criteria"]["1.1"]["share"]) == ("0", None)


def maturity(*rows: dict[str, Written], lang: str = "vi") -> dict[str, Any]:
    rules: list[Data] = [
        {"kind": "levels", "value": "share", "targets": {"1": "Không áp dụng", "2": "1/3"}},
        {"kind": "levels", "value": "yes_no", "targets": {"1": {"printed": "Có", "has": True}, "2": "Không áp dụng"}},
    ]
    criteria = [criterion_of(f"I.{number}", rule) for number, rule in enumerate(rules, 1)]
    followed = criterion_of("I.9", {"kind": "unscored"}, None)
    framework = framework_of(*criteria, followed, max_points=None, levels=levels_of(1, 2))
    found: dict[str, Any] = result(score(framework, facts(rows)), lang)["units"][0]
    return found


def test_a_level() -> None:
    found = maturity({"I.1/value": "1/3", "I.2/value": 0})

    assert found["level"] == {
        "reached": 2,
        "registered": None,
        "registered_met": None,
        "forecast": False,
        "name": "Mức 2",
        "unmet": {"1": ["I.2"]},
        "satisfied": {"I.1": [2], "I.2": []},
    }
    assert (found["total"], found["rank"], found["pillars"], found["dimensions"]) == (None, None, {}, {})
    assert found["provisional"] is False


def test_no_level() -> None:
    found = maturity({"I.1/value": "0.3"}, lang="en")

    assert (found["level"]["reached"], found["level"]["name"]) == (0, None)
    assert found["provisional"] is True


def test_criteria_of_a_level() -> None:
    found = maturity({"I.1/value": "1/3"}, lang="en")["criteria"]

    assert found["I.1"] == {
        "status": "scored",
        "points": None,
        "share": "0.333333",
        "exact": "1/3",
        "max": None,
        "message": None,
    }
    assert (found["I.2"]["status"], found["I.2"]["exact"], found["I.2"]["message"]) == (
        "missing",
        None,
        "The figure “I.2” is missing.",
    )
    assert found["I.9"]["status"] == "unscored"


def test_an_answer_is_no_share() -> None:
    found = maturity({"I.1/value": 0, "I.2/value": 1})["criteria"]["I.2"]

    assert (found["share"], found["exact"]) == (None, "1")


def test_everything_is_plain_data() -> None:
    found = result(score(framework_of(manual("1.1")), facts_of(["A"], {"1.1/points": [Fraction(1, 3)]})))

    assert json.loads(json.dumps(found)) == found


def test_four_states_from_the_figures_to_the_result() -> None:
    states: list[Fraction | int | State] = [State.MISSING, State.NOT_APPLICABLE, State.ERROR, Fraction(0)]
    found = result(score(framework_of(manual("1.1")), facts_of("ABCD", {"1.1/points": states})))["units"]

    assert [unit["criteria"]["1.1"]["status"] for unit in found] == ["missing", "not_applicable", "error", "scored"]
    assert [unit["criteria"]["1.1"]["points"] for unit in found] == [None, None, None, "0"]
    assert [unit["rank"] for unit in found] == [None, None, None, 1]
