"""Which values a framework takes from outside: the best and lowest of others, and references that somebody sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from chiso.framework.inputs import every_rule
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import MinMax, Relative, ShareOfBest

#: The pseudo-units that state values from outside.
Outsider = Literal["@best", "@lowest", "@reference"]


@dataclass(frozen=True, slots=True)
class Outside:
    """A value from outside: who states it, under which name, for which criterion.

    ``formula`` is what it is a value of, in the letters of the criterion; ``words`` is what the document says that a
    reference is. A value of peers only completes what the units of the round show; a reference is always needed.
    """

    unit: Outsider
    fact: str
    criterion: Criterion
    formula: str
    words: str = ""

    @property
    def needed(self) -> bool:
        """Whether the criterion has no points without it, however many units there are."""
        return self.unit == "@reference"


def outside_values(framework: Framework) -> Iterator[Outside]:
    """Yield the values that a framework, with its chosen readings, takes from outside, in printed order."""
    for criterion in framework.criteria.values():
        for rule in every_rule(criterion.effective_rule):
            if isinstance(rule, MinMax | ShareOfBest):
                formula = str(rule.of)
                yield Outside("@best", f"{criterion.code}/value", criterion, formula)
                if isinstance(rule, MinMax):
                    yield Outside("@lowest", f"{criterion.code}/value", criterion, formula)
            elif isinstance(rule, Relative) and rule.given is not None:
                yield Outside("@reference", f"{criterion.code}/reference", criterion, str(rule.of), rule.given)
