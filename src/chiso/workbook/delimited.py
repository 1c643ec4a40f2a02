"""CSV in: comma, semicolon or tab; read row by row, so that the size of a file costs time and not memory."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from chiso.workbook.columns import HEADER_ROWS, Header, Record, Wanted, header_of, no_header, report_unknown
from chiso.workbook.faults import Faults
from chiso.workbook.phrases import phrase

_DELIMITERS = (",", ";", "\t")

#: Excel's own way to name the delimiter, in the first line.
_SEPARATOR = re.compile(r"sep=([,;|\t])\r?\n?", re.IGNORECASE)

#: What stays of a decimal comma when a row is split at it: "12,5" becomes 12 and 5.
_DECIMALS = re.compile(r"\d{1,3}")
_WHOLE = re.compile(r"[+-]?\d+")


def records(path: Path, encoding: str, wanted: Wanted, faults: Faults, lang: str) -> Iterator[Record]:
    """Yield the rows of a CSV file; rows that cannot be read are reported and left out.

    Raises:
        TableError: there is no header, or it lacks columns.
    """
    with path.open(encoding=encoding, newline="") as file:
        table = _Table(path.name, file, wanted, faults, lang)
        yield from table.records()


class _Table:
    """One CSV file while it is being read."""

    def __init__(self, file: str, text: TextIO, wanted: Wanted, faults: Faults, lang: str) -> None:
        self.file, self.wanted, self.faults = file, wanted, faults
        self._place = phrase("row", lang, file=file, number="\0").split("\0")
        self.delimiter, self._skipped = _delimiter(text, wanted)
        self._rows = csv.reader(text, delimiter=self.delimiter)

    def records(self) -> Iterator[Record]:
        rows = self._numbered()
        header, found = self._header(rows), False
        names, positions = tuple(header.positions), tuple(header.positions.values())
        beside = self._beside_value(header)
        # A row is filled up as far as somebody looks, not as far as the header reaches.
        most = max(*positions, beside or 0) + 1
        for number, last, cells in rows:
            found = True
            if len(cells) < header.width:
                cells = cells + [""] * (most - len(cells)) if self._long_enough(header, number, cells) else []
            if not cells or self._unreadable(header, number, last, cells):
                continue
            if beside is not None and _DECIMALS.fullmatch(cells[beside]) and _WHOLE.fullmatch(cells[beside - 1]):
                self.faults.add("W108", self.place(number), value=cells[beside - 1], rest=f",{cells[beside]}")
                continue
            yield Record(self.place(number), dict(zip(names, [cells[at] for at in positions], strict=True)))
        if not found:
            self.faults.add("W103", self.file)

    def place(self, number: int) -> str:
        return f"{self._place[0]}{number}{self._place[1]}"

    def _numbered(self) -> Iterator[tuple[int, int, list[str]]]:
        """Yield the rows that are not empty with the lines on which each starts and ends."""
        rows, skipped = self._rows, self._skipped
        while True:
            number = rows.line_num + 1 + skipped
            try:
                cells = next(rows)
            except StopIteration:
                return
            except csv.Error as error:
                self.faults.add("W107", self.place(number), problem=str(error))
                continue
            if any(map(str.strip, cells)):
                yield number, rows.line_num + skipped, cells

    def _header(self, rows: Iterable[tuple[int, int, list[str]]]) -> Header:
        seen: list[list[str]] = []
        for number, _, cells in rows:
            header = header_of(cells, self.wanted, self.file)
            if header is not None:
                report_unknown(header, self.wanted, self.place(number), self.faults)
                return header
            seen.append(cells)
            if len(seen) == HEADER_ROWS:
                break
        raise no_header(seen, self.wanted, self.file)

    def _beside_value(self, header: Header) -> int | None:
        """Return the column that a decimal comma would push the decimals of a value into; None where none can be."""
        at = header.positions.get("value")
        if self.delimiter != "," or at is None or at + 1 >= header.width:
            return None
        required = {header.positions[name] for name in self.wanted.required}
        return None if at + 1 in required else at + 1

    def _long_enough(self, header: Header, number: int, cells: list[str]) -> bool:
        """Say whether a short row has all that is required; report it where it has not."""
        enough = all(header.positions[name] < len(cells) for name in self.wanted.required)
        if not enough:
            self.faults.add("W105", self.place(number), cells=len(cells), columns=header.width)
        return enough

    def _unreadable(self, header: Header, number: int, last: int, cells: list[str]) -> bool:
        """Report a row with cells beyond the table, or with a line break in a cell where none belongs."""
        if len(cells) > header.width and any(map(str.strip, cells[header.width :])):
            self.faults.add("W104", self.place(number), cells=len(cells), columns=header.width)
            return True
        if last == number:
            return False
        for name in self.wanted.required:
            if "\n" in cells[header.positions[name]]:
                self.faults.add("W106", self.place(number), name=name)
                return True
        return False


def _delimiter(text: TextIO, wanted: Wanted) -> tuple[str, int]:
    """Return what separates the cells, and how many lines were read to know; the text stands where the table starts."""
    first = text.readline()
    named = _SEPARATOR.fullmatch(first)
    if named:
        return named[1], 1
    sample = [first, *(text.readline() for _ in range(HEADER_ROWS))]
    text.seek(0)
    names = set(wanted.names)

    def known(delimiter: str) -> tuple[int, int]:
        rows = [[cell.strip(' "\r\n').casefold() for cell in line.split(delimiter)] for line in sample]
        return max(len(names.intersection(row)) for row in rows), max(len(row) for row in rows)

    return max(_DELIMITERS, key=known), 0
