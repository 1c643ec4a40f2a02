"""A second reading of the rules: slow, plain rational arithmetic, one unit and one criterion at a time.

Written from the format reference, the readings and the glossary, not from the engine; the engine is held against it.
A figure or a score is a :class:`~fractions.Fraction`, or the word of the state it is in. Nothing here is clever on
purpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from chiso.framework.expression import Formula, Name, Number, Operation, Term
from chiso.framework.rules import (
    Adjusted,
    Adjustment,
    BestOf,
    Choice,
    Count,
    Lateness,
    Manual,
    MinMax,
    Otherwise,
    Parts,
    PerItem,
    Ratio,
    Relative,
    Rule,
    ShareOfBest,
    Steps,
    Survey,
    Unscored,
    YesNo,
)

#: A number, or the word of the state in which it is.
Figure = Fraction | str

#: When several states meet in a rule the later one prevails.
STATES = ("scored", "waiting", "missing", "not_applicable", "undecided", "error", "unscored")

ZERO, ONE = Fraction(0), Fraction(1)


def prevailing(values: Iterable[Figure]) -> str | None:
    """Return the state that prevails among several values, None when all are numbers."""
    words = [value for value in values if isinstance(value, str)]
    return max(words, key=STATES.index) if words else None


def within(value: Fraction, lowest: Fraction, highest: Fraction) -> Fraction:
    """Keep a value between two others."""
    return min(max(value, lowest), highest)


@dataclass(frozen=True)
class Sight:
    """What one criterion sees of one unit, or of a pseudo-unit: its inputs by name, and its peers."""

    figures: Mapping[str, Figure]
    peers: tuple[Mapping[str, Figure], ...] = ()
    best: Mapping[str, Figure] = field(default_factory=dict)
    lowest: Mapping[str, Figure] = field(default_factory=dict)
    reference: Fraction | None = None
    #: Whether the unit is one of the peers itself; one that does not exist at the end of the year is not.
    member: bool = True


def formula(text: Formula, figures: Mapping[str, Figure]) -> Figure:
    """Work a formula out; a quotient with the denominator zero is an error."""
    return _term(text.term, figures)


def _term(term: Term, figures: Mapping[str, Figure]) -> Figure:
    if isinstance(term, Number):
        return term.value
    if isinstance(term, Name):
        return figures.get(term.name, "missing")
    left, right = _term(term.left, figures), _term(term.right, figures)
    if term.symbol == "/":
        return _quotient(left, right)
    if isinstance(left, str) or isinstance(right, str):
        return prevailing([left, right]) or ""
    if term.symbol == "+":
        return left + right
    return left - right if term.symbol == "-" else left * right


def share(rule: Rule, sight: Sight, full: Fraction) -> Figure:  # noqa: C901 - one case a rule node
    """Return which share of ``full`` points a rule gives."""
    match rule:
        case Choice():
            return _choice(rule, sight, full)
        case YesNo():
            return sight.figures.get(rule.input, "missing")
        case Ratio():
            return _ratio(rule, sight)
        case Steps():
            return _steps(rule, sight, full)
        case Count():
            return _of(rule.of, sight, lambda value: value / rule.target)
        case PerItem():
            return _of(rule.of, sight, lambda value: value * rule.points / full if full else ZERO)
        case Parts():
            shares = [share(part.rule, sight, full * part.share) for part in rule.parts]
            parts = [
                one if isinstance(one, str) else one * part.share for one, part in zip(shares, rule.parts, strict=True)
            ]
            return added(parts)
        case Lateness():
            return _lateness(rule, sight, full)
        case MinMax():
            return _min_max(rule, sight)
        case ShareOfBest():
            return _share_of_best(rule, sight)
        case Relative():
            return _relative(rule, sight)
        case BestOf():
            return _best_of([share(case.rule, sight, full) for case in rule.cases])
        case Adjusted():
            return _adjusted(rule, sight, full)
        case Survey():
            return _survey(rule, sight)
        case Manual():
            return _manual(sight, full)
        case Unscored():
            return "unscored"
    raise AssertionError(f"{rule.kind} is not a rule of one criterion")


def added(values: list[Figure]) -> Figure:
    """Add up; a state among the values prevails."""
    return prevailing(values) or sum((value for value in values if isinstance(value, Fraction)), ZERO)


def _best_of(shares: list[Figure]) -> Figure:
    """Return the best case; a case that nobody claims is no case, but a faulty one may have been the best."""
    known = [one for one in shares if isinstance(one, Fraction)]
    if "error" in shares or not known:
        words = [one for one in shares if isinstance(one, str)]
        return "error" if "error" in words else min(words, key=STATES.index)
    return max(known)


def _of(text: Formula, sight: Sight, share_of: Callable[[Fraction], Fraction]) -> Figure:
    value = formula(text, sight.figures)
    return value if isinstance(value, str) else within(share_of(value), ZERO, ONE)


def _consequence(share_: Fraction | None, rule: Rule | None, sight: Sight, full: Fraction) -> Figure:
    if share_ is not None:
        return share_
    assert rule is not None
    return share(rule, sight, full)


def _choice(rule: Choice, sight: Sight, full: Fraction) -> Figure:
    chosen = sight.figures.get(rule.input, "missing")
    if isinstance(chosen, str):
        return chosen
    option = rule.options[int(chosen)]
    return _consequence(option.share, option.rule, sight, full)


def _ratio(rule: Ratio, sight: Sight) -> Figure:
    over, under = formula(rule.numerator, sight.figures), formula(rule.denominator, sight.figures)
    found = _share_of_whole(over, under) if rule.part_of_whole else _quotient(over, under)
    return found if isinstance(found, str) else within(found / rule.full_at, ZERO, ONE)


def _quotient(over: Figure, under: Figure) -> Figure:
    if isinstance(over, str) or isinstance(under, str):
        return prevailing([over, under]) or ""
    return over / under if under else "error"


def _share_of_whole(part: Figure, whole: Figure) -> Figure:
    """Return a share; a part that is negative or more than its whole is bad data (A7)."""
    wrong = isinstance(part, Fraction) and isinstance(whole, Fraction) and not 0 <= part <= whole
    return "error" if wrong else _quotient(part, whole)


def _steps(rule: Steps, sight: Sight, full: Fraction) -> Figure:
    value = formula(rule.of, sight.figures)
    if rule.part_of_whole:
        term = rule.of.term
        assert isinstance(term, Operation)
        value = _share_of_whole(_term(term.left, sight.figures), _term(term.right, sight.figures))
    if isinstance(value, str):
        return value
    for line in rule.lines:
        holds = (
            (line.at_least is not None and value >= line.at_least)
            or (line.above is not None and value > line.above)
            or (line.at_most is not None and value <= line.at_most)
            or (line.below is not None and value < line.below)
        )
        if holds:
            return _consequence(line.share, line.rule, sight, full)
    return _otherwise(rule.otherwise, sight, full)


def _otherwise(line: Otherwise, sight: Sight, full: Fraction) -> Figure:
    return _consequence(line.share, line.rule, sight, full)


def _lateness(rule: Lateness, sight: Sight, full: Fraction) -> Figure:
    done = sight.figures.get(rule.done, "missing")
    if done == 0:
        return _otherwise(rule.otherwise, sight, full)
    found = _by_days(rule, sight, full)
    return found if done == "missing" else prevailing([found, done]) or found


def _by_days(rule: Lateness, sight: Sight, full: Fraction) -> Figure:
    days = sight.figures.get(rule.input, "missing")
    if isinstance(days, str):
        return days
    for line in rule.lines:
        if days <= line.at_most:
            return line.share
    return _otherwise(rule.otherwise, sight, full)


def _peer_values(text: Formula, sight: Sight) -> list[Fraction]:
    values = [formula(text, figures) for figures in sight.peers]
    return [value for value in values if isinstance(value, Fraction)]


def _outside(text: Formula, figures: Mapping[str, Figure]) -> Fraction | None:
    """Return a value given from outside: as such, or by the inputs it is worked out from."""
    value = figures["value"] if "value" in figures else formula(text, figures)
    return value if isinstance(value, Fraction) else None


def _too_few(others: list[Fraction], sight: Sight) -> bool:
    """Tell whether there are not two peers, so that nothing can be compared."""
    return len(others) + sight.member < 2


def _min_max(rule: MinMax, sight: Sight) -> Figure:
    own = formula(rule.of, sight.figures)
    if isinstance(own, str):
        return own
    others = _peer_values(rule.of, sight)
    best, lowest = _outside(rule.of, sight.best), _outside(rule.of, sight.lowest)
    if _too_few(others, sight) and (best is None or lowest is None):
        return "waiting"
    # One that is no peer is held against theirs as if it were: beyond the highest is all, below the lowest nothing.
    highest = max([own, *others] if best is None else [own, best, *others])
    least = min([own, *others] if lowest is None else [own, lowest, *others])
    return ONE if highest == least else (own - least) / (highest - least)


def _share_of_best(rule: ShareOfBest, sight: Sight) -> Figure:
    own = formula(rule.of, sight.figures)
    if isinstance(own, str):
        return own
    others = _peer_values(rule.of, sight)
    best = _outside(rule.of, sight.best)
    if _too_few(others, sight) and best is None:
        return "waiting"
    highest = max([own, *others] if best is None else [own, best, *others])
    if highest <= 0:
        return ONE if own == highest else ZERO
    return within(own / highest, ZERO, ONE)


def _relative(rule: Relative, sight: Sight) -> Figure:
    own = formula(rule.of, sight.figures)
    if isinstance(own, str):
        return own
    reference = rule.constant if rule.constant is not None else sight.reference
    if reference is None:
        return "waiting"
    return within(own / reference, ZERO, ONE) if reference else "error"


def _adjusted(rule: Adjusted, sight: Sight, full: Fraction) -> Figure:
    base = share(rule.base, sight, full)
    more = [_adjustment(one, sight) for one in rule.bonuses]
    less = [_adjustment(one, sight) for one in rule.deductions]
    state = prevailing([base, *more, *less])
    if state is not None:
        return state
    change = sum((one for one in more if isinstance(one, Fraction)), ZERO)
    change -= sum((one for one in less if isinstance(one, Fraction)), ZERO)
    assert isinstance(base, Fraction)
    return within(base + (change / full if full else ZERO), rule.floor, rule.ceiling)


def _adjustment(one: Adjustment, sight: Sight) -> Figure:
    number = formula(one.of, sight.figures)
    if isinstance(number, str):
        return number
    points = number * one.points
    return points if one.at_most is None else min(points, one.at_most)


def _survey(rule: Survey, sight: Sight) -> Figure:
    counts = [sight.figures.get(answer.input, "missing") for answer in rule.answers]
    all_of_them = added(counts)
    if isinstance(all_of_them, str):
        return all_of_them
    if all_of_them == 0:
        return "error"
    weighted = [
        answer.weight * number
        for answer, number in zip(rule.answers, counts, strict=True)
        if isinstance(number, Fraction)
    ]
    return sum(weighted, ZERO) / all_of_them


def _manual(sight: Sight, full: Fraction) -> Figure:
    points = sight.figures.get("points", "missing")
    if isinstance(points, str):
        return points
    if points > full:
        return "error"
    return points / full if full else ZERO
