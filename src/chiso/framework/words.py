"""Puts rules into words: what an officer reads instead of the rule nodes, in Vietnamese or English.

Labels stay Vietnamese, as printed; everything around them is in the language asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property, singledispatch
from string import ascii_lowercase

from chiso.framework.expression import Formula, Name, Operation
from chiso.framework.inputs import Asked, asked, asked_under, formulas
from chiso.framework.measures import Measure
from chiso.framework.model import Criterion, Framework
from chiso.framework.rule_phrases import PHRASES
from chiso.framework.rules import (
    Adjusted,
    Adjustment,
    BestOf,
    Choice,
    Count,
    Lateness,
    Levels,
    Manual,
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
    YesNo,
)
from chiso.quantity import decimal_text, local_text, percent_text

#: What a maturity criterion reports.
_VALUE = Formula(Name("value"))

_NAME = re.compile(r"[^\W\d]\w*")
_SYMBOLS = {"+": " + ", "-": " − ", "*": " × ", "/": "/"}


def rule_lines(framework: Framework, criterion: Criterion, lang: str, *, lettered: bool = False) -> list[str]:
    """Return the rule of a criterion as sentences, one per printed line; what is nested is indented by two spaces.

    ``lettered``: names of inputs that only the file knows give way to letters, for people who do not know the file.
    """
    return lines_under(framework, criterion, criterion.effective_rule, lang, lettered=lettered)


def lines_under(
    framework: Framework, criterion: Criterion, rule: Rule, lang: str, *, lettered: bool = False
) -> list[str]:
    """Return any rule of a criterion as sentences, such as one that a reading puts in place of its own."""
    say = _Speaker(framework, criterion, rule, lang, lettered)
    lines = [say("own_rule")] if criterion.own_rule else []
    lines += _lines(rule, say, _Whole(criterion.max_points))
    names = dict.fromkeys(name for formula in formulas(rule) for name in formula.names())
    legend = [say.letter(say.inputs[name]) for name in names]
    lines += [say("legend"), *_indented(legend)] if legend else []
    consequence = criterion.not_applicable or framework.policies.not_applicable
    if consequence != "undecided" and not isinstance(rule, Sum | Unscored):
        lines.append(say(f"na_{consequence}{'_level' * (framework.is_maturity and consequence == 'leave_out')}"))
    return lines


def target_line(framework: Framework, criterion: Criterion, rule: Levels, target: Target | None, lang: str) -> str:
    """Return what a maturity criterion asks for at one level: ``từ 50 % trở lên``."""
    return _printed_target(target, rule, _Speaker(framework, criterion, rule, lang))


def formula_text(formula: Formula, lang: str) -> str:
    """Write a formula for people, with the letters of its inputs: ``(c + d)/(a + b)``."""
    return formula.written(_SYMBOLS, lambda value: local_text(value, lang))


def legend_lines(framework: Framework, criterion: Criterion, names: Iterable[str], lang: str) -> list[str]:
    """Return what the letters of a formula stand for, one line each; the printed label, or the catalogue's words."""
    say = _Speaker(framework, criterion, criterion.effective_rule, lang)
    return [say.letter(say.inputs[name]) for name in names if name in say.inputs]


@dataclass(frozen=True, slots=True)
class _Whole:
    """What shares are shares of: the maximum of the criterion, or of one of its parts. No points: not printed."""

    points: Fraction | None
    name: str = "maximum"

    def part(self, share: Fraction) -> _Whole:
        return _Whole(None if self.points is None else share * self.points, "part")


