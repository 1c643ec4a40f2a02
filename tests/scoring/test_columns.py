"""The arithmetic of all units at once, where rules seldom lead: constants, shares reported or computed, its bounds."""

from __future__ import annotations

import operator
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.rules import Levels
from chiso.scoring.approximate import Approximate
from chiso.scoring.columns import ColumnArithmetic
from chiso.scoring.exact import ExactArithmetic
from chiso.scoring.facts import Facts, facts_of
from chiso.scoring.meaning import Scope, measured_share
from chiso.scoring.peers import BlockPeers, Peers
from chiso.scoring.score import score_in_blocks
from chiso.scoring.states import State
from tests.scoring.frameworks import criterion_of, framework_of
from tests.scoring.worth import Written, facts, figure, manual, worth

SHARES = st.sampled_from(["missing", "not_applicable", "error", "0", "1/3", "0.5", "1"])
COUNTS = st.sampled_from(["missing", "not_applicable", "error", "0", "1", "2", "3", "1000000"])

RULE = Levels.model_validate(
    {"kind": "levels", "value": "share", "numerator": "num", "denominator": "den", "targets": {"1": "50%"}}
)
SCOPE = Scope("I.1", {"value": "value", "num": "num", "den": "den"})


def columns(told: Facts) -> tuple[ColumnArithmetic, Peers]:
    peers = Peers(framework_of(manual("1.1")), told)
    return ColumnArithmetic(told, 0, len(told), BlockPeers(peers, 0, len(told))), peers


@pytest.mark.parametrize("part_of_whole", [True, False])
@given(rows=st.lists(st.tuples(SHARES, COUNTS, COUNTS), min_size=1, max_size=6))
def test_a_share_reported_or_computed_is_the_same_in_both(
    part_of_whole: bool, rows: list[tuple[str, str, str]]
) -> None:
    rule = RULE.model_copy(update={"part_of_whole": part_of_whole})
    told = facts([dict(zip(("value", "num", "den"), row, strict=True)) for row in rows])
    arithmetic, peers = columns(told)
    with np.errstate(all="ignore"):
        found = measured_share(rule, SCOPE, arithmetic)
    states = np.zeros(len(rows), np.uint8) if found.states is None else found.states
    values = np.broadcast_to(found.real(), len(rows))

    for unit in range(len(rows)):
        exact = measured_share(rule, SCOPE, ExactArithmetic(told, unit, {}, peers, trace=False))
        if arithmetic.doubt is None or not arithmetic.doubt[unit]:
            assert State(int(states[unit])) is exact.state
        if exact.known:
            error = Fraction(found.error()) * abs(exact.value) + Fraction(found.absolute)
            assert abs(Fraction(float(values[unit])) - exact.value) <= error


def test_a_constant_that_float64_cannot_hold_is_known_within_its_error() -> None:
    arithmetic, _ = columns(facts_of(["A"], {}))
    value = Fraction(2**60 + 1, 3)
    found = arithmetic.constant(value)

    assert not found.exact
    assert abs(Fraction(float(found.real())) - value) <= Fraction(found.error()) * value


@pytest.mark.parametrize(("n", "points"), [(0, 0), (2, Fraction(10, 3)), (6, 10)])
def test_constants_with_many_digits_decide_exactly(n: int, points: Fraction) -> None:
    rule = {"kind": "count", "of": "n*100000000000000000001/100000000000000000001", "target": "6"}

    assert worth(rule, {"n": n}) == points


def test_blocks_are_scored_one_after_the_other() -> None:
    framework = framework_of(criterion_of("1.1", {"kind": "share_of_best", "of": "n"}))
    rows: list[list[Written]] = [[1, 2, 4], [5, 5, 10]]
    blocks = [facts([{"1.1/n": n} for n in row]) for row in rows]

    found = [
        [scores.exact(unit, "1.1").value for unit in range(3)] for scores in score_in_blocks(framework, iter(blocks))
    ]
    assert found == [[Fraction(5, 2), 5, 10], [5, 5, 10]]


def test_figures_are_those_of_the_engine() -> None:
    assert [figure("missing"), figure("1/3"), figure(2)] == [State.MISSING, Fraction(1, 3), 2]


# -- the bounds: wherever the exact operands lie within theirs, the exact result lies within the one that is told


@st.composite
def bounded(draw: st.DrawFn, units: int) -> tuple[Approximate, list[Fraction]]:
    """Return a value a unit, exact or within an error, and where in its bounds the exact values lie."""
    whole = draw(st.lists(st.integers(-(10**6), 10**6), min_size=units, max_size=units))
    signed = any(number < 0 for number in whole)
    numbers = np.array(whole, np.float64)
    if draw(st.booleans()):
        scale = draw(st.sampled_from([1, 3, 100, 2**31]))
        return Approximate(numbers, scale, exact=True, signed=signed), [Fraction(one, scale) for one in whole]
    relative = draw(st.sampled_from([0.0, 2.0**-52, 1e-6]))
    absolute = draw(st.sampled_from([0.0, 1e-9, 0.25, 700.0]))
    lie = draw(st.lists(st.integers(-100, 100), min_size=units, max_size=units))
    exact = [
        Fraction(one) + Fraction(at, 101) * (Fraction(relative) * abs(one) + Fraction(absolute))
        for one, at in zip(whole, lie, strict=True)
    ]
    return Approximate(numbers, relative=relative, absolute=absolute, signed=True), exact


@given(drawn=st.integers(1, 4).flatmap(lambda units: st.tuples(bounded(units), bounded(units))))
def test_results_lie_within_the_bounds_that_are_told(drawn: tuple[Any, Any]) -> None:
    (left, lefts), (right, rights) = drawn
    operations = [("add", operator.add), ("subtract", operator.sub), ("multiply", operator.mul), ("divide", divided)]
    for name, exactly in operations:
        arithmetic, _ = columns(facts_of([str(unit) for unit in range(len(lefts))], {}))
        with np.errstate(all="ignore"):
            found = getattr(arithmetic, name)(left, right)
        values = np.broadcast_to(found.real(), len(lefts))
        for unit, (one, other) in enumerate(zip(lefts, rights, strict=True)):
            doubtful = arithmetic.doubt is not None and arithmetic.doubt[unit]
            if doubtful or (found.states is not None and found.states[unit] != State.GIVEN):
                continue
            value = Fraction(float(values[unit]))
            error = Fraction(found.error()) * abs(value) + Fraction(found.absolute)
            assert abs(value - exactly(one, other)) <= error * (1 + Fraction(2) ** -50), name


@pytest.mark.parametrize(
    ("name", "most"),
    [("add", 2.0), ("subtract", 2.0), ("multiply", 2_001.0), ("divide", 2 / 999)],
)
def test_bounds_are_no_wider_than_the_errors_make_them(name: str, most: float) -> None:
    told = facts_of(["A"], {})
    left = Approximate(np.array([1_000.0]), absolute=1.0, signed=True)
    right = Approximate(np.array([1_000.0]), absolute=1.0, signed=True)

    found = getattr(columns(told)[0], name)(left, right)

    told_error = found.absolute + found.error() * abs(float(found.real()[0]))
    assert most * (1 - 1e-9) <= told_error <= most * (1 + 1e-9)


def divided(left: Fraction, right: Fraction) -> Fraction:
    return left / right
