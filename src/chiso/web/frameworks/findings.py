"""What the linter finds in a framework, for the pages that show it."""

from __future__ import annotations

from collections import Counter

from chiso.framework.lint import Finding, Severity, lint
from chiso.framework.model import Framework
from chiso.web.frameworks.prepared import once_each

#: The gravest first.
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@once_each
def findings_of(framework: Framework) -> tuple[Finding, ...]:
    """Return the findings of a framework, the gravest first and in the linter's order within each severity."""
    return tuple(sorted(lint(framework), key=lambda one: SEVERITIES.index(one.severity)))


def at(framework: Framework, code: str) -> tuple[Finding, ...]:
    """Return the findings of one criterion or dimension."""
    return tuple(one for one in findings_of(framework) if one.place == code)


def counts(framework: Framework) -> dict[Severity, int]:
    """Return how many findings there are of each severity."""
    found = Counter(one.severity for one in findings_of(framework))
    return {severity: found[severity] for severity in SEVERITIES}
