"""Unclear clauses: each that can be read in more than one way is said, with the reading that is in force."""

from __future__ import annotations

from collections.abc import Iterator

from chiso.framework.lint.finding import Finding, finding, joined
from chiso.framework.model import Framework


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield each clause whose reading somebody has to choose."""
    for reading in framework.readings:
        chosen = framework.chosen_readings.get(reading.id, reading.default)
        others = [name for name in reading.options if name != chosen]
        if others:
            yield finding("L901", reading.clause, reading=reading.id, option=chosen, others=joined(others))
