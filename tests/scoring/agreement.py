"""Holds the engine against the second reading: states, exact points, approximations, totals, classes and ranks."""

from __future__ import annotations

from fractions import Fraction
from unittest.mock import patch

from chiso.framework.model import Framework
from chiso.framework.rules import Levels
from chiso.scoring.plan import Leaf
from chiso.scoring.score import Scores, score
from chiso.scoring.states import State
from tests.scoring import rational_levels
from tests.scoring.rational import Figure
from tests.scoring.rational_points import Table
from tests.scoring.rational_totals import Standing
from tests.scoring.tables import facts_of_table


def scored(framework: Framework, table: Table, *, few: int, block: int = 16_384) -> Scores:
    """Score a table, up to ``few`` units one by one and more of them all at once, in blocks."""
    with patch("chiso.scoring.score.FEW", few), patch("chiso.scoring.columns.BLOCK", block):
        return score(framework, facts_of_table(table))


def check(framework: Framework, table: Table) -> Scores:
    """Assert that the engine and the second reading say the same of everything; return what the engine says."""
    standing = Standing(framework, table)
    scores = scored(framework, table, few=2)
    check_scores(scores, standing)
    check_scores(scored(framework, table, few=0, block=3), standing)
    return scores


def check_scores(scores: Scores, standing: Standing) -> None:
    """Assert that scores are those of the second reading."""
    for unit in standing.units:
        check_criteria(scores, standing, unit)
        check_totals(scores, standing, unit)
    assert [scores.totals.rank(unit) for unit in standing.units] == standing.ranks()


def check_criteria(scores: Scores, standing: Standing, unit: int) -> None:
    """Assert that every criterion of a unit has the same state and the same points in both arithmetics."""
    for leaf in scores.plan.leaves:
        if not isinstance(leaf.rule, Levels):
            check_criterion(scores, standing, unit, leaf)


def check_criterion(scores: Scores, standing: Standing, unit: int, leaf: Leaf) -> None:
    """Assert that one criterion of a unit has the same state and the same points in both arithmetics."""
    expected = standing.assessment.points(unit, leaf.criterion)
    found = scores.exact(unit, leaf.code)
    exact: Figure = found.value if found.known else found.state.word
    assert exact == expected, f"{exact} is not {expected}: {place(standing, unit, leaf)}"
    state = State(int(scores.states[leaf.row, unit]))
    assert state is found.state, f"{state!r} is not {found.state!r}: {place(standing, unit, leaf)}"
    points, error = float(scores.points[leaf.row, unit]), float(scores.errors[leaf.row])
    number = expected if isinstance(expected, Fraction) else Fraction(0)
    assert abs(Fraction(points) - number) <= Fraction(error), (
        f"{points} is not {number} +- {error}: {place(standing, unit, leaf)}"
    )


def place(standing: Standing, unit: int, leaf: Leaf) -> str:
    """Say where something differs, so that it can be looked at by hand."""
    figures = standing.assessment.figures(unit, leaf.criterion)
    rule = leaf.rule.model_dump(mode="json", exclude_none=True)
    return f"unit {unit}, {leaf.code}, {rule}, {figures}, {standing.table}"


def check_totals(scores: Scores, standing: Standing, unit: int) -> None:
    """Assert that dimensions, pillars, total and class of a unit are the same."""
    totals = scores.totals
    dimensions = totals.dimensions(unit)
    found = {code: (one.points, one.most) for code, one in dimensions.items()}
    assert found == {code: (one.points, one.most) for code, one in standing.dimensions(unit).items()}
    found = {code: (one.points, one.most) for code, one in totals.pillars(dimensions).items()}
    assert found == {code: (one.points, one.most) for code, one in standing.pillars(unit).items()}
    total, expected = totals.total(unit), standing.total(unit)
    assert (total.points, total.most) == (expected.points, expected.most)
    assert bool(totals.scored[unit]) is standing.scored(unit)
    assert totals.provisional(unit) is standing.provisional(unit)
    if standing.scored(unit):
        assert totals.published_value(unit) == standing.published(unit)
        band = totals.class_of(total)
        assert (band.id if band else None) == standing.band(unit)


def check_levels(framework: Framework, table: Table) -> Scores:
    """Assert that every unit reaches the same maturity level, for the same reasons."""
    scores = scored(framework, table, few=0, block=3)
    for unit in range(len(table.groups)):
        assert levels_agree(framework, table, scores, unit)
    return scores


def levels_agree(framework: Framework, table: Table, scores: Scores, unit: int) -> bool:
    """Assert that one unit reaches the same maturity level, for the same reasons; return that it does."""
    expected, found = rational_levels.reach(framework, table, unit), scores.reached(unit)
    assert found.number == expected.level
    assert found.unmet == expected.unmet
    assert found.satisfied == expected.met
    assert found.open == rational_levels.open_(framework, table, unit)
    for code in found.satisfied:
        measured = rational_levels.measure(framework, table, unit, framework.criteria[code])
        for value in (found.value(code), found.measured(code).value):
            assert (value.value if value.known else value.state.word) == measured.value
        assert found.measured(code).satisfied == list(measured.met)
    return True
