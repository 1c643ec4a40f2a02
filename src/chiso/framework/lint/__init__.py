"""The sceptical linter: reads a framework for what its document got wrong or left open.

A fault of the file stops the loader (``chiso.framework.check``); a finding stops nobody: people decide, the document
is kept as printed, and the correction keeps its reason. Rules are general; no framework or criterion is named here.
"""

from __future__ import annotations

from chiso.framework.lint import (
    agencies,
    formulas,
    legal,
    lines,
    maturity,
    maxima,
    numbering,
    options,
    populations,
    previous,
    readings,
    shares,
)
from chiso.framework.lint.finding import Finding, Severity
from chiso.framework.model import Framework

__all__ = ["Finding", "Severity", "lint"]

_FAMILIES = (
    maxima.findings,
    numbering.findings,
    previous.findings,
    formulas.findings,
    shares.findings,
    lines.findings,
    options.findings,
    populations.findings,
    agencies.findings,
    maturity.findings,
    readings.findings,
    legal.findings,
)


def lint(framework: Framework) -> list[Finding]:
    """Return every finding, family by family, in printed order within each; the same thing is said once."""
    found: dict[tuple[str, str, str], Finding] = {}
    for family in _FAMILIES:
        for one in family(framework):
            found.setdefault((one.code, one.place, repr(sorted(one.figures.items()))), one)
    return list(found.values())
