"""What became of each cell: every word of a table ends in the draft, is set aside with a reason, or is left over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chiso.decree.document.shape import Document, Place, Row, Table

#: A cell: the number of its table, of its row and of its column.
Spot = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """Words that are in no field of the draft, verbatim; ``reason`` is a stable code."""

    text: str
    place: Place
    reason: str

    def as_dict(self, lang: str = "vi") -> dict[str, Any]:
        """Return them for JSON."""
        return {
            "text": self.text,
            "place": self.place.as_dict(),
            "where": self.place.words(lang),
            "reason": self.reason,
        }


@dataclass
class Ledger:
    """Keeps account of the cells of a document's tables."""

    cells: dict[Spot, tuple[str, Place]] = field(default_factory=dict)
    used: set[Spot] = field(default_factory=set)
    aside: dict[Spot, str] = field(default_factory=dict)
    unsure: set[Place] = field(default_factory=set)

    @classmethod
    def of(cls, document: Document) -> Ledger:
        """Open the account of a document: all cells that hold words."""
        ledger = cls()
        for number, table in enumerate(document.tables(), 1):
            for at, row in enumerate(table.rows):
                if row.unsure:
                    ledger.unsure.add(row.place)
                for column, cell in enumerate(row.cells):
                    if cell.text:
                        ledger.cells[(number, at, column)] = (cell.text, row.place)
        return ledger

    def use(self, spots: Iterable[Spot]) -> None:
        """Note that cells went into the draft."""
        self.used.update(spots)

    def set_aside(self, spots: Iterable[Spot], reason: str) -> None:
        """Note that cells were set aside, and why."""
        for spot in spots:
            self.aside.setdefault(spot, reason)

    def set_aside_row(self, table: int, at: int, row: Row, reason: str) -> None:
        """Note that a whole row was set aside, and why."""
        self.set_aside([(table, at, column) for column, cell in enumerate(row.cells) if cell.text], reason)

    def set_aside_table(self, number: int, table: Table, reason: str) -> None:
        """Note that a whole table was set aside, and why."""
        for at, row in enumerate(table.rows):
            self.set_aside_row(number, at, row, reason)

    def left_over(self) -> Iterator[LeftOver]:
        """Yield what is in no field, in printed order: set aside with its reason, or not understood."""
        for spot, (text, place) in self.cells.items():
            if spot not in self.used:
                yield LeftOver(text, place, self.aside.get(spot, "not_understood"))
