"""What a criterion asks for: the inputs its rule uses, declared or implied, each tied to a fact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from chiso.framework.expression import Formula
from chiso.framework.model import Criterion, FactType, Framework, Input
from chiso.framework.rules import (
    Adjusted,
    BestOf,
    Choice,
    Count,
    Lateness,
    Levels,
    Manual,
    MinMax,
    Option,
    Parts,
    PerItem,
    Ratio,
    Relative,
    Rule,
    ShareOfBest,
    Steps,
    Survey,
    Target,
    Unscored,
    YesNo,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One figure a criterion asks for.

    ``fact`` is the identifier under which its value is kept: a shared fact, or ``<code>/<name>``. ``unit`` is an id of
    the catalogue of units of measure, or empty. ``optional`` figures may stay away (lateness needs no ``done``).
    """

    name: str
    fact: str
    label: str
    type: FactType
    unit: str = ""
    options: tuple[Option, ...] = ()
    optional: bool = False
    declared: Input | None = None
    #: May be answered "none of these": the printed lines that it chooses between may not cover the situation (A14).
    lines: bool = False


@dataclass(frozen=True, slots=True)
class Implied:
    """An input that a rule node asks for by itself, before declared inputs give it label and fact."""

    name: str
    type: FactType
    label: str = ""
    unit: str = ""
    options: tuple[Option, ...] = ()
    optional: bool = False


def implied(rule: Rule) -> Iterator[Implied]:
    """Yield what a rule asks for without declaration, in printed order, nested rules included."""
    match rule:
        case Choice():
            yield Implied(rule.input, "choice", options=tuple(rule.options))
        case YesNo():
            yield Implied(rule.input, "yes_no", rule.label)
        case Lateness():
            yield Implied(rule.input, "days", unit="day")
            yield Implied(rule.done, "yes_no", optional=True)
        case Manual():
            yield Implied("points", "points", unit="point")
        case Survey():
            for answer in rule.answers:
                yield Implied(answer.input, "count", answer.label, "answer")
        case Levels() if rule.value != "children":
            type_: FactType = "share" if rule.value == "share" else "count" if rule.value == "count" else "yes_no"
            yield Implied("value", type_, optional=rule.numerator is not None)
            if any(target and _asks_total(target) for target in rule.targets.values()):
                yield Implied("total", "count")
    for nested in nested_rules(rule):
        yield from implied(nested)


def nested_rules(rule: Rule) -> Iterator[Rule]:
    """Yield the rules directly inside a rule."""
    match rule:
        case Choice():
            yield from (option.rule for option in rule.options if option.rule is not None)
        case Steps():
            yield from (line.rule for line in rule.lines if line.rule is not None)
            if rule.otherwise.rule is not None:
                yield rule.otherwise.rule
        case Lateness() if rule.otherwise.rule is not None:
            yield rule.otherwise.rule
        case Parts():
            yield from (part.rule for part in rule.parts)
        case BestOf():
            yield from (case.rule for case in rule.cases)
        case Adjusted():
            yield rule.base
        case Unscored() if rule.rule is not None:
            yield rule.rule


def formulas(rule: Rule) -> Iterator[Formula]:
    """Yield every formula of a rule, nested rules included."""
    match rule:
        case Ratio():
            yield rule.numerator
            yield rule.denominator
        case Steps() | Count() | PerItem() | MinMax() | ShareOfBest() | Relative():
            yield rule.of
        case Levels():
            yield from (formula for formula in (rule.numerator, rule.denominator) if formula is not None)
        case Adjusted():
            yield from (adjustment.of for adjustment in (*rule.bonuses, *rule.deductions))
    for nested in nested_rules(rule):
        yield from formulas(nested)


def every_rule(rule: Rule) -> Iterator[Rule]:
    """Yield a rule and all rules inside it."""
    yield rule
    for nested in nested_rules(rule):
        yield from every_rule(nested)


def asked(framework: Framework, criterion: Criterion) -> tuple[Asked, ...]:
    """Return what a criterion asks for, in printed order: declared inputs first, then what its rule implies."""
    known: dict[str, tuple[Asked, ...]] = framework._asked
    if criterion.code not in known:
        known[criterion.code] = asked_under(framework, criterion, criterion.effective_rule)
    return known[criterion.code]


def collected(framework: Framework) -> dict[str, Asked]:
    """Return everything that is collected under a framework, by fact: general information, then what criteria ask for.

    What a criterion asks for prevails: it knows the options and the printed label.
    """
    known: dict[str, Asked] = framework._collected
    if not known:
        for row in framework.general_information:
            fact = framework.known_facts.get(row.fact) if row.fact else None
            if row.fact and fact is not None:
                known[row.fact] = Asked(row.fact, row.fact, row.label, fact.type, fact.unit)
        for criterion in framework.criteria.values():
            known.update((one.fact, one) for one in asked(framework, criterion))
    return known


def asked_under(framework: Framework, criterion: Criterion, rule: Rule) -> tuple[Asked, ...]:
    """Return what a criterion would ask for if this rule stood in place of its own, as a reading may decide."""
    by_rule = {item.name: item for item in implied(rule)}
    choosing = _choosing(rule)
    found = [_declared(framework, criterion, item, by_rule.get(item.name)) for item in criterion.inputs]
    declared = {item.name for item in criterion.inputs}
    for item in by_rule.values():
        if item.name not in declared:
            label = item.label or criterion.title
            fact = f"{criterion.code}/{item.name}"
            found.append(Asked(item.name, fact, label, item.type, item.unit, item.options, item.optional))
    # A figure that others share says nothing about the lines of one criterion.
    own = f"{criterion.code}/"
    return tuple(
        replace(one, lines=True) if one.name in choosing and one.fact.startswith(own) else one for one in found
    )


def decided(criterion: Criterion) -> Asked | None:
    """Return where the verifier's points stand that hold when a unit answers "none of these"; None: nowhere (A14)."""
    if not _choosing(criterion.effective_rule):
        return None
    return Asked("decided", f"{criterion.code}/decided", criterion.title, "points", "point", optional=True)


def _choosing(rule: Rule) -> set[str]:
    """Return the inputs by which printed lines are chosen: of choices, steps and lateness."""
    found: set[str] = set()
    for one in every_rule(rule):
        match one:
            case Choice() | Lateness():
                found.add(one.input)
            case Steps():
                found.update(one.of.names())
    return found


def _declared(framework: Framework, criterion: Criterion, item: Input, by_rule: Implied | None) -> Asked:
    options = by_rule.options if by_rule else ()
    optional = by_rule.optional if by_rule else False
    fact = framework.known_facts.get(item.fact) if item.fact else None
    if fact is not None:
        label = item.label or fact.label.vi
        return Asked(item.name, item.fact or "", label, fact.type, fact.unit, options, optional, item)
    label = item.label or (by_rule.label if by_rule and by_rule.label else criterion.title)
    type_ = by_rule.type if by_rule and item.type == "count" else item.type
    identifier = item.fact or f"{criterion.code}/{item.name}"
    return Asked(item.name, identifier, label, type_, item.unit, options, optional, item)


def _asks_total(target: Target) -> bool:
    return bool(target.all_of_total) or any(_asks_total(inner) for inner in target.any_of or ())
