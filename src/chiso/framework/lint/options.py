"""Choices as logic: what the lines ask for and deny, and what no line covers: combinations, qualities, degrees."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from chiso.framework.inputs import every_rule
from chiso.framework.lint.finding import Finding, finding, joined
from chiso.framework.lint.printed import plain
from chiso.framework.lint.vocabulary import AND_ABOVE, DEGREES, DENIALS, QUALITIES, REMAINDERS
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Choice, Lateness, Rule

_QUALITY = re.compile("|".join(sorted(QUALITIES, key=len, reverse=True)))
_DENIAL = re.compile(rf"\b(?:{'|'.join(DENIALS)})\b")
_CONTRAST = re.compile(r"\bnhưng\b")

Situation = dict[str, bool]


@dataclass(frozen=True, slots=True)
class _Said:
    """What a line says: its qualities, true or denied; ``shared`` when one denial stands before several."""

    label: str
    share: Fraction | None
    qualities: tuple[tuple[str, bool], ...]
    shared: bool

    def literally(self, situation: Situation) -> bool:
        """Return whether the line holds when each denial covers only the word after it."""
        return bool(self.qualities) and all(situation[name] == value for name, value in self.qualities)

    def holds(self, situation: Situation) -> bool:
        """Return whether the line holds when a denial covers all that follows it."""
        if self.shared:
            return not all(situation[name] for name, _ in self.qualities)
        return self.literally(situation)


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield situations that no line of a choice covers, or more than one."""
    for criterion in framework.criteria.values():
        nodes = list(every_rule(criterion.effective_rule))
        for node in nodes:
            yield from _node(criterion.code, node)
            yield from _degrees(criterion.code, node)
        yield from _not_weighed(criterion, [line for node in nodes for line in _lines(node)])


def _node(place: str, node: Rule) -> Iterator[Finding]:
    said = _lines(node)
    best = next((line for line in said if line.share == 1 and line.qualities), None)
    if best is None or any(line.label in REMAINDERS for line in said):
        return
    names = list(dict.fromkeys(name for line in said for name, _ in line.qualities))
    situations = [dict(zip(names, values, strict=True)) for values in product((True, False), repeat=len(names))]
    uncovered = [one for one in situations if not any(line.holds(one) for line in said)]
    if uncovered:
        yield finding("L508", place, line=best.label, situation=_written(uncovered), count=len(uncovered))
        return
    literal = [one for one in situations if not any(line.literally(one) for line in said)]
    if literal:
        line = next(line for line in said if line.shared)
        yield finding("L509", place, line=line.label, situation=_written(literal))
    for one in situations:
        both = [line for line in said if line.literally(one)]
        if len(both) > 1 and len({line.share for line in both}) > 1:
            yield finding("L510", place, situation=_written([one]), lines=joined(f"“{line.label}”" for line in both))


def _degrees(place: str, node: Rule) -> Iterator[Finding]:
    """Yield the highest degree that the lines name, if one above it exists and falls to the remainder."""
    said = _lines(node)
    named = [(DEGREES.index(degree), line) for line in said for degree in DEGREES if degree in line.label]
    if not named or not any(line.label in REMAINDERS for line in said):
        return
    highest, line = max(named, key=lambda one: one[0])
    above = highest + 1 < len(DEGREES) and not any(word in line.label for word in AND_ABOVE)
    if above and len({degree for degree, _ in named}) > 1:
        yield finding("L512", place, line=line.label, higher=DEGREES[highest + 1])


def _not_weighed(criterion: Criterion, said: Sequence[_Said]) -> Iterator[Finding]:
    """Yield the qualities that a title asks for and no line speaks of, although the lines weigh others."""
    weighed = {name for line in said for name, _ in line.qualities}
    rule = plain(criterion.printed_rule or "")
    title = plain(criterion.detail or criterion.title)
    forgotten = [name for name in dict.fromkeys(_QUALITY.findall(title)) if name not in weighed and name not in rule]
    if weighed and forgotten:
        yield finding("L511", criterion.code, forgotten=joined(forgotten), weighed=joined(sorted(weighed)))


def _lines(node: Rule) -> list[_Said]:
    if isinstance(node, Choice):
        return [_said(option.label, option.share) for option in node.options]
    if isinstance(node, Lateness):
        lines = [(line.label, line.share) for line in node.lines]
        return [_said(label, share) for label, share in [*lines, (node.otherwise.label, node.otherwise.share)]]
    return []


def _said(label: str, share: Fraction | None) -> _Said:
    """Read the qualities of a label; a denial reaches as far as the next comma, or further when it is the only one."""
    text = plain(label)
    found: list[tuple[str, bool]] = []
    denials = 0
    for segment in re.split(r",|\bvà\b|\bhoặc\b|\bnhưng\b", text):
        quality = _QUALITY.search(segment)
        denial = _DENIAL.search(segment)
        denials += denial is not None
        if quality:
            found.append((quality[0], denial is None or denial.start() > quality.start()))
    first_denied = bool(found) and not found[0][1]
    shared = first_denied and denials == 1 and len(found) > 1 and not _CONTRAST.search(text)
    return _Said(text, share, tuple(found), shared)


def _written(situations: Sequence[Situation]) -> str:
    """Write situations in the words of the lines."""
    return "; ".join(
        ", ".join(name if value else f"không {name}" for name, value in situation.items()) for situation in situations
    )
