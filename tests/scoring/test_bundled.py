"""Over all bundled frameworks the engine gives what rational arithmetic gives, at every threshold of every rule too."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest

from chiso.framework.inputs import asked, every_rule
from chiso.framework.loader import bundled, load
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Levels, Steps
from tests.scoring import rational_levels
from tests.scoring.agreement import check, check_criterion, check_levels, scored
from tests.scoring.rational import formula
from tests.scoring.rational_points import Table
from tests.scoring.rational_totals import Standing
from tests.scoring.tables import random_table
from tests.scoring.thresholds import edge_figures, formula_edges, solved


def _readings() -> list[tuple[str, str, str]]:
    return [
        (name, reading.id, option)
        for name in bundled()
        for reading in load(name).readings
        for option in reading.options
        if option != reading.default
    ]


@pytest.mark.parametrize("name", bundled())
@pytest.mark.parametrize("seed", range(6))
def test_random_figures_give_what_rational_arithmetic_gives(name: str, seed: int) -> None:
    framework, random = load(name), Random(seed)
    table = random_table(framework, random, 1 + seed, absent=(0, 3, 10)[seed % 3])

    (check_levels if framework.is_maturity else check)(framework, table)


@pytest.mark.parametrize(("name", "reading", "option"), _readings())
def test_other_readings_give_what_rational_arithmetic_gives(name: str, reading: str, option: str) -> None:
    framework = load(name, {reading: option})
    table = random_table(framework, Random(7), 4, absent=5)

    (check_levels if framework.is_maturity else check)(framework, table)


def edge_table(framework: Framework, criterion: Criterion) -> Table:
    """Return a table in which each unit stands at, just below or just above a threshold of one criterion."""
    rows = list(edge_figures(framework, criterion))
    facts = {one.name: one.fact for one in asked(framework, criterion)}
    figures = {(unit, facts[name]): figure for unit, row in enumerate(rows) for name, figure in row.items()}
    reference = {"@reference": {f"{criterion.code}/reference": Fraction(10)}}
    return Table(("",) * len(rows), figures, reference)


@pytest.mark.parametrize("name", [name for name in bundled() if not load(name).is_maturity])
def test_thresholds_are_exact(name: str) -> None:
    framework = load(name)
    for criterion in framework.criteria.values():
        if criterion.criteria:
            continue
        table = edge_table(framework, criterion)
        standing = Standing(framework, table)
        for few in (0, len(table.groups)):
            scores = scored(framework, table, few=few)
            leaf = scores.plan.leaves[scores.plan.rows[criterion.code]]
            for unit in standing.units:
                check_criterion(scores, standing, unit, leaf)


@pytest.mark.parametrize("name", [name for name in bundled() if load(name).is_maturity])
def test_thresholds_of_levels_are_exact(name: str) -> None:
    framework = load(name)
    for criterion in framework.criteria.values():
        assert isinstance(criterion.effective_rule, Levels)
        table = edge_table(framework, criterion)
        scores = scored(framework, table, few=0)
        for unit in range(len(table.groups)):
            found = scores.reached(unit).measured(criterion.code)
            expected = rational_levels.measure(framework, table, unit, criterion)
            assert tuple(found.satisfied) == expected.met
            assert found.value.state.word == (expected.value if isinstance(expected.value, str) else "scored")


@pytest.mark.parametrize("name", bundled())
def test_edge_figures_stand_exactly_on_the_bounds_of_steps(name: str) -> None:
    framework = load(name)
    for criterion in framework.criteria.values():
        inputs = asked(framework, criterion)
        steps = [rule for rule in every_rule(criterion.effective_rule) if isinstance(rule, Steps)]
        for of, bound in [edge for rule in steps for edge in formula_edges(rule, criterion)]:
            hits = [figures for name in of.names() if (figures := solved(inputs, of, name, bound)) is not None]
            assert hits, f"{criterion.code}: no figures give {of} = {bound}"
            assert formula(of, hits[0]) == bound