@dataclass(frozen=True)
class _Speaker:
    """Words for the numbers, units of measure and formulas of one criterion, in one language."""

    framework: Framework
    criterion: Criterion
    rule: Rule
    lang: str
    lettered: bool = False

    def __call__(self, code: str, **data: object) -> str:
        return PHRASES.text(code, self.lang, **data)

    @cached_property
    def inputs(self) -> dict[str, Asked]:
        own = self.rule is self.criterion.rule
        found = asked(self.framework, self.criterion) if own else asked_under(self.framework, self.criterion, self.rule)
        return {one.name: one for one in found}

    @cached_property
    def letters(self) -> dict[str, str]:
        """The letters that stand for names that only the file knows, none of which the document uses."""
        named = [name for name in self.inputs if len(name) > 1] if self.lettered else []
        free = (letter for letter in ascii_lowercase if letter not in self.inputs)
        return dict(zip(named, free, strict=False))

    def letter(self, one: Asked) -> str:
        name = self.letters.get(one.name, one.name)
        fact = self.framework.known_facts.get(one.fact)
        label = fact.label.en if fact is not None and self.lang == "en" else one.label
        if not one.unit:
            return self("letter", name=name, label=label)
        return self("letter_unit", name=name, label=label, unit=Measure.of(one.unit).words(self.lang))

    def number(self, value: Fraction) -> str:
        """Write a number exactly: as a decimal where it ends, else as a fraction."""
        return local_text(value, self.lang) if Fraction(decimal_text(value)) == value else str(value)

    def percent(self, value: Fraction) -> str:
        exact = Fraction(decimal_text(value * 100, 4)) == value * 100
        return percent_text(value, self.lang) if exact else str(value)

    def points(self, value: Fraction) -> str:
        return self("point" if 0 < value <= 1 else "points", number=self.number(value))

    def full(self, whole: _Whole) -> str:
        return self(whole.name) if whole.points is None else self.points(whole.points)

    def worth(self, share: Fraction, whole: _Whole) -> str:
        """Write what a share of the maximum is worth: ``5 điểm (1/2 điểm tối đa)``."""
        if not share:
            return self.points(share)
        simple = str(share) if share.denominator <= 4 else self.percent(share)
        words = self(whole.name) if share == 1 else self(f"{whole.name}_share", share=simple)
        return words if whole.points is None else self("worth", points=self.points(share * whole.points), share=words)

    def quantity(self, value: Fraction, formula: Formula) -> str:
        """Write a value of a formula: with its unit of measure, or as a percentage where the formula is a ratio."""
        measures = {one.name: Measure.of(one.unit) for one in self.inputs.values()}
        measure = formula.measure(measures)
        if measure.powers:
            return self("measure", number=self.number(value), unit=measure.words(self.lang))
        types = {self.inputs[name].type for name in formula.names()}
        return self.percent(value) if "/" in str(formula) or types == {"share"} else self.number(value)

    def formula(self, formula: Formula, *, factor: bool = False) -> str:
        """Write a formula; as a ``factor`` it is bracketed where it would not hold together."""
        text = _NAME.sub(lambda name: self.letters.get(name[0], name[0]), formula_text(formula, self.lang))
        loose = isinstance(formula.term, Operation) and formula.term.symbol in "+-"
        return f"({text})" if factor and loose else text

    def bound(self, kind: str, value: Fraction, formula: Formula, label: str) -> str:
        """Write a bound, followed by the printed words unless they say no more: ``từ 80 % trở lên``."""
        quantity = self.quantity(value, formula)
        code = "reaches" if kind == "at_least" and quantity == self.percent(Fraction(1)) else kind
        numbers = [str(value), local_text(value, "vi"), percent_text(value, "vi")]
        same = {*numbers, *(PHRASES.text(kind, "vi", bound=number) for number in numbers)}
        condition = self(code, bound=quantity)
        return condition if _bare(label) in map(_bare, same) else self.printed(condition, label)

    def printed(self, condition: str, label: str) -> str:
        """Add the printed words to a condition, unless they are the same."""
        same = _bare(label) == _bare(condition)
        return condition if same else self("printed", condition=condition, label=_label(label))


def _ratio_of(numerator: Formula, denominator: Formula) -> Formula:
    return Formula(Operation("/", numerator.term, denominator.term))


def _indented(lines: Sequence[str]) -> list[str]:
    return [f"  {line}" for line in lines]


def _label(text: str) -> str:
    return text.rstrip(" :;.")


def _bare(text: str) -> str:
    return "".join(text.casefold().split()).rstrip(":;.")


def _consequence(condition: str, share: Fraction | None, rule: Rule | None, say: _Speaker, whole: _Whole) -> list[str]:
    if rule is None:
        return [f"- {say('line', condition=condition, points=say.worth(share or Fraction(0), whole))}"]
    return [f"- {say('opening', condition=condition)}", *_indented(_indented(_lines(rule, say, whole)))]


