"""What a framework must satisfy to be loaded at all, beyond the shape that the model gives.

Every fault is found in one pass: references that lead nowhere, formulas whose units of measure do not fit, rules
that can exceed their maximum. Things that are merely suspicious are findings of the linter, not faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from fractions import Fraction

from chiso.framework.expression import Formula
from chiso.framework.faults import Fault, in_order, near_misses
from chiso.framework.inputs import asked_under, every_rule, formulas, implied
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
    PerItem,
    Ratio,
    Relative,
    Rule,
    ShareOfBest,
    Steps,
    Sum,
    Survey,
    Target,
    Unscored,
)
from chiso.framework.source import Place, Source


def check(framework: Framework, source: Source) -> list[Fault]:
    """Return every fault of a framework whose shape is right, in the order of the file."""
    return in_order(_Checker(framework, source).run())


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


def _names(rule: Rule) -> set[str]:
    return {name for formula in formulas(rule) for name in formula.names()}


def _fits(target: Target, value: str) -> bool:
    """Tell whether a target asks for what the unit reports: a threshold of a figure, a yes, levels of child units."""
    if target.any_of is not None:
        return all(_fits(one, value) for one in target.any_of)
    if target.has:
        return value == "yes_no"
    if target.children is not None:
        return value == "children"
    return value in (("count",) if target.all_of_total else ("share", "count"))


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
        return self.source.fault(code, place, near, **data)

    def _codes(self) -> Iterator[Fault]:
        yield from self._twice("code", self._all_codes())
        framework = self.framework
        yield from self._twice("code", ((("pillars", n), one.code) for n, one in enumerate(framework.pillars)))
        yield from self._twice("code", ((("groups", n), one.code) for n, one in enumerate(framework.groups)))
        yield from self._twice("id", ((("readings", n), one.id) for n, one in enumerate(framework.readings)))
        yield from self._twice("id", ((("classes", n), one.id) for n, one in enumerate(framework.classes)))
        yield from self._twice("number", ((("levels", n), str(one.number)) for n, one in enumerate(framework.levels)))

    def _twice(self, key: str, named: Iterable[tuple[Place, str]]) -> Iterator[Fault]:
        entries = list(named)
        counts = Counter(name for _, name in entries)
        for place, name in entries:
            if counts[name] > 1:
                yield self.fault("F101", (*place, key), name=name, times=counts[name])

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
        yield from self._due(place, criterion.due)
        yield from self._rule((*place, "rule"), criterion, rule)
        yield from self._inputs(place, criterion, rule)
        for index, child in enumerate(criterion.criteria):
            yield from self._criterion((*place, "criteria", index), child, scored=scored)

    def _sum_of(self, place: Place, full: Fraction, criteria: list[Criterion]) -> Iterator[Fault]:
        total = sum((criterion.max_points or Fraction(0) for criterion in criteria), Fraction(0))
        if total > full:
            yield self.fault("F116", (*place, "max_points"), total=total, full=full)

    def _due(self, place: Place, due: str | None) -> Iterator[Fault]:
        if due is not None and due not in self.framework.deadlines:
            yield self.fault("F115", (*place, "due"), near_misses(due, self.framework.deadlines), name=due)

    def _rule(self, place: Place, criterion: Criterion, rule: Rule) -> Iterator[Fault]:
        """Check a rule that stands at ``place``: the criterion's own, or what a reading puts in its stead."""
        if most(rule) > 1:
            yield self.fault("F114", place, name=criterion.code, share=most(rule) * 100)
        if isinstance(rule, Levels):
            yield from self._levels(place, rule)
        measures = {one.name: Measure.of(one.unit) for one in asked_under(self.framework, criterion, rule)}
        unknown = sorted(_names(rule) - set(measures))
        for name in unknown:
            yield self.fault("F125", place, near_misses(name, measures), name=name)
        for node in every_rule(rule):
            if isinstance(node, Choice):
                yield from self._options(place, node)
            if not unknown and self._sound(criterion):
                yield from self._units(place, node, measures)

    def _sound(self, criterion: Criterion) -> bool:
        """Tell whether the units of measure of the inputs are known, so that a mismatch is not another fault's echo."""
        names = {item.name for item in criterion.inputs}
        return len(names) == len(criterion.inputs) and all(
            (item.fact is None or item.fact in self.framework.known_facts)
            and (not item.unit or item.unit in known_units())
            for item in criterion.inputs
        )

    def _options(self, place: Place, rule: Choice) -> Iterator[Fault]:
        for name, times in Counter(option.id for option in rule.options).items():
            if times > 1:
                yield self.fault("F102", place, name=name, times=times)

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
        for number, target in rule.targets.items():
            if target is not None and not _fits(target, rule.value):
                yield self.fault("F120", (*place, "targets", str(number)), name=target.printed, value=rule.value)

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
            yield from self._due(at, item.due)
        rules = [rule, *self._read_otherwise(criterion.code)]
        used = {name for one in rules for name in _names(one)}
        for name in sorted(set(names) - used - {asks.name for one in rules for asks in implied(one)}):
            yield self.fault("F126", (*place, "inputs"), near_misses(name, used), name=name)

    def _read_otherwise(self, code: str) -> Iterator[Rule]:
        for reading in self.framework.readings:
            for option in reading.options.values():
                if code in option.rules:
                    yield option.rules[code]

    def _units(self, place: Place, rule: Rule, measures: dict[str, Measure]) -> Iterator[Fault]:
        try:
            yield from self._node_units(place, rule, measures)
        except MeasureMismatch as wrong:
            left, right = wrong.left_measure, wrong.right_measure
            yield self.fault("F131", place, left=wrong.left, left_unit=left, right=wrong.right, right_unit=right)

    def _node_units(self, place: Place, rule: Rule, measures: dict[str, Measure]) -> Iterator[Fault]:
        match rule:
            case Ratio():
                yield from self._whole(place, rule.numerator, rule.denominator, measures, part=rule.part_of_whole)
            case Steps():
                if rule.part_of_whole and not rule.of.is_quotient:
                    yield self.fault("F135", place, of=rule.of)
                measure = rule.of.measure(measures)
                if measure != Measure.of(rule.unit or ""):
                    yield self.fault("F133", place, of=rule.of, measure=measure, unit=Measure.of(rule.unit or ""))
            case Levels() if rule.numerator is not None and rule.denominator is not None:
                yield from self._whole(place, rule.numerator, rule.denominator, measures, part=rule.part_of_whole)
            case Count() | PerItem() | MinMax() | ShareOfBest() | Relative():
                rule.of.measure(measures)
            case Adjusted():
                for adjustment in (*rule.bonuses, *rule.deductions):
                    adjustment.of.measure(measures)
            case _:
                pass

    def _whole(
        self, place: Place, over: Formula, under: Formula, measures: dict[str, Measure], *, part: bool
    ) -> Iterator[Fault]:
        """Check the two sides of a ratio; a ``part`` of a whole is measured as the whole is."""
        left, right = over.measure(measures), under.measure(measures)
        if part and left != right:
            yield self.fault("F132", place, left=over, left_unit=left, right=under, right_unit=right)

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
            yield self.fault("F116", ("max_points",), total=total, full=framework.max_points)

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
                for code, rule in option.rules.items():
                    place: Place = ("readings", index, "options", name, "rules", code)
                    if code in criteria:
                        yield from self._rule(place, criteria[code], rule)
                    else:
                        yield self.fault("F141", place, near_misses(code, criteria), name=code)

    def _facts(self) -> Iterator[Fault]:
        for name, fact in self.framework.facts.items():
            if name in self.framework._shared_facts:
                yield self.fault("F152", ("facts", name), name=name)
            if fact.unit and fact.unit not in known_units():
                near = near_misses(fact.unit, known_units())
                yield self.fault("F124", ("facts", name, "unit"), near, name=fact.unit)
