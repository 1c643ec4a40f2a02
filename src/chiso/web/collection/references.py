"""Values from outside that a coordinator enters for a round: the best and the lowest of others, printed constants."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from chiso.framework.inputs import Asked, collected
from chiso.framework.model import Framework
from chiso.scoring.values import Misread, read_value


def references_of(framework: Framework, written: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, Fraction]]:
    """Return values from outside as the engine takes them: pseudo-unit -> fact -> number.

    ``written`` holds what was understood when it was entered; a fact that the framework does not know is a value of
    peers as such, or a reference (``4.5/value``).
    """
    asked = collected(framework)
    found: dict[str, dict[str, Fraction]] = {}
    for unit, values in written.items():
        for fact, text in values.items():
            target = asked.get(fact) or Asked(fact.rpartition("/")[2], fact, fact, "number")
            value = read_value(text, target)
            assert not isinstance(value, Misread), (unit, fact, text)
            if isinstance(value, Fraction):
                found.setdefault(unit, {})[fact] = value
    return found
