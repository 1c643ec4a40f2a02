"""What a framework must satisfy to be loaded at all, beyond the shape that the model gives.

Every fault is found in one pass: references that lead nowhere, formulas whose units of measure do not fit, rules
that can exceed their maximum. Things that are merely suspicious are findings of the linter, not faults.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from chiso.framework.expression import Formula
from chiso.framework.faults import Fault, in_order, limited, near_misses
from chiso.framework.gaps import Gaps
from chiso.framework.inputs import asked_under, every_rule, formulas, implied
from chiso.framework.measures import Measure, MeasureMismatch, known_units
from chiso.framework.model import Aggregation, Criterion, Dimension, Framework, Pillar, Policies
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


def check(framework: Framework, source: Source, gaps: Gaps | None = None) -> list[Fault]:
    """Return every fault of what a framework says, in the order of the file; what depends on a gap is left alone."""
    return in_order(limited(_Checker(framework, source, gaps if gaps is not None else Gaps()).run()))


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

    def __init__(self, framework: Framework, source: Source, gaps: Gaps) -> None:
        self.framework, self.source, self.gaps = framework, source, gaps
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
        entries = [(place, name) for place, name in named if not self.gaps.at((*place, key))]
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
        adds_up = dimension.aggregation.kind == "sum" and not self.gaps.inside((*place, "aggregation"))
        if dimension.max_points is not None and adds_up:
            yield from self._sum_of(place, dimension.max_points, dimension.criteria)
        if not self._unsure_codes((*place, "criteria"), len(dimension.criteria)):
            members = [criterion.code for criterion in dimension.criteria]
            yield from self._weights((*place, "aggregation"), dimension.aggregation, members)
        scored = not (dimension.unscored or self.gaps.lacks(place, "unscored", dimension.unscored))
        for index, criterion in enumerate(dimension.criteria):
            yield from self._criterion((*place, "criteria", index), criterion, scored=scored)

    def _criterion(self, place: Place, criterion: Criterion, *, scored: bool) -> Iterator[Fault]:
        rule, gaps = criterion.effective_rule, self.gaps
        unsure = gaps.lacks(place, "rule", criterion.rule) or gaps.lacks(place, "criteria", criterion.criteria)
        if criterion.criteria and not isinstance(rule, Sum) and not unsure:
            yield self.fault("F111", (*place, "rule"), name=self._name(place, criterion), kind=rule.kind)
        if not criterion.criteria and isinstance(rule, Sum) and not unsure:
            yield self.fault("F112", place, name=self._name(place, criterion))
        unscored = isinstance(rule, Unscored | Levels) or not scored or gaps.lacks(place, "rule", criterion.rule)
        if criterion.max_points is None and not unscored and place not in gaps.open:
            yield self.fault("F113", place, name=self._name(place, criterion))
        if criterion.criteria and criterion.max_points is not None:
            yield from self._sum_of(place, criterion.max_points, criterion.criteria)
        yield from self._due(place, criterion.due)
        yield from self._rule((*place, "rule"), criterion, rule, place)
        yield from self._inputs(place, criterion, rule)
        for index, child in enumerate(criterion.criteria):
            yield from self._criterion((*place, "criteria", index), child, scored=scored)

    def _name(self, place: Place, criterion: Criterion) -> str:
        """Return the code of a criterion for people, who never wrote one that only fills a gap."""
        return "?" if self.gaps.at((*place, "code")) else criterion.code

    def _sum_of(self, place: Place, full: Fraction, criteria: list[Criterion]) -> Iterator[Fault]:
        known = [
            criterion.max_points
            for index, criterion in enumerate(criteria)
            if criterion.max_points is not None and not self.gaps.at((*place, "criteria", index, "max_points"))
        ]
        total = sum(known, Fraction(0))
        if total > full and not (self.gaps.rows_unsure or self.gaps.at((*place, "max_points"))):
            yield self.fault("F116", (*place, "max_points"), total=total, full=full)

    def _due(self, place: Place, due: str | None) -> Iterator[Fault]:
        deadlines = self.framework.deadlines
        unsure = self.gaps.at((*place, "due")) or self._open("deadlines", deadlines)
        if due is not None and due not in deadlines and not unsure:
            yield self.fault("F115", (*place, "due"), near_misses(due, deadlines), name=due)

    def _rule(self, place: Place, criterion: Criterion, rule: Rule, at: Place) -> Iterator[Fault]:
        """Check a rule that stands at ``place``: that of the criterion ``at``, or what a reading puts in its stead."""
        if most(rule) > 1 and not self.gaps.worth_unsure(place):
            yield self.fault("F114", place, name=self._name(at, criterion), share=most(rule) * 100)
        if isinstance(rule, Levels):
            yield from self._levels(place, rule)
        inputs_unsure = self._inputs_unsure(at, criterion)
        measures = {one.name: Measure.of(one.unit) for one in asked_under(self.framework, criterion, rule)}
        unknown = sorted(_names(rule) - set(measures))
        if not inputs_unsure and not self.gaps.names_unsure(place):
            for name in unknown:
                yield self.fault("F125", place, near_misses(name, measures), name=name)
        measurable = not (unknown or inputs_unsure or self.gaps.units_unsure(place)) and self._sound(at, criterion)
        for node in every_rule(rule):
            if isinstance(node, Choice):
                yield from self._options(place, node)
            if measurable:
                yield from self._units(place, node, measures)

    def _inputs_unsure(self, at: Place, criterion: Criterion) -> bool:
        """Tell whether a criterion may declare other inputs than it seems to."""
        places = ((*at, "inputs", index) for index in range(len(criterion.inputs)))
        return self.gaps.lacks(at, "inputs", criterion.inputs) or any(self.gaps.at((*one, "name")) for one in places)

    def _open(self, key: str, known: Mapping[str, object]) -> bool:
        """Tell whether a mapping of the whole file may define more than it seems to."""
        return self.gaps.lacks((), key, known) or (key,) in self.gaps.open

    def _unsure_codes(self, place: Place, rows: int) -> bool:
        """Tell whether rows may have other codes than they seem to."""
        gaps = self.gaps
        return gaps.rows_unsure or gaps.at(place) or any(gaps.at((*place, index, "code")) for index in range(rows))

    @cached_property
    def _dimensions_unsure(self) -> bool:
        """Whether there may be other dimensions than there seem to be."""
        return self._unsure_codes(("dimensions",), len(self.framework.dimensions))

    @cached_property
    def _codes_unsure(self) -> bool:
        """Whether there may be other criteria than there seem to be."""
        if self._dimensions_unsure:
            return True
        rows: list[tuple[Place, Dimension | Criterion]] = [
            (("dimensions", index), dimension) for index, dimension in enumerate(self.framework.dimensions)
        ]
        for place, row in rows:
            leaf = isinstance(row, Criterion) and row.rule is not None
            if self.gaps.lacks(place, "criteria", row.criteria or leaf):
                return True
            if self._unsure_codes((*place, "criteria"), len(row.criteria)):
                return True
            rows += [((*place, "criteria", index), criterion) for index, criterion in enumerate(row.criteria)]
        return False

    def _sound(self, at: Place, criterion: Criterion) -> bool:
        """Tell whether the units of measure of the inputs are known, so that a mismatch is not another fault's echo."""
        names = {item.name for item in criterion.inputs}
        return len(names) == len(criterion.inputs) and all(
            (item.fact is None or (item.fact in self.framework.known_facts and self._fact_sound(item.fact)))
            and (not item.unit or item.unit in known_units())
            and not self.gaps.units_unsure((*at, "inputs", index))
            for index, item in enumerate(criterion.inputs)
        )

    def _fact_sound(self, name: str) -> bool:
        """Tell whether the unit of measure of a fact is known."""
        unit = self.framework.known_facts[name].unit
        return (not unit or unit in known_units()) and not self.gaps.units_unsure(("facts", name))

    def _options(self, place: Place, rule: Choice) -> Iterator[Fault]:
        for name, times in Counter(option.id for option in rule.options).items():
            if times > 1:
                yield self.fault("F102", place, name=name, times=times)

    def _levels(self, place: Place, rule: Levels) -> Iterator[Fault]:
        known, gaps, targets = [level.number for level in self.framework.levels], self.gaps, (*place, "targets")
        if not self._levels_unsure and targets not in gaps.open and not gaps.at(targets):
            for number in rule.targets:
                if number not in known:
                    yield self.fault("F117", targets, name=number, known=known)
            missing = [number for number in known if number not in rule.targets]
            if missing:
                yield self.fault("F118", targets, missing=missing)
        if (rule.numerator is None) != (rule.denominator is None) and place not in gaps.open:
            yield self.fault("F119", place)
        for number, target in rule.targets.items():
            sure = not (gaps.inside((*targets, str(number))) or gaps.at((*place, "value")))
            if target is not None and sure and not _fits(target, rule.value):
                yield self.fault("F120", (*targets, str(number)), name=target.printed, value=rule.value)

    @cached_property
    def _levels_unsure(self) -> bool:
        """Whether there may be other levels than there seem to be."""
        gaps, levels = self.gaps, self.framework.levels
        numbers = ((("levels", index, "number")) for index in range(len(levels)))
        return gaps.lacks((), "levels", levels) or any(map(gaps.at, numbers))

    def _inputs(self, place: Place, criterion: Criterion, rule: Rule) -> Iterator[Fault]:
        names = Counter(item.name for item in criterion.inputs)
        rule_unsure = self.gaps.lacks(place, "rule", criterion.rule) or self.gaps.names_unsure((*place, "rule"))
        for index, item in enumerate(criterion.inputs):
            at: Place = (*place, "inputs", index)
            if names[item.name] > 1 and not self.gaps.at((*at, "name")):
                yield self.fault("F121", (*at, "name"), name=item.name)
            yield from self._known_fact((*at, "fact"), item.fact)
            unnamed = item.fact is None and item.label is None and at not in self.gaps.open and not self.gaps.at(at)
            if unnamed and not rule_unsure and item.name not in {one.name for one in implied(rule)}:
                yield self.fault("F123", at, name="?" if self.gaps.at((*at, "name")) else item.name)
            yield from self._known_unit((*at, "unit"), item.unit)
            yield from self._due(at, item.due)
        if rule_unsure or self._inputs_unsure(place, criterion) or self._readings_unsure(criterion.code):
            return
        rules = [rule, *self._read_otherwise(criterion.code)]
        used = {name for one in rules for name in _names(one)}
        for name in sorted(set(names) - used - {asks.name for one in rules for asks in implied(one)}):
            yield self.fault("F126", (*place, "inputs"), near_misses(name, used), name=name)

    def _known_fact(self, place: Place, name: str | None) -> Iterator[Fault]:
        facts = self.framework.known_facts
        if name is None or name in facts or self.gaps.at(place) or self._open("facts", self.framework.facts):
            return
        yield self.fault("F122", place, near_misses(name, facts), name=name)

    def _known_unit(self, place: Place, name: str) -> Iterator[Fault]:
        if name and name not in known_units() and not self.gaps.at(place):
            yield self.fault("F124", place, near_misses(name, known_units()), name=name)

    def _readings_unsure(self, code: str) -> bool:
        """Tell whether a reading may put another rule in the place of a criterion's own than it seems to."""
        readings = self.framework.readings
        if self.gaps.lacks((), "readings", readings):
            return True
        places: list[Place] = [
            ("readings", index, "options", name)
            for index, reading in enumerate(readings)
            for name, option in reading.options.items()
        ]
        return any(
            one in self.gaps.open or self.gaps.at(one) or self.gaps.names_unsure((*one, "rules", code))
            for one in places
        )

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
        at: Place = (*place, "dimensions")
        yield from self._known_dimensions(at, pillar.dimensions)
        if not self.gaps.inside(at):
            yield from self._weights((*place, "aggregation"), pillar.aggregation, pillar.dimensions)

    def _known_dimensions(self, place: Place, codes: Sequence[str]) -> Iterator[Fault]:
        if self._dimensions_unsure:
            return
        for index, code in enumerate(codes):
            if code not in self.dimensions and not self.gaps.at((*place, index)):
                yield self.fault("F141", place, near_misses(code, self.dimensions), name=code)

    def _weights(self, place: Place, aggregation: Aggregation, members: Iterable[str]) -> Iterator[Fault]:
        known = set(members)
        if self.gaps.inside(place):
            return
        for code in aggregation.weights:
            if code not in known:
                yield self.fault("F142", (*place, "weights", code), near_misses(code, known), name=code)
        if aggregation.kind == "weighted_mean" and aggregation.weights and not any(aggregation.weights.values()):
            yield self.fault("F143", (*place, "weights"))

    def _maximum(self) -> Iterator[Fault]:
        framework, gaps = self.framework, self.gaps
        if self._levels_unsure or gaps.lacks((), "total", "total" in framework.model_fields_set):
            return
        if framework.is_maturity or framework.total.kind != "sum":
            members = [pillar.code for pillar in framework.pillars] or list(self.dimensions)
            unsure = self._dimensions_unsure or gaps.inside(("pillars",)) or gaps.inside(("total",))
            yield from () if unsure else self._weights(("total",), framework.total, members)
            return
        if framework.max_points is None:
            yield from () if () in gaps.open else [self.fault("F151", ("dimensions",))]
            return
        counted = [
            one.max_points
            for index, one in enumerate(framework.dimensions)
            if one.max_points is not None
            and not one.unscored
            and not gaps.at(("dimensions", index, "max_points"))
            and not gaps.lacks(("dimensions", index), "unscored", one.unscored)
        ]
        total = sum(counted, Fraction(0))
        if total > framework.max_points and not (gaps.rows_unsure or gaps.at(("max_points",))):
            yield self.fault("F116", ("max_points",), total=total, full=framework.max_points)

    def _general_information(self) -> Iterator[Fault]:
        for index, row in enumerate(self.framework.general_information):
            yield from self._known_fact(("general_information", index, "fact"), row.fact)

    def _references(self) -> Iterator[Fault]:
        criteria = self.framework.criteria
        for index, left_out in enumerate(self.framework.left_out):
            yield from self._known_code(("left_out", index, "code"), left_out.code)
        for index, printed in enumerate(self.framework.printed_counts):
            yield from self._known_dimensions(("printed_counts", index, "within"), printed.within)
        yield from self._tie_break(("policies",), self.framework.policies)
        for index, reading in enumerate(self.framework.readings):
            for name, option in reading.options.items():
                yield from self._tie_break(("readings", index, "options", name, "policies"), option.policies)
                for code, rule in option.rules.items():
                    place: Place = ("readings", index, "options", name, "rules", code)
                    yield from self._known_code(place, code)
                    if code in criteria:
                        yield from self._rule(place, criteria[code], rule, self._places[code])

    def _known_code(self, place: Place, code: str) -> Iterator[Fault]:
        criteria = self.framework.criteria
        if code not in criteria and not (self._codes_unsure or self.gaps.at(place)):
            yield self.fault("F141", place, near_misses(code, criteria), name=code)

    def _tie_break(self, place: Place, policies: Policies) -> Iterator[Fault]:
        for index, code in enumerate(policies.ranking.tie_break):
            if code not in self.dimensions:
                yield from self._known_code((*place, "ranking", "tie_break", index), code)

    @cached_property
    def _places(self) -> dict[str, Place]:
        """Where each dimension and criterion stands, by its code."""
        return {code: place for place, code in self._all_codes()}

    def _facts(self) -> Iterator[Fault]:
        for name, fact in self.framework.facts.items():
            if name in self.framework._shared_facts:
                yield self.fault("F152", ("facts", name), name=name)
            yield from self._known_unit(("facts", name, "unit"), fact.unit)
