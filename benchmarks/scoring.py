"""How fast exact scoring is, beside the same arithmetic in plain NumPy float64, one call per criterion.

Run by hand: ``python benchmarks/scoring.py``. It prints medians and ratios; the figures of one machine stand in
``docs/explanation/exactness.md``. Nothing here is part of the test suite.
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from fractions import Fraction
from statistics import median

import numpy as np

from chiso.framework.expression import Name, Number, Term
from chiso.framework.inputs import asked
from chiso.framework.loader import load
from chiso.framework.model import Framework
from chiso.framework.rules import (
    Choice,
    Count,
    Levels,
    MinMax,
    Parts,
    PerItem,
    Ratio,
    Relative,
    Rule,
    ShareOfBest,
    Steps,
    Target,
    Unscored,
    YesNo,
)
from chiso.scoring.facts import Column, Facts, Unit
from chiso.scoring.plan import Leaf, plan_of
from chiso.scoring.score import Scores, score, score_in_blocks
from chiso.scoring.states import State
from chiso.scoring.trace import explain

Array = np.ndarray


def random_facts(framework: Framework, units: int, seed: int, missing: float, groups: int = 1) -> Facts:
    """Return random facts: numerators within their wholes, one per cent zero denominators, some cells missing."""
    random = np.random.default_rng(seed)
    columns: dict[str, Column] = {}
    wholes: set[str] = set()
    for leaf in plan_of(framework).leaves:
        rule = leaf.rule
        if isinstance(rule, Ratio):
            wholes |= {leaf.scope.facts[name] for name in rule.denominator.names()}
    for criterion in framework.criteria.values():
        for one in asked(framework, criterion):
            if one.fact in columns:
                continue
            scale = 1
            if one.type == "choice":
                numbers = random.integers(0, len(one.options), units).astype(np.float64)
            elif one.type == "yes_no":
                numbers = random.integers(0, 2, units).astype(np.float64)
            elif one.type == "share":
                numbers, scale = random.integers(0, 101, units).astype(np.float64), 100
            elif one.fact in wholes:
                numbers = random.integers(500, 1_000_000, units).astype(np.float64)
                numbers[random.random(units) < 0.01] = 0.0
            else:
                numbers = random.integers(0, 500, units).astype(np.float64)
            states = None
            if missing:
                holes = random.random(units) < missing
                numbers[holes] = 1.0
                states = np.where(holes, np.uint8(State.MISSING), np.uint8(0)).astype(np.uint8)
            columns[one.fact] = Column(numbers, scale, states)
    return Facts(tuple(Unit(f"Đơn vị {number}", group=str(number % groups)) for number in range(units)), columns)


class Plain:
    """The baseline: plain float64, no states, no exactness; one call per criterion, sums, competition rank."""

    def __init__(self, framework: Framework, facts: Facts) -> None:
        self.leaves = plan_of(framework).leaves
        self.columns = {fact: column.numbers for fact, column in facts.columns.items()}
        self.codes = {fact: column.numbers.astype(np.intp) for fact, column in facts.columns.items()}
        self.units = len(facts)
        self.dimensions = [dimension.code for dimension in framework.dimensions]
        self.tables: dict[int, Array] = {}

    def run(self) -> tuple[Array, Array]:
        """Return totals and ranks."""
        sums = {code: np.zeros(self.units) for code in self.dimensions}
        out = np.empty((len(self.leaves), self.units))
        with np.errstate(divide="ignore", invalid="ignore"):
            for leaf in self.leaves:
                if leaf.counted:
                    out[leaf.row] = self.points(leaf.rule, float(leaf.full), leaf)
                    sums[leaf.dimension] += out[leaf.row]
        total = np.sum(list(sums.values()), axis=0)
        keys = np.floor(total * 100 + 0.5).astype(np.int64)
        order = np.argsort(-keys, kind="stable")
        ordered = keys[order]
        first = np.concatenate(([True], ordered[1:] != ordered[:-1]))
        ranks = np.empty(self.units, np.int64)
        ranks[order] = np.maximum.accumulate(np.where(first, np.arange(self.units), 0)) + 1
        return total, ranks

    def points(self, rule: Rule, full: float, leaf: Leaf) -> Array:  # noqa: C901 - one case a rule node
        """Return the points of one criterion for all units."""
        match rule:
            case Choice():
                table = self.tables.get(id(rule))
                if table is None:
                    shares = [float(option.share) if option.share is not None else 0.0 for option in rule.options]
                    table = self.tables[id(rule)] = np.array(shares) * full
                return np.take(table, self.codes[leaf.scope.facts[rule.input]])
            case YesNo():
                return self.columns[leaf.scope.facts[rule.input]] * full
            case Ratio():
                over, under = self.value(rule.numerator.term, leaf), self.value(rule.denominator.term, leaf)
                ratio = np.where(under == 0.0, 0.0, over / under)
                return np.minimum(ratio / float(rule.full_at), 1.0) * full
            case Steps():
                value = self.value(rule.of.term, leaf)
                result = np.full(self.units, float(rule.otherwise.share or 0) * full)
                for line in reversed(rule.lines):
                    _, bound = line.bound
                    result = np.where(value >= float(bound), float(line.share or 0) * full, result)
                return result
            case Count():
                return np.minimum(self.value(rule.of.term, leaf) / float(rule.target), 1.0) * full
            case PerItem():
                return np.minimum(self.value(rule.of.term, leaf) * float(rule.points), full)
            case Relative():
                return np.minimum(self.value(rule.of.term, leaf) / float(rule.constant or 1), 1.0) * full
            case MinMax():
                value = np.nan_to_num(self.value(rule.of.term, leaf), posinf=0.0)
                low, high = value.min(), value.max()
                return (value - low) / (high - low) * full
            case ShareOfBest():
                value = np.nan_to_num(self.value(rule.of.term, leaf), posinf=0.0)
                return value / value.max() * full
            case Parts():
                return np.sum([self.points(part.rule, float(part.share) * full, leaf) for part in rule.parts], axis=0)
            case Unscored():
                return np.zeros(self.units)
        raise AssertionError(rule.kind)

    def value(self, term: Term, leaf: Leaf) -> Array:
        """Return the value of a formula for all units."""
        if isinstance(term, Name):
            return self.columns[leaf.scope.facts[term.name]]
        if isinstance(term, Number):
            return np.full(self.units, float(term.value))
        left, right = self.value(term.left, leaf), self.value(term.right, leaf)
        if term.symbol == "+":
            return left + right
        if term.symbol == "-":
            return left - right
        return left * right if term.symbol == "*" else left / right


class PlainLevels:
    """The baseline for maturity: each target compared in plain float64, the highest level that nothing lacks."""

    def __init__(self, framework: Framework, facts: Facts) -> None:
        self.leaves = [leaf for leaf in plan_of(framework).leaves if isinstance(leaf.rule, Levels)]
        self.columns = {fact: column.numbers / column.scale for fact, column in facts.columns.items()}
        self.units = len(facts)
        self.levels = [level.number for level in framework.levels]

    def run(self) -> Array:
        """Return the level of each unit."""
        held = {number: np.ones(self.units, np.bool_) for number in self.levels}
        with np.errstate(divide="ignore", invalid="ignore"):
            for leaf in self.leaves:
                value, total = self.reported(leaf), self.columns.get(leaf.scope.facts.get("total", ""))
                for number, target in leaf.rule.targets.items():
                    if target is not None:
                        held[number] &= self.meets(target, value, total)
        return np.max([np.where(held[number], number, 0) for number in self.levels], axis=0)

    def reported(self, leaf: Leaf) -> Array:
        """Return what all units report for a criterion."""
        facts, rule = leaf.scope.facts, leaf.rule
        value = self.columns[facts["value"]]
        if rule.numerator is None or rule.denominator is None:
            return value
        over, under = (self.columns[facts[of.term.name]] for of in (rule.numerator, rule.denominator))
        return np.where(np.isnan(value), over / under, value)

    def meets(self, target: Target, value: Array, total: Array | None) -> Array:
        """Return which units meet a target."""
        if target.any_of is not None:
            return np.any([self.meets(one, value, total) for one in target.any_of], axis=0)
        if target.all_of_total:
            return (value >= total) & (total > 0)
        return value >= (1.0 if target.has else float(target.at_least))


def timed(jobs: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the median milliseconds of each job; the jobs run in turn, so that noise hits all alike."""
    spent: dict[str, list[float]] = {name: [] for name in jobs}
    for _ in range(rounds):
        for name, job in jobs.items():
            start = time.perf_counter()
            job()
            spent[name].append((time.perf_counter() - start) * 1000)
    return {name: median(times) for name, times in spent.items()}


