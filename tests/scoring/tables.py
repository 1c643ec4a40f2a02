"""Random figures for a framework, and how they reach the engine.

Figures stand on every threshold of the rules, one unit of the last place beside it, at zero, among a few small numbers
(so that units tie), and are huge or tiny; some are missing, not applicable or faulty.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from fractions import Fraction
from random import Random

from pydantic import BaseModel

from chiso.framework.expression import Formula, Number, Operation, Term
from chiso.framework.inputs import Asked, asked, decided, every_rule
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Levels, MinMax, Relative, ShareOfBest
from chiso.scoring.facts import EXACT_LIMIT, Column, Facts, Origin, Unit
from chiso.scoring.states import State
from tests.scoring.rational import STATES, Figure
from tests.scoring.rational_points import YEAR, Table

#: Words of the states a figure can be in, besides being a number.
ABSENT = ("missing", "missing", "not_applicable", "error")

GROUPS = ("", "b", "c")


def constants(node: object) -> Iterator[Fraction]:
    """Yield every number of a rule: shares, bounds, targets, points, factors of formulas."""
    if isinstance(node, Fraction):
        yield node
    elif isinstance(node, Formula):
        yield from _numbers(node.term)
    elif isinstance(node, BaseModel):
        for name in type(node).model_fields:
            yield from constants(getattr(node, name))
    elif isinstance(node, list | dict):
        for one in node.values() if isinstance(node, dict) else node:
            yield from constants(one)


def _numbers(term: Term) -> Iterator[Fraction]:
    if isinstance(term, Number):
        yield term.value
    elif isinstance(term, Operation):
        yield from _numbers(term.left)
        yield from _numbers(term.right)


class Figures:
    """Draws figures; what ``random`` decides may be shrunk by Hypothesis."""

    def __init__(self, random: Random, absent: int = 10) -> None:
        self.random, self.absent = random, absent

    def number(self, pool: list[Fraction], decimals: int) -> Fraction:
        """Return a number with at most so many decimals."""
        random, scale = self.random, 10**decimals
        kind = random.randrange(10)
        if kind < 3:
            found = random.randrange(6) * scale
        elif kind < 6 and pool:
            value = random.choice(pool) * random.choice((1, 1, 2, 3, 100))
            found = int(value * scale) + random.choice((-1, 0, 0, 0, 1))
        elif kind == 6:
            found = random.choice((0, 1, 2, scale - 1, scale + 1))
        elif kind == 7:
            found = random.randrange(10**15)
        else:
            found = random.randrange(1000) * random.choice((1, scale))
        return Fraction(min(max(found, 0), EXACT_LIMIT - 1), scale)

    def cell(self, one: Asked, pool: list[Fraction], decimals: int) -> Figure:
        """Return a figure of the type an input asks for."""
        if self.random.randrange(100) < self.absent:
            return self.random.choice(ABSENT)
        if one.type == "choice":
            return Fraction(self.random.randrange(len(one.options)))
        if one.type == "yes_no":
            return Fraction(self.random.randrange(2))
        if one.type == "share":
            return min(self.number(pool, 4), Fraction(1))
        whole = one.type in ("count", "days")
        return self.number(pool, 0 if whole else decimals)


def random_table(framework: Framework, random: Random, units: int, absent: int = 10) -> Table:
    """Return figures for so many units, in up to three ranking groups, some with values from outside and exemptions."""
    groups = tuple(random.choice(GROUPS[: random.choice((1, 1, 2, 3))]) for _ in range(units))
    figures: dict[tuple[int, str], Figure] = {}
    for criterion in framework.criteria.values():
        _add_criterion(framework, criterion, Figures(random, absent), units, figures)
    _copy_some(random, units, figures)
    references = dict(_references(framework, Figures(random)))
    absent = frozenset(unit for unit in range(units) if random.randrange(3) == 0) if random.randrange(3) == 0 else ()
    return Table(
        groups,
        figures,
        references,
        _exemptions(framework, random, units),
        _children(random, units),
        frozenset(absent),
        dict(_days(random, figures)),
    )


def _add_criterion(
    framework: Framework, criterion: Criterion, figures: Figures, units: int, found: dict[tuple[int, str], Figure]
) -> None:
    pool = sorted(set(constants(criterion.effective_rule)) | {criterion.max_points or Fraction(0)})
    for one in asked(framework, criterion):
        decimals = figures.random.choice((0, 0, 0, 1, 2, 6))
        for unit in range(units):
            if (unit, one.fact) not in found:
                found[unit, one.fact] = figures.cell(one, pool, decimals)
                if one.lines and figures.random.randrange(8) == 0:
                    found[unit, one.fact] = "undecided"
    by_verifier = decided(criterion)
    if by_verifier is not None:
        for unit in range(units):
            found[unit, by_verifier.fact] = figures.cell(by_verifier, pool, 2)


def _copy_some(random: Random, units: int, figures: dict[tuple[int, str], Figure]) -> None:
    """Let some units have the figures of others, so that they tie."""
    for unit in range(1, units):
        if random.randrange(4) == 0:
            other = random.randrange(unit)
            for key in [key for key in figures if key[0] == unit]:
                figures[key] = figures[other, key[1]]


def _references(framework: Framework, figures: Figures) -> Iterable[tuple[str, dict[str, Fraction]]]:
    for pseudo in ("@best", "@lowest", "@reference"):
        given: dict[str, Fraction] = {}
        for criterion in framework.criteria.values():
            given.update(_reference(framework, criterion, pseudo, figures))
        if given:
            yield pseudo, given


def _reference(framework: Framework, criterion: Criterion, pseudo: str, figures: Figures) -> dict[str, Fraction]:
    rules = list(every_rule(criterion.effective_rule))
    pool = sorted(set(constants(criterion.effective_rule)))
    if figures.random.randrange(2):
        return {}
    if pseudo == "@reference":
        named = [rule for rule in rules if isinstance(rule, Relative) and rule.given]
        return {f"{criterion.code}/reference": figures.number(pool, 2)} if named else {}
    if not any(isinstance(rule, MinMax | ShareOfBest) for rule in rules):
        return {}
    if figures.random.randrange(2):
        return {f"{criterion.code}/value": figures.number(pool, 2)}
    return {one.fact: figures.number(pool, 1) for one in asked(framework, criterion)}


def _exemptions(framework: Framework, random: Random, units: int) -> dict[tuple[int, str], str]:
    leaves = [one for one in framework.criteria.values() if not one.criteria and not isinstance(one.rule, Levels)]
    found = {}
    for _ in range(random.choice((0, 0, 1, 3))):
        if leaves and units:
            criterion = random.choice(leaves)
            found[random.randrange(units), criterion.code] = random.choice(("peers_best", "full"))
    return found


#: Days around the ends of years and months, in and about the reporting year.
DAYS = [
    dt.date(year, month, day)
    for year in (YEAR - 2, YEAR - 1, YEAR)
    for month, day in ((1, 1), (1, 31), (2, 28), (3, 31), (9, 30), (12, 30), (12, 31))
] + [dt.date(YEAR, 2, 29), dt.date(YEAR + 1, 1, 1)]


def _days(random: Random, figures: Iterable[tuple[int, str]]) -> Iterator[tuple[tuple[int, str], dt.date]]:
    """Yield the day for which some figures are stated."""
    for key in figures:
        if random.randrange(3) == 0:
            yield key, random.choice(DAYS)


def _children(random: Random, units: int) -> dict[int, tuple[int | None, ...]]:
    levels = (0, 1, 1, 2, 2, 3, 4, 5, None)
    return {
        unit: tuple(random.choice(levels[: random.choice((6, 8, 8, 9))]) for _ in range(random.randrange(6)))
        for unit in range(units)
        if random.randrange(5)
    }


def facts_of_table(table: Table) -> Facts:
    """Hand a table over to the engine."""
    units = tuple(
        Unit(f"u{number}", group=group, valid_to="2024-06-30" if number in table.absent else "")
        for number, group in enumerate(table.groups)
    )
    names = dict.fromkeys(fact for _, fact in table.figures)
    columns = {fact: Column.build([_cell(table, unit, fact) for unit in range(len(units))]) for fact in names}
    origins = {key: Origin(as_of=day.isoformat()) for key, day in table.days.items()}
    return Facts(units, columns, table.references, table.exemptions, table.children, origins=origins, year=YEAR)


def _cell(table: Table, unit: int, fact: str) -> Fraction | State:
    return engine_figure(table.figures.get((unit, fact), "missing"))


def engine_figure(figure: Figure) -> Fraction | State:
    """Return a figure as the engine keeps it."""
    return State(STATES.index(figure)) if isinstance(figure, str) else figure


def moved(table: Table, order: list[int]) -> Table:
    """Return the same table with its units in another order."""
    place = {unit: position for position, unit in enumerate(order)}
    return Table(
        tuple(table.groups[unit] for unit in order),
        {(place[unit], fact): figure for (unit, fact), figure in table.figures.items()},
        table.references,
        {(place[unit], code): kind for (unit, code), kind in table.exemptions.items()},
        {place[unit]: levels for unit, levels in table.children.items()},
        frozenset(place[unit] for unit in table.absent),
        {(place[unit], fact): day for (unit, fact), day in table.days.items()},
    )
