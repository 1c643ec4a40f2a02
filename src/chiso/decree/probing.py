"""Whether two rules give the same points: the engine carries out both on the same figures, around every bound."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from fractions import Fraction

from chiso.decree.letters import bare
from chiso.framework.expression import Formula, Operation
from chiso.framework.inputs import Asked, asked, every_rule, formulas
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import (
    Adjusted,
    Levels,
    Line,
    Manual,
    Ratio,
    Relative,
    Rule,
    Steps,
    Sum,
    Target,
    Unscored,
)
from chiso.scoring.facts import facts_of
from chiso.scoring.score import score
from chiso.scoring.states import State

#: Sets of figures that two rules are tried on. Fixed: the same comparison gives the same answer every time.
_TRIES = 60
_SEED = 20_240
_WHOLE = 1_000

Values = dict[str, list[Fraction]]


def same_rule(draft: Framework, own: Criterion, reference: Framework, other: Criterion) -> str:
    """Compare the rules of two criteria: ``same``, ``different``, ``unread``."""
    left, right = _inner(own.effective_rule), _inner(other.effective_rule)
    if isinstance(left, Manual) or left is None:
        return "same" if isinstance(right, Manual) or right is None else "unread"
    if isinstance(right, Manual) or right is None:
        return "different"
    if isinstance(left, Levels) or isinstance(right, Levels):
        return "same" if _same_levels(left, right) else "different"
    if isinstance(left, Sum) or isinstance(right, Sum):
        return "same" if type(left) is type(right) else "different"
    pairs = _paired(asked(draft, own), asked(reference, other), left, right)
    if pairs is None:
        return "different"
    return "same" if _same_points(draft, own, reference, other, pairs) else "different"


def _inner(rule: Rule) -> Rule | None:
    """Return the rule that is kept for the day on which it counts."""
    return rule.rule if isinstance(rule, Unscored) else rule


def _same_levels(left: Rule, right: Rule) -> bool:
    if not isinstance(left, Levels) or not isinstance(right, Levels) or left.value != right.value:
        return False
    return {n: _target(one) for n, one in left.targets.items()} == {n: _target(one) for n, one in right.targets.items()}


def _target(target: Target | None) -> object:
    """Return what a target asks for, without its printed words."""
    if target is None:
        return None
    alternatives = tuple(_target(one) for one in target.any_of) if target.any_of is not None else None
    return (target.at_least, target.has, target.all_of_total, target.children, alternatives)


def _paired(own: Sequence[Asked], other: Sequence[Asked], left: Rule, right: Rule) -> list[tuple[Asked, Asked]] | None:
    """Pair the figures that both rules ask for: by their letters, or by their order in the formulas."""
    mine, theirs = _ordered(own, left), _ordered(other, right)
    if {one.name for one in mine} == {one.name for one in theirs} and len(mine) == len(theirs):
        names = {one.name: one for one in theirs}
        return [(one, names[one.name]) for one in mine]
    if len(mine) != len(theirs):
        return None
    pairs = list(zip(mine, theirs, strict=True))
    return pairs if all(_alike(one, another) for one, another in pairs) else None


def _ordered(inputs: Sequence[Asked], rule: Rule) -> list[Asked]:
    by_name = {one.name: one for one in inputs if not one.optional}
    used = dict.fromkeys(name for formula in formulas(rule) for name in formula.names())
    return [by_name.pop(name) for name in used if name in by_name] + list(by_name.values())


def _alike(one: Asked, other: Asked) -> bool:
    questions = ("choice", "yes_no")
    return (one.type in questions) == (other.type in questions)


def _same_points(
    draft: Framework, own: Criterion, reference: Framework, other: Criterion, pairs: Sequence[tuple[Asked, Asked]]
) -> bool:
    tries = list(_tries(other.effective_rule, own.effective_rule, pairs))
    if not tries:
        return False
    mine: Values = {one.fact: [values[0][n] for values in tries] for n, (one, _) in enumerate(pairs)}
    theirs: Values = {two.fact: [values[1][n] for values in tries] for n, (_, two) in enumerate(pairs)}
    units = [f"đơn vị {n}" for n in range(len(tries))]
    left = score(_scored(draft, own), facts_of(units, mine))
    right = score(_scored(reference, other), facts_of(units, theirs))
    for unit in range(len(tries)):
        a, b = left.exact(unit, own.code), right.exact(unit, other.code)
        if (a.state is State.GIVEN) != (b.state is State.GIVEN) or a.value != b.value:
            return False
    return True


def _scored(framework: Framework, criterion: Criterion) -> Framework:
    """Return a framework of this one criterion, worth 60 points, so that only its rule counts."""
    rule = _inner(criterion.effective_rule)
    alone = criterion.model_copy(update={"max_points": Fraction(60), "rule": rule, "criteria": []})
    dimension = framework.dimensions[0].model_copy(
        update={"max_points": Fraction(60), "criteria": [alone], "unscored": False}
    )
    found = framework.model_copy(
        update={"dimensions": [dimension], "max_points": Fraction(60), "readings": [], "pillars": [], "groups": []}
    )
    fresh = Framework.model_construct(**{name: getattr(found, name) for name in Framework.model_fields})
    fresh._shared_facts.update(framework._shared_facts)
    return fresh


def _tries(
    right: Rule, left: Rule, pairs: Sequence[tuple[Asked, Asked]]
) -> Iterator[tuple[list[Fraction], list[Fraction]]]:
    """Yield figures for both rules: values on, just below and just above each bound, ends, and others in between."""
    source = random.Random(_SEED)  # noqa: S311
    bounds = sorted({*_bounds(left), *_bounds(right), Fraction(0), Fraction(1)})
    over, under = _sides(right)
    for count in range(_TRIES):
        mine: list[Fraction] = []
        theirs: list[Fraction] = []
        wanted = _near(bounds, count, source)
        shares = _split(len([two for _, two in pairs if two.name in over]), source)
        for one, two in pairs:
            if two.type == "choice" or one.type == "choice":
                a, b = _chosen(one, two, count, source)
            elif two.type == "yes_no":
                a = b = Fraction(source.randrange(2))
            elif two.name in under:
                a = b = Fraction(_WHOLE, max(len(under), 1))
            elif two.name in over:
                a = b = wanted * _WHOLE * shares.pop()
            else:
                a = b = wanted
            mine.append(a)
            theirs.append(b)
        yield mine, theirs


def _near(bounds: Sequence[Fraction], count: int, source: random.Random) -> Fraction:
    if count < 3 * len(bounds):
        bound = bounds[count // 3]
        return max(bound + (count % 3 - 1) * Fraction(1, 1000), Fraction(0))
    top = source.choice(bounds)
    return Fraction(source.randrange(0, 1001), 1000) * (top or 1)


def _split(parts: int, source: random.Random) -> list[Fraction]:
    weights = [source.randrange(1, 10) for _ in range(parts)]
    return [Fraction(weight, sum(weights)) for weight in weights]


def _sides(rule: Rule) -> tuple[set[str], set[str]]:
    """Return the names above and below the line of every quotient."""
    over: set[str] = set()
    under: set[str] = set()
    for node in every_rule(rule):
        if isinstance(node, Ratio):
            over.update(node.numerator.names())
            under.update(node.denominator.names())
    for formula in formulas(rule):
        term = formula.term
        if isinstance(term, Operation) and term.symbol == "/":
            over.update(Formula(term.left).names())
            under.update(Formula(term.right).names())
    return over - under, under


def _bounds(rule: Rule) -> Iterator[Fraction]:
    for node in every_rule(rule):
        match node:
            case Steps():
                yield from (_bound(line) for line in node.lines)
            case Ratio():
                yield node.full_at
            case Relative() if node.constant is not None:
                yield node.constant
            case Adjusted():
                yield from (one.at_most for one in (*node.bonuses, *node.deductions) if one.at_most is not None)
            case _:
                if hasattr(node, "target"):
                    yield node.target
                elif hasattr(node, "lines"):
                    yield from (line.at_most for line in node.lines)


def _bound(line: Line) -> Fraction:
    return line.bound[1]


def _chosen(one: Asked, two: Asked, count: int, source: random.Random) -> tuple[Fraction, Fraction]:
    """Choose the same printed line in both rules."""
    if two.type == "yes_no" or one.type == "yes_no":
        yes = source.randrange(2)
        return _as_answer(one, yes), _as_answer(two, yes)
    at = count % len(two.options)
    label = bare(two.options[at].label)
    labels = [bare(option.label) for option in one.options]
    mine = labels.index(label) if label in labels else min(at, len(labels) - 1)
    return Fraction(mine), Fraction(at)


def _as_answer(asked_: Asked, yes: int) -> Fraction:
    """Return a yes or no as the answer to a question, or as the printed line that gives all or nothing."""
    if asked_.type == "yes_no":
        return Fraction(yes)
    shares = [option.share if option.share is not None else Fraction(0) for option in asked_.options]
    return Fraction(shares.index(max(shares) if yes else min(shares)))
