"""The sheets of a form: general information, then a sheet per dimension; only the fields are unlocked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from chiso.quantity import local_text
from chiso.workbook.form_columns import HEADER, Columns, general_columns, section_columns
from chiso.workbook.form_map import Asked, FormMap
from chiso.workbook.form_phrases import phrase
from chiso.workbook.look import ACCENT, FIELD, PALE, SHOWN, Book, height, lines_needed, page
from chiso.workbook.markup import cell_name
from chiso.workbook.questions import Block, General, Question, Questionnaire, Section, has, is_plain
from chiso.workbook.validation import Fields

#: The columns that say something about a whole criterion.
_ABOUT = ("max", "rule", "help", "lead", "support", "due")
_AGENCIES = ("lead", "support", "due")

#: More units than this do not fit the width of a page.
_FIT_UNITS = 4

#: What people may still do on a protected sheet: make columns and rows fit their screen.
_ALLOWED = {"format_columns": True, "format_rows": True}


@dataclass(frozen=True, slots=True)
class Progress:
    """One line of the count of progress: how many fields a sheet has, and the formula that counts those filled."""

    sheet: str
    title: str
    most: str
    fields: int
    filled: str


class FormWriter:
    """Writes the sheets that ask; ``map`` says afterwards which cell holds what."""

    def __init__(self, book: Book, asked: Questionnaire, form_map: FormMap, lang: str) -> None:
        self.book, self.asked, self.map, self.lang = book, asked, form_map, lang
        self.fields = Fields(book, lang)
        self._homes: dict[str, tuple[str, int]] = {}
        about = [key for key in ("help", *_AGENCIES) if not has(asked.sections, key)]
        maturity = asked.framework.is_maturity
        self._absent = [*about, "max"] if maturity else about
        #: Columns that go by another name in this framework.
        self.rename = {"rule": "targets"} if maturity else {}

    def write(self) -> list[Progress]:
        """Write all sheets and return how to count what is filled in."""
        return [self._general(), *(self._section(section) for section in self.asked.sections)]

    def say(self, code: str, **data: object) -> str:
        """Return the words of the form for a code."""
        return phrase(code, self.lang, **data)

    # -- general information

    def _general(self) -> Progress:
        columns = general_columns(self.map.units)
        page_ = _Page(self, self.say("general"), columns, self.say("general"))
        rows = list(self.asked.general)
        if not self.map.units and not any(row.is_name for row in rows):
            rows.insert(0, General("", self.say("unit_name"), None, "", "", "", is_name=True))
        for row in rows:
            self._information(page_, row)
        if self.asked.shared:
            page_.title_row(self.say("shared"))
            for row in self.asked.shared:
                self._information(page_, row)
        return page_.finish()

    def _information(self, page_: _Page, row: General) -> None:
        question = row.question
        personal = self.say("personal") if row.personal else ""
        note = "\n".join(part for part in (row.label, row.note, personal) if part)
        unit = question.unit if question else ""
        page_.set_height([(note, "information"), (unit, "unit"), (row.provider, "provider"), (row.used_by, "used_by")])
        page_.text("no", row.no, align="center")
        page_.text("information", note)
        page_.text("unit", unit, align="center")
        page_.text("provider", row.provider)
        page_.text("used_by", row.used_by)
        if row.is_name and self.map.units:
            for column, name in zip(page_.columns.fields, self.map.units, strict=True):
                page_.sheet.write_string(page_.row, column, name, self.book.cell(bg_color=SHOWN))
            page_.blank("source", "as_of", "note")
        else:
            page_.ask(question or Question("", "", row.label, "text"))
            if row.is_name:
                self.map.unit_at = (page_.name, (page_.row, page_.columns.fields[0]))
        if question is not None and question.input:
            self._homes[question.input] = (page_.name, page_.row)
        page_.row += 1

    def home(self, question: Question, column: int) -> str:
        """Return the cell of general information that holds a shared figure, as a formula shows it."""
        sheet, row = self._homes[question.shown]
        cell = f"'{sheet.replace(chr(39), chr(39) * 2)}'!{cell_name(row, column)}"
        return f'=IF({cell}="","",{cell})'

    # -- dimensions

    def _section(self, section: Section) -> Progress:
        one = section.dimension
        columns = section_columns(self.map.units, self._absent)
        most = "" if one.max_points is None else local_text(one.max_points, self.lang)
        code = "dimension_max" if most else "dimension"
        page_ = _Page(self, one.title, columns, self.say(code, number=one.code, title=one.title, max=most), most)
        for block in section.blocks:
            if block.criterion.criteria:
                self._heading(page_, block)
            else:
                self._block(page_, block)
        return page_.finish()

    def _heading(self, page_: _Page, block: Block) -> None:
        """Write a criterion that is the sum of others."""
        about = [(str(getattr(block, key)), key) for key in _ABOUT if key != "max"]
        page_.set_height([(block.title, "criterion"), *about])
        fill = {"bg_color": PALE, "bold": True}
        for column in range(page_.columns.count):
            page_.sheet.write_blank(page_.row, column, None, self.book.cell(**fill))
        page_.text("code", block.criterion.code, **fill)
        page_.text("criterion", block.title, **fill)
        self._about(page_, block, page_.row, page_.row, _ABOUT, bg_color=PALE)
        page_.row += 1

    def _block(self, page_: _Page, block: Block) -> None:
        """Write a criterion and its fields; what is said of the criterion spans their rows."""
        plain = is_plain(block)
        first, count = page_.row, 1 if plain else 1 + len(block.questions)
        own = any(question.lead or question.support or question.due for question in block.questions)
        spanning = [key for key in _ABOUT if key in page_.columns and not (own and key in _AGENCIES)]
        heights = self._heights(page_.columns, block, spanning, plain=plain)
        page_.set_height([], heights[0])
        page_.text("code", block.criterion.code, bold=True)
        page_.text("criterion", block.title, bold=True)
        if plain:
            self._field(page_, block.questions[0])
        else:
            page_.text("unit", "")
            words = "" if block.questions else self.say("not_asked")
            page_.fill_fields(words)
        if own:
            self._about(page_, block, first, first, _AGENCIES)
        self._about(page_, block, first, first + count - 1, spanning)
        page_.row += 1
        for question, room in zip(block.questions if not plain else (), heights[1:], strict=True):
            self._question(page_, question, room, own=own)

    def _question(self, page_: _Page, question: Question, room: float, *, own: bool) -> None:
        page_.set_height([], room)
        page_.text("code", question.letter, align="center", italic=True)
        page_.text("criterion", self._label(question), indent=1)
        self._field(page_, question)
        if own:
            for key, words in zip(_AGENCIES, (question.lead, question.support, [question.due]), strict=True):
                page_.text(key, "; ".join(words))
        page_.row += 1

    def _label(self, question: Question) -> str:
        code = "optional_share" if question.type == "share" else "optional"
        return (question.label or self.say("value")) + (self.say(code) if question.optional else "")

    def _field(self, page_: _Page, question: Question) -> None:
        page_.text("unit", question.unit, align="center")
        if question.shown:
            page_.show(question)
        else:
            page_.ask(question)

    def _about(
        self, page_: _Page, block: Block, first: int, last: int, keys: Sequence[str], **properties: object
    ) -> None:
        most = block.criterion.max_points
        words = {
            "max": "" if most is None else local_text(most, self.lang),
            "rule": block.rule,
            "help": block.help,
            "lead": block.lead,
            "support": block.support,
            "due": block.due,
        }
        for key in keys:
            if key in page_.columns:
                look = {"align": "center", "bold": True} if key == "max" else {}
                page_.span(key, first, last, words[key], **{**look, **properties})

    def _heights(self, columns: Columns, block: Block, spanning: Sequence[str], *, plain: bool) -> list[float]:
        """Return the heights of the rows of a criterion: enough for each, and together for what spans them."""
        field = columns.width("value")
        title = [(block.title, columns.width("criterion") * 0.93)]
        rows = [[*title, *_answers(block.questions[0], field)]] if plain else [title]
        for question in () if plain else block.questions:
            agencies = [(_joined(question, key), columns.width(key)) for key in _AGENCIES if key in columns]
            label = [(self._label(question), columns.width("criterion") * 0.95)]
            unit = (question.unit, columns.width("unit"))
            rows.append([*label, unit, *_answers(question, field), *agencies])
        if spanning and not set(_AGENCIES) <= {*spanning, *self._absent}:
            rows[0] += [(getattr(block, key), columns.width(key)) for key in _AGENCIES if key in columns]
        heights = [height(row) for row in rows]
        spans = [(text, columns.width(key)) for key in spanning if (text := getattr(block, key, "")) and key != "max"]
        missing = height(spans) - sum(heights)
        return [one + max(missing, 0.0) / len(heights) for one in heights]


def _joined(question: Question, key: str) -> str:
    words = getattr(question, key)
    return words if isinstance(words, str) else "; ".join(words)


def _answers(question: Question, width: float) -> list[tuple[str, float]]:
    """Return the longest answer that a field may come to show."""
    labels = [(option.label, width) for option in question.options]
    return [max(labels, key=lambda one: lines_needed(*one))] if labels else []


class _Page:
    """One sheet of a form while it is being written; ``row`` is the current row."""

    def __init__(self, writer: FormWriter, name: str, columns: Columns, title: str, most: str = "") -> None:
        self.writer, self.columns, self.title, self.most = writer, columns, title, most
        self.book = writer.book
        self.sheet: Worksheet = self.book.sheet(name)
        self.name: str = self.sheet.get_name()
        self._fields = 0
        heading = self.book.format(bold=True, font_size=14, font_color=ACCENT, text_wrap=False)
        hint = self.book.format(italic=True, text_wrap=False)
        self.sheet.write_string(0, 0, title, heading)
        self.sheet.write_string(1, 0, writer.say("how_1"), hint)
        columns.write_header(self.book, self.sheet, writer.lang, rename=writer.rename)
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
        self.sheet.write_string(first, column, words, look)

    def title_row(self, words: str) -> None:
        """Write a heading across the sheet."""
        look = self.book.cell(bold=True, bg_color=PALE)
        self.sheet.merge_range(self.row, 0, self.row, self.columns.count - 1, "", look)
        self.sheet.write_string(self.row, 0, words, look)
        self.row += 1

    def set_height(self, texts: Sequence[tuple[str, str]], least: float = 0.0) -> None:
        """Make the current row high enough for texts in columns."""
        room = height([(text, self.columns.width(key)) for text, key in texts if key in self.columns])
        self.sheet.set_row(self.row, max(room, least))

    def ask(self, question: Question) -> None:
        """Make the fields of the current row: one a unit, then source, as-of date and note."""
        columns = self.columns
        for column in columns.fields:
            self.sheet.write_blank(self.row, column, None, self._look(question))
        for key in ("source", "as_of", "note"):
            look = self.book.cell(locked=False, bg_color=FIELD, num_format="@")
            self.sheet.write_blank(self.row, columns[key], None, look)
        self.writer.fields.validate(self.sheet, self.row, columns.fields[0], columns.fields[-1], question)
        self.sheet.write_number(self.row, columns.mark, 1)
        self._fields += len(columns.fields)
        if question.input:
            beside = ((self.row, columns[key]) for key in ("source", "as_of", "note"))
            cell = (self.row, columns.fields[0])
            self.writer.map.asked.append(Asked(self.name, cell, question.code, question.input, *beside))

    def show(self, question: Question) -> None:
        """Show a shared figure again."""
        look = self._look(question, locked=True, bg_color=SHOWN)
        for column in self.columns.fields:
            self.sheet.write_formula(self.row, column, self.writer.home(question, column), look, "")
        where = self.writer.say("from_general", general=self.writer.say("general"))
        self.text("source", where, bg_color=SHOWN, italic=True)
        self.blank("as_of", "note")

    def fill_fields(self, words: str) -> None:
        """Lock the fields of a row that asks nothing."""
        look = self.book.cell(bg_color=SHOWN, italic=True)
        for column in self.columns.fields:
            self.sheet.write_string(self.row, column, words if column == self.columns.fields[0] else "", look)
        self.blank("source", "as_of", "note")

    def finish(self) -> Progress:
        """Protect the sheet, set up its printing, and return how to count what is filled in."""
        last = max(self.row - 1, HEADER + 1)
        self.sheet.protect("", _ALLOWED)
        self.sheet.print_area(0, 0, last, self.columns.count - 1)
        fits = len(self.columns.units) <= _FIT_UNITS
        page(self.sheet, repeat=(HEADER, HEADER), footer=self.writer.asked.framework.title[self.writer.lang], fit=fits)
        if not fits:
            self.sheet.repeat_columns(0, self.columns.fields[0] - 1)
        quoted = "'" + self.name.replace("'", "''") + "'"

        def area(first: int, final: int) -> str:
            start, end = cell_name(HEADER + 1, first), cell_name(last, final)
            return f"{quoted}!{start}:{end}"

        marks = area(self.columns.mark, self.columns.mark)
        fields = area(self.columns.fields[0], self.columns.fields[-1])
        return Progress(self.name, self.title, self.most, self._fields, f'=SUMPRODUCT(({marks}=1)*({fields}<>""))')

    def _look(self, question: Question, **properties: object) -> Format:
        numeric = question.type not in ("choice", "yes_no", "text", "document", "date")
        look: dict[str, object] = {"locked": False, "bg_color": FIELD, "align": "right" if numeric else "left"}
        if question.type in ("count", "days"):
            look["num_format"] = "#,##0"
        elif question.type == "text":
            look["num_format"] = "@"
        return self.book.cell(**{**look, **properties})
