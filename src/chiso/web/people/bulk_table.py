"""Lists of people to invite: pasted lines, CSV or Excel, with a header or in a fixed order; read as plain words."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from chiso.web.vietnamese import folded
from chiso.workbook.columns import words_of
from chiso.workbook.content import Content, recognise
from chiso.workbook.faults import Faults, TableError
from chiso.workbook.sheets import open_workbook

#: The columns in their order, with the words that head them.
COLUMNS: dict[str, tuple[str, ...]] = {
    "code": ("mã đơn vị", "mã", "unit code", "code"),
    "email": ("thư điện tử", "địa chỉ thư điện tử", "email", "e-mail"),
    "full_name": ("họ và tên", "họ tên", "full name", "name"),
    "role": ("vai trò", "role"),
    "agency": ("cơ quan", "cơ quan cung cấp số liệu", "agency"),
    "valid_from": ("từ ngày", "from"),
    "valid_to": ("đến hết ngày", "đến ngày", "until", "last day"),
}
_HEADS = {folded(word): name for name, words in COLUMNS.items() for word in words}

#: What must stand in a list, with or without a header.
NEEDED = ("code", "email", "full_name", "role")

#: Lines of one list; whoever has more gives several.
MAX_LINES = 5_000


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not empty: its number and its words, by column."""

    number: int
    words: dict[str, str]


class TooLongError(ValueError):
    """A list of more lines than are read at once."""


def read(path: Path) -> list[Line]:
    """Read a list.

    Raises:
        TableError: the file cannot be read at all.
        TooLongError: it has too many lines.
    """
    found: list[Line] = []
    columns: Sequence[str] = ()
    for number, cells in _rows(path):
        if not any(cells):
            continue
        if not columns:
            columns = _header(cells)
            if columns:
                continue
            columns = tuple(COLUMNS)
        if len(found) == MAX_LINES:
            raise TooLongError
        found.append(Line(number, dict(zip(columns, cells, strict=False))))
    return found


def _header(cells: Sequence[str]) -> Sequence[str]:
    """Return which columns a header names; nothing for a line that is none."""
    names = [_HEADS.get(folded(cell), "") for cell in cells]
    return names if {"code", "email"} <= set(names) else ()


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    recognised = recognise(path)
    if recognised.content is Content.JSON:
        raise TableError("W013", path.name, kind="markup")
    if recognised.content is Content.CSV:
        yield from _text_rows(path, recognised.encoding)
        return
    with open_workbook(path, Faults()) as workbook:
        name = next((name for name, visible in workbook.visible.items() if visible), None)
        if name is not None:
            for number, row in enumerate(workbook.sheet(name).rows(), 1):
                yield number, [words_of(cell) for cell in row]


def _text_rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    with path.open(encoding=encoding, newline="") as file:
        first = file.readline()
        file.seek(0)
        reader: Iterator[list[str]] = csv.reader(file, delimiter=max("\t;,", key=first.count))
        number = 0
        while True:
            try:
                cells = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                raise TableError("W016", path.name, problem=str(error)) from error
            number += 1
            yield number, [words_of(cell) for cell in cells]