@singledispatch
def _lines(rule: Rule, _say: _Speaker, _whole: _Whole) -> list[str]:
    raise AssertionError(f"no words for {rule!r}")


@_lines.register
def _(rule: Choice, say: _Speaker, whole: _Whole) -> list[str]:
    lines = [say("choice")]
    for option in rule.options:
        lines += _consequence(_label(option.label), option.share, option.rule, say, whole)
    return lines


@_lines.register
def _(_rule: YesNo, say: _Speaker, whole: _Whole) -> list[str]:
    return [say("yes_no", points=say.worth(Fraction(1), whole))]


@_lines.register
def _(rule: Ratio, say: _Speaker, whole: _Whole) -> list[str]:
    ratio, full = _ratio_of(rule.numerator, rule.denominator), say.full(whole)
    if rule.full_at == 1 and not ratio.measure({one.name: Measure.of(one.unit) for one in say.inputs.values()}).powers:
        lines = [say("ratio", ratio=say.formula(ratio), full=full)]
        lines += [] if rule.part_of_whole else [say("capped", full=full)]
    else:
        full_at = say.quantity(rule.full_at, ratio)
        lines = [say("ratio_full_at", ratio=say.formula(ratio), full_at=full_at, full=full)]
    if rule.part_of_whole:
        lines.append(say("part_of_whole", part=say.formula(rule.numerator), whole=say.formula(rule.denominator)))
    return lines


@_lines.register
def _(rule: Steps, say: _Speaker, whole: _Whole) -> list[str]:
    lines = [say("steps", formula=say.formula(rule.of))]
    for line in rule.lines:
        kind, bound = line.bound
        lines += _consequence(say.bound(kind, bound, rule.of, line.label), line.share, line.rule, say, whole)
    last, term = rule.otherwise, rule.of.term
    lines += _consequence(say.printed(say("otherwise"), last.label), last.share, last.rule, say, whole)
    if rule.part_of_whole and isinstance(term, Operation):  # the loader demands a quotient
        lines.append(say("part_of_whole", part=say.formula(Formula(term.left)), whole=say.formula(Formula(term.right))))
    return lines


@_lines.register
def _(rule: Count, say: _Speaker, whole: _Whole) -> list[str]:
    target = say.quantity(rule.target, rule.of)
    return [say("count", formula=say.formula(rule.of, factor=True), target=target, full=say.full(whole))]


@_lines.register
def _(rule: PerItem, say: _Speaker, whole: _Whole) -> list[str]:
    each = say.points(rule.points)
    return [say("per_item", formula=say.formula(rule.of, factor=True), each=each, full=say.full(whole))]


@_lines.register
def _(rule: Parts, say: _Speaker, whole: _Whole) -> list[str]:
    lines = [say("parts")]
    for part in rule.parts:
        label, points = _label(part.label), say.worth(part.share, whole)
        if isinstance(part.rule, YesNo):
            lines.append(f"- {say('yes_no_part', label=label, points=points)}")
        else:
            lines.append(f"- {say('part_opening', label=label, points=points)}")
            lines += _indented(_indented(_lines(part.rule, say, whole.part(part.share))))
    return lines


@_lines.register
def _(rule: Lateness, say: _Speaker, whole: _Whole) -> list[str]:
    lines = [say("lateness")]
    for line in rule.lines:
        code = "on_time" if not line.at_most else "late_day" if line.at_most == 1 else "late"
        condition = say.printed(say(code, days=say.number(line.at_most)), line.label)
        lines += _consequence(condition, line.share, None, say, whole)
    last = rule.otherwise
    return lines + _consequence(say.printed(say("later"), last.label), last.share, last.rule, say, whole)


@_lines.register
def _(rule: MinMax, say: _Speaker, whole: _Whole) -> list[str]:
    return [say("min_max", formula=say.formula(rule.of), full=say.full(whole)), say("peers")]


@_lines.register
def _(rule: ShareOfBest, say: _Speaker, whole: _Whole) -> list[str]:
    return [say("share_of_best", formula=say.formula(rule.of), full=say.full(whole)), say("peers")]


@_lines.register
def _(rule: Relative, say: _Speaker, whole: _Whole) -> list[str]:
    formula, full = say.formula(rule.of, factor=True), say.full(whole)
    if rule.constant is not None:
        return [say("count", formula=formula, target=say.quantity(rule.constant, rule.of), full=full)]
    return [say("relative_given", formula=formula, full=full), say("reference", given=rule.given)]


