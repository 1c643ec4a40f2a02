"""What a sheet of Excel says besides its values: what is hidden, how numbers are shown, which cells are computed."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from chiso.decree.document.limits import MAX_COLUMNS
from chiso.decree.document.package import Package, parse

_SHEET: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main "
_LINK: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships id"
_TARGETS: Final = "http://schemas.openxmlformats.org/package/2006/relationships Relationship"
_ADDRESS = re.compile(r"([A-Z]{1,3})(\d{1,7})")
#: Kinds of cells that hold no number.
_NO_NUMBERS = frozenset({"s", "str", "inlineStr", "b", "e"})
_OFF = ("0", "false")

#: Formats that every workbook knows by number.
_BUILT_IN: Mapping[int, str] = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "dd/mm/yyyy",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    22: "dd/mm/yyyy hh:mm",
}


@dataclass
class Marks:
    """Of one sheet: hidden rows and columns from 0, and by row and column formats of numbers and what is computed."""

    rows: set[int] = field(default_factory=set)
    columns: set[int] = field(default_factory=set)
    formats: dict[tuple[int, int], str] = field(default_factory=dict)
    computed: set[tuple[int, int]] = field(default_factory=set)


def marks_of(package: Package, name: str) -> dict[str, Marks]:
    """Return the marks of each sheet by its title.

    Raises:
        DocumentError: the workbook is damaged or hostile.
    """
    formats = _formats(package, name)
    return {title: _marks(package, name, part, formats) for title, part in _parts(package, name).items()}


def _parts(package: Package, name: str) -> dict[str, str]:
    """Return the part that holds each sheet."""
    targets: dict[str, str] = {}
    found: dict[str, str] = {}

    def target(tag: str, given: dict[str, str]) -> None:
        if tag == _TARGETS:
            targets[given.get("Id", "")] = given.get("Target", "")

    def sheet(tag: str, given: dict[str, str]) -> None:
        part = targets.get(given.get(_LINK, ""), "")
        part = part.removeprefix("/") if part.startswith("/") else f"xl/{part}"
        if tag == f"{_SHEET}sheet" and part in package:
            found[given.get("name", "")] = part

    for part, start in (("xl/_rels/workbook.xml.rels", target), ("xl/workbook.xml", sheet)):
        if part in package:
            parse(package.chunks(part), name, start, lambda _tag: None, lambda _text: None)
    return found


def _formats(package: Package, name: str) -> list[str]:
    """Return how each style of a cell shows numbers; nothing for styles that say nothing of it."""
    own: dict[int, str] = {}
    found: list[str] = []
    inside: list[bool] = []

    def start(tag: str, given: dict[str, str]) -> None:
        local = tag.removeprefix(_SHEET)
        number = given.get("numFmtId", "0")
        if local == "numFmt" and number.isdigit():
            own[int(number)] = given.get("formatCode", "")
        elif local == "cellXfs":
            inside.append(True)
        elif local == "xf" and inside:
            known = int(number) if number.isdigit() else 0
            found.append(own.get(known, _BUILT_IN.get(known, "")))

    def end(tag: str) -> None:
        if tag == f"{_SHEET}cellXfs":
            inside.clear()

    if "xl/styles.xml" in package:
        parse(package.chunks("xl/styles.xml"), name, start, end, lambda _text: None)
    return found


def _marks(package: Package, name: str, part: str, formats: list[str]) -> Marks:
    found = Marks()
    at = [-1, -1]  # the cell that is being read: Excel may leave out addresses

    def start(tag: str, given: dict[str, str]) -> None:
        local = tag.removeprefix(_SHEET)
        if local == "c":
            match = _ADDRESS.fullmatch(given.get("r", ""))
            at[1] = _column(match[1]) if match is not None else at[1] + 1
            style = given.get("s", "")
            shown = formats[int(style)] if style.isdigit() and int(style) < len(formats) else ""
            if shown and given.get("t", "n") not in _NO_NUMBERS and at[1] < MAX_COLUMNS:
                found.formats[(at[0], at[1])] = shown
        elif local == "f":
            found.computed.add((at[0], at[1]))
        elif local == "row":
            number = given.get("r", "")
            at[:] = [int(number) - 1 if number.isdigit() else at[0] + 1, -1]
            if given.get("hidden", "0") not in _OFF or given.get("ht") == "0":
                found.rows.add(at[0])
        elif local == "col" and (given.get("hidden", "0") not in _OFF or given.get("width") == "0"):
            first, last = (int(text) if (text := given.get(key, "")).isdigit() else 0 for key in ("min", "max"))
            found.columns.update(range(max(first - 1, 0), min(last, MAX_COLUMNS)))

    parse(package.chunks(part), name, start, lambda _tag: None, lambda _text: None)
    return found


def _column(letters: str) -> int:
    value = 0
    for letter in letters:
        value = value * 26 + ord(letter) - ord("A") + 1
    return value - 1
