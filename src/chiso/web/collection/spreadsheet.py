"""Excel forms of a report: what one that comes back would change, before anything is changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from django.utils.translation import gettext as _

from chiso.framework.inputs import Asked, asked, collected
from chiso.framework.model import Framework
from chiso.scoring.entries import Entry, find_input
from chiso.scoring.facts import EXACT_LIMIT
from chiso.scoring.phrases import phrase
from chiso.scoring.values import Misread
from chiso.web.collection.cells import Document, understood
from chiso.web.collection.facts import Reported, facts_of
from chiso.web.collection.services import Written
from chiso.workbook.columns import tidy
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

    A form that belongs to another unit changes nothing: each of its rows is a fault. Nor does a cell that was filled in
    when the form was made and that nobody has touched, whatever has become of its figure meanwhile.

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
        line = _line(entry, target, values, lang, untouched=table.untouched.get(entry.place))
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


def write_form(path: Path, framework: Framework, unit: str, values: Document, lang: str) -> None:
    """Write the form of a framework for a unit, with the values that count; what a provider supplied says so.

    A cell that nobody touches changes nothing when the form comes back.
    """
    told = {fact: _as_supplied(cell) if cell.get("from") == "provider" else cell for fact, cell in values.items()}
    facts = facts_of(framework, [Reported(unit, "", told)])
    write_template(framework, path, [unit], lang, facts, assessing=False)


def _as_supplied(cell: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a provider's cell with a source that names it as such."""
    said = str(cell.get("source", ""))
    return {**cell, "source": f"{_supplied()}: {said}" if said else _supplied()}


def _supplied() -> str:
    """Return how the source of a figure begins that an agency has supplied."""
    return _("supplied by the providing agency")


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


def _line(entry: Entry, target: Asked, values: Document, lang: str, *, untouched: bool | None) -> Line:
    """Compare one figure; ``untouched``: whether its cell is as it was filled in, None where it was not."""
    cell = values.get(target.fact, {})
    current = str(cell.get("v", ""))
    if untouched:
        return Line(target.fact, entry.code, target.label, entry.place, current, current, "same")
    text = understood(plain(entry.value), target)
    line = Line(target.fact, entry.code, target.label, entry.place, current, plain(entry.value), "refused")
    if isinstance(text, Misread):
        return replace(line, reason=_why(text, lang))
    beside = (entry.as_of, entry.source, entry.note)
    # What stands beside a figure was seen, and may be cleared, only where the form came with it.
    other = untouched is False and beside != tuple(tidy(str(cell.get(key, ""))) for key in ("as_of", "source", "note"))
    same = text == current and not (other and (current or entry.note))
    verdict: Verdict = "same" if same else "changed" if current else "new"
    return replace(line, text=text, verdict=verdict)


def _written(entry: Entry, line: Line, number: int) -> Written:
    # A figure that differs from what the agency supplied does not come from the agency.
    source = "" if entry.source.startswith(_supplied()) else entry.source
    return Written(line.text, number, entry.as_of[:40], source[:1000], entry.note[:1000])


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
