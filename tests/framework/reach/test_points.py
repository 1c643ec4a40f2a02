"""The points a rule can give: exact sets, and never fewer than the engine gives."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import TypeAdapter

from chiso.framework.expression import Formula
from chiso.framework.inputs import asked, formulas, implied
from chiso.framework.loader import bundled, load
from chiso.framework.model import FactType, Framework
from chiso.framework.reach.points import possible, reach
from chiso.framework.reach.pointset import EMPTY, PointSet
from chiso.framework.rules import Rule
from chiso.scoring.exact import Exact, ExactArithmetic, Extremes
from chiso.scoring.facts import Facts, facts_of
from chiso.scoring.meaning import Scope, points
from chiso.scoring.score import score
from chiso.scoring.states import State
from tests.library.cases import cases_of, outcome
from tests.reconcile import example

F = Fraction
RULES: TypeAdapter[Rule] = TypeAdapter(Rule)
TYPES: dict[str, FactType] = {"n": "count", "a": "count", "b": "count", "m": "amount", "s": "share", "y": "yes_no"}


def rule_of(kind: str, **keys: Any) -> Rule:
    return RULES.validate_python({"kind": kind, **keys})


def reached(rule: Rule, full: int = 10) -> PointSet:
    types = {**{one.name: one.type for one in implied(rule)}, **TYPES}
    return reach(rule, F(full), types)


def values(*numbers: Any) -> PointSet:
    return PointSet.of(*(F(number) for number in numbers))


def line(share: Any = None, **keys: Any) -> dict[str, Any]:
    return {"label": "?", **({} if share is None else {"share": share}), **keys}


NO: dict[str, Any] = {"kind": "yes_no", "input": "#1", "label": "?"}
RATIO: dict[str, Any] = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}


# -- every kind of rule


def test_a_choice_gives_its_options() -> None:
    rule = rule_of("choice", options=[{"id": str(one), **line(share)} for one, share in enumerate(["1", "1/3", "0"])])
    assert reached(rule) == values(10, "10/3", 0)


def test_a_choice_gives_what_the_rule_of_an_option_gives() -> None:
    options = [{"id": "x", **line("1")}, {"id": "y", **line(rule={**RATIO, "full_at": "2"})}]
    assert reached(rule_of("choice", options=options)) == PointSet.between(F(0), F(5)) | values(10)


def test_yes_or_no_gives_all_or_nothing() -> None:
    assert reached(rule_of(**NO)) == values(0, 10)


def test_a_ratio_gives_anything_up_to_the_maximum() -> None:
    assert reached(rule_of(**RATIO)) == PointSet.between(F(0), F(10))


def test_a_ratio_with_a_constant_below_gives_multiples() -> None:
    rule = rule_of("ratio", numerator="n", denominator="4", part_of_whole=False)
    assert reached(rule) == values(0, "5/2", 5, "15/2", 10)


def test_a_part_of_a_whole_cannot_reach_a_threshold_above_one() -> None:
    assert reached(rule_of(**RATIO, full_at="4/3")) == PointSet.between(F(0), F("7.5"))


def test_steps_give_their_lines_and_the_rest() -> None:
    rule = rule_of("steps", of="n", lines=[line("1", at_least=52), line("1/2", at_least=12)], otherwise=line("0"))
    assert reached(rule) == values(0, 5, 10)


def test_steps_do_not_give_a_line_that_nothing_reaches() -> None:
    lines = [line("1", at_least=10), line("1/2", above=9), line("1/4", at_least=1)]
    assert reached(rule_of("steps", of="n", lines=lines, otherwise=line("0"))) == values(0, "5/2", 10)


def test_steps_do_not_give_the_rest_when_every_figure_is_on_a_line() -> None:
    lines = [line("1", above=0), line("1/2", at_most=0)]
    assert reached(rule_of("steps", of="m", lines=lines, otherwise=line("1/4"))) == values(5, 10)


def test_a_ratio_in_the_rest_of_steps_goes_only_as_far_as_the_lines_leave_it() -> None:
    rule = rule_of("steps", of="a/b", lines=[line("1", at_least="1%")], otherwise=line(rule=RATIO))
    assert reached(rule) == PointSet.between(F(0), F("0.1"), high_open=True) | values(10)


def test_a_ratio_inside_a_line_of_steps_goes_only_as_far_as_its_line() -> None:
    rule = rule_of("steps", of="a/b", lines=[line(rule=RATIO, at_most="1/4")], otherwise=line("1"))
    assert reached(rule) == PointSet.between(F(0), F("2.5")) | values(10)


def test_a_count_gives_multiples_up_to_its_target() -> None:
    assert reached(rule_of("count", of="n", target=4)) == values(0, "5/2", 5, "15/2", 10)


def test_an_amount_against_a_target_gives_anything() -> None:
    assert reached(rule_of("count", of="m", target=4)) == PointSet.between(F(0), F(10))


def test_points_per_item_end_at_the_maximum() -> None:
    assert reached(rule_of("per_item", of="n", points=4)) == values(0, 4, 8, 10)


def test_parts_give_every_sum() -> None:
    parts = [line(share, rule={**NO, "input": f"#{share}"}) for share in ("1/5", "3/5")]
    assert reached(rule_of("parts", parts=parts)) == values(0, 2, 6, 8)


def test_lateness_gives_its_lines_and_the_rest() -> None:
    rule = rule_of("lateness", lines=[line("1", at_most=0), line("1/2", at_most=10)], otherwise=line("0"))
    assert reached(rule) == values(0, 5, 10)


def test_lateness_does_not_give_a_line_behind_a_wider_one() -> None:
    rule = rule_of("lateness", lines=[line("1", at_most=5), line("1/2", at_most=3)], otherwise=line("0"))
    assert reached(rule) == values(0, 10)


@pytest.mark.parametrize("kind", ["min_max", "share_of_best"])
def test_a_place_among_peers_can_be_anything(kind: str) -> None:
    assert reached(rule_of(kind, of="n")) == PointSet.between(F(0), F(10))


def test_a_share_of_a_constant_gives_multiples() -> None:
    assert reached(rule_of("relative", of="n", constant=2)) == values(0, 5, 10)


def test_a_share_of_a_reference_from_outside_can_be_anything() -> None:
    assert reached(rule_of("relative", of="n", given="x")) == PointSet.between(F(0), F(10))


def test_the_best_of_cases_gives_what_any_gives() -> None:
    cases = [line(rule=NO), line(rule={"kind": "count", "of": "n", "target": 2})]
    assert reached(rule_of("best_of", cases=cases)) == values(0, 5, 10)


def test_bonuses_and_deductions_stay_between_floor_and_ceiling() -> None:
    rule = rule_of(
        "adjusted",
        base=NO,
        bonuses=[line(of="n", points=3)],
        deductions=[line(of="y", points=4)],
        floor="1/10",
        ceiling="9/10",
    )
    # 0 or 10, plus 0, 3, 6, 9, ..., minus 0 or 4, kept between 1 and 9
    assert reached(rule) == values(1, 2, 3, 5, 6, 8, 9)


def test_a_bonus_ends_at_its_own_limit() -> None:
    rule = rule_of("adjusted", base=rule_of(**NO), bonuses=[line(of="n", points=2, at_most=3)])
    assert reached(rule) == values(0, 2, 3, 10)


def test_deductions_without_end_go_down_to_the_floor() -> None:
    rule = rule_of("adjusted", base=NO, deductions=[line(of="n", points=4)], floor="1/10")
    assert reached(rule) == values(1, 2, 6, 10)


def test_bonuses_and_deductions_without_end_can_give_anything() -> None:
    rule = rule_of("adjusted", base=NO, bonuses=[line(of="n", points=3)], deductions=[line(of="a", points=4)])
    assert reached(rule) == PointSet.between(F(0), F(10))


def test_an_adjustment_of_what_gives_no_points_gives_none() -> None:
    assert reached(rule_of("adjusted", base={"kind": "unscored"})) == EMPTY


def test_a_survey_lies_between_its_weights() -> None:
    answers = [{"input": name, "label": "?", "weight": weight} for name, weight in (("a", "1"), ("b", "1/5"))]
    assert reached(rule_of("survey", answers=answers)) == PointSet.between(F(2), F(10))


def test_points_that_are_entered_can_be_anything() -> None:
    assert reached(rule_of("manual")) == PointSet.between(F(0), F(10))


@pytest.mark.parametrize("kind", ["unscored", "sum"])
def test_what_gives_no_points_of_its_own_gives_none(kind: str) -> None:
    assert reached(rule_of(kind)) == EMPTY


def test_a_difference_may_sink_the_whole_rule() -> None:
    parts = [line("1/2", rule=NO), line("1/2", rule={"kind": "count", "of": "a-b", "target": 2})]
    assert reached(rule_of("parts", parts=parts)) == PointSet.between(F(0), F(10))


# -- policies of the framework


ONE_THIRD = {"kind": "choice", "options": [{"id": "some", "label": "?", "share": "1/3"}]}


def third(**policies: Any) -> PointSet:
    content = example.yes_no("1.1")
    content["rule"] = ONE_THIRD
    of = example.framework(example.dimension("1", 10, content), policies=policies)
    return possible(of, of.criteria["1.1"])


def test_points_are_exact_where_only_the_total_is_rounded() -> None:
    assert third() == values("10/3")


def test_points_are_rounded_where_the_framework_rounds_each_criterion() -> None:
    assert third(rounding={"decimals": 2, "at": "criterion"}) == values("3.33")


def test_full_points_are_possible_where_not_applicable_gives_them() -> None:
    assert third(not_applicable="full") == values("10/3", 10)


def test_the_reading_one_half_cannot_give_five_points() -> None:
    other = load("gia-lai-2023-province", {"A6": "one_half"})
    assert possible(other, other.criteria["6.4"]) == values(0, "5/2")


def test_the_literal_reading_leaves_a_hole_below_full_points() -> None:
    other = load("khanh-hoa-2023-district", {"A1": "literal"})
    assert possible(other, other.criteria["10.2"]) == PointSet.between(F(0), F("0.1"), high_open=True) | values(10)


# -- never fewer than the engine gives

SCORED = [name for name in bundled() if not load(name).is_maturity]


@pytest.mark.parametrize("name", SCORED)
def test_every_worked_case_gives_points_that_are_possible(name: str) -> None:
    outside = []
    for case in cases_of(name):
        framework = load(name, {key: str(value) for key, value in (case.get("readings") or {}).items()})
        criterion = framework.criteria[str(case["code"])]
        _, given_points = outcome(name, case) if not criterion.criteria else ("", None)
        if given_points is not None and given_points not in possible(framework, criterion):
            outside.append((criterion.code, given_points))
    assert outside == []


def cell(draw: st.DrawFn, kind: str, options: int) -> Fraction | State:
    if kind == "choice":
        return F(draw(st.integers(0, options - 1)))
    if kind == "yes_no":
        return F(draw(st.integers(0, 1)))
    if kind == "share":
        return F(draw(st.integers(0, 20)), 20)
    return F(draw(st.integers(0, 60)), 1 if kind in ("count", "days") else draw(st.integers(1, 4)))


@st.composite
def facts(draw: st.DrawFn, framework: Framework, units: int = 3) -> Facts:
    columns: dict[str, list[Fraction | State]] = {}
    for criterion in framework.criteria.values():
        for one in asked(framework, criterion):
            if one.fact not in columns:
                columns[one.fact] = [cell(draw, one.type, len(one.options)) for _ in range(units)]
    return facts_of([f"u{number}" for number in range(units)], columns)


@pytest.mark.parametrize("name", SCORED)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(data=st.data())
def test_every_score_of_a_bundled_framework_is_possible(name: str, data: st.DataObject) -> None:
    framework = load(name)
    scores = score(framework, data.draw(facts(framework)))
    for leaf in scores.plan.leaves:
        given_points = [scores.exact(unit, leaf.code) for unit in range(3)]
        allowed = possible(framework, leaf.criterion)
        assert [(leaf.code, one.value) for one in given_points if one.known and one.value not in allowed] == []


class Peers:
    """Three peers, of which the unit is one."""

    def extremes(self, formula: Formula, scope: Scope, unit: int) -> Extremes:
        return Extremes(F(0), F(60), 3)


SHARES = st.integers(0, 4).map(lambda number: str(F(number, 4)))
FORMULAS = st.sampled_from(["n", "a", "m", "s", "y", "a+n", "a/4", "2*n", "m/3", "s*n", "n+1", "a/b", "n/(a+1)"])
BOUNDS = st.tuples(
    st.sampled_from(["at_least", "above", "at_most", "below"]), st.integers(0, 24).map(lambda number: str(F(number, 2)))
)


def bounded(bound: tuple[str, str], share: str) -> dict[str, Any]:
    return line(share, **{bound[0]: bound[1]})


LEAVES = st.one_of(
    st.builds(lambda of, target: {"kind": "count", "of": of, "target": target}, FORMULAS, st.integers(1, 9)),
    st.builds(lambda of, each: {"kind": "per_item", "of": of, "points": each}, FORMULAS, st.integers(1, 4)),
    st.builds(lambda of, constant: {"kind": "relative", "of": of, "constant": constant}, FORMULAS, st.integers(1, 9)),
    st.builds(lambda of: {"kind": "min_max", "of": of}, st.sampled_from(["n", "m"])),
    st.builds(
        lambda over, full, part: {
            "kind": "ratio",
            "numerator": over,
            "denominator": "b",
            "full_at": str(F(full, 4)),
            "part_of_whole": part,
        },
        FORMULAS,
        st.integers(1, 8),
        st.booleans(),
    ),
    st.just({"kind": "yes_no", "input": "y", "label": "?"}),
    st.just({"kind": "manual"}),
    st.builds(
        lambda shares: {
            "kind": "survey",
            "answers": [
                {"input": name, "label": "?", "weight": share} for name, share in zip("ab", shares, strict=True)
            ],
        },
        st.tuples(SHARES, SHARES),
    ),
)


def extend(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    consequence = st.one_of(SHARES.map(line), inner.map(lambda rule: line(rule=rule)))
    lines = st.lists(
        st.tuples(BOUNDS, consequence).map(lambda one: {**one[1], one[0][0]: one[0][1]}), min_size=1, max_size=3
    )
    ratio_lines = st.builds(lambda low: [line("1", at_least=low)], st.sampled_from(["1/4", "1/2"]))
    adjustments = st.lists(
        st.builds(
            lambda of, each, most: line(of=of, points=each, **({"at_most": most} if most else {})),
            FORMULAS,
            st.integers(1, 4),
            st.sampled_from([None, 3, 5]),
        ),
        max_size=2,
    )
    return st.one_of(
        st.builds(
            lambda of, rows, rest: {"kind": "steps", "of": of, "lines": rows, "otherwise": rest},
            FORMULAS,
            lines,
            consequence,
        ),
        st.builds(
            lambda rows: {"kind": "steps", "of": "a/b", "lines": rows, "otherwise": line(rule=RATIO)}, ratio_lines
        ),
        st.builds(
            lambda rules: {"kind": "parts", "parts": [line(str(F(1, len(rules))), rule=rule) for rule in rules]},
            st.lists(inner, min_size=1, max_size=3),
        ),
        st.builds(
            lambda rules: {"kind": "best_of", "cases": [line(rule=rule) for rule in rules]},
            st.lists(inner, min_size=2, max_size=3),
        ),
        st.builds(
            lambda rows: {
                "kind": "choice",
                "input": "c",
                "options": [{"id": str(number), **row} for number, row in enumerate(rows)],
            },
            st.lists(consequence, min_size=3, max_size=3),
        ),
        st.builds(
            lambda base, plus, minus, floor: {
                "kind": "adjusted",
                "base": base,
                "bonuses": plus,
                "deductions": minus,
                "floor": floor,
            },
            inner,
            adjustments,
            adjustments,
            SHARES,
        ),
        st.builds(
            lambda days, share, rest: {
                "kind": "lateness",
                "lines": [line("1", at_most=0), line(share, at_most=days)],
                "otherwise": rest,
            },
            st.integers(0, 30),
            SHARES,
            consequence,
        ),
    )


TREES = st.recursive(LEAVES, extend, max_leaves=6)
ALL_TYPES: dict[str, FactType] = {**TYPES, "c": "choice", "points": "points", "days_late": "days", "done": "yes_no"}


@st.composite
def answers(draw: st.DrawFn) -> Mapping[str, list[Fraction | State]]:
    return {name: [cell(draw, kind, 3)] for name, kind in ALL_TYPES.items()}


def scored(rule: Rule, full: Fraction, given_facts: Mapping[str, list[Fraction | State]]) -> Exact:
    arithmetic = ExactArithmetic(facts_of(["u"], given_facts), 0, {}, Peers(), trace=False)
    return points(rule, full, Scope("1", {name: name for name in ALL_TYPES}), arithmetic)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(tree=TREES, full=st.integers(1, 20), sheets=st.lists(answers(), min_size=1, max_size=4))
def test_every_score_of_any_rule_is_possible(
    tree: dict[str, Any], full: int, sheets: list[Mapping[str, list[Fraction | State]]]
) -> None:
    rule = RULES.validate_python(tree)
    assert {name for formula in formulas(rule) for name in formula.names()} <= set(ALL_TYPES)
    allowed = reach(rule, F(full), ALL_TYPES)
    found = [scored(rule, F(full), sheet) for sheet in sheets]
    assert [one.value for one in found if one.known and one.value not in allowed] == []
