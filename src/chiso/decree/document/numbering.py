"""Automatic numbers of Word paragraphs: what stands before a line although nobody typed it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from chiso.decree.document.package import Package, parse

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


@dataclass
class Level:
    """One level of a list: how its number looks, where it begins."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    by_style: dict[str, tuple[str, int]] = field(default_factory=dict)
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _abstract: dict[str, str] = field(default_factory=dict)

    def label(self, number: str, level: int) -> str:
        """Count one paragraph and return what stands before it; a bullet is written as a dash."""
        levels = self.lists.get(number)
        if not levels or level not in levels:
            return ""
        shape = levels[level]
        counts = self._counts.setdefault(self._abstract.get(number, number), {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [one for one in counts if one > level]:
            del counts[deeper]
        if shape.form in ("bullet", "none"):
            return "-" if shape.form == "bullet" else ""

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            form = levels[at].form if at in levels else "decimal"
            return _written(counts.get(at, levels[at].start if at in levels else 1), form)

        return re.sub(r"%(\d)", written, shape.text)


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


def _read_lists(package: Package, name: str, found: Numbering) -> None:
    abstract: dict[str, dict[int, Level]] = {}
    state: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.removeprefix(_WORD)
        value = attributes.get(f"{_WORD}val", "")
        if local == "abstractNum":
            state["abstract"] = attributes.get(f"{_WORD}abstractNumId", "")
            abstract[state["abstract"]] = {}
        elif local == "lvl" and "abstract" in state:
            state["level"] = attributes.get(f"{_WORD}ilvl", "0")
            abstract[state["abstract"]][int(state["level"])] = Level()
        elif local == "num":
            state["number"] = attributes.get(f"{_WORD}numId", "")
        elif local == "abstractNumId" and "number" in state:
            found.lists[state["number"]] = abstract.get(value, {})
            found._abstract[state["number"]] = value
        elif local in ("start", "numFmt", "lvlText") and "level" in state and "abstract" in state:
            level = abstract[state["abstract"]][int(state["level"])]
            if local == "start":
                level.start = int(value) if value.isdigit() else 1
            elif local == "numFmt":
                level.form = value
            else:
                level.text = value

    def end(tag: str) -> None:
        local = tag.removeprefix(_WORD)
        key = {"abstractNum": "abstract", "lvl": "level", "num": "number"}.get(local)
        if key is not None:
            state.pop(key, None)

    parse(package.chunks("word/numbering.xml"), name, start, end, lambda _text: None)


def _read_styles(package: Package, name: str, found: Numbering) -> None:
    state: dict[str, str] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        local = tag.removeprefix(_WORD)
        value = attributes.get(f"{_WORD}val", "")
        if local == "style":
            state.clear()
            state["style"] = attributes.get(f"{_WORD}styleId", "")
        elif local in ("numId", "ilvl") and "style" in state:
            state[local] = value

    def end(tag: str) -> None:
        if tag == f"{_WORD}style" and state.get("numId", "0") != "0":
            level = state.get("ilvl", "0")
            found.by_style[state["style"]] = (state["numId"], int(level) if level.isdigit() else 0)

    parse(package.chunks("word/styles.xml"), name, start, end, lambda _text: None)
