"""A table made honestly - exact scores, rounded half up - is never called wrong, and blanks are never misjudged."""

from __future__ import annotations

from fractions import Fraction
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chiso.framework.inputs import Asked, asked
from chiso.framework.loader import bundled, load
from chiso.framework.model import Framework
from chiso.framework.reach.pointset import PointSet
from chiso.quantity import round_half_up
from chiso.reconcile import Published, PublishedFinding, reconcile
from chiso.reconcile.equations import Structure
from chiso.scoring.facts import facts_of
from chiso.scoring.score import score
from chiso.scoring.states import State

F = Fraction
SCORED = [name for name in bundled() if not load(name).is_maturity]
DECIMALS = 2


def figure(one: Asked, random: Random, full: Fraction) -> Fraction:
    if one.type == "choice":
        return F(random.randrange(len(one.options)))
    if one.type == "yes_no":
        return F(random.randrange(2))
    if one.type == "points":
        return round_half_up(full * random.randrange(0, 1001) / 1000, 3)
    return F(random.choice([0, 1, 2, 3, 5, 7, 11, 20, 52, 97]))


def exact_points(framework: Framework, random: Random) -> dict[str, Fraction]:
    """Return exact points of every code: what a unit with random facts gets."""
    units = 3
    columns: dict[str, list[Fraction]] = {}
    for criterion in framework.criteria.values():
        for one in asked(framework, criterion):
            full = criterion.max_points or F(0)
            columns.setdefault(one.fact, [figure(one, random, full) for _ in range(units)])
    scores = score(framework, facts_of([f"u{number}" for number in range(units)], columns))
    found: dict[str, Fraction] = {}
    for leaf in scores.plan.leaves:
        if leaf.counted:
            value = scores.exact(0, leaf.code)
            # Impossible figures, such as a part above its whole, are no honest table: such a row gets nothing.
            found[leaf.code] = value.value if value.known else F(0)
    for equation in Structure(framework).equations:
        found[equation.whole] = sum((found[code] * factor for code, factor in equation.parts.items()), F(0))
    return found


def published(points: dict[str, Fraction], blank: list[str]) -> Published:
    printed: dict[str, Fraction | State] = {code: round_half_up(value, DECIMALS) for code, value in points.items()}
    return Published({**printed, **dict.fromkeys(blank, State.MISSING)}, DECIMALS)


def errors(found: list[PublishedFinding]) -> list[tuple[str, str]]:
    return [(one.code, one.place) for one in found if one.severity == "error" or one.code in ("R503", "R504", "R505")]


@pytest.mark.parametrize("name", SCORED)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_an_honest_table_has_no_errors(name: str, seed: int) -> None:
    framework = load(name)
    points = exact_points(framework, Random(seed))
    assert errors(reconcile(framework, published(points, []))) == []


@pytest.mark.parametrize("name", SCORED)
@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 2**32))
def test_what_is_blank_in_an_honest_table_is_what_it_was(name: str, seed: int) -> None:
    framework, random = load(name), Random(seed)
    points = exact_points(framework, random)
    blank = random.sample(sorted(points), 6)
    found = reconcile(framework, published(points, blank))
    assert errors(found) == []
    for one in found:
        if one.code == "R501":
            allowed = one.figures.get("range", PointSet.of(points[one.place]))
            assert isinstance(allowed, PointSet)
            assert points[one.place] in allowed
            assert abs(one.figures["value"] - points[one.place]) <= allowed.width + F(1, 200)  # type: ignore[operator]
        if one.code == "R502":
            assert points[one.place] in one.figures["possible"]  # type: ignore[operator]
