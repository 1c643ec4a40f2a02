"""Automatic numbers of Word paragraphs: what stands before a line although nobody typed it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chiso.decree.document.package import Package, parse

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
#: Longest chain of styles that is followed.
_DEPTH = 12
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Level:
    """One level of a list: how its number looks, where it begins."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    legal: bool = False
    restarts: bool = True


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    parents: dict[str, str] = field(default_factory=dict)
    overrides: dict[str, dict[int, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """Count one paragraph and return what stands before it; a bullet is written as a dash."""
        levels = self.lists.get(number)
        if not levels or level not in levels:
            return ""
        shape = levels[level]
        counts = self._counts.setdefault(self._abstract.get(number, number), {})
        for at, first in self.overrides.pop(number, {}).items():
            counts[at] = first - 1  # a list that begins anew does so once, where it is first used
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            if deeper not in levels or levels[deeper].restarts:
                del counts[deeper]
        if shape.form in ("bullet", "none"):
            return "-" if shape.form == "bullet" else ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = levels[at].form if at in levels and not (shape.legal and at < level) else "decimal"
            return _written(counts.get(at, levels[at].start if at in levels else 1), form)

        return re.sub(r"%(\d)", written, shape.text)

    def of_style(self, style: str) -> tuple[str, int]:
        """Return the list and level of a style, or of the style that it is based on."""
        for _ in range(_DEPTH):
            if style in self.by_style:
                return self.by_style[style]
            style = self.parents.get(style, "")
        return "", 0


def _written(value: int, form: str) -> str:
    if form in ("upperRoman", "lowerRoman"):
        text = ""
        for size, letters in _ROMANS:
            text, value = text + letters * (value // size), value % size
        return text if form == "upperRoman" else text.lower()
    if form in ("upperLetter", "lowerLetter"):
        letter = _LETTERS[(value - 1) % len(_LETTERS)]
        return letter.upper() if form == "upperLetter" else letter
    return f"{value:02d}" if form == "decimalZero" else str(value)


def numbering_of(package: Package, name: str) -> Numbering:
    """Read the lists of a document, and the styles that number their paragraphs."""
    found = Numbering()
    if "word/numbering.xml" in package:
        _read_lists(package, name, found)
    if "word/styles.xml" in package:
        _read_styles(package, name, found)
    return found


class _Lists:
    """Takes the XML of the lists: shapes, lists that use them, and what these begin anew or change."""

    def __init__(self, found: Numbering) -> None:
        self.found = found
        self.shapes: dict[str, dict[int, Level]] = {}
        self.styles: dict[str, str] = {}
        self.linked: dict[str, str] = {}
        self.shape = self.number = ""
        self.level: Level | None = None
        self.at = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.removeprefix(_WORD)
        value = attributes.get(f"{_WORD}val", "")
        if local == "abstractNum":
            self.shape = attributes.get(f"{_WORD}abstractNumId", "")
            self.shapes[self.shape] = {}
        elif local == "num":
            self.number = attributes.get(f"{_WORD}numId", "")
        elif local == "abstractNumId" and self.number:
            self.found.lists[self.number] = self.shapes.get(value, {})
            self.found._abstract[self.number] = value
        elif local == "styleLink":
            self.styles[value] = self.shape
        elif local == "numStyleLink":
            self.linked[self.shape] = value
        elif local in ("lvl", "lvlOverride"):
            self.at = int(number) if (number := attributes.get(f"{_WORD}ilvl", "0")).isdigit() else 0
            if local == "lvl":
                self.level = Level()
        elif local == "startOverride" and self.number and value.isdigit():
            self.found.overrides.setdefault(self.number, {})[self.at] = int(value)
        elif self.level is not None:
            self._look(local, value)

    def _look(self, local: str, value: str) -> None:
        assert self.level is not None
        if local == "start":
            self.level.start = int(value) if value.isdigit() else 1
        elif local == "numFmt":
            self.level.form = value
        elif local == "lvlText":
            self.level.text = value
        elif local == "isLgl":
            self.level.legal = value not in ("0", "false")
        elif local == "lvlRestart":
            self.level.restarts = value != "0"

    def end(self, tag: str) -> None:
        local = tag.removeprefix(_WORD)
        if local == "lvl" and self.level is not None:
            if self.number:  # a list that changes a level of its shape
                self.found.lists[self.number] = {**self.found.lists.get(self.number, {}), self.at: self.level}
            elif self.shape:
                self.shapes[self.shape][self.at] = self.level
            self.level = None
        elif local == "abstractNum":
            self.shape = ""
        elif local == "num":
            self.number = ""

    def link(self) -> None:
        """Give lists whose shape only names a style the shape of that style."""
        for number, shape in self.found._abstract.items():
            home = self.styles.get(self.linked.get(shape, ""), "")
            if home:
                self.found.lists[number] = self.shapes.get(home, {})
                self.found._abstract[number] = home


def _read_lists(package: Package, name: str, found: Numbering) -> None:
    lists = _Lists(found)
    parse(package.chunks("word/numbering.xml"), name, lists.start, lists.end, lambda _text: None)
    lists.link()


def _read_styles(package: Package, name: str, found: Numbering) -> None:
    state: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.removeprefix(_WORD)
        value = attributes.get(f"{_WORD}val", "")
        if local == "style":
            state.clear()
            state["style"] = attributes.get(f"{_WORD}styleId", "")
        elif local == "basedOn" and "style" in state:
            found.parents[state["style"]] = value
        elif local in ("numId", "ilvl") and "style" in state:
            state[local] = value

    def end(tag: str) -> None:
        if tag == f"{_WORD}style" and "numId" in state:
            level = state.get("ilvl", "0")
            number = state["numId"] if state["numId"] != "0" else ""
            found.by_style[state["style"]] = (number, int(level) if level.isdigit() else 0)

    parse(package.chunks("word/styles.xml"), name, start, end, lambda _text: None)
