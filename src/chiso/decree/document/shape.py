"""The one shape that every reader of documents returns: paragraphs and tables, each with its place.

Nothing here knows what an index is. A reader keeps words as they stand and says where; what they mean is found out
later, in one place for all formats.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from chiso.decree.document.phrases import PHRASES


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands, as far as the format knows: page, line, and table and row counted from 1."""

    page: int | None = None
    line: int | None = None
    table: int | None = None
    row: int | None = None
    sheet: str | None = None

    def words(self, lang: str = "vi") -> str:
        """Return the place as a person looks for it: ``trang 3, bảng 2, dòng 14``."""
        return _words(self, lang)

    def as_dict(self) -> dict[str, Any]:
        """Return the place for JSON, without what is not known."""
        known = {"sheet": self.sheet, "page": self.page, "line": self.line, "table": self.table, "row": self.row}
        return {name: value for name, value in known.items() if value is not None}


@lru_cache(maxsize=1024)
def _words(place: Place, lang: str) -> str:
    """Return a place in words; the fields of a row, which all stand there, ask for it one after the other."""
    known = ((name, getattr(place, name)) for name in ("sheet", "page", "table", "row", "line"))
    return ", ".join(PHRASES.text(f"place.{name}", lang, number=value) for name, value in known if value is not None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line or paragraph outside tables; ``bold`` and ``centred`` where the format says so."""

    text: str
    place: Place
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of the grid. A merged cell has its words at its first place; ``covered`` ones belong to it.

    ``above`` holds the words of a cell that was merged downwards over this one.
    """

    text: str = ""
    covered: bool = False
    above: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it stands in the grid of its table; ``heading`` where the format marks it as repeated on each page.

    ``unsure`` where no line was drawn and it is not certain which words stand in which column or row.
    """

    cells: tuple[Cell, ...]
    place: Place
    heading: bool = False
    unsure: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """Return the words of each cell."""
        return tuple(cell.text for cell in self.cells)

    @property
    def empty(self) -> bool:
        """Tell whether no cell holds a word."""
        return not any(cell.text for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Table:
    """Rows that stand under each other; rows may differ in length where the format has lost its grid."""

    rows: tuple[Row, ...]
    place: Place

    @property
    def width(self) -> int:
        """Return the length of the longest row."""
        return max((len(row.cells) for row in self.rows), default=0)


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Dropped:
    """Words that a reader or the understanding of tables set aside, and why: ``page_number``, ``repeated``, ..."""

    text: str
    place: Place
    reason: str


@dataclass(frozen=True)
class Document:
    """A document as read: its kind (``docx``, ``pdf``, ...), its blocks in order, and what was set aside."""

    name: str
    kind: str
    blocks: tuple[Block, ...]
    dropped: tuple[Dropped, ...] = ()
    notes: tuple[str, ...] = field(default=())

    def paragraphs(self) -> Iterator[Paragraph]:
        """Yield the paragraphs in order."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield block

    def tables(self) -> Iterator[Table]:
        """Yield the tables in order."""
        for block in self.blocks:
            if isinstance(block, Table):
                yield block
