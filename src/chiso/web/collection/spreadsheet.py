"""Excel forms of a report: what one that comes back would change, before anything is changed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chiso.framework.inputs import Asked, asked, collected
from chiso.framework.model import Framework
from chiso.scoring.entries import Entry, find_input
from chiso.scoring.facts import EXACT_LIMIT
from chiso.scoring.phrases import phrase
from chiso.scoring.values import Misread
from chiso.web.collection.asking import TEXTS, all_asked
from chiso.web.collection.cells import MOST_BESIDE, Document, understood
from chiso.web.collection.facts import Reported, facts_of
from chiso.web.collection.services import Written
from chiso.web.collection.shown import shown_text, why_refused
from chiso.workbook.archive import PAGE
from chiso.workbook.columns import day_words, tidy
from chiso.workbook.entries import EntryTable
from chiso.workbook.form import Before
from chiso.workbook.questions import letter
from chiso.workbook.template import write_template
from chiso.workbook.words import explanation_name, is_words

Verdict = Literal["new", "changed", "same", "refused"]

#: Rows that are reported one by one; what is beyond is only counted.
MAX_FAULTS = 200


class Beside(NamedTuple):
    """What stands beside a figure."""

    as_of: str
    source: str
    note: str

    @classmethod
    def of(cls, one: Entry | Before) -> Beside:
        """Return what stands beside a figure of a form, or stood there when the form was made."""
        return cls(one.as_of, one.source, one.note)

    @classmethod
    def kept(cls, cell: Mapping[str, Any]) -> Beside:
        """Return what the report keeps beside a figure."""
        return cls(*(str(cell.get(key, "")) for key in cls._fields))


_NOTHING = Beside("", "", "")


@dataclass(frozen=True, slots=True)
class Line:
    """One figure of a form beside the report: what counts now, what would be kept, and why not where it is refused.

    ``current`` and ``text`` are in words. ``beside``: what would change beside the figure: its name, what stands there,
    and what would.
    """

    fact: str
    code: str
    label: str
    place: str
    current: str
    text: str
    verdict: Verdict
    reason: str = ""
    beside: tuple[tuple[str, str, str], ...] = ()


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


@dataclass(frozen=True, slots=True)
class Own:
    """A report beside which a form is held: the unit's own values, those that count, and its change ``number``.

    ``parts``: how many parts or child units its sums add up from.
    """

    unit: str
    values: Document
    counting: Document
    number: int = 0
    parts: int = 0


def preview(path: Path, framework: Framework, report: Own, lang: str) -> Preview:
    """Compare the rows of a file for a unit with its report.

    A form that belongs to another unit changes nothing: each of its rows is a fault. Nor does a cell that was filled in
    when the form was made and that nobody has touched, whatever has become of its figure meanwhile.

    Raises:
        chiso.workbook.faults.TableError: the file cannot be used.
    """
    found = Preview(report.number)
    table = EntryTable(path, framework, lang, words=True, limits=PAGE)
    first: dict[str, tuple[Entry, str | Misread]] = {}
    for entry in table:
        if entry.unit != report.unit:
            found.fault(_located(entry, phrase("D102", lang, name=entry.unit)))
            continue
        target = target_of(framework, entry)
        if target is None:
            found.fault(_located(entry, _unknown(framework, entry, lang)))
            continue
        text = understood(plain(entry.value), target)
        if target.fact not in first:
            first[target.fact] = entry, text
            _compare(found, entry, text, target, report, table.before.get(entry.place), lang)
        elif first[target.fact][1] != text:
            words = _("“%(label)s” has two different values (the first: %(first)s). Keep the right one.")
            told = {"label": target.label, "first": first[target.fact][0].place}
            found.fault(_located(entry, words % told))
    for fault in table.faults:
        found.fault(fault.located(lang))
    return found


def write_form(
    path: Path, framework: Framework, report: Own, lang: str, remarks: Mapping[str, str] | None = None
) -> None:
    """Write the form of a framework for a unit, with the values that count: figures, explanations and other text.

    What is not the unit's own says so: what an agency supplied, and what is a sum. A cell that nobody
    touches changes nothing when the form comes back. ``remarks``: what has been said, by criterion, only to be read.
    """
    told = {fact: _told(cell, report.values.get(fact, {}), report.parts) for fact, cell in report.counting.items()}
    facts = facts_of(framework, [Reported(report.unit, "", told)])
    figures = {fact for fact, one in collected(framework).items() if one.type not in TEXTS}
    words = {fact: str(cell["v"]) for fact, cell in told.items() if fact not in figures}
    write_template(framework, path, [report.unit], lang, facts, words={report.unit: words}, remarks=remarks)


def _told(cell: Mapping[str, Any], own: Mapping[str, Any], parts: int) -> Mapping[str, Any]:
    """Return a cell as a form shows it; one that is not the unit's own is named as such, beside the unit's own note."""
    origin = cell.get("from")
    if origin not in ("provider", "parts"):
        return cell
    whose = _("supplied by the providing agency")
    if origin == "parts":
        whose = ngettext("Added up from %(num)s unit", "Added up from %(num)s units", parts) % {"num": parts}
    said = str(cell.get("source", ""))
    return {**cell, "source": f"{whose}: {said}" if said else whose, "note": own.get("note", "")}


def target_of(framework: Framework, entry: Entry) -> Asked | None:
    """Return the figure or text that a row is about; None where the framework asks for no such thing."""
    if is_words(entry.input):
        return all_asked(framework).get(entry.input)
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
    return day_words(value) if isinstance(value, dt.date) else str(value)


def _compare(
    found: Preview, entry: Entry, text: str | Misread, target: Asked, report: Own, before: Before | None, lang: str
) -> None:
    """Add what one figure of a form would change."""
    own, counting = report.values.get(target.fact, {}), report.counting.get(target.fact, {})
    label = (
        _("Explanation, where there is no evidence") if target.fact == explanation_name(entry.code) else target.label
    )
    current = shown_text(target, str(counting.get("v", "")), lang)

    def add(shown: str, verdict: Verdict, reason: str = "", beside: tuple[tuple[str, str, str], ...] = ()) -> None:
        told = (target.fact, entry.code, label, entry.place, current, shown)
        found.lines.append(Line(*told, verdict, reason, beside))

    if before is not None and before.is_same and _tidied(Beside.of(entry)) == Beside.of(before):
        add(current, "same")
        return
    if isinstance(text, Misread):
        add(plain(entry.value), "refused", why_refused(text, lang))
        return
    if before is not None and before.is_same:
        # Only what stands beside it was touched; a figure that others gave stays theirs.
        text = str(own.get("v", ""))
    there, beside = Beside.kept(own), _beside(entry, text, own, before)
    if (text, beside) == (own.get("v", ""), there) or not (own or text or beside.note):
        add(current, "same")
        return
    found.written[target.fact] = Written(text, report.number, *(one[:MOST_BESIDE] for one in beside))
    names = (_("As of"), _("Source"), _("Note"))
    moved = tuple(one for one in zip(names, there, beside, strict=True) if one[1] != one[2])
    shown = shown_text(target, text, lang) if text or own.get("v") else current
    add(shown, "changed" if own.get("v") else "new", beside=moved)


def _beside(entry: Entry, text: str, own: Mapping[str, Any], before: Before | None) -> Beside:
    """Return what would stand beside a figure.

    What was filled in there and that nobody touched stays as the report has it. Where the form came without it, it was
    never seen: it stays beside the same figure, and goes with another one.
    """
    there, given = Beside.kept(own), Beside.of(entry)
    if before is None:
        seen = there if text == own.get("v", "") else _NOTHING
        return Beside(*(new or old for new, old in zip(given, seen, strict=True)))
    filled = Beside.of(before)
    kept = [old if tidy(new) == was else new for new, was, old in zip(given, filled, there, strict=True)]
    if text and not own.get("v"):
        # A figure that differs from the one that was supplied is of the same day, but not from the same source.
        kept[0] = kept[0] or given.as_of
    return Beside(*kept)


def _tidied(beside: Beside) -> Beside:
    return Beside(*map(tidy, beside))


def _unknown(framework: Framework, entry: Entry, lang: str) -> str:
    """Say what the framework does not know: the criterion, the shared fact, or the input of the criterion."""
    if not entry.code:
        return phrase("D105", lang, name=entry.input)
    criterion = framework.criteria.get(entry.code)
    if criterion is None:
        return phrase("D104", lang, name=entry.code)
    # What the file calls its inputs is not printed: people know letters and labels.
    inputs = [(letter(criterion, one), one.label) for one in asked(framework, criterion)]
    known = "; ".join(f"{printed} ({label})" if printed else label for printed, label in inputs)
    return phrase("D106" if known else "D107", lang, name=entry.input, code=entry.code, known=known)


def _located(entry: Entry, words: str) -> str:
    return f"{entry.place}: {words}" if entry.place else words
