"""The document itself: whether a result can cite it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from chiso.framework.lint.finding import Finding, finding
from chiso.framework.model import Framework

#: A number that was left blank is printed as what follows it: ``/QĐ-BTTTT``.
_NUMBERED = re.compile(r"\w+\s*/|^[^/]+$")


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield a document whose number stands blank."""
    if not _NUMBERED.match(framework.legal.number.strip()):
        yield finding("L902", "legal", number=framework.legal.number, year=framework.legal.year)
