"""After a change of some figures of one unit everything is as if it had been scored anew."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from random import Random
from unittest.mock import patch

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from chiso.framework.inputs import Asked, asked
from chiso.framework.model import Framework
from tests.scoring.agreement import check_scores, scored
from tests.scoring.frameworks import criterion_of, framework_of, frameworks
from tests.scoring.rational import Figure
from tests.scoring.rational_points import Table
from tests.scoring.rational_totals import Standing
from tests.scoring.tables import Figures, engine_figure, facts_of_table, random_table
from tests.scoring.worth import both, facts, manual, plain


def every_input(framework: Framework) -> list[Asked]:
    """Return each fact of a framework once."""
    found = {one.fact: one for criterion in framework.criteria.values() for one in asked(framework, criterion)}
    return list(found.values())


@given(framework=frameworks(), seed=st.integers(0, 2**32), units=st.integers(1, 6), few=st.sampled_from([0, 2]))
def test_update_is_the_same_as_scoring_anew(framework: Framework, seed: int, units: int, few: int) -> None:
    random, inputs = Random(seed), every_input(framework)
    assume(inputs)
    table = random_table(framework, random, units)
    scores = scored(framework, table, few=few, block=2)
    for _ in range(3):
        unit = random.randrange(units)
        chosen = random.sample(inputs, random.randrange(1, min(4, len(inputs)) + 1))
        changes = {one.fact: Figures(random, 20).cell(one, [], 1) for one in chosen}
        values = {fact: engine_figure(figure) for fact, figure in changes.items()}
        with patch("chiso.scoring.score.FEW", few), patch("chiso.scoring.columns.BLOCK", 2):
            if fits(changed(table, unit, changes)):
                table = changed(table, unit, changes)
                scores.update(unit, values)
            else:
                with pytest.raises(OverflowError, match="15 digits"):
                    scores.update(unit, values)
        check_scores(scores, Standing(framework, table))


def test_a_change_too_small_for_float64_still_moves_a_total_that_stood_on_a_half() -> None:
    """The best moves from (n - 2)/(n - 1) to (n - 1)/n: one number in float64, and half of it was a half."""
    n = 10**15
    framework = framework_of(criterion_of("1.1", {"kind": "share_of_best", "of": "a/b"}, "0.01"))
    rows = [{"1.1/a": n - 2, "1.1/b": n - 1}, {"1.1/a": n - 2, "1.1/b": 2 * (n - 1)}, {"1.1/a": 0, "1.1/b": 1}]
    scores = both(framework, facts(rows))
    published = [scores.totals.published_value(1)]
    scores.update(0, {"1.1/a": Fraction(n - 1), "1.1/b": Fraction(n)})
    published.append(scores.totals.published_value(1))

    assert (n - 2) / (n - 1) == (n - 1) / n
    assert published == [Fraction("0.01"), 0]


@pytest.mark.parametrize("asked", [0, 1, 2])
def test_what_was_asked_for_before_a_change_is_forgotten(asked: int) -> None:
    scores = both(framework_of(manual("1.1")), facts([{"1.1/points": points} for points in (1, 2, 3)]))
    before = [plain(scores.exact(asked, "1.1")), scores.totals.total(asked).points]
    scores.update(asked, {"1.1/points": Fraction(9)})

    assert before == [asked + 1, asked + 1]
    assert [plain(scores.exact(asked, "1.1")), scores.totals.total(asked).points] == [9, 9]
    assert scores.totals.rank(asked) == 1


def fits(table: Table) -> bool:
    """Tell whether the engine can hold a table: each fact in 15 digits, decimals included."""
    try:
        facts_of_table(table)
    except OverflowError:
        return False
    return True


def changed(table: Table, unit: int, changes: dict[str, Figure]) -> Table:
    """Return a table in which some figures of a unit are others."""
    figures = {**table.figures, **{(unit, fact): figure for fact, figure in changes.items()}}
    return replace(table, figures=figures)
