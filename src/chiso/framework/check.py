"""What a framework must satisfy to be loaded at all, beyond the shape that the model gives.

Every fault is found in one pass: references that lead nowhere, formulas whose units of measure do not fit, rules
that can exceed their maximum. Things that are merely suspicious are findings of the linter, not faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from chiso.framework.faults import Fault, near_misses
from chiso.framework.inputs import asked, every_rule, formulas, implied
from chiso.framework.measures import Measure, MeasureMismatch, known_units
from chiso.framework.model import Aggregation, Criterion, Dimension, Framework, Pillar
from chiso.framework.rules import (
    Adjusted,
    BestOf,
    Choice,
    Count,
    Lateness,
    Levels,
    MinMax,
    Parts,
    Ratio,
    Relative,
    Rule,
    ShareOfBest,
    Steps,
    Sum,
    Survey,
    Unscored,
)
from chiso.framework.source import Place, Source, dotted
from chiso.quantity import decimal_text


def check(framework: Framework, source: Source) -> list[Fault]:
    """Return every fault of a framework whose shape is right."""
    return list(_Checker(framework, source).run())


def most(rule: Rule) -> Fraction:
    """Return the largest share of the maximum that a rule can give, whatever the inputs."""
    match rule:
        case Choice():
            return max(_share(option.share, option.rule) for option in rule.options)
        case Steps():
            lines = [_share(line.share, line.rule) for line in rule.lines]
            return max(*lines, _share(rule.otherwise.share, rule.otherwise.rule))
        case Lateness():
            return max(*(line.share for line in rule.lines), _share(rule.otherwise.share, rule.otherwise.rule))
        case Parts():
            return sum((part.share * most(part.rule) for part in rule.parts), Fraction(0))
        case BestOf():
            return max(most(case.rule) for case in rule.cases)
        case Adjusted():
            return rule.ceiling if rule.bonuses else min(rule.ceiling, most(rule.base))
        case Survey():
            return max(answer.weight for answer in rule.answers)
        case Unscored():
            return Fraction(0)
    return Fraction(1)


def _share(share: Fraction | None, rule: Rule | None) -> Fraction:
    return share if share is not None else most(rule) if rule is not None else Fraction(0)


class _Checker:
    """Walks a framework and yields its faults, each at its line."""

    def __init__(self, framework: Framework, source: Source) -> None:
        self.framework, self.source = framework, source
        self.dimensions = {dimension.code for dimension in framework.dimensions}

    def run(self) -> Iterator[Fault]:
        yield from self._codes()
        for place, dimension in enumerate(self.framework.dimensions):
            yield from self._dimension(("dimensions", place), dimension)
        for key, pillars in (("pillars", self.framework.pillars), ("groups", self.framework.groups)):
            for index, pillar in enumerate(pillars):
                yield from self._pillar((key, index), pillar)
        yield from self._maximum()
        yield from self._general_information()
        yield from self._references()
        yield from self._facts()

    def fault(self, code: str, place: Place, near: tuple[str, ...] = (), **data: object) -> Fault:
        return Fault(code, self.source.file, self.source.line(place), dotted(place), data, near)

    def _codes(self) -> Iterator[Fault]:
        counts = Counter(code for _, code in self._all_codes())
        for place, code in self._all_codes():
            if counts[code] > 1:
                yield self.fault("F101", (*place, "code"), name=code, times=counts[code])

    def _all_codes(self) -> Iterator[tuple[Place, str]]:
        for index, dimension in enumerate(self.framework.dimensions):
            yield ("dimensions", index), dimension.code
            yield from self._criterion_codes(("dimensions", index, "criteria"), dimension.criteria)

    def _criterion_codes(self, place: Place, criteria: list[Criterion]) -> Iterator[tuple[Place, str]]:
        for index, criterion in enumerate(criteria):
            yield (*place, index), criterion.code
            yield from self._criterion_codes((*place, index, "criteria"), criterion.criteria)

    def _dimension(self, place: Place, dimension: Dimension) -> Iterator[Fault]:
        if dimension.max_points is not None and dimension.aggregation.kind == "sum":
            yield from self._sum_of(place, dimension.max_points, dimension.criteria)
        members = [criterion.code for criterion in dimension.criteria]
        yield from self._weights((*place, "aggregation"), dimension.aggregation, members)
        for index, criterion in enumerate(dimension.criteria):
            scored = not dimension.unscored
            yield from self._criterion((*place, "criteria", index), criterion, scored=scored)

    def _criterion(self, place: Place, criterion: Criterion, *, scored: bool) -> Iterator[Fault]:
        rule = criterion.effective_rule
        if criterion.criteria and not isinstance(rule, Sum):
            yield self.fault("F111", (*place, "rule"), name=criterion.code, kind=rule.kind)
        if not criterion.criteria and isinstance(rule, Sum):
            yield self.fault("F112", place, name=criterion.code)
        unscored = isinstance(rule, Unscored | Levels) or not scored
        if criterion.max_points is None and not unscored:
            yield self.fault("F113", place, name=criterion.code)
        if criterion.criteria and criterion.max_points is not None:
            yield from self._sum_of(place, criterion.max_points, criterion.criteria)
        if most(rule) > 1:
            yield self.fault("F114", (*place, "rule"), name=criterion.code, share=decimal_text(most(rule) * 100))
        if criterion.due is not None and criterion.due not in self.framework.deadlines:
            near = near_misses(criterion.due, self.framework.deadlines)
            yield self.fault("F115", (*place, "due"), near, name=criterion.due)
        if isinstance(rule, Levels):
            yield from self._levels((*place, "rule"), rule)
        yield from self._inputs(place, criterion, rule)
        for index, child in enumerate(criterion.criteria):
            yield from self._criterion((*place, "criteria", index), child, scored=scored)

    def _sum_of(self, place: Place, full: Fraction, criteria: list[Criterion]) -> Iterator[Fault]:
        total = sum((criterion.max_points or Fraction(0) for criterion in criteria), Fraction(0))
        if total > full:
            yield self.fault("F116", (*place, "max_points"), total=decimal_text(total), full=decimal_text(full))

    def _levels(self, place: Place, rule: Levels) -> Iterator[Fault]:
        known = [level.number for level in self.framework.levels]
        for number in rule.targets:
            if number not in known:
                yield self.fault("F117", (*place, "targets"), name=number, known=known)
        missing = [number for number in known if number not in rule.targets]
        if missing:
            yield self.fault("F118", (*place, "targets"), missing=missing)
        if (rule.numerator is None) != (rule.denominator is None):
            yield self.fault("F119", place)

    def _inputs(self, place: Place, criterion: Criterion, rule: Rule) -> Iterator[Fault]:
        names = Counter(item.name for item in criterion.inputs)
        for index, item in enumerate(criterion.inputs):
            at: Place = (*place, "inputs", index)
            if names[item.name] > 1:
                yield self.fault("F121", (*at, "name"), name=item.name)
            if item.fact is not None and item.fact not in self.framework.known_facts:
                near = near_misses(item.fact, self.framework.known_facts)
                yield self.fault("F122", (*at, "fact"), near, name=item.fact)
            if item.fact is None and item.label is None and item.name not in {one.name for one in implied(rule)}:
                yield self.fault("F123", at, name=item.name)
            if item.unit and item.unit not in known_units():
                yield self.fault("F124", (*at, "unit"), near_misses(item.unit, known_units()), name=item.unit)
            if item.due is not None and item.due not in self.framework.deadlines:
                near = near_misses(item.due, self.framework.deadlines)
                yield self.fault("F115", (*at, "due"), near, name=item.due)
        measures = {one.name: Measure.of(one.unit) for one in asked(self.framework, criterion)}
        used = {name for formula in formulas(rule) for name in formula.names()}
        unknown = sorted(used - set(measures))
        for name in unknown:
            yield self.fault("F125", (*place, "rule"), near_misses(name, measures), name=name)
        for name in sorted({item.name for item in criterion.inputs} - used - {one.name for one in implied(rule)}):
            yield self.fault("F126", (*place, "inputs"), near_misses(name, used), name=name)
        if not unknown:
            for node in every_rule(rule):
                yield from self._units((*place, "rule"), node, measures)

    def _units(self, place: Place, rule: Rule, measures: dict[str, Measure]) -> Iterator[Fault]:
        try:
            yield from self._node_units(place, rule, measures)
        except MeasureMismatch as wrong:
            data = {"left": wrong.left, "left_unit": wrong.left_measure, "right": wrong.right}
            yield self.fault("F131", place, **data, right_unit=wrong.right_measure)

    def _node_units(self, place: Place, rule: Rule, measures: dict[str, Measure]) -> Iterator[Fault]:
        match rule:
            case Ratio():
                over, under = rule.numerator.measure(measures), rule.denominator.measure(measures)
                if over != under and rule.part_of_whole:
                    data = {"left": rule.numerator, "left_unit": over, "right": rule.denominator, "right_unit": under}
                    yield self.fault("F132", place, **data)
            case Steps():
                measure = rule.of.measure(measures)
                if measure != Measure.of(rule.unit or ""):
                    yield self.fault("F133", place, of=rule.of, measure=measure, unit=rule.unit or "share")
            case Levels() if rule.numerator is not None and rule.denominator is not None:
                over, under = rule.numerator.measure(measures), rule.denominator.measure(measures)
                if over != under:
                    data = {"left": rule.numerator, "left_unit": over, "right": rule.denominator, "right_unit": under}
                    yield self.fault("F132", place, **data)
            case Count() | MinMax() | ShareOfBest() | Relative():
                rule.of.measure(measures)
            case Adjusted():
                for adjustment in (*rule.bonuses, *rule.deductions):
                    adjustment.of.measure(measures)
            case _:
                pass

    def _pillar(self, place: Place, pillar: Pillar) -> Iterator[Fault]:
        for code in pillar.dimensions:
            if code not in self.dimensions:
                yield self.fault("F141", (*place, "dimensions"), near_misses(code, self.dimensions), name=code)
        yield from self._weights((*place, "aggregation"), pillar.aggregation, pillar.dimensions)

    def _weights(self, place: Place, aggregation: Aggregation, members: Iterable[str]) -> Iterator[Fault]:
        known = set(members)
        for code in aggregation.weights:
            if code not in known:
                yield self.fault("F142", (*place, "weights", code), near_misses(code, known), name=code)
        if aggregation.kind == "weighted_mean" and aggregation.weights and not any(aggregation.weights.values()):
            yield self.fault("F143", (*place, "weights"))

    def _maximum(self) -> Iterator[Fault]:
        framework = self.framework
        if framework.is_maturity or framework.total.kind != "sum":
            members = [pillar.code for pillar in framework.pillars] or list(self.dimensions)
            yield from self._weights(("total",), framework.total, members)
            return
        if framework.max_points is None:
            yield self.fault("F151", ("dimensions",))
            return
        counted = [one.max_points or Fraction(0) for one in framework.dimensions if not one.unscored]
        total = sum(counted, Fraction(0))
        if total > framework.max_points:
            data = {"total": decimal_text(total), "full": decimal_text(framework.max_points)}
            yield self.fault("F116", ("max_points",), **data)

    def _general_information(self) -> Iterator[Fault]:
        for index, row in enumerate(self.framework.general_information):
            if row.fact is not None and row.fact not in self.framework.known_facts:
                near = near_misses(row.fact, self.framework.known_facts)
                yield self.fault("F122", ("general_information", index, "fact"), near, name=row.fact)

    def _references(self) -> Iterator[Fault]:
        criteria = self.framework.criteria
        for index, left_out in enumerate(self.framework.left_out):
            if left_out.code not in criteria:
                near = near_misses(left_out.code, criteria)
                yield self.fault("F141", ("left_out", index, "code"), near, name=left_out.code)
        for index, count in enumerate(self.framework.printed_counts):
            for code in count.within:
                if code not in self.dimensions:
                    near = near_misses(code, self.dimensions)
                    yield self.fault("F141", ("printed_counts", index, "within"), near, name=code)
        for index, reading in enumerate(self.framework.readings):
            for name, option in reading.options.items():
                for code in option.rules:
                    if code not in criteria:
                        place: Place = ("readings", index, "options", name, "rules", code)
                        yield self.fault("F141", place, near_misses(code, criteria), name=code)

    def _facts(self) -> Iterator[Fault]:
        for name, fact in self.framework.facts.items():
            if name in self.framework._shared_facts:
                yield self.fault("F152", ("facts", name), name=name)
            if fact.unit and fact.unit not in known_units():
                near = near_misses(fact.unit, known_units())
                yield self.fault("F124", ("facts", name, "unit"), near, name=fact.unit)
