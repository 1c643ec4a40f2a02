"""Which rows belong to one set of criteria: a document may hold several, with information and tables of structure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from chiso.decree.document.shape import Paragraph
from chiso.decree.language.codes import order
from chiso.decree.language.letters import folded, shouted
from chiso.decree.language.numbers import most_points
from chiso.decree.language.vocabulary import words
from chiso.decree.table.columns import Columns
from chiso.decree.table.ledger import Ledger
from chiso.decree.table.lines import Event, Key, Line, Piece, Section, TableStart, Unread
from chiso.decree.table.section_headings import heading_code
from chiso.decree.table.targets import MET

#: Most lines of a title.
_TITLE_LINES = 4
#: What stands above the title of a regulation.
_TYPES = frozenset(folded(one) for one in words("legal")["types"])

Mode = Literal["criteria", "information", "summary", "guidance", "other"]


@dataclass
class RowSet:
    """The rows of one set, as printed, with the paragraphs that head it."""

    headings: list[Paragraph] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    information: list[Line] = field(default_factory=list)
    sections: dict[int, list[Paragraph]] = field(default_factory=dict)
    columns: Columns | None = None
    seen: set[str] = field(default_factory=set)
    area: str = ""

    @property
    def outer(self) -> str | None:
        """Return the kind of number that the outermost rows have."""
        return next((line.code.kind for line in self.lines if line.code is not None), None)


@dataclass
class Summary:
    """A table that only counts criteria and points, with the paragraphs before it."""

    before: list[Paragraph]
    lines: list[Line] = field(default_factory=list)


@dataclass
class Contents:
    """Everything that a document holds besides its prose: sets, tables of structure, tables that are neither."""

    sets: list[RowSet] = field(default_factory=list)
    summaries: list[Summary] = field(default_factory=list)
    unread: list[Unread] = field(default_factory=list)


def begins(text: str, section: str) -> bool:
    """Tell whether words begin as a section of this kind does, whatever its number."""
    plain = folded(text)
    number = _NUMBER.match(plain)
    return plain.startswith(tuple(words("sections")[section]), number.end() if number else 0)


#: The number of a section, as compared.
_NUMBER = re.compile(r"(?:[ivx]{1,5}|[a-z]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:]\s*|phan\s+(?:[ivx]+|\d+|[a-z])\W+")


def contents_of(events: Iterable[Event], ledger: Ledger) -> Contents:
    """Sort the rows of a document into sets."""
    sorter = _Sorter(ledger)
    for event in events:
        sorter.take(event)
    return sorter.finished()


class _Sorter:
    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.found = Contents()
        self.recent: list[Paragraph] = []
        self.current: RowSet | None = None
        self.information: list[Line] = []
        self.information_headings: list[Paragraph] = []
        self.mode: Mode = "other"
        self.columns: Columns | None = None
        self.fresh = False
        self.guidance: list[Line] = []

    def take(self, event: Event) -> None:
        if not isinstance(event, Line):
            self._guide()
        if isinstance(event, Section):
            self.recent.append(event.paragraph)
        elif isinstance(event, Unread):
            self.found.unread.append(event)
            self.mode = "other"
        elif isinstance(event, TableStart):
            self._start(event)
        else:
            self._line(event)

    def _start(self, event: TableStart) -> None:
        columns, self.fresh = event.columns, True
        if columns.summary:
            self.mode = "summary"
            self.found.summaries.append(Summary(self._headings()))
        elif self._guides(columns):
            self.mode = "guidance"
        elif columns.scored:
            if not (self._same_again(event) and self.mode in ("criteria", "information")):
                self.mode = "criteria"
        elif not (self._same_again(event) and self.mode in ("information", "criteria")):
            self.mode = "information" if self._informs(columns) else "other"
            if self.mode == "information":
                self.information, self.information_headings = [], list(self.recent)
        self.columns = columns

    def _guides(self, columns: Columns) -> bool:
        """Tell whether a table may say how criteria are scored that another table names: it has no points."""
        known = self.current is not None and self.current.columns is not None and self.current.columns.has("max_points")
        return known and columns.has("code", "title", "rule") and not (columns.has("max_points") or columns.levels)

    def _guide(self) -> None:
        """Give the rows of a table without points to the criteria of the same numbers and names; else they are rows."""
        lines, self.guidance = self.guidance, []
        numbered = [line for line in lines if line.code is not None]
        found = max(
            ({_named(line): line for line in one.lines if line.code is not None} for one in reversed(self.found.sets)),
            key=lambda known: sum(_named(line) in known for line in numbered),
            default={},
        )
        if 2 * sum(_named(line) in found for line in numbered) < len(numbered) or not numbered:
            self.mode = "criteria" if lines else self.mode
            for line in lines:
                self._criterion(line)
            return
        target: Line | None = None
        for line in lines:
            target = found.get(_named(line)) if line.code is not None else target
            if target is not None:
                self._add_guidance(line, target)

    def _add_guidance(self, line: Line, target: Line) -> None:
        for key, pieces in line.pieces.items():
            if line.code is not None and key in ("code", "title"):
                self.ledger.set_aside(line.spots(key), "repeated")
            elif line.code is not None:
                target.pieces.setdefault(key, pieces)
            else:
                target.pieces.setdefault("rule" if key == "title" else key, []).extend(pieces)

    def _same_again(self, event: TableStart) -> bool:
        """Tell whether a table goes on with the one before it, with or without its headings."""
        return event.carried or (self.columns is not None and self.columns.headings == event.columns.headings)

    def _informs(self, columns: Columns) -> bool:
        said = any(begins(paragraph.text, "information") for paragraph in self.recent[-3:])
        return columns.has("title") and (said or any(begins(heading, "information") for heading in columns.headings))

    def _headings(self) -> list[Paragraph]:
        found, self.recent = self.recent, []
        return found

    def _line(self, line: Line) -> None:
        if self.mode == "summary":
            self.found.summaries[-1].lines.append(line)
        elif self.mode == "guidance":
            self.guidance.append(line)
        elif self.mode == "information" and not self._ends_information(line):
            self._inform(line)
        elif self.mode == "criteria" or self.mode == "information":
            self.mode = "criteria"
            self._criterion(line)

    def _ends_information(self, line: Line) -> bool:
        return begins(line.text("title"), "criteria") or (self.columns is not None and line.max_points is not None)

    def _inform(self, line: Line) -> None:
        if begins(line.text("title"), "information") and line.max_points is None:
            self._aside(line)
            return
        self.information.append(line)

    def _aside(self, line: Line) -> None:
        for key in line.pieces:
            self.ledger.set_aside(line.spots(key), "section")

    def _criterion(self, line: Line) -> None:
        title = line.text("title")
        if begins(title, "information") and line.max_points is None:
            self.mode = "information"
            self.information, self.information_headings = [], list(self.recent)
            self._aside(line)
            return
        if begins(title, "criteria") and line.max_points is None and not line.text("rule"):
            self._aside(line)
            return
        if self.current is None or self.information or self._restarts(line):
            self._new_set()
        assert self.current is not None
        if self.recent:
            self.current.sections.setdefault(len(self.current.lines), []).extend(self._headings())
        self.current.lines.append(line)
        if line.code is not None:
            self.current.seen.add(line.code.text)
        if self.columns is not None and (self.current.columns is None or self.columns.levels):
            self.current.columns = self.columns
        self.fresh = False

    def _restarts(self, line: Line) -> bool:
        """Tell whether the numbering of the outermost rows begins again: another set."""
        current = self.current
        if current is None or line.code is None or line.code.text not in current.seen:
            return False
        if line.code.kind != current.outer or not any(one.max_points or one.columns for one in current.lines):
            return False
        first = next(one.code for one in current.lines if one.code is not None)
        if line.code.word != first.word:
            return False
        restarted = order(line.code.text.rpartition(" ")[2]) <= order(first.text.rpartition(" ")[2])
        return restarted and (self._appendix() or (self.fresh and not self._goes_on()))

    def _goes_on(self) -> bool:
        """Tell whether a heading says that a set goes on: "II. ..." and not "I. ..."."""
        code = heading_code(self.recent)
        return code is not None and code.text.rpartition(" ")[2] not in ("I", "A", "1")

    def _appendix(self) -> bool:
        return any(begins(paragraph.text, "appendix") for paragraph in self.recent)

    def _new_set(self) -> None:
        headings = [*self.information_headings, *self.recent] if self.information else list(self.recent)
        self.recent = []
        self.current = RowSet(headings=_unique(headings), information=self.information)
        self.information, self.information_headings = [], []
        self.found.sets.append(self.current)

    def finished(self) -> Contents:
        self._guide()
        self.found.sets = [each for one in self.found.sets if _is_set(one) for each in _by_area(one, self.ledger)]
        return self.found


def _named(line: Line) -> tuple[str, str]:
    """Return number and name of a row, as they are compared."""
    return (line.code.text if line.code is not None else "", folded(line.text("title")).strip(" .;:"))


def _unique(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    found: list[Paragraph] = []
    for paragraph in paragraphs:
        if paragraph not in found:
            found.append(paragraph)
    return found


def _is_set(rows: RowSet) -> bool:
    """Tell whether rows are criteria: some have points, a rule or levels, and some are numbered."""
    columns = rows.columns
    marked = any(line.max_points is not None for line in rows.lines) or (columns is not None and bool(columns.levels))
    return marked and sum(line.code is not None for line in rows.lines) >= 2


def _by_area(rows: RowSet, ledger: Ledger) -> list[RowSet]:
    """Return a set for each area where a table says in a column of its own what each has to reach."""
    columns = rows.columns
    if columns is None or not columns.areas:
        return [rows]
    found = []
    for column, number in columns.levels.items():
        key: Key = "max_points" if columns.by_kind else 1
        own = replace(columns, areas=False, by_kind=False, levels={}, names={})
        if columns.by_kind:
            own = replace(own, roles=tuple("max_points" if n == column else role for n, role in enumerate(own.roles)))
        else:
            own = replace(own, levels={column: 1}, names={1: MET})
        lacking = [line for line in rows.lines if columns.by_kind and _lacks(line, number)]
        for line in lacking:
            ledger.set_aside(line.spots(number), "no_number")
        lines = [_of_area(line, number, key, own) for line in rows.lines if line not in lacking]
        found.append(replace(rows, lines=lines, columns=own, area=columns.names[number]))
    return found


def _lacks(line: Line, number: int) -> bool:
    """Tell whether a row gives points to others, and none to this kind of units: it does not hold for them."""
    others = [key for key in line.pieces if isinstance(key, int) and key != number]
    return most_points(line.text(number)) in (None, 0) and any(most_points(line.text(key)) for key in others)


def _of_area(line: Line, number: int, key: Key, columns: Columns) -> Line:
    """Return a row with what it asks of one area alone."""
    pieces: dict[Key, list[Piece]] = {key: value for key, value in line.pieces.items() if not isinstance(key, int)}
    if number in line.pieces:
        pieces[key] = line.pieces[number]
    return replace(line, pieces=pieces, columns=columns)


def title_lines(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the title of a set: what stands just above "(Kèm theo Quyết định số ...)", below its appendix."""
    enclosed = [at for at, one in enumerate(paragraphs) if re.match(r"\W*(?:ban hanh )?kem theo\b", folded(one.text))]
    if not enclosed or any(begins(one.text, "appendix") for one in paragraphs[enclosed[-1] :]):
        return []
    found: list[str] = []
    for paragraph in reversed(paragraphs[: enclosed[-1]]):
        text = paragraph.text
        looks = paragraph.bold or paragraph.centred or shouted(text)
        bare = bool(re.fullmatch(r"(?:phu luc|bieu mau|mau|phu bieu)(?: so)?[ .:]*[ivx\d]*[ .:]*", folded(text)))
        if bare or not looks or len(found) > _TITLE_LINES or text.rstrip().endswith((".", ";", "./.")):
            break
        if folded(text).strip(" :") in _TYPES and found:
            break
        found.insert(0, text)
        if begins(text, "appendix"):
            break
    return found


def heading_lines(paragraphs: Sequence[Paragraph]) -> list[str]:
    """Return the lines that head a set: from its appendix on, capitals or bold, up to what follows in brackets."""
    start = 0
    for at, paragraph in enumerate(paragraphs):
        if begins(paragraph.text, "appendix"):
            start = at
    return [paragraph.text for paragraph in paragraphs[start:] if paragraph.bold or shouted(paragraph.text)]