def import_cost(rounds: int) -> tuple[float, float]:
    """Return the median seconds of an empty Python and of one that imports chiso."""
    found = []
    for code in ("pass", "import chiso"):
        times = []
        for _ in range(rounds):
            start = time.perf_counter()
            subprocess.run([sys.executable, "-c", code], check=True)
            times.append(time.perf_counter() - start)
        found.append(median(times))
    return found[0], found[1]


def many_years(framework: Framework, units: int, years: int, missing: float) -> None:
    """Score year after year and print time and peak memory."""
    start = time.perf_counter()
    ranked = 0
    blocks = (random_facts(framework, units, year, missing) for year in range(years))
    for scores in score_in_blocks(framework, blocks):
        ranked += int(np.count_nonzero(scores.totals.ranks))
    spent = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{units * years} unit-years in {spent:.1f} s with making the facts, {ranked} ranked, "
        f"peak memory {peak:.0f} MiB"
    )


def all_unmet(scores: Scores) -> int:
    """Return how many criteria all units lack together, from the lists of what each lacks for each level."""
    return sum(len(codes) for unit in range(len(scores.facts)) for codes in scores.reached(unit).unmet.values())


def levels_of_all(framework: Framework, facts: Facts, rounds: int) -> None:
    """Time the levels of all units, and the lists of what each lacks."""
    scores = score(framework, facts)
    fact = next(iter(facts.columns))
    counter = iter(range(10**9))
    jobs: dict[str, Callable[[], object]] = {
        "plain NumPy": PlainLevels(framework, facts).run,
        "exact": lambda: score(framework, facts),
        "exact, with the lists of what is unmet": lambda: all_unmet(score(framework, facts)),
        "after one change": lambda: scores.update(7, {fact: Fraction(next(counter) % 2)}),
    }
    report(jobs, rounds)


