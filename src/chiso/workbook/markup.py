"""The XML of a workbook, scanned while it is unpacked: entities are refused, and cells noticed that values hide.

The scan sees what the reader of values does not tell: formulas that were never computed, errors, percentages (0.5 shown
as 50 %), and cells so far away that the sheet would not fit into memory.
"""

from __future__ import annotations

import posixpath
import re
from array import array
from dataclasses import dataclass, field
from functools import lru_cache
from xml.parsers import expat

from chiso.workbook.faults import TableError

#: Cells of one sheet that are remembered for what is wrong with them.
MAX_NOTICED = 1_000_000

#: Merged cells of a workbook: more than anybody merges by hand.
MAX_MERGED = 100_000

#: Longest code of a number format that Excel writes.
_MAX_FORMAT = 255

#: Longest piece of XML between two tags, in bytes. Excel allows 32,767 characters a cell.
_MAX_TOKEN = 8 << 20

_REFERENCE = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
_BUILT_IN_PERCENTS = frozenset({9, 10})

#: Excel's own limits; the reader of values trusts references, so none beyond them may reach it.
_MAX_ROW, _MAX_COLUMN = 1_048_576, 16_384

Cell = tuple[int, int]
Range = tuple[Cell, Cell]
Attributes = dict[str, str]


@dataclass(frozen=True, slots=True)
class Limits:
    """What a workbook may hold: bytes as it lies on the disk, bytes unpacked, and over all its sheets the following.

    ``cells`` are those of the rectangles that the sheets span, ``characters`` those that a reader sees in them: a text
    that is kept once and shown in a million cells counts a million times.
    """

    packed: int
    unpacked: int
    sheets: int
    cells: int
    characters: int


@dataclass
class SheetScan:
    """What was noticed in one sheet; rows and columns count from 0. ``errors``: cell -> what it shows."""

    rows: int = 0
    columns: int = 0
    characters: int = 0
    merged: list[Range] = field(default_factory=list)
    valueless: set[Cell] = field(default_factory=set)
    errors: dict[Cell, str] = field(default_factory=dict)
    percents: set[Cell] = field(default_factory=set)


def cell_name(row: int, column: int) -> str:
    """Return the name of a cell: row 6, column 3 (from 0) is ``D7``."""
    letters, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        letters = chr(65 + letter) + letters
    return f"{letters}{row + 1}"


def cell_position(name: str) -> Cell | None:
    """Return row and column, from 0, of a cell by its name; None if Excel has no such cell."""
    match = _REFERENCE.fullmatch(name)
    if match is None:
        return None
    row, column = int(match[2]), _column(match[1])
    return (row - 1, column - 1) if row <= _MAX_ROW and column <= _MAX_COLUMN else None


@lru_cache(maxsize=1 << 10)
def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


