"""Which value of a participant counts: its own, else its provider's, else the sum of what its parts report.

Nothing is overwritten: each of them stays where it was reported, and what counts is found anew each time.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chiso.framework.inputs import Asked, collected
from chiso.framework.model import FactType, Framework
from chiso.scoring.states import State
from chiso.web.collection.cells import NOT_APPLICABLE, Document, exact_text, meaning
from chiso.web.frameworks.prepared import once_each

#: Types of figures that can be added up at all; a share of several units is recomputed from its parts, never added.
_ADDABLE: frozenset[FactType] = frozenset({"count", "number", "amount", "days"})


@dataclass(frozen=True, slots=True)
class Part:
    """What one part reports towards the figures of the whole."""

    name: str
    values: Document


@dataclass(frozen=True, slots=True)
class Total:
    """A figure added up over parts: the sum of what is there, and who has not reported it yet.

    Parts that have no such object ("n/a") add nothing. ``text`` is the sum as a cell keeps it.
    """

    text: str
    given: int
    missing: tuple[str, ...]

    @property
    def is_complete(self) -> bool:
        """Whether every part has answered and at least one has a figure."""
        return not self.missing and self.given > 0


def adds_up(framework: Framework, target: Asked) -> bool:
    """Say whether a figure of a whole is the sum of its parts' figures (``Fact.adds_up``)."""
    fact = framework.known_facts.get(target.fact)
    return target.type in _ADDABLE and (fact is None or fact.adds_up == "sum")


@once_each
def addable(framework: Framework) -> Mapping[str, Asked]:
    """Return the figures that add up over parts, by fact."""
    return {fact: one for fact, one in collected(framework).items() if adds_up(framework, one)}


def total(target: Asked, parts: Sequence[Part]) -> Total:
    """Return a figure added up over parts."""
    found, given, missing = Fraction(0), 0, []
    for part in parts:
        text = part.values[target.fact]["v"] if target.fact in part.values else ""
        value = meaning(text, target)
        if isinstance(value, Fraction):
            found, given = found + value, given + 1
        elif value is State.MISSING:
            missing.append(part.name)
    return Total(exact_text(found) if given else "", given, tuple(missing))


def totals(framework: Framework, parts: Sequence[Part]) -> dict[str, Total]:
    """Return every figure that adds up over parts, by fact; what no part speaks of is left out."""
    spoken = {fact for part in parts for fact, cell in part.values.items() if cell["v"]}
    return {fact: total(one, parts) for fact, one in addable(framework).items() if fact in spoken}


def effective(
    framework: Framework, own: Document, supplied: Document | None = None, parts: Sequence[Part] = ()
) -> dict[str, Mapping[str, Any]]:
    """Return the cells of a participant that count, by fact.

    An empty value of its own does not hide a provider's. A sum counts only when every part has answered.
    """
    if not supplied and not parts:
        return dict(own)
    found: dict[str, Mapping[str, Any]] = {}
    if parts:
        for fact, one in totals(framework, parts).items():
            if one.is_complete:
                at = max(str(part.values[fact]["at"]) for part in parts if fact in part.values)
                found[fact] = {"v": one.text, "by": None, "at": at, "n": 0, "from": "parts"}
            elif not one.missing:
                found[fact] = {"v": NOT_APPLICABLE, "by": None, "at": "", "n": 0, "from": "parts"}
    given = {fact: {**cell, "from": "provider"} for fact, cell in (supplied or {}).items() if cell["v"]}
    return over(own, over(given, found))


def answered(
    framework: Framework, own: Document, supplied: Document | None = None, parts: Sequence[Part] = ()
) -> set[str]:
    """Return the facts that :func:`effective` has a value for, without working the sums out."""
    found = {fact for values in (own, supplied or {}) for fact, cell in values.items() if cell["v"]}
    if parts:
        said = [{fact for fact, cell in part.values.items() if cell["v"]} for part in parts]
        found |= set.intersection(*said) & addable(framework).keys()
    return found


def over(upper: Document, lower: Document) -> dict[str, Mapping[str, Any]]:
    """Return what one document says and, where it says nothing, what another does: an empty value hides nothing."""
    return {**lower, **{fact: cell for fact, cell in upper.items() if cell["v"] or fact not in lower}}
