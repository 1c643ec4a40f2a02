"""Levels of all units at once: where float64 cannot tell, after a change, and in lists."""

from __future__ import annotations

from fractions import Fraction
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chiso.framework.model import Framework
from chiso.scoring import attainment
from chiso.scoring.facts import Column
from chiso.scoring.levels import measure
from chiso.scoring.score import score
from tests.scoring.agreement import check_levels, levels_agree, scored
from tests.scoring.frameworks import Data, criterion_of, framework_of, levels_of, maturity_frameworks
from tests.scoring.rational_points import Table
from tests.scoring.tables import Figures, engine_figure, random_table
from tests.scoring.test_update import changed, every_input, fits
from tests.scoring.worth import facts

LARGE = 10**15


def framework(rule: Data, numbers: tuple[int, ...] = (1, 2)) -> Framework:
    return framework_of(criterion_of("I.1", rule), max_points=None, levels=levels_of(*numbers))


def share(*bounds: str) -> Data:
    targets = {str(number): bound for number, bound in enumerate(bounds, 1)}
    return {"kind": "levels", "value": "share", "numerator": "num", "denominator": "den", "targets": targets}


def test_a_target_between_two_neighbouring_floats() -> None:
    # The quotients differ from a third by less than float64 can hold.
    rows = [{"I.1/num": LARGE // 3 + more, "I.1/den": LARGE} for more in (-1, 0, 1)]
    scores = score(framework(share("1/3", "1/3")), facts(rows))

    assert scores.reached(0).unmet == {1: ["I.1"], 2: ["I.1"]}
    assert [scores.reached(unit).number for unit in range(3)] == [0, 0, 2]


def test_only_what_is_too_close_is_measured_exactly() -> None:
    rows = [{"I.1/num": one, "I.1/den": LARGE} for one in (1, LARGE // 1000 * 333, LARGE)]
    with patch.object(attainment, "measure", wraps=measure) as measured:
        scores = score(framework(share("0.333", "0.666")), facts(rows))

    assert [scores.reached(unit).number for unit in range(3)] == [0, 1, 2]
    assert [call.args[2] for call in measured.call_args_list] == [1]


def test_a_total_finer_than_the_count() -> None:
    rule: Data = {"kind": "levels", "value": "count", "targets": {"1": {"printed": "", "all_of_total": True}}}
    rows = [{"I.1/value": 3, "I.1/total": total} for total in ("3", "3.000001", "2.999999", "0", "not_applicable")]
    scores = score(framework(rule, (1,)), facts(rows))

    assert [scores.reached(unit).number for unit in range(5)] == [1, 0, 1, 0, 0]
    assert [scores.reached(unit).value("I.1").state.word for unit in (0, 4)] == ["scored", "not_applicable"]


@pytest.mark.parametrize(("enough", "met"), [(332, False), (333, False), (334, True), (1000, True)])
def test_a_share_of_the_children_is_counted_in_whole_numbers(enough: int, met: bool) -> None:
    condition: Data = {"all_at_least": 1, "share": "333333333333333333333/1000000000000000000000", "at_least": 2}
    rule: Data = {"kind": "levels", "value": "children", "targets": {"1": {"printed": "", "children": condition}}}
    children = {0: (2,) * enough + (1,) * (1000 - enough)}
    scores = score(framework(rule, (1,)), facts([{}], children=children))

    assert scores.reached(0).satisfied == {"I.1": [1] if met else []}


def test_nobody() -> None:
    assert score(framework(share("1/3", "1/2")), facts([])).attainment.reached.tolist() == []  # type: ignore[union-attr]


@given(framework=maturity_frameworks(), seed=st.integers(0, 2**32), units=st.integers(1, 4))
def test_after_a_change_everything_is_as_if_scored_anew(framework: Framework, seed: int, units: int) -> None:
    random, inputs = Random(seed), every_input(framework)
    assume(inputs)
    table = random_table(framework, random, units)
    scores = scored(framework, table, few=0)
    for _ in range(2):
        unit, chosen = random.randrange(units), random.sample(inputs, random.randrange(1, len(inputs) + 1))
        changes = {one.fact: Figures(random, 20).cell(one, [], 1) for one in chosen}
        table = changed(table, unit, changes)
        assume(fits(table))
        before = [scores.reached(one).unmet for one in range(units)]
        scores.update(unit, {fact: engine_figure(figure) for fact, figure in changes.items()})
        assert len(before) == units
        assert all(levels_agree(framework, table, scores, one) for one in range(units))


@given(seed=st.integers(0, 2**32))
def test_computed_shares_of_many_digits(seed: int) -> None:
    random = Random(seed)
    of = framework(share("1/3", "2/3"))
    figures: dict[tuple[int, str], Fraction] = {}
    for unit in range(6):
        den = random.randrange(1, LARGE)
        third = den * random.choice((1, 2)) // 3
        figures[unit, "I.1/den"] = Fraction(den)
        figures[unit, "I.1/num"] = Fraction(min(max(third + random.choice((-1, 0, 1)), 0), den))
    check_levels(of, Table(("",) * 6, figures))


def test_columns_that_need_many_decimals() -> None:
    rule: Data = {"kind": "levels", "value": "share", "targets": {"1": "0.3", "2": "0.7"}}
    told = facts([{"I.1/value": "0.3"}, {"I.1/value": "0.299999999999"}, {"I.1/value": "0.7"}])
    assert told.columns["I.1/value"] == Column(told.columns["I.1/value"].numbers, 10**12, None)
    scores = score(framework(rule), told)

    assert [scores.reached(unit).number for unit in range(3)] == [1, 0, 2]