class MarkupScanner:
    """Scans the parts of one workbook, one after the other: ``begin``, ``feed``, ``end``."""

    def __init__(self, file: str, limits: Limits) -> None:
        self.file, self.limits = file, limits
        self._part = ""
        self._by_part: dict[str, SheetScan] = {}
        self._sheets: list[tuple[str, str]] = []
        self._relations: dict[str, str] = {}
        self._percent_formats = set(_BUILT_IN_PERCENTS)
        self._percent_styles: set[str] = set()
        #: How long the texts are that cells share.
        self._shared = array("Q")
        self._merged = 0
        self._styles = -1
        self._fed = 0

    def begin(self, part: str) -> None:
        """Start a part."""
        self._part, self._fed = part, 0
        self._parser = expat.ParserCreate(namespace_separator="}")
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.EntityDeclHandler = self._refuse
        name = part.lower()
        if name == "xl/workbook.xml":
            self._parser.StartElementHandler = self._workbook
        elif name == "xl/_rels/workbook.xml.rels":
            self._parser.StartElementHandler = self._relation
        elif name == "xl/styles.xml":
            self._in_cell_formats = False
            self._parser.StartElementHandler = self._style
            self._parser.EndElementHandler = self._style_end
        elif name.startswith("xl/") and "/_rels/" not in name:
            self._parser.StartElementHandler = self._root

    def feed(self, chunk: bytes) -> None:
        """Scan the next piece of the part."""
        self._parse(chunk, final=False)
        self._fed += len(chunk)
        if self._fed - self._parser.CurrentByteIndex > _MAX_TOKEN:
            raise TableError("W016", self.file, problem=f"{self._part}: {self._fed >> 20} MB")

    def end(self) -> None:
        """Finish the part."""
        self._parse(b"", final=True)

    def sheets(self) -> dict[str, SheetScan]:
        """Return the scans by the names of the sheets.

        Raises:
            TableError: together they hold too much. Several names may stand for one part, which is then read as often.
        """
        if len(self._sheets) > self.limits.sheets:
            raise TableError("W024", self.file, count=len(self._sheets), limit=self.limits.sheets)
        found, scans = {}, []
        for name, relation in self._sheets:
            target = self._relations.get(relation, "")
            part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
            found[name] = self._by_part.get(part.lower(), SheetScan())
            scans.append(found[name])
        cells = sum(one.rows * one.columns for one in scans)
        if cells > self.limits.cells:
            raise TableError("W025", self.file, count=cells, limit=self.limits.cells)
        if sum(one.characters for one in scans) > self.limits.characters:
            raise TableError("W026", self.file, limit=self.limits.characters)
        for name, scan in found.items():
            self._check_merged(name, scan)
        return found

    def _check_merged(self, name: str, scan: SheetScan) -> None:
        """Refuse merged cells that lie over each other, which no spreadsheet makes and which would be followed over."""
        covered = sum(
            max(min(bottom + 1, scan.rows) - top, 0) * max(min(right + 1, scan.columns) - left, 0)
            for (top, left), (bottom, right) in scan.merged
        )
        if covered > scan.rows * scan.columns:
            raise TableError("W027", self.file, sheet=name[:80])

    def _parse(self, chunk: bytes, *, final: bool) -> None:
        try:
            self._parser.Parse(chunk, final)
        except (expat.ExpatError, LookupError, ValueError) as error:
            if isinstance(error, TableError):
                raise
            raise TableError("W016", self.file, problem=f"{self._part}: {error}") from error

    def _refuse(self, *_: object) -> None:
        raise TableError("W019", self.file, part=self._part[:80])

    def _workbook(self, name: str, attributes: Attributes) -> None:
        if _local(name) == "sheet":
            relation = next((value for key, value in attributes.items() if _local(key) == "id"), "")
            self._sheets.append((attributes.get("name", ""), relation))

    def _relation(self, name: str, attributes: Attributes) -> None:
        if _local(name) == "Relationship":
            self._relations[attributes.get("Id", "")] = attributes.get("Target", "")

    def _style(self, name: str, attributes: Attributes) -> None:
        match _local(name):
            case "numFmt":
                code = attributes.get("formatCode", "")[:_MAX_FORMAT]
                if "%" in _QUOTED.sub("", code):
                    self._percent_formats.add(_whole(attributes.get("numFmtId")))
            case "cellXfs":
                self._in_cell_formats = True
            case "xf" if self._in_cell_formats:
                self._styles += 1
                if _whole(attributes.get("numFmtId")) in self._percent_formats:
                    self._percent_styles.add(str(self._styles))

    def _style_end(self, name: str) -> None:
        if _local(name) == "cellXfs":
            self._in_cell_formats = False

    def _root(self, name: str, _attributes: Attributes) -> None:
        """Look at the root of a part: only sheets and the texts that they share are scanned further."""
        handlers: _CellScanner | _SharedScanner
        if _local(name) == "worksheet":
            scan = self._by_part.setdefault(self._part.lower(), SheetScan())
            handlers = _CellScanner(self, scan, self._percent_styles)
        elif _local(name) == "sst":
            if self._by_part or self._shared:
                raise TableError("W016", self.file, problem=self._part[:80])
            handlers = _SharedScanner(self._shared)
        else:
            self._parser.StartElementHandler = None
            return
        self._parser.StartElementHandler = handlers.start
        self._parser.EndElementHandler = handlers.end
        self._parser.CharacterDataHandler = handlers.text

    def shared_length(self, index: str) -> int:
        """Return how long a shared text is; 0 where there is none."""
        at = _whole(index, len(self._shared))
        return self._shared[at] if at < len(self._shared) else 0

    def count_merged(self) -> None:
        """Count one more merged cell.

        Raises:
            TableError: these are too many.
        """
        self._merged += 1
        if self._merged > MAX_MERGED:
            raise TableError("W028", self.file, limit=MAX_MERGED)

    def too_long(self) -> None:
        """Refuse a sheet that holds too many characters.

        Raises:
            TableError: always.
        """
        raise TableError("W026", self.file, limit=self.limits.characters)

    def too_wide(self, cell: Cell) -> None:
        """Refuse a sheet that reaches too far.

        Raises:
            TableError: always.
        """
        raise TableError("W020", self.file, sheet=posixpath.basename(self._part)[:80], cell=cell_name(*cell))


