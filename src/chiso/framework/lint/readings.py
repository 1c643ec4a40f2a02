"""Unclear clauses: each that can be read in more than one way is said, with the reading that is in force."""

from __future__ import annotations

from collections.abc import Iterator

from chiso.framework.lint.finding import Finding, finding, joined, labelled
from chiso.framework.model import Framework


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield each clause whose reading somebody has to choose."""
    for reading in framework.readings:
        chosen = framework.chosen_readings.get(reading.id, reading.default)
        others = [name for name in reading.options if name != chosen]
        if others:
            found = finding("L901", reading.clause, reading=reading.id, option=chosen, others=joined(others))
            label = {name: option.label for name, option in reading.options.items()}
            yield labelled(found, option=[label[chosen]], others=[label[name] for name in others])
