"""Maturity: targets met, and the level reached."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from chiso.framework.model import Framework
from chiso.scoring.attainment import Reached
from chiso.scoring.score import score
from tests.scoring.frameworks import Data, criterion_of, framework_of, levels_of
from tests.scoring.worth import Written, facts, plain

SHARE: Data = {"kind": "levels", "value": "share", "targets": {"1": "Không áp dụng", "2": "40%", "3": "60%"}}
COMPUTED: Data = {**SHARE, "numerator": "num", "denominator": "den"}
HAS: Data = {
    "kind": "levels",
    "value": "yes_no",
    "targets": {"1": "Không áp dụng", "2": "Không áp dụng", "3": {"printed": "Có", "has": True}},
}
COUNT: Data = {
    "kind": "levels",
    "value": "count",
    "targets": {
        "1": {"printed": "01", "at_least": 1},
        "2": {"printed": "02", "at_least": 2},
        "3": {
            "printed": "03 hoặc 100%",
            "any_of": [{"printed": "03", "at_least": 3}, {"printed": "100%", "all_of_total": True}],
        },
    },
}
COMMUNES: Data = {
    "kind": "levels",
    "value": "children",
    "targets": {
        "1": {"printed": "100% mức 1", "children": {"all_at_least": 1}},
        "2": {"printed": "50% mức 2", "children": {"all_at_least": 1, "share": "50%", "at_least": 2}},
        "3": {"printed": "100% mức 2", "children": {"all_at_least": 2}},
    },
}


def maturity(*rules: Data, **fields: Any) -> Framework:
    criteria = [criterion_of(f"I.{number}", rule) for number, rule in enumerate(rules, 1)]
    return framework_of(*criteria, max_points=None, levels=levels_of(1, 2, 3), **fields)


def reached(framework: Framework, row: dict[str, Written], children: tuple[int | None, ...] = ()) -> Reached:
    told = facts([row], children={0: children} if children else {})
    scores = score(framework, told)
    return scores.reached(0)


def met(rule: Data, row: dict[str, Written], children: tuple[int | None, ...] = ()) -> list[int] | str:
    """Return the levels whose target a unit meets, or the state of the criterion."""
    found = reached(maturity(rule), {f"I.1/{name}": value for name, value in row.items()}, children).measured("I.1")
    state = plain(found.value)
    return state if isinstance(state, str) else found.satisfied


@pytest.mark.parametrize(
    ("share", "levels"),
    [
        ("0", []),
        ("0.399999", []),
        ("0.4", [2]),
        ("0.5999", [2]),
        ("0.6", [2, 3]),
        ("1", [2, 3]),
        ("missing", "missing"),
    ],
)
def test_a_share_meets_the_targets_at_or_below_it(share: str, levels: list[int] | str) -> None:
    assert met(SHARE, {"value": share}) == levels


@pytest.mark.parametrize(
    ("num", "den", "levels"),
    [
        (2, 5, [2]),
        (3, 5, [2, 3]),
        (1, 3, []),
        (5, 4, "error"),
        (0, 0, "error"),
        ("missing", 5, "missing"),
        ("not_applicable", "not_applicable", "not_applicable"),
    ],
)
def test_a_share_computed_from_its_parts(num: Written, den: Written, levels: list[int] | str) -> None:
    assert met(COMPUTED, {"num": num, "den": den}) == levels


def test_a_reported_share_goes_before_its_parts() -> None:
    assert met(COMPUTED, {"value": "0.5", "num": 5, "den": 5}) == [2]
    assert met(COMPUTED, {"value": "not_applicable", "num": 5, "den": 5}) == "not_applicable"


def test_more_than_the_whole_is_no_fault_where_it_is_no_part() -> None:
    assert met({**COMPUTED, "part_of_whole": False}, {"num": 5, "den": 4}) == [2, 3]


@pytest.mark.parametrize(("answer", "levels"), [(1, [3]), (0, []), ("missing", "missing"), ("error", "error")])
def test_to_have_or_not(answer: Written, levels: list[int] | str) -> None:
    assert met(HAS, {"value": answer}) == levels


@pytest.mark.parametrize(
    ("value", "total", "levels"),
    [
        (0, 8, []),
        (1, 8, [1]),
        (2, 8, [1, 2]),
        (3, 8, [1, 2, 3]),
        (2, 2, [1, 2, 3]),
        (1, 1, [1, 3]),
        (0, 0, []),
        (3, "missing", [1, 2, 3]),
        (2, "missing", "missing"),
        (2, "error", "error"),
        ("missing", 8, "missing"),
    ],
)
def test_so_many_or_all_of_them(value: Written, total: Written, levels: list[int] | str) -> None:
    assert met(COUNT, {"value": value, "total": total}) == levels


def test_levels_that_are_met_stand_although_a_total_is_missing() -> None:
    found = reached(maturity(COUNT), {"I.1/value": 2}).measured("I.1")

    assert (plain(found.value), found.satisfied) == ("missing", [1, 2])


@pytest.mark.parametrize(
    ("children", "levels"),
    [
        ((1,), [1]),
        ((1, 2), [1, 2]),
        ((1, 1, 2), [1]),
        ((2, 2), [1, 2, 3]),
        ((0, 3, 3), []),
        ((5, 5), [1, 2, 3]),
        ((), "missing"),
        ((2, None), "waiting"),
        ((None,), "waiting"),
    ],
)
def test_levels_of_the_communes(children: tuple[int | None, ...], levels: list[int] | str) -> None:
    assert met(COMMUNES, {}, children) == levels


def test_how_many_communes_it_waits_for() -> None:
    value = reached(maturity(COMMUNES), {}, (2, None, None)).measured("I.1").value

    assert (value.code, dict(value.data)) == ("S122", {"unknown": 2, "all": 3})


# -- the level


def test_the_highest_level_whose_own_criteria_hold() -> None:
    framework = maturity(SHARE, HAS)

    assert reached(framework, {"I.1/value": "0.6", "I.2/value": 1}).number == 3
    assert reached(framework, {"I.1/value": "0.6", "I.2/value": 0}).number == 2
    assert reached(framework, {"I.1/value": "0.3", "I.2/value": 1}).number == 0


def test_a_level_at_which_nothing_was_met_is_not_reached_though_nothing_is_lacking() -> None:
    assert reached(maturity(SHARE), {"I.1/value": 0}).number == 0


def test_no_level() -> None:
    assert reached(maturity(COUNT), {"I.1/value": 0, "I.1/total": 5}).number == 0


@pytest.mark.parametrize(("policy", "level"), [("own", 3), ("cumulative", 1)])
def test_whether_lower_levels_must_hold_too(policy: str, level: int) -> None:
    framework = maturity(COUNT, policies={"levels": policy})
    found = reached(framework, {"I.1/value": 1, "I.1/total": 1})

    assert found.number == level
    assert found.unmet == {1: [], 2: ["I.1"], 3: []}


def test_what_each_level_lacks() -> None:
    found = reached(maturity(SHARE, HAS, COUNT), {"I.1/value": "0.4", "I.2/value": 0, "I.3/value": 1, "I.3/total": 9})

    assert found.unmet == {1: [], 2: ["I.3"], 3: ["I.1", "I.2", "I.3"]}
    assert found.satisfied == {"I.1": [2], "I.2": [], "I.3": [1]}


def test_what_is_missing_is_not_met() -> None:
    found = reached(maturity(SHARE, HAS), {"I.1/value": "0.6"})

    assert (found.number, found.unmet[3]) == (2, ["I.2"])


@pytest.mark.parametrize(("consequence", "level"), [("undecided", 2), ("leave_out", 3), ("full", 3)])
def test_not_applicable_has_the_consequence_the_framework_gives_it(consequence: str, level: int) -> None:
    framework = maturity(SHARE, HAS, policies={"not_applicable": consequence})

    assert reached(framework, {"I.1/value": "0.6", "I.2/value": "not_applicable"}).number == level


def test_a_criterion_left_out_for_the_year_is_not_asked_for() -> None:
    framework = maturity(SHARE, HAS, left_out=[{"code": "I.2", "year": 2024, "reason": "no"}])

    assert reached(framework, {"I.1/value": "0.6", "I.2/value": 0}).number == 3


def test_a_maturity_framework_has_no_points_and_no_ranks() -> None:
    scores = score(maturity(SHARE), facts([{"I.1/value": "0.6"}, {"I.1/value": 0}, {}]))

    assert scores.points.tolist() == [[0.0, 0.0, 0.0]]
    assert [scores.totals.rank(unit) for unit in range(3)] == [None, None, None]


def test_a_change_moves_the_level() -> None:
    framework = maturity(SHARE)
    scores = score(framework, facts([{"I.1/value": 0}, {"I.1/value": 0}, {}]))
    scores.update(1, {"I.1/value": Fraction(1)})

    assert scores.reached(1).number == 3


@pytest.mark.parametrize(("level", "met"), [(1, True), (2, True), (3, False), (None, None)])
def test_whether_the_registered_level_or_a_higher_one_is_reached(level: int | None, met: bool | None) -> None:
    position: Written = "missing" if level is None else level - 1
    found = reached(maturity(SHARE), {"I.1/value": "0.4", "registered_level": position})

    assert (found.number, found.registered, found.registered_met) == (2, level, met)


def test_levels_that_nobody_has_recognised_make_a_forecast() -> None:
    scores = score(maturity(COMMUNES), facts([{}, {}], children={0: (2, 3), 1: (2,)}, self_assessed={0: 1}))

    assert [scores.reached(unit).forecast for unit in (0, 1)] == [True, False]
    assert [scores.reached(unit).value("I.1").code for unit in (0, 1)] == ["S123", ""]


def test_without_a_criterion_on_child_units_nothing_is_a_forecast() -> None:
    scores = score(maturity(SHARE), facts([{"I.1/value": 1}], children={0: (2,)}, self_assessed={0: 1}))

    assert not scores.reached(0).forecast