@_lines.register
def _(rule: BestOf, say: _Speaker, whole: _Whole) -> list[str]:
    lines = [say("best_of")]
    for case in rule.cases:
        lines += _consequence(_label(case.label), None, case.rule, say, whole)
    return lines


@_lines.register
def _(rule: Adjusted, say: _Speaker, whole: _Whole) -> list[str]:
    lines = [say("base"), *_indented(_lines(rule.base, say, whole))]
    lines += [_adjustment("bonus", one, say) for one in rule.bonuses]
    lines += [_adjustment("deduction", one, say) for one in rule.deductions]
    return [*lines, say("kept", floor=say.worth(rule.floor, whole), ceiling=say.worth(rule.ceiling, whole))]


def _adjustment(kind: str, one: Adjustment, say: _Speaker) -> str:
    formula = say.formula(one.of, factor=True)
    words = say(kind, points=say.points(one.points), formula=formula, label=_label(one.label))
    return f"- {words if one.at_most is None else say('limited', adjustment=words, points=say.points(one.at_most))}"


@_lines.register
def _(rule: Survey, say: _Speaker, whole: _Whole) -> list[str]:
    answers = [
        say("answer", label=_label(answer.label), name=answer.input, weight=say.percent(answer.weight))
        for answer in rule.answers
    ]
    return [say("survey", full=say.full(whole)), *(f"- {answer}" for answer in answers)]


@_lines.register
def _(_rule: Sum, say: _Speaker, _whole: _Whole) -> list[str]:
    return [say("sum", codes=", ".join(child.code for child in say.criterion.criteria))]


@_lines.register
def _(_rule: Manual, say: _Speaker, whole: _Whole) -> list[str]:
    return [say("manual_open") if whole.points is None else say("manual", full=say.full(whole))]


@_lines.register
def _(rule: Unscored, say: _Speaker, whole: _Whole) -> list[str]:
    if rule.rule is None:
        return [say("unscored")]
    return [say("unscored_rule"), *_indented(_lines(rule.rule, say, whole))]


@_lines.register
def _(rule: Levels, say: _Speaker, _whole: _Whole) -> list[str]:
    if rule.numerator is not None and rule.denominator is not None:
        lines = [say("levels_ratio", ratio=say.formula(_ratio_of(rule.numerator, rule.denominator)))]
    else:
        lines = [say(f"levels_{rule.value}")]
    for level in say.framework.levels:
        words = _printed_target(rule.targets.get(level.number), rule, say)
        lines.append(f"- {say('level', number=level.number, name=level.name[say.lang], target=words)}")
    if rule.numerator is not None and rule.denominator is not None and rule.part_of_whole:
        lines.append(say("part_of_whole", part=say.formula(rule.numerator), whole=say.formula(rule.denominator)))
    if rule.counts_for is not None:
        unit = "calendar_years" if rule.counts_for.calendar_years is not None else "months"
        count = rule.counts_for.calendar_years or rule.counts_for.months
        lines.append(say(f"counts_for_{unit}", count=count))
    if say.framework.policies.levels == "cumulative":
        lines.append(say("cumulative"))
    return lines


def _printed_target(target: Target | None, rule: Levels, say: _Speaker) -> str:
    if target is None:
        return say("not_applied")
    if target.at_least is not None:
        return say.bound("at_least", target.at_least, _VALUE, target.printed)
    return say.printed(_target(target, rule, say), target.printed)


def _target(target: Target, rule: Levels, say: _Speaker) -> str:
    if target.any_of is not None:
        return say("or").join(_target(one, rule, say) for one in target.any_of)
    if target.has:
        return say("has")
    if target.all_of_total:
        total = say.inputs.get("total")
        return say("all_of_total", name=total.label if total is not None else "total")
    if target.children is not None:
        asks = target.children
        if asks.share is None:
            return say("children_all", level=asks.all_at_least)
        share = say.percent(asks.share)
        return say("children_share", level=asks.all_at_least, share=share, higher=asks.at_least)
    assert target.at_least is not None, "the model demands one condition"
    return say.bound("at_least", target.at_least, _VALUE, str(target.at_least))
