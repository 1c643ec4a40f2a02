"""Reads a table of points from a CSV, JSON or XLSX file with the columns ``code`` and ``points``.

A YAML file is written as the tables that ship with a framework.

There may be more columns. ``printed`` holds the points as the document prints them where the cell shows less: a
workbook drops the zeros of 1.60. ``decided`` says that a verifier decided them, since no printed line covers the
situation.
"""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook, SheetTypeEnum

from chiso.framework.faults import FrameworkError
from chiso.framework.model import Words
from chiso.framework.source import read_source
from chiso.reconcile.finding import PublishedError
from chiso.reconcile.published import Published, PublishedRow, RowReader, about, cell_text, published_of

#: Largest file accepted, in bytes, and largest content of a workbook once unpacked: a table has a few hundred rows.
MAX_BYTES = 4_000_000
MAX_UNPACKED = 40_000_000

#: Most rows and columns of a sheet.
MAX_ROWS, MAX_COLUMNS = 20_000, 200

#: The heading stands within so many rows; a title may stand above it.
HEADING_WITHIN = 30

COLUMNS = ("code", "points", "printed", "decided")
_CELL = re.compile(rb"<(?:\w+:)?(?:c|row)\s[^>]*?\br\s*=\s*[\"']([A-Za-z]{0,9})(\d{1,9})[\"']")


def read_points(path: str | Path) -> Published:
    """Read a table of points; faulty rows are reported in its ``faults``, the rest is used.

    Raises:
        PublishedError: the file cannot be used at all.
    """
    path = Path(path)
    readers = {".csv": _csv, ".json": _json, ".xlsx": _xlsx, ".xlsm": _xlsx, ".yaml": _yaml, ".yml": _yaml}
    reader = readers.get(path.suffix.casefold())
    if reader is None:
        raise PublishedError("R905", path.name, expected=[".csv", ".json", ".xlsx", ".yaml"])
    table = reader(_content(path), path.name)
    if not table.points and not table.faults:
        raise PublishedError("R907", path.name)
    return table


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
        # A device says that it is empty and never ends.
        size = max(path.stat().st_size, len(content))
    except FileNotFoundError as error:
        raise PublishedError("R902", str(path)) from error
    except (OSError, ValueError) as error:  # ValueError: a name that no file can have
        raise PublishedError("R903", str(path), problem=getattr(error, "strerror", None) or str(error)) from error
    if size > MAX_BYTES:
        raise PublishedError("R908", path.name, size=size, limit=MAX_BYTES)
    return content


def _text(content: bytes, name: str) -> str:
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        raise PublishedError("R909", name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise PublishedError("R904", name) from error


def _rows(cells: Iterable[Sequence[Any]], name: str) -> Iterator[PublishedRow]:
    """Yield the rows below the heading."""
    heading: list[str] = []
    for number, row in enumerate(cells, start=1):
        if heading:
            yield _row(row, heading, f"{name}:{number}")
            continue
        names = [cell_text(cell).casefold() for cell in row]
        if {"code", "points"} <= set(names):
            heading = names
        elif number >= HEADING_WITHIN:
            break
    if not heading:
        raise PublishedError("R906", name)


def _row(row: Sequence[Any], heading: Sequence[str], where: str) -> PublishedRow:
    cells = {column: row[heading.index(column)] for column in COLUMNS if _holds(row, heading, column)}
    surplus = any(cell_text(cell) for cell in row[len(heading) :])
    code, points, printed, decided = (cells.get(column) for column in COLUMNS)
    return PublishedRow(where, code, points, printed, surplus, decided)


def _holds(row: Sequence[Any], heading: Sequence[str], column: str) -> bool:
    return column in heading and heading.index(column) < len(row)


def _taken(rows: Iterable[PublishedRow], **told: Any) -> Published:
    reader = RowReader()
    for row in rows:
        reader.read(row)
    return reader.table(**told)


# -- CSV


def _csv(content: bytes, name: str) -> Published:
    text = _text(content, name)
    heading = next((line for line in text.splitlines()[:HEADING_WITHIN] if "points" in line.casefold()), "")
    delimiter = max(",;\t", key=heading.count)
    try:
        return _taken(_rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), name))
    except csv.Error as error:
        raise PublishedError("R910", name, problem=str(error)) from error


# -- JSON


class _Repeated(dict[str, Any]):
    """An object of which a key stands more than once: every pair is kept, so that the second is reported."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        self.pairs = pairs


def _json(content: bytes, name: str) -> Published:
    try:
        # Numbers stay text: they are exact, and 1.60 keeps its zero.
        loaded = json.loads(_text(content, name), object_pairs_hook=_Repeated, parse_float=str, parse_int=str)
    except (ValueError, RecursionError) as error:
        if isinstance(error, PublishedError):
            raise
        raise PublishedError("R910", name, problem=str(error)) from error
    told: Mapping[str, Any] = {}
    if isinstance(loaded, Mapping) and isinstance(loaded.get("points"), Mapping | list):
        told, loaded = loaded, loaded["points"]
    if isinstance(loaded, _Repeated):
        pairs = (PublishedRow(f"{name}: {code}", code, value) for code, value in loaded.pairs)
        return _taken(pairs, **about(told))
    if isinstance(loaded, list):
        return _taken(_listed(loaded, name), **about(told))
    raise PublishedError("R906", name)


def _listed(rows: list[Any], name: str) -> Iterator[PublishedRow]:
    for number, row in enumerate(rows, start=1):
        if not isinstance(row, Mapping) or "code" not in row:
            raise PublishedError("R906", name)
        code, points, printed, decided = (row.get(column) for column in COLUMNS)
        yield PublishedRow(f"{name}: {number}", code, points, printed, decided=decided)


# -- YAML


def _yaml(content: bytes, name: str) -> Published:
    try:
        source = read_source(_text(content, name), name, values=MAX_BYTES)  # one for each unit and criterion
    except FrameworkError as error:
        first = error.faults[0]
        raise PublishedError("R910", name, problem=Words(vi=first.text("vi"), en=first.text("en"))) from error
    return published_of(source.data, name)


# -- XLSX


def _xlsx(content: bytes, name: str) -> Published:
    _check_package(content, name)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [one.name for one in workbook.sheets_metadata if one.typ is SheetTypeEnum.WorkSheet]
        for sheet in sheets:
            rows = workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            if _has_heading(rows):
                return _taken(_rows(rows, name))
    except CalamineError as error:
        raise PublishedError("R910", name, problem=str(error)) from error
    raise PublishedError("R906", name)


def _has_heading(rows: Sequence[Sequence[Any]]) -> bool:
    return any({"code", "points"} <= {cell_text(cell).casefold() for cell in row} for row in rows[:HEADING_WITHIN])


def _check_package(content: bytes, name: str) -> None:
    """Refuse what is no workbook, and one that would unpack or spread its cells far beyond a table of points."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            unpacked = sum(part.file_size for part in package.infolist())
            if unpacked > MAX_UNPACKED:
                raise PublishedError("R908", name, size=unpacked, limit=MAX_UNPACKED)
            for part in package.namelist():
                _check_size(package.read(part), name)  # reading also proves the size that the package states
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, OSError) as error:
        raise PublishedError("R909", name) from error


def _check_size(part: bytes, name: str) -> None:
    for column, row in _CELL.findall(part):
        if int(row) > MAX_ROWS or _column(column) > MAX_COLUMNS:
            cell = (column + row).decode("ascii")
            raise PublishedError("R911", name, cell=cell, rows=MAX_ROWS, columns=MAX_COLUMNS)


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - ord("A") + 1
    return number
