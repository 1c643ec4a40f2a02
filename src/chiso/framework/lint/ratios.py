"""The ratios of a criterion: what its rule divides by what, and the words for both sides."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chiso.framework.expression import Formula, Operation
from chiso.framework.inputs import asked, every_rule
from chiso.framework.lint.printed import plain, read
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Count, Levels, MinMax, PerItem, Ratio, Relative, Rule, ShareOfBest, Steps

_METHOD = re.compile(r"^tỷ lệ phần trăm (?:của )?(?P<over>.+?) trên (?P<under>tổng .+)$")
_TITLE = re.compile(r"^(?P<over>.+?)(?:\s*/\s*| trên )(?P<under>tổng (?:số|chi|dân).+)$")


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a ratio in words: what is counted above and below the stroke."""

    over: tuple[str, ...]
    under: tuple[str, ...]
    #: The same, with all that the printed rule says about each letter.
    over_words: tuple[str, ...]
    under_words: tuple[str, ...]


def quotients(rule: Rule) -> Iterator[tuple[tuple[str, ...], tuple[str, ...], Rule]]:
    """Yield the names above and below the stroke of each ratio of a rule, with the node that divides."""
    for node in every_rule(rule):
        over, under = _divided(node)
        if over is not None and under is not None:
            yield tuple(sorted(over.names())), tuple(sorted(under.names())), node


def measured(rule: Rule) -> Iterator[tuple[str, ...]]:
    """Yield the names of each figure that is set against a target or reference instead of another figure."""
    for node in every_rule(rule):
        if isinstance(node, Count | Relative | PerItem):
            yield tuple(sorted(node.of.names()))


def sides(framework: Framework, criterion: Criterion) -> Iterator[Sides]:
    """Yield the ratios of a criterion in words: of its rule, of its method column, and of its title."""
    letters = read(criterion.printed_rule).letters
    labels = {one.name: plain(one.label) for one in asked(framework, criterion)}
    words = {name: f"{label}; {letters.get(name, '')}" for name, label in labels.items()}
    for over, under, _ in quotients(criterion.effective_rule):
        yield Sides(*(tuple(texts[name] for name in names) for texts in (labels, words) for names in (over, under)))
    for text, pattern in ((criterion.method, _METHOD), (criterion.detail or criterion.title, _TITLE)):
        if match := pattern.match(plain(text or "")):
            over_text, under_text = (match["over"],), (match["under"],)
            yield Sides(over_text, under_text, over_text, under_text)


def _divided(node: Rule) -> tuple[Formula | None, Formula | None]:
    match node:
        case Ratio():
            return node.numerator, node.denominator
        case Levels():
            return node.numerator, node.denominator
        case Steps() | MinMax() | ShareOfBest() | Relative() | Count():
            term = node.of.term
            if isinstance(term, Operation) and term.symbol == "/":
                return Formula(term.left), Formula(term.right)
    return None, None
