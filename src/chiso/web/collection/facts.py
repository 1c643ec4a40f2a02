"""Reports as the engine takes them: a column a fact, with where each value came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.inputs import Asked, collected
from chiso.framework.model import Framework
from chiso.scoring.facts import Column, Facts, Origin, Unit
from chiso.scoring.states import State
from chiso.web.collection.asking import TEXTS
from chiso.web.collection.cells import Document, meaning


@dataclass(frozen=True, slots=True)
class Reported:
    """A participant as it is scored: its name and group, and the document of its values."""

    name: str
    group: str
    values: Document


def facts_of(
    framework: Framework, reported: Sequence[Reported], references: Mapping[str, Mapping[str, Fraction]] | None = None
) -> Facts:
    """Return the facts of participants; a fact that a participant does not state is missing."""
    columns = {
        fact: _column(target, [one.values[fact]["v"] if fact in one.values else None for one in reported])
        for fact, target in collected(framework).items()
        if target.type not in TEXTS and any(fact in one.values for one in reported)
    }
    units = tuple(Unit(one.name, group=one.group) for one in reported)
    return Facts(units, columns, references or {}, origins=_origins(reported))


def _column(target: Asked, texts: Sequence[str | None]) -> Column:
    """Return the column of a fact; thousands of units write the same few texts, each is understood once."""
    known: dict[str | None, Fraction | State] = {None: State.MISSING}
    for text in texts:
        if text is not None and text not in known:
            known[text] = meaning(text, target)
    return Column.build([known[text] for text in texts])


def _origins(reported: Sequence[Reported]) -> dict[tuple[int, str], Origin]:
    return {
        (position, fact): Origin(cell.get("source", ""), cell.get("as_of", ""), cell.get("note", ""))
        for position, one in enumerate(reported)
        for fact, cell in one.values.items()
        if cell.get("source") or cell.get("as_of") or cell.get("note")
    }
