"""The columns of a form's sheets: which there are, where they stand, and how wide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from xlsxwriter.worksheet import Worksheet

from chiso.workbook.form_phrases import phrase
from chiso.workbook.look import Book, height

_WIDTHS = {
    "no": 6.0,
    "code": 8.0,
    "information": 44.0,
    "criterion": 42.0,
    "unit": 11.0,
    "value": 20.0,
    "source": 22.0,
    "as_of": 12.0,
    "note": 22.0,
    "explanation": 28.0,
    "remarks": 40.0,
    "provider": 26.0,
    "used_by": 24.0,
    "max": 8.0,
    "rule": 46.0,
    "help": 34.0,
    "lead": 18.0,
    "support": 18.0,
    "due": 12.0,
}

#: Width of a column of figures when there are several units.
_NARROW = 15.0

#: The row of the header; above it stand the title and a hint.
HEADER = 2


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of one sheet, from the left; ``value`` repeats for each unit."""

    keys: tuple[str, ...]
    units: tuple[str, ...]

    @property
    def count(self) -> int:
        """How many columns there are on paper."""
        return len(self.keys) + len(self.fields) - 1

    @property
    def fields(self) -> range:
        """The columns that figures are written in."""
        first = self.keys.index("value")
        return range(first, first + max(len(self.units), 1))

    @property
    def mark(self) -> int:
        """The hidden column that marks rows with fields, for the count of progress."""
        return self.count

    def __getitem__(self, key: str) -> int:
        spans = [len(self.fields) if one == "value" else 1 for one in self.keys]
        return list(accumulate([0, *spans]))[self.keys.index(key)]

    def __contains__(self, key: str) -> bool:
        return key in self.keys

    def width(self, key: str) -> float:
        """Return the width of a column, in characters."""
        return _NARROW if key == "value" and len(self.units) > 1 else _WIDTHS[key]

    def write_header(self, book: Book, sheet: Worksheet, lang: str, rename: Mapping[str, str]) -> None:
        """Write the header row, set the widths and keep both in sight."""
        head = book.head()
        texts: list[tuple[str, float]] = []
        for key in self.keys:
            for offset, column in enumerate(self.fields if key == "value" else [self[key]]):
                text = self.units[offset] if key == "value" and self.units else phrase(rename.get(key, key), lang)
                sheet.write_string(HEADER, column, text, head)
                sheet.set_column(column, column, self.width(key))
                texts.append((text, self.width(key)))
        sheet.set_column(self.mark, self.mark, 2, None, {"hidden": True})
        sheet.set_row(HEADER, height(texts) + 6)
        sheet.freeze_panes(HEADER + 1, self.fields[0])


def general_columns(units: Sequence[str]) -> Columns:
    """Return the columns of general information."""
    keys = ("no", "information", "unit", "value", "source", "as_of", "note", "provider", "used_by")
    return Columns(keys, tuple(units))


def section_columns(units: Sequence[str], absent: Sequence[str]) -> Columns:
    """Return the columns of a dimension, without those that the framework has nothing for."""
    asking = ("code", "criterion", "unit", "value", "source", "as_of", "note")
    about = ("explanation", "remarks", "max", "rule", "help", "lead", "support", "due")
    return Columns((*asking, *(key for key in about if key not in absent)), tuple(units))
