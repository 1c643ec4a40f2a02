"""One sheet of a form while it is being written: its fields, what is known already, and what is only shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chiso.workbook.columns import words_of
from chiso.workbook.form_columns import HEADER, Columns
from chiso.workbook.form_map import NEEDED, OPTIONAL, Asked, FormMap, KeptOrigin, mark_of
from chiso.workbook.form_phrases import phrase
from chiso.workbook.known import Known, KnownCell, Shown
from chiso.workbook.look import ACCENT, FIELD, PALE, SHOWN, Book, height, page
from chiso.workbook.markup import cell_name
from chiso.workbook.questions import Question
from chiso.workbook.validation import Fields

#: More units than this do not fit the width of a page.
_FIT_UNITS = 4

#: What people may still do on a protected sheet: make columns and rows fit their screen.
_ALLOWED = {"format_columns": True, "format_rows": True}

#: The columns beside a figure that say where it comes from.
BESIDE = ("source", "as_of", "note")

#: Longest text of a cell.
_MAX_TEXT = 32_767


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of the count of progress: how many fields a sheet has, and the formula that counts those filled."""

    sheet: str
    title: str
    most: str
    fields: int
    filled: str
    known: int = 0


@dataclass(frozen=True)
class Form:
    """What all sheets of a form share: the workbook, what is known, the map that says which cell holds what."""

    book: Book
    map: FormMap
    known: Known
    fields: Fields
    lang: str
    #: Columns that go by another name in this framework.
    rename: Mapping[str, str]
    footer: str

    def say(self, code: str, **data: object) -> str:
        """Return the words of the form for a code."""
        return phrase(code, self.lang, **data)


