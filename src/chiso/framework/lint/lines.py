"""Printed lines: jumps, gaps, overlaps, repeats, a missing zero case, a maximum out of reach, lines that never hold."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction

from chiso.framework.check import most
from chiso.framework.inputs import every_rule
from chiso.framework.lint.finding import Finding, exact, finding, percent
from chiso.framework.lint.printed import Consequence, Interval, Line, PrintedRule, interval_of, plain, read
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Choice, Levels, Manual, Ratio, Rule, Steps, Sum, Unscored


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield what is wrong with the lines of each criterion, as printed and as written in its rule."""
    for criterion in framework.criteria.values():
        rule = criterion.effective_rule
        if isinstance(rule, Unscored) and rule.rule is not None:
            rule = rule.rule
        if isinstance(rule, Sum | Levels):
            continue
        printed = read(criterion.printed_rule)
        full = criterion.max_points
        jumps = [*_printed_jumps(criterion.code, full, printed.lines), *_rule_jumps(criterion.code, full, rule)]
        yield from jumps[:1]
        for section in _sections(printed.lines) if printed.lines else _labelled(rule):
            yield from _gaps(criterion.code, section)
            yield from _overlaps(criterion.code, section)
        yield from _repeats(criterion, rule, printed)
        yield from _no_zero(criterion, rule, printed)
        yield from _out_of_reach(criterion, rule, printed)
        yield from _never_holds(criterion.code, rule)


def _sections(printed: Sequence[Line]) -> Iterator[list[Line]]:
    for number in sorted({line.section for line in printed}):
        yield [line for line in printed if line.section == number]


def _labelled(rule: Rule) -> Iterator[list[Line]]:
    """Yield the lines of steps in the words of their labels, for a rule whose printed text is not at hand."""
    for node in every_rule(rule):
        if isinstance(node, Steps):
            texts = [plain(label) for label in (*(line.label for line in node.lines), node.otherwise.label)]
            yield [Line(text, text, _UNKNOWN, interval_of(text), 0) for text in texts]


def _jump(place: str, full: Fraction | None, at: Fraction, below: Fraction, above: Fraction) -> Finding:
    points = full if full is not None else Fraction(1)
    figures = {"at": percent(at), "below": exact(below * points), "above": exact(above * points)}
    return finding("L501", place, **figures, jump=exact(abs(above - below) * points))


def _printed_jumps(place: str, full: Fraction | None, printed: Sequence[Line]) -> Iterator[Finding]:
    """Yield a slope that does not meet the line next to it."""
    for section in _sections(printed):
        for lower in section:
            for upper in section:
                at = _border(lower.interval, upper.interval)
                slopes = "slope" in (lower.consequence.kind, upper.consequence.kind)
                if at is None or not slopes:
                    continue
                below, above = lower.consequence.at(at), upper.consequence.at(at)
                if below is not None and above is not None and below != above:
                    yield _jump(place, full, at, below, above)


def _border(lower: Interval | None, upper: Interval | None) -> Fraction | None:
    """Return the value at which one line ends and the other begins."""
    if lower is None or upper is None or lower is upper or lower.high is None:
        return None
    return lower.high if lower.high == upper.low and lower.unit == upper.unit == "%" else None


def _rule_jumps(place: str, full: Fraction | None, rule: Rule) -> Iterator[Finding]:
    for node in every_rule(rule):
        if not isinstance(node, Steps):
            continue
        consequences = [(line.share, line.rule) for line in node.lines] + [(node.otherwise.share, node.otherwise.rule)]
        for line, this, following in zip(node.lines, consequences, consequences[1:], strict=False):
            name, at = line.bound
            here, there = _value(node, this, at), _value(node, following, at)
            if here is None or there is None or here == there or (this[1] is None and following[1] is None):
                continue
            below, above = (there, here) if name in ("at_least", "above") else (here, there)
            yield _jump(place, full, at, below, above)


def _value(node: Steps, consequence: tuple[Fraction | None, Rule | None], at: Fraction) -> Fraction | None:
    """Return the share that a consequence gives when the formula of the steps has a value."""
    share, rule = consequence
    if share is not None:
        return share
    if isinstance(rule, Ratio) and str(node.of) == f"{_grouped(rule.numerator)}/{_grouped(rule.denominator)}":
        return min(Fraction(1), at / rule.full_at)
    return None


def _grouped(formula: object) -> str:
    text = str(formula)
    return f"({text})" if any(symbol in text for symbol in "+-") else text


def _gaps(place: str, section: Sequence[Line]) -> Iterator[Finding]:
    """Yield values for which no line of a section holds."""
    bounded = [line.interval for line in section if line.interval is not None]
    if len(bounded) < 2 or len({interval.unit for interval in bounded}) > 1:
        return
    rest = len(bounded) < len(section)  # a line without bounds may cover what lies outside
    share = bounded[0].unit == "%"
    ordered = sorted(bounded, key=lambda one: (one.low is not None, one.low or 0, not one.low_closed))
    reached, closed = Fraction(0), False
    for interval in ordered:
        low = interval.low if interval.low is not None else Fraction(0)
        whole_numbers = not interval.unit and low.denominator == reached.denominator == 1
        beyond = low > reached + (1 if whole_numbers and closed else 0)
        touching = low == reached and not (closed or interval.low_closed)
        if (beyond or touching) and not (rest and reached == 0):
            yield _gap(place, reached, low, share=share)
        if interval.high is None:
            return
        if interval.high >= reached:
            reached, closed = interval.high, interval.high_closed
    if share and (reached < 1 or not closed) and not rest:
        yield _gap(place, reached, Fraction(1), share=share)
    elif not share and not rest:
        yield finding("L502", place, start=exact(reached), end="∞", values=f"> {exact(reached)}")


