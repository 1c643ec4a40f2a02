"""Every printed scoring rule of the bundled frameworks, and what is read from it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import chiso
from chiso.decree.wording import RuleReading
from chiso.decree.wording.agreement import Difference, difference
from chiso.decree.wording.reading import read_rule
from chiso.framework.model import Criterion
from tests.decree.wording.engine import made


@dataclass(frozen=True)
class Compared:
    framework: str
    criterion: Criterion
    reading: RuleReading
    differs: Difference | None

    @property
    def name(self) -> str:
        return f"{self.framework} {self.criterion.code}"


def compared() -> list[Compared]:
    """Read every printed rule and compare it with the bundled one by the points that both compute."""
    found = []
    for name in chiso.bundled():
        for criterion in chiso.load(name).criteria.values():
            if criterion.printed_rule:
                title = f"{criterion.title} {criterion.detail or ''}".strip()
                reading = read_rule(criterion.printed_rule, title=title, max_points=criterion.max_points)
                full = criterion.max_points or Fraction(10)
                differs = difference(made(reading.rule), criterion.effective_rule, full)
                found.append(Compared(name, criterion, reading, differs))
    return found
