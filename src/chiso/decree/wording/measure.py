"""How well wordings are read: every printed rule and target of the bundled frameworks, by the points that follow.

A reading agrees with the bundled rule when the engine computes the same points from both on boundary values and a fixed
sample of others (``agreement``); text is never compared.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fractions import Fraction

from pydantic import TypeAdapter

from chiso.decree.wording import RuleReading, TargetReading
from chiso.decree.wording.agreement import Difference, difference
from chiso.decree.wording.reading import read_rule, read_target
from chiso.framework.loader import bundled, load
from chiso.framework.model import Criterion
from chiso.framework.rules import Levels, Rule, Target

_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)

#: The maximum where a framework leaves it open.
_TEN = Fraction(10)


@dataclass(frozen=True, slots=True)
class MeasuredRule:
    """One printed rule: where it stands, how it is read, and figures for which the bundled rule gives other points."""

    framework: str
    code: str
    reading: RuleReading
    differs: Difference | None

    @property
    def wrong(self) -> bool:
        """Whether points are computed that are not those of the bundled rule."""
        return self.differs is not None and self.reading.confidence != "low"


@dataclass(frozen=True, slots=True)
class MeasuredTarget:
    """One printed target of a maturity level, and how it is read."""

    framework: str
    code: str
    level: int
    reading: TargetReading
    agrees: bool


def measured_rules(names: Iterable[str] | None = None) -> Iterator[MeasuredRule]:
    """Yield every printed rule of frameworks, all bundled ones by default."""
    for name in bundled() if names is None else names:
        for criterion in load(name).criteria.values():
            if criterion.printed_rule:
                yield _measured(name, criterion, criterion.printed_rule)


def _measured(name: str, criterion: Criterion, printed: str) -> MeasuredRule:
    title = f"{criterion.title} {criterion.detail or ''}".strip()
    reading = read_rule(printed, title=title, max_points=criterion.max_points)
    made = _RULE.validate_python(reading.rule)
    differs = difference(made, criterion.effective_rule, criterion.max_points or _TEN)
    return MeasuredRule(name, criterion.code, reading, differs)


def measured_targets(names: Iterable[str] | None = None) -> Iterator[MeasuredTarget]:
    """Yield every target of maturity frameworks, all bundled ones by default."""
    for name in bundled() if names is None else names:
        for criterion in load(name).criteria.values():
            if not isinstance(criterion.rule, Levels):
                continue
            for level, target in criterion.rule.targets.items():
                reading = read_target("Không áp dụng" if target is None else target.printed)
                found = None if reading.target is None else Target.model_validate(reading.target)
                same_kind = target is None or reading.value == criterion.rule.value
                yield MeasuredTarget(name, criterion.code, level, reading, found == target and same_kind)


def counts(rules: Iterable[MeasuredRule]) -> dict[str, int]:
    """Return how many rules compute the same points, differ with each confidence, and how many there are."""
    found = Counter("same" if one.differs is None else one.reading.confidence for one in rules)
    return {**{key: found[key] for key in ("same", "high", "medium", "low")}, "all": found.total()}
