"""A figure that adds up over parts or child units, as an officer sees it: the sum, from whom, and who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from chiso.framework.inputs import Asked
from chiso.framework.model import Framework
from chiso.web.collection.effective import Part, adds_up, total
from chiso.web.collection.shown import shown_text


@dataclass(frozen=True, slots=True)
class Added:
    """A sum in words. ``parts``: each part with its figure; ``missing``: those that have not answered."""

    shown: str
    is_complete: bool
    missing: tuple[str, ...]
    parts: tuple[tuple[str, str], ...]


def added(framework: Framework, asked: Asked, parts: Sequence[Part], lang: str) -> Added | None:
    """Return the sum of a figure over parts; None where it does not add up, or no part speaks of it."""
    spoken = any(part.values[asked.fact]["v"] for part in parts if asked.fact in part.values)
    if not spoken or not adds_up(framework, asked):
        return None
    found = total(asked, parts)
    told = ((part.name, part.values[asked.fact]["v"] if asked.fact in part.values else "") for part in parts)
    return Added(
        shown_text(asked, found.text, lang),
        found.is_complete,
        found.missing,
        tuple((name, shown_text(asked, text, lang)) for name, text in told if text),
    )
