"""Shares of the maximum in the rule against those of the printed line with the same words."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from chiso.framework.lint.finding import Finding, finding, percent
from chiso.framework.lint.printed import plain, read
from chiso.framework.model import Framework
from chiso.framework.rules import Adjusted, BestOf, Choice, Lateness, Parts, Rule, Steps, Unscored, YesNo


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield lines for which the rule gives another share than the document prints."""
    for criterion in framework.criteria.values():
        printed: dict[str, set[Fraction]] = {}
        for line in read(criterion.printed_rule).lines:
            if line.consequence.kind == "share":
                printed.setdefault(plain(line.label), set()).add(line.consequence.share)
        for label, share in _given(criterion.effective_rule, Fraction(1)):
            expected = printed.get(plain(label))
            if expected and share not in expected:
                shown = " / ".join(percent(one) for one in sorted(expected))
                yield finding("L405", criterion.code, line=label, printed=shown, rule_share=percent(share))


def _given(rule: Rule, scale: Fraction) -> Iterator[tuple[str, Fraction]]:
    """Yield the words of each line of a rule with the share of the whole maximum that it gives."""
    match rule:
        case YesNo():
            yield rule.label, scale
        case Choice() | Steps() | Lateness():
            for label, share, nested in _lines(rule):
                if share is not None:
                    yield label, share * scale
                elif nested is not None:
                    yield from _given(nested, scale)
        case Parts():
            for part in rule.parts:
                yield from _given(part.rule, scale * part.share)
        case BestOf():
            for case in rule.cases:
                yield from _given(case.rule, scale)
        case Adjusted():
            yield from _given(rule.base, scale)
        case Unscored() if rule.rule is not None:
            yield from _given(rule.rule, scale)


def _lines(rule: Choice | Steps | Lateness) -> Iterator[tuple[str, Fraction | None, Rule | None]]:
    """Yield label, share and rule of each line, in printed order."""
    match rule:
        case Choice():
            yield from ((option.label, option.share, option.rule) for option in rule.options)
            return
        case Steps():
            yield from ((line.label, line.share, line.rule) for line in rule.lines)
        case Lateness():
            yield from ((late.label, late.share, None) for late in rule.lines)
    yield rule.otherwise.label, rule.otherwise.share, rule.otherwise.rule
