"""Excel forms of a report: what one that comes back would change, before anything is changed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from chiso.framework.inputs import Asked, asked, collected
from chiso.framework.model import Framework
from chiso.scoring.entries import Entry, find_input
from chiso.scoring.facts import EXACT_LIMIT
from chiso.scoring.phrases import phrase
from chiso.scoring.values import Misread
from chiso.web.collection.cells import Document, understood
from chiso.web.collection.services import Written
from chiso.workbook.entries import EntryTable
from chiso.workbook.template import write_template

Verdict = Literal["new", "changed", "same", "refused"]

#: Rows that are reported one by one; what is beyond is only counted.
MAX_FAULTS = 200


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a form beside the report: what stands there, what would, and why not where it is refused."""

    fact: str
    code: str
    label: str
    place: str
    current: str
    text: str
    verdict: Verdict
    reason: str = ""


@dataclass
class Preview:
    """What a form would change. ``written`` are the values to save, as of the report's change ``number``.

    ``faults``: rows that belong to no figure of this report, as sentences; ``more`` counts those beyond.
    """

    number: int
    lines: list[Line] = field(default_factory=list)
    written: dict[str, Written] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    more: int = 0

    def count(self, verdict: Verdict) -> int:
        """Return how many figures there are with a verdict."""
        return sum(line.verdict == verdict for line in self.lines)

    def fault(self, words: str) -> None:
        """Report a row."""
        if len(self.faults) < MAX_FAULTS:
            self.faults.append(words)
        else:
            self.more += 1


def preview(path: Path, framework: Framework, unit: str, values: Document, number: int, lang: str) -> Preview:
    """Compare the rows of a file for a unit with the values of its report.

    A form that belongs to another unit changes nothing: each of its rows is a fault.

    Raises:
        chiso.workbook.faults.TableError: the file cannot be used.
    """
    found = Preview(number)
    table = EntryTable(path, framework, lang)
    by_fact: dict[str, Line] = {}
    for entry in table:
        if entry.unit != unit:
            found.fault(_located(entry, phrase("D102", lang, name=entry.unit)))
            continue
        target = target_of(framework, entry)
        if target is None:
            found.fault(_located(entry, _unknown(framework, entry, lang)))
            continue
        line = _line(entry, target, values, lang)
        first = by_fact.setdefault(target.fact, line)
        if first is line:
            found.lines.append(line)
            if line.verdict in ("new", "changed"):
                found.written[target.fact] = _written(entry, line, number)
        elif first.text != line.text:
            told = {"name": target.name, "label": target.label, "first": first.place}
            found.fault(_located(entry, phrase("D110", lang, **told)))
    for fault in table.faults:
        found.fault(fault.located(lang))
    return found


def write_form(path: Path, framework: Framework, unit: str, lang: str) -> None:
    """Write the empty form of a framework for a unit; cells that stay empty change nothing when it comes back."""
    write_template(framework, path, [unit], lang, assessing=False)


def target_of(framework: Framework, entry: Entry) -> Asked | None:
    """Return the figure that a row is about; None where the framework asks for no such figure."""
    if not entry.code:
        return collected(framework).get(entry.input)
    criterion = framework.criteria.get(entry.code)
    return None if criterion is None else find_input(asked(framework, criterion), entry.input)


def plain(value: object) -> str:
    """Return a cell's value as somebody would have typed it: a whole number that a spreadsheet keeps as 12.0 is 12."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < EXACT_LIMIT else f"{value:.15g}"
    return str(value)


def _line(entry: Entry, target: Asked, values: Document, lang: str) -> Line:
    current = str(values[target.fact]["v"]) if target.fact in values else ""
    text = understood(plain(entry.value), target)
    line = Line(target.fact, entry.code, target.label, entry.place, current, plain(entry.value), "refused")
    if isinstance(text, Misread):
        return replace(line, reason=_why(text, lang))
    verdict: Verdict = "same" if text == current else "changed" if current else "new"
    return replace(line, text=text, verdict=verdict)


def _written(entry: Entry, line: Line, number: int) -> Written:
    return Written(line.text, number, entry.as_of[:40], entry.source[:1000], entry.note[:1000])


def _why(misread: Misread, lang: str) -> str:
    words = phrase(misread.code, lang, **misread.data)
    return f"{words} {phrase('near', lang, names=', '.join(misread.near))}" if misread.near else words


def _unknown(framework: Framework, entry: Entry, lang: str) -> str:
    """Say what the framework does not know: the criterion, the shared fact, or the input of the criterion."""
    if not entry.code:
        return phrase("D105", lang, name=entry.input)
    criterion = framework.criteria.get(entry.code)
    if criterion is None:
        return phrase("D104", lang, name=entry.code)
    known = ", ".join(one.name for one in asked(framework, criterion))
    return phrase("D106" if known else "D107", lang, name=entry.input, code=entry.code, known=known)


def _located(entry: Entry, words: str) -> str:
    return f"{entry.place}: {words}" if entry.place else words