class _SharedScanner:
    """Measures the texts that cells share."""

    def __init__(self, lengths: array[int]) -> None:
        self._lengths, self._length = lengths, 0

    def start(self, name: str, _attributes: Attributes) -> None:
        if _local(name) == "si":
            self._length = 0

    def text(self, text: str) -> None:
        self._length += len(text)

    def end(self, name: str) -> None:
        if _local(name) == "si":
            self._lengths.append(self._length)


class _CellScanner:
    """Follows the cells of one sheet."""

    def __init__(self, whole: MarkupScanner, scan: SheetScan, percents: set[str]) -> None:
        self.scan, self._percents, self._whole = scan, percents, whole
        self._row, self._at = -1, -1
        self._attributes: Attributes = {}
        self._formula = self._in_value = self._present = self._filled = False
        self._shown = ""

    def start(self, name: str, attributes: Attributes) -> None:
        local = _local(name)
        if local == "c":
            self._begin_cell(attributes)
        elif local in ("v", "is"):
            self._in_value = self._present = True
        elif local == "f":
            self._formula = self._present = True
        elif local == "row":
            self._begin_row(attributes.get("r"))
        elif local == "mergeCell":
            self._note_merged(attributes.get("ref", ""))

    def text(self, text: str) -> None:
        if self._in_value:
            self._filled = True
            if self._attributes.get("t") in ("e", "s"):
                self._shown = (self._shown + text)[:20]
            else:
                self.scan.characters += len(text)

    def end(self, name: str) -> None:
        local = _local(name)
        if local in ("v", "is"):
            self._in_value = False
        elif local == "c":
            self._end_cell()

    def _note_merged(self, ref: str) -> None:
        self._whole.count_merged()
        start, end = (cell_position(one) for one in ref.partition(":")[::2])
        if start is not None and end is not None:
            self.scan.merged.append((start, end))

    def _begin_row(self, written: str | None) -> None:
        position = (self._row + 1, 0) if written is None else cell_position(f"A{written}")
        if position is None or position[0] >= _MAX_ROW:
            raise ValueError(f"row {str(written)[:20]}")
        self._row, self._at = position[0], -1

    def _begin_cell(self, attributes: Attributes) -> None:
        written = attributes.get("r")
        position = (max(self._row, 0), self._at + 1) if written is None else cell_position(written)
        if position is None or position[1] >= _MAX_COLUMN:
            raise ValueError(f"cell {str(written)[:20]}")
        self._row, self._at = position
        self._attributes = attributes
        self._formula = self._present = self._filled = False
        self._shown = ""

    def _end_cell(self) -> None:
        cell, scan = (self._row, self._at), self.scan
        kind = self._attributes.get("t", "n")
        if self._present:
            scan.rows, scan.columns = max(scan.rows, cell[0] + 1), max(scan.columns, cell[1] + 1)
            if scan.rows * scan.columns > self._whole.limits.cells:
                self._whole.too_wide(cell)
        if self._filled:
            if kind == "s":
                scan.characters += self._whole.shared_length(self._shown)
            if scan.characters > self._whole.limits.characters:
                self._whole.too_long()
            if kind == "e":
                scan.errors[cell] = self._shown
            elif kind == "n" and self._attributes.get("s") in self._percents:
                scan.percents.add(cell)
        elif self._formula and kind != "str":
            scan.valueless.add(cell)
        if len(scan.errors) + len(scan.percents) + len(scan.valueless) > MAX_NOTICED:
            self._whole.too_wide(cell)


@lru_cache(maxsize=1 << 10)
def _local(name: str) -> str:
    return name.rpartition("}")[2]


def _whole(text: str | None, otherwise: int = 0) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise
