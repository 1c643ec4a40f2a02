"""Reports as the engine takes them: a column a fact, with where each value came from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.inputs import Asked, collected
from chiso.framework.model import Framework
from chiso.scoring.facts import Column, Facts, Origin, Unit
from chiso.scoring.levels import REGISTERED
from chiso.scoring.states import State
from chiso.web.collection.asking import TEXTS
from chiso.web.collection.cells import Document, meaning
from chiso.web.collection.references import references_of


@dataclass(frozen=True, slots=True)
class Reported:
    """A participant as it is scored: its name and group, and the document of its values.

    ``aimed_at``: the level that it has registered and its head confirmed (A18). ``children``: the levels of its child
    units (A23), None where it has none in the rounds below.
    """

    name: str
    group: str
    values: Document
    aimed_at: int | None = None
    children: tuple[int | None, ...] | None = None


def facts_of(
    framework: Framework,
    reported: Sequence[Reported],
    references: Mapping[str, Mapping[str, str]] | None = None,
    year: int | None = None,
) -> Facts:
    """Return the facts of participants; a fact that a participant does not state is missing.

    ``references``: values from outside, as the round keeps them. Levels of child units are self-assessed.
    """
    columns = {
        fact: _column(target, [one.values[fact]["v"] if fact in one.values else None for one in reported])
        for fact, target in collected(framework).items()
        if target.type not in TEXTS and any(fact in one.values for one in reported)
    }
    units = tuple(Unit(one.name, group=one.group) for one in reported)
    if framework.levels:
        columns[REGISTERED] = _registered(framework, reported)
    children = {at: one.children for at, one in enumerate(reported) if one.children is not None}
    return Facts(
        units,
        columns,
        references_of(framework, references or {}),
        children=children,
        self_assessed={at: len(levels) for at, levels in children.items()},
        origins=_origins(reported),
        year=year,
    )


def _registered(framework: Framework, reported: Sequence[Reported]) -> Column:
    places = {level.number: Fraction(at) for at, level in enumerate(framework.levels)}
    aims = (one.aimed_at for one in reported)
    return Column.build([State.MISSING if aim is None else places.get(aim, State.MISSING) for aim in aims])


def _column(target: Asked, texts: Sequence[str | None]) -> Column:
    """Return the column of a fact; thousands of units write the same few texts, each is understood once."""
    if len(texts) == 1:  # a report that is being filled in: there is nothing to share
        [text] = texts
        return Column.single(State.MISSING if text is None else meaning(text, target))
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
