"""The readers of wordings: those of ``chiso.decree.wording.reading`` once it is there, points by hand until then."""

from __future__ import annotations

from fractions import Fraction
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from chiso.decree.wording import RuleReading, TargetReading

_READERS = "chiso.decree.wording.reading"


def read_rule(text: str, *, title: str, max_points: Fraction | None) -> RuleReading:
    """Read a printed scoring rule."""
    reader = _reader("read_rule")
    if reader is None:
        return RuleReading({"kind": "manual"}, [], "low", "not_understood", left_over=(text,))
    found: RuleReading = reader(text, title=title, max_points=max_points)
    return found


def read_target(text: str) -> TargetReading:
    """Read what a criterion asks for at one level."""
    reader = _reader("read_target")
    if reader is None:
        return TargetReading(None, None, "low", "not_understood", left_over=(text,))
    found: TargetReading = reader(text)
    return found


def _reader(name: str) -> Any:
    if find_spec(_READERS) is None:
        return None
    return getattr(import_module(_READERS), name, None)