class Page:
    """One sheet of a form while it is being written; ``row`` is the current row."""

    def __init__(self, form: Form, name: str, columns: Columns, title: str, most: str = "", hint: str = "") -> None:
        self.form, self.columns, self.title, self.most = form, columns, title, most
        self.book = form.book
        self.sheet: Worksheet = self.book.sheet(name)
        self.name: str = self.sheet.get_name()
        self._fields = self._known = 0
        heading = self.book.format(bold=True, font_size=14, font_color=ACCENT, text_wrap=False)
        self.sheet.write_string(0, 0, title, heading)
        self.sheet.write_string(1, 0, hint or form.say("how_1"), self.book.format(italic=True, text_wrap=False))
        columns.write_header(self.book, self.sheet, form.lang, rename=form.rename)
        self.row = HEADER + 1

    def text(self, key: str, words: str, **properties: object) -> None:
        """Write words into a locked cell of the current row."""
        if key in self.columns:
            self.sheet.write_string(self.row, self.columns[key], words, self.book.cell(**properties))

    def blank(self, *keys: str) -> None:
        """Frame empty locked cells of the current row."""
        for key in keys:
            self.text(key, "", bg_color=SHOWN)

    def span(self, key: str, first: int, last: int, words: str, **properties: object) -> None:
        """Write words into a cell that spans rows."""
        look, column = self.book.cell(**properties), self.columns[key]
        if last > first:
            self.sheet.merge_range(first, column, last, column, "", look)
        self.sheet.write_string(first, column, words[:_MAX_TEXT], look)

    def title_row(self, words: str) -> None:
        """Write a heading across the sheet."""
        look = self.book.cell(bold=True, bg_color=PALE)
        self.sheet.merge_range(self.row, 0, self.row, self.columns.count - 1, "", look)
        self.sheet.write_string(self.row, 0, words, look)
        self.row += 1

    def text_row(self, words: str) -> None:
        """Write words across the sheet."""
        look, last = self.book.cell(), self.columns.count - 1
        self.sheet.merge_range(self.row, 0, self.row, last, "", look)
        self.sheet.write_string(self.row, 0, words[:_MAX_TEXT], look)
        self.sheet.set_row(self.row, height([(words, sum(self.columns.width(key) for key in self.columns.keys))]))
        self.row += 1

    def set_height(self, texts: Sequence[tuple[str, str]], least: float = 0.0) -> None:
        """Make the current row high enough for texts in columns."""
        room = height([(text, self.columns.width(key)) for text, key in texts if key in self.columns])
        self.sheet.set_row(self.row, max(room, least))

    def beside(self, question: Question) -> list[tuple[str, str]]:
        """Return what will stand beside a question, by column."""
        source, as_of, note = _common(self.form.known.row(question)) or ("", "", "")
        return [(source, "source"), (as_of, "as_of"), (note, "note")]

    def known_text(self, question: Question) -> str:
        """Return the text that is known already."""
        known = self.form.known.row(question)
        return str(known[0].shown or "") if known and known[0] else ""

    def ask(self, question: Question) -> None:
        """Make the fields of the current row: one a unit, then source, as-of date and note."""
        columns, known = self.columns, self.form.known.row(question)
        for column, cell in zip(columns.fields, known or [None] * len(columns.fields), strict=True):
            self._fill(column, cell.shown if cell else None, self._look(question))
        common = _common(known)
        look = self.book.cell(locked=False, bg_color=FIELD, num_format="@")
        for key, words in zip(BESIDE, common or ("", "", ""), strict=True):
            self._fill(columns[key], words or None, look)
        self.form.fields.validate(self.sheet, self.row, columns.fields[0], columns.fields[-1], question)
        if question.dated:
            self.form.fields.ask_day(self.sheet, self.row, columns["as_of"])
        kind = OPTIONAL if question.optional else NEEDED
        self.sheet.write_number(self.row, columns.mark, mark_of(kind, self.row))
        if not question.optional:
            self._fields += len(columns.fields)
            self._known += sum(cell is not None and cell.shown is not None for cell in known)
        if question.input:
            places = ((self.row, columns[key]) for key in BESIDE)
            cell_at = (self.row, columns.fields[0])
            self.form.map.asked.append(Asked(self.name, cell_at, question.code, question.input, *places))
            self._keep_origins(known, apart=common is None)

    def ask_text(self, key: str, question: Question, last: int) -> None:
        """Make a field for text in a column, from the current row to ``last``; nothing stands beside it."""
        row, column, known = self.row, self.columns[key], self.form.known.row(question)
        look = self.book.cell(locked=False, bg_color=FIELD, num_format="@")
        if last > row:
            self.sheet.merge_range(row, column, last, column, "", look)
        self._fill(column, known[0].shown if known and known[0] else None, look)
        # A figure that is asked on the same row marks it again, as needed.
        self.sheet.write_number(row, self.columns.mark, mark_of(OPTIONAL, row))
        self.form.map.asked.append(Asked(self.name, (row, column), question.code, question.input))
        self._keep_origins(known[:1], column=column)

    def _fill(self, column: int, shown: Shown | None, look: Format) -> None:
        if shown is None:
            self.sheet.write_blank(self.row, column, None, look)
        elif isinstance(shown, str):
            self.sheet.write_string(self.row, column, shown[:_MAX_TEXT], look)
        else:
            self.sheet.write_number(self.row, column, shown, look)

    def _keep_origins(
        self, known: Sequence[KnownCell | None], *, apart: bool = False, column: int | None = None
    ) -> None:
        """Keep what was filled in, to know later whether somebody touched it.

        Where figures of a row come from different places (``apart``), that is said in remarks on their cells.
        ``column``: where it stands, unless among the figures.
        """
        columns = self.columns.fields if column is None else [column]
        for column, cell in zip(columns, known or [None] * len(columns), strict=True):
            if cell is None:
                continue
            shown = "" if cell.shown is None else words_of(cell.shown)
            self.form.map.origins[self.name, (self.row, column)] = KeptOrigin(shown, *cell.origin, apart=apart)
            if apart and any(cell.origin):
                words = [f"{self.form.say(key)}: {text}" for key, text in zip(BESIDE, cell.origin, strict=True) if text]
                self.sheet.write_comment(self.row, column, "\n".join(words)[:_MAX_TEXT], {"x_scale": 2})

    def show(self, question: Question, home: tuple[str, int]) -> None:
        """Show a shared figure again; ``home``: the sheet and row where it is asked."""
        sheet, row = home
        look, known = self._look(question, locked=True, bg_color=SHOWN), self.form.known.row(question)
        for column, one in zip(self.columns.fields, known or [None] * len(self.columns.fields), strict=True):
            cell = f"'{sheet.replace(chr(39), chr(39) * 2)}'!{cell_name(row, column)}"
            value = "" if one is None or one.shown is None else one.shown
            self.sheet.write_formula(self.row, column, f'=IF({cell}="","",{cell})', look, value)
        where = self.form.say("from_general", general=self.form.say("general"))
        self.text("source", where, bg_color=SHOWN, italic=True)
        self.blank("as_of", "note")

    def fill_fields(self, words: str) -> None:
        """Lock the fields of a row that asks nothing."""
        look = self.book.cell(bg_color=SHOWN, italic=True)
        for column in self.columns.fields:
            self.sheet.write_string(self.row, column, words if column == self.columns.fields[0] else "", look)
        self.blank(*BESIDE)

    def finish(self) -> Progress:
        """Protect the sheet, set up its printing, and return how to count what is filled in."""
        last = max(self.row - 1, HEADER + 1)
        self.sheet.protect("", _ALLOWED)
        self.sheet.print_area(0, 0, last, self.columns.count - 1)
        fits = len(self.columns.units) <= _FIT_UNITS
        page(self.sheet, repeat=(HEADER, HEADER), footer=self.form.footer, fit=fits)
        if not fits:
            self.sheet.repeat_columns(0, self.columns.fields[0] - 1)
        quoted = "'" + self.name.replace("'", "''") + "'"

        def area(first: int, final: int) -> str:
            start, end = cell_name(HEADER + 1, first), cell_name(last, final)
            return f"{quoted}!{start}:{end}"

        marks = area(self.columns.mark, self.columns.mark)
        fields = area(self.columns.fields[0], self.columns.fields[-1])
        counted = f'=SUMPRODUCT((INT({marks})={NEEDED})*({fields}<>""))'
        return Progress(self.name, self.title, self.most, self._fields, counted, self._known)

    def _look(self, question: Question, **properties: object) -> Format:
        numeric = question.type not in ("choice", "yes_no", "text", "document", "date")
        look: dict[str, object] = {"locked": False, "bg_color": FIELD, "align": "right" if numeric else "left"}
        if question.type in ("count", "days"):
            look["num_format"] = "#,##0"
        elif question.type in ("text", "document", "date"):
            look["num_format"] = "@"
        return self.book.cell(**{**look, **properties})


def _common(known: Sequence[KnownCell | None]) -> tuple[str, str, str] | None:
    """Return where all figures of a row come from; None where that differs."""
    origins = list(dict.fromkeys(cell.origin for cell in known if cell is not None))
    # A remark on a figure that is not there would be taken for one on those beside it.
    lonely = len(known) > 1 and any(cell is not None and cell.shown is None for cell in known)
    if len(origins) > 1 or lonely:
        return None
    return origins[0] if origins else ("", "", "")
