"""The account of each field of a draft: where it was read, from which words, how, how surely, what else it may be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from chiso.decree.document.shape import Place
from chiso.decree.table.ledger import Ledger, LeftOver
from chiso.decree.table.lines import Key, Line
from chiso.decree.wording import Confidence, Doubt


@dataclass(frozen=True)
class Field:
    """One field of the draft.

    ``row`` is the code of its criterion or dimension, or ``legal``, ``framework``, ``information.3``. ``how`` is a
    stable code (``column``, ``inferred``, ``rule.ratio``). ``left_over`` are words of the field that are not in its
    value; ``doubts`` say why it is not certain.
    """

    row: str
    name: str
    value: Any
    printed: str
    place: Place
    how: str
    confidence: Confidence
    alternatives: tuple[Any, ...] = ()
    left_over: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass
class Recorder:
    """Collects the fields of a draft and keeps the account of cells."""

    ledger: Ledger
    fields: list[Field] = field(default_factory=list)
    left_over: list[LeftOver] = field(default_factory=list)

    def add(self, one: Field) -> None:
        """Record a field; one from a row whose columns are not certain is not certain either."""
        if one.place in self.ledger.unsure:
            sure: Confidence = "medium" if one.confidence == "high" else one.confidence
            one = replace(one, confidence=sure, doubts=(*one.doubts, Doubt("columns_unsure")))
        self.fields.append(one)

    def doubt_unread(self) -> None:
        """Take back that no rule is printed, or that all of it is read, where words beside it are in no field."""
        unread = {one.place for one in self.ledger.left_over() if one.reason == "not_understood"}
        for at, one in enumerate(self.fields):
            if one.name == "rule" and one.confidence == "high" and one.place in unread and one.place != Place():
                self.fields[at] = replace(one, confidence="medium", doubts=(*one.doubts, Doubt("columns_unsure")))

    def use(self, line: Line, *keys: Key) -> None:
        """Note that the words of these columns of a line went into the draft."""
        for key in keys:
            self.ledger.use(line.spots(key))

    def leave(self, line: Line, key: Key, reason: str) -> None:
        """Note that the words of a column of a line are in no field."""
        spots = line.spots(key)
        self.ledger.used.difference_update(spots)
        self.ledger.set_aside(spots, reason)

    def leave_words(self, words: Iterable[str], place: Place, reason: str) -> None:
        """List words of a cell that is otherwise in the draft."""
        self.left_over.extend(LeftOver(text, place, reason) for text in words if text.strip())
