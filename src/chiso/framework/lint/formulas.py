"""Formulas as printed against the rule: upside down, different, undefined, or named as another method."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chiso.framework.inputs import asked, every_rule
from chiso.framework.lint.finding import Finding, finding
from chiso.framework.lint.printed import PrintedRule, Quotient, plain, read
from chiso.framework.lint.ratios import measured, quotients
from chiso.framework.lint.vocabulary import NOT_A_PART, TIMES, without_quantifiers
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Levels, MinMax, Ratio, Rule, Unscored

_USES_RATIO = re.compile(r"tỷ lệ\s*(?:/[^*]+)?\*")
#: A frequency is written as times in a period; a period by times is its inverse.
_PERIOD_BY_TIMES = re.compile(r"\d+ (?:ngày|tuần|tháng|quý|năm)\s*/\s*\d+ lần")
_DEFINED = re.compile(r"tỷ lệ\s*[=:]|/\s*tổng|trên tổng")


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield what is wrong with the printed formula of each criterion."""
    for criterion in framework.criteria.values():
        printed = read(criterion.printed_rule)
        rule = criterion.effective_rule
        if isinstance(rule, Unscored) and rule.rule is not None:
            rule = rule.rule
        upside_down = False
        for quotient in printed.quotients:
            for found in _compared(framework, criterion, quotient, rule):
                upside_down |= found.code == "L401"
                yield found
        if not upside_down:
            yield from _worded(framework, criterion, rule)
        yield from _undefined(criterion, printed)
        yield from _frequency(criterion)
        yield from _method(criterion, rule)


def _compared(framework: Framework, criterion: Criterion, quotient: Quotient, rule: Rule) -> Iterator[Finding]:
    """Compare a printed formula with the ratios of the rule."""
    written = [Quotient(over, under) for over, under, _ in quotients(rule)]
    known = {one.name for one in asked(framework, criterion)}
    constant = not known & set(quotient.under) and quotient.over in list(measured(rule))
    if not written or quotient in written or constant:
        return
    figures = {"printed": str(quotient), "rule": ", ".join(map(str, written))}
    upside_down = Quotient(quotient.under, quotient.over) in written
    yield finding("L401" if upside_down else "L402", criterion.code, **figures)


def _worded(framework: Framework, criterion: Criterion, rule: Rule) -> Iterator[Finding]:
    """Find a ratio whose denominator is described as a part of its numerator."""
    labels = {one.name: plain(one.label) for one in asked(framework, criterion)}
    for over, under, node in quotients(rule):
        if len(over) != 1 or len(under) != 1 or (isinstance(node, Ratio) and not node.part_of_whole):
            continue
        if _is_part(labels[under[0]], labels[over[0]]):
            figures = {"printed": str(Quotient(over, under)), "rule": str(Quotient(under, over))}
            yield finding("L401", criterion.code, **figures)


def _is_part(text: str, whole: str) -> bool:
    """Return whether a text names the same things as another and then narrows them down."""
    thing, all_things = _counted(text), _counted(whole)
    rest = thing.removeprefix(all_things)
    return bool(all_things) and rest.startswith(" ") and not rest.strip().startswith(NOT_A_PART)


def _counted(text: str) -> str:
    """Return what a text counts, without words for counting and for the time."""
    for time in TIMES:
        text = text.replace(time, "")
    return without_quantifiers(" ".join(text.split()))


def _undefined(criterion: Criterion, printed: PrintedRule) -> Iterator[Finding]:
    """Find a rule that uses a ratio, or percentages, which neither the rule nor the title says."""
    rule = plain(criterion.printed_rule or "")
    title = plain(criterion.detail or criterion.title)
    percentages = any(line.interval is not None and line.interval.unit == "%" for line in printed.lines)
    used = percentages or _USES_RATIO.search(rule)
    if not used or printed.letters or isinstance(criterion.effective_rule, Levels):
        return
    if not _DEFINED.search(rule) and not title.startswith("tỷ lệ") and not _DEFINED.search(title):
        yield finding("L403", criterion.code, title=criterion.detail or criterion.title)


def _frequency(criterion: Criterion) -> Iterator[Finding]:
    """Find a frequency printed upside down; less than a month by time is, read literally, more often."""
    if match := _PERIOD_BY_TIMES.search(plain(criterion.printed_rule or "")):
        yield finding("L406", criterion.code, printed=match[0])


def _method(criterion: Criterion, rule: Rule) -> Iterator[Finding]:
    """Find a rule that is called min-max but is not computed so."""
    named = re.search(r"min\s*-\s*max", plain(criterion.printed_rule or ""))
    if named and not any(isinstance(node, MinMax) for node in every_rule(rule)):
        yield finding("L404", criterion.code, printed="Min-Max", rule=rule.kind)