def report(jobs: dict[str, Callable[[], object]], rounds: int) -> None:
    """Time jobs and print their medians, and how they compare with the first two."""
    for job in jobs.values():
        job()
    times = timed(jobs, rounds)
    base, full = times["plain NumPy"], times["exact"]
    for name, spent in times.items():
        print(f"{name:40s} {spent:9.2f} ms   {spent / base:6.2f} x NumPy   {spent / full:6.3f} x exact")
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MiB")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=10_600)
    parser.add_argument("--framework", default="gia-lai-2023-province")
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--missing", type=float, default=0.01, help="share of cells without value")
    parser.add_argument("--years", type=int, help="instead: so many years of all units, block after block")
    arguments = parser.parse_args()
    framework = load(arguments.framework)
    if arguments.years:
        many_years(framework, arguments.units, arguments.years, arguments.missing)
        return
    facts = random_facts(framework, arguments.units, 1, arguments.missing)
    leaves = len(plan_of(framework).leaves)
    print(f"{arguments.framework}, {arguments.units} units, {leaves} leaves, missing {arguments.missing:.0%}")
    if framework.is_maturity:
        levels_of_all(framework, facts, arguments.rounds)
        return
    plain = Plain(framework, facts)
    scores = score(framework, facts)
    fact = next(one.fact for one in asked(framework, framework.criteria["1.3"]))
    counter = iter(range(10**9))

    def change() -> None:
        scores.update(7, {fact: Fraction(next(counter) % 500)})

    def change_peers() -> None:
        peer = asked(framework, framework.criteria["5.1"])[0].fact
        scores.update(7, {peer: Fraction(next(counter) % 500)})

    def trace_one() -> None:
        for code, criterion in framework.criteria.items():
            if not criterion.criteria:
                explain(scores, 7, code)

    jobs: dict[str, Callable[[], object]] = {
        "plain NumPy": plain.run,
        "exact": lambda: score(framework, facts),
        "after one change": change,
        "after one change to a peer figure": change_peers,
        "one unit with full trace": trace_one,
    }
    report(jobs, arguments.rounds)
    empty, chiso = import_cost(5)
    print(f"import chiso {(chiso - empty) * 1000:.0f} ms more than an empty Python ({empty * 1000:.0f} ms)")


if __name__ == "__main__":
    main()