def _gap(place: str, start: Fraction, end: Fraction, *, share: bool) -> Finding:
    write = percent if share else exact
    return finding("L502", place, start=write(start), end=write(end), values=_values(write(start), write(end)))


def _values(start: str, end: str) -> str:
    return start if start == end else f"{start} – {end}"


def _overlaps(place: str, section: Sequence[Line]) -> Iterator[Finding]:
    """Yield values for which a line that starts somewhere and a line that ends above it both hold."""
    for upper in section:
        for lower in section:
            up, down = upper.interval, lower.interval
            if up is None or down is None or up.unit != down.unit or up.low is None or down.high is None:
                continue
            if down.low is not None and down.low >= up.low:
                continue
            if not (down.high > up.low or (up.holds(down.high) and down.holds(up.low))):
                continue
            end = down.high if up.high is None else min(down.high, up.high)
            write = percent if up.unit == "%" else exact
            same = end == up.low and upper.consequence.at(end) == lower.consequence.at(end)
            found = finding(
                "L503", place, start=write(up.low), end=write(end), values=_values(write(up.low), write(end))
            )
            yield replace(found, severity="note") if same else found


def _repeats(criterion: Criterion, rule: Rule, printed: PrintedRule) -> Iterator[Finding]:
    """Yield a line printed twice: within a part, or strayed into a part that has its own zero line."""
    texts = [(line.section, plain(line.text)) for line in printed.lines]
    found = {text: times for (_, text), times in Counter(texts).items() if times > 1}
    for section in _sections(printed.lines):
        zeros = [plain(line.text) for line in section if line.consequence == _ZERO]
        elsewhere = {text for number, text in texts if number != section[0].section}
        found.update((text, 2) for text in zeros if len(zeros) > 1 and text in elsewhere)
    for node in every_rule(rule):
        if isinstance(node, Choice) and not printed.lines:
            labels = Counter(plain(option.label) for option in node.options)
            found.update((label, times) for label, times in labels.items() if times > 1)
    for text, times in found.items():
        yield finding("L504", criterion.code, line=text, times=times)


def _no_zero(criterion: Criterion, rule: Rule, printed: PrintedRule) -> Iterator[Finding]:
    """Yield a choice of lines none of which says what gives no points."""
    if printed.lines:
        graded = any(line.consequence.kind != "share" or line.interval is not None for line in printed.lines)
        if graded or printed.unread or any(line.consequence == _ZERO for line in printed.lines):
            return
        lowest = min(line.consequence.share for line in printed.lines)
        yield finding("L505", criterion.code, lowest=percent(lowest), lines=len(printed.lines))
        return
    for node in every_rule(rule):
        if isinstance(node, Choice) and all(option.share for option in node.options):
            lowest = min(option.share for option in node.options if option.share is not None)
            yield finding("L505", criterion.code, lowest=percent(lowest), lines=len(node.options))


def _out_of_reach(criterion: Criterion, rule: Rule, printed: PrintedRule) -> Iterator[Finding]:
    """Yield a maximum that the rule, or the lines as printed, cannot give."""
    full = criterion.max_points
    if full is not None and not isinstance(rule, Manual) and most(rule) < 1:
        yield finding("L506", criterion.code, most=most(rule) * full, maximum=full, share=percent(most(rule)))
        return
    shares = [line.consequence.share for line in printed.lines if line.consequence.kind != "points"]
    if full is None or printed.unread or len(shares) < max(len(printed.lines), 2):
        return
    together = sum(shares, Fraction(0))
    if together < 1:
        yield finding("L506", criterion.code, most=together * full, maximum=full, share=percent(together))


def _never_holds(place: str, rule: Rule) -> Iterator[Finding]:
    """Yield a line of steps that an earlier, wider line always beats."""
    for node in every_rule(rule):
        if not isinstance(node, Steps):
            continue
        for later, line in enumerate(node.lines):
            earlier = next((one for one in node.lines[:later] if _covers(one.bound, line.bound)), None)
            if earlier is not None:
                yield finding("L507", place, line=line.label, earlier=earlier.label)


def _covers(wide: tuple[str, Fraction], narrow: tuple[str, Fraction]) -> bool:
    """Return whether one bound holds wherever the other does."""
    upward, downward = ("at_least", "above"), ("at_most", "below")
    if wide[0] in upward and narrow[0] in upward:
        return wide[1] < narrow[1] or (wide[1] == narrow[1] and (wide[0] == "at_least" or narrow[0] == "above"))
    if wide[0] in downward and narrow[0] in downward:
        return wide[1] > narrow[1] or (wide[1] == narrow[1] and (wide[0] == "at_most" or narrow[0] == "below"))
    return False


_ZERO = Consequence("share", Fraction(0))
_UNKNOWN = Consequence("points", Fraction(0))
