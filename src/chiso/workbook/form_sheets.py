"""The sheets of a form: general information, a sheet per dimension, what those who assess decide.

Only the fields are unlocked.
"""

from __future__ import annotations

from collections.abc import Sequence

from chiso.quantity import local_text
from chiso.workbook.form_columns import general_columns, section_columns
from chiso.workbook.form_map import FormMap
from chiso.workbook.form_page import BESIDE, Form, Page, Progress
from chiso.workbook.known import Known
from chiso.workbook.look import PALE, SHOWN, Book, height, lines_needed
from chiso.workbook.questions import Block, General, Question, Questionnaire, Section, has, is_plain
from chiso.workbook.validation import Fields

#: The columns that say something about a whole criterion.
_ABOUT = ("remarks", "max", "rule", "help", "lead", "support", "due")
_AGENCIES = ("lead", "support", "due")


class FormWriter:
    """Writes the sheets that ask; ``map`` says afterwards which cell holds what."""

    def __init__(self, book: Book, asked: Questionnaire, form_map: FormMap, known: Known, lang: str) -> None:
        self.book, self.asked, self.map, self.lang = book, asked, form_map, lang
        self._homes: dict[str, tuple[str, int]] = {}
        maturity = asked.framework.is_maturity
        about = [key for key in ("help", *_AGENCIES) if not has(asked.sections, key)]
        explained = any(block.explanation for section in asked.sections for block in section.blocks)
        self._absent = [*about, *(["max"] if maturity else []), *([] if explained else ["explanation"])]
        rename = {"rule": "targets"} if maturity else {}
        self.form = Form(book, form_map, known, Fields(book, lang), lang, rename, asked.framework.title[lang])
        self.say = self.form.say

    def write(self) -> list[Progress]:
        """Write all sheets and return how to count what a unit fills in."""
        filled = [self._general(), *(self._section(section) for section in self.asked.sections)]
        if self.asked.decisions:
            self._decisions()
        return filled

    # -- general information

    def _general(self) -> Progress:
        columns = general_columns(self.map.units)
        page_ = Page(self.form, self.say("general"), columns, self.say("general"))
        rows = list(self.asked.general)
        if not self.map.units and not any(row.is_name for row in rows):
            rows.insert(0, General("", self.say("unit_name"), None, "", "", "", is_name=True))
        for row in rows:
            self._information(page_, row)
        if self.asked.registered is not None:
            self._information(page_, self.asked.registered)
        if self.asked.shared:
            page_.title_row(self.say("shared"))
            for row in self.asked.shared:
                self._information(page_, row)
        if self.asked.remarks:
            page_.title_row(self.say("remarks"))
            page_.text_row(self.asked.remarks)
        return page_.finish()

    def _information(self, page_: Page, row: General) -> None:
        question = row.question
        personal = self.say("personal") if row.personal else ""
        note = "\n".join(part for part in (row.label + self._day(question), row.note, personal) if part)
        unit = question.unit if question else ""
        beside = page_.beside(question) if question else []
        about = [(unit, "unit"), (row.provider, "provider"), (row.used_by, "used_by")]
        names = [(name, "value") for name in self.map.units] if row.is_name else []
        if question is not None and question.type == "text":
            names.append((page_.known_text(question), "value"))
        page_.set_height([(note, "information"), *names, *about, *beside])
        page_.text("no", row.no, align="center")
        page_.text("information", note)
        page_.text("unit", unit, align="center")
        page_.text("provider", row.provider)
        page_.text("used_by", row.used_by)
        if row.is_name and self.map.units:
            for column, name in zip(page_.columns.fields, self.map.units, strict=True):
                page_.sheet.write_string(page_.row, column, name, self.book.cell(bg_color=SHOWN))
            page_.blank(*BESIDE)
        elif row.elsewhere:
            page_.fill_fields(self.say("elsewhere"))
        else:
            page_.ask(question or Question("", "", row.label, "text"))
            if row.is_name:
                self.map.unit_at = (page_.name, (page_.row, page_.columns.fields[0]))
        if question is not None and question.input:
            self._homes[question.input] = (page_.name, page_.row)
        page_.row += 1

    # -- dimensions

    def _section(self, section: Section) -> Progress:
        one = section.dimension
        unsaid = [] if has((section,), "remarks") else ["remarks"]
        columns = section_columns(self.map.units, [*self._absent, *unsaid])
        most = "" if one.max_points is None else local_text(one.max_points, self.lang)
        code = "dimension_max" if most else "dimension"
        page_ = Page(self.form, one.title, columns, self.say(code, number=one.code, title=one.title, max=most), most)
        for block in section.blocks:
            if block.criterion.criteria:
                self._heading(page_, block)
            else:
                self._block(page_, block)
        return page_.finish()

    def _decisions(self) -> None:
        """Write what those who assess decide: a unit leaves it empty, so it counts in no progress."""
        columns = section_columns(self.map.units, ["explanation", *(key for key in _ABOUT if key != "max")])
        page_ = Page(self.form, self.say("assessing"), columns, self.say("assessing"), hint=self.say("assessing_hint"))
        for section in self.asked.decisions:
            page_.title_row(self.say("dimension", number=section.dimension.code, title=section.dimension.title))
            for block in section.blocks:
                self._block(page_, block)
        page_.finish()

    def _heading(self, page_: Page, block: Block) -> None:
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

    def _block(self, page_: Page, block: Block) -> None:
        """Write a criterion and its fields; what is said of the criterion spans their rows."""
        plain = is_plain(block)
        first, count = page_.row, 1 if plain else 1 + len(block.questions)
        own = any(question.lead or question.support or question.due for question in block.questions)
        spanning = [key for key in _ABOUT if key in page_.columns and not (own and key in _AGENCIES)]
        heights = self._heights(page_, block, spanning, plain=plain)
        page_.set_height([], heights[0])
        page_.text("code", block.criterion.code, bold=True)
        page_.text("criterion", block.title, bold=True)
        if block.explanation is not None:
            page_.ask_text("explanation", block.explanation, first + count - 1)
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

    def _question(self, page_: Page, question: Question, room: float, *, own: bool) -> None:
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
        optional = self.say(code) if question.optional else ""
        return (question.label or self.say("value")) + optional + self._day(question)

    def _day(self, question: Question | None) -> str:
        """Say that a figure wants the day on which something was done."""
        return self.say("asks_day", as_of=self.say("as_of")) if question is not None and question.dated else ""

    def _field(self, page_: Page, question: Question) -> None:
        page_.text("unit", question.unit, align="center")
        if question.shown:
            page_.show(question, self._homes[question.shown])
        else:
            page_.ask(question)

    def _about(
        self, page_: Page, block: Block, first: int, last: int, keys: Sequence[str], **properties: object
    ) -> None:
        most = block.criterion.max_points
        words = {
            "max": "" if most is None else local_text(most, self.lang),
            "rule": block.rule,
            "remarks": block.remarks,
            "help": block.help,
            "lead": block.lead,
            "support": block.support,
            "due": block.due,
        }
        for key in keys:
            if key in page_.columns:
                look = {"align": "center", "bold": True} if key == "max" else {}
                page_.span(key, first, last, words[key], **{**look, **properties})

    def _heights(self, page_: Page, block: Block, spanning: Sequence[str], *, plain: bool) -> list[float]:
        """Return the heights of the rows of a criterion: enough for each, and together for what spans them."""
        columns = page_.columns
        field = columns.width("value")
        title = [(block.title, columns.width("criterion") * 0.93)]
        rows = [[*title, *_answers(page_, block.questions[0], field)]] if plain else [title]
        for question in () if plain else block.questions:
            agencies = [(_joined(question, key), columns.width(key)) for key in _AGENCIES if key in columns]
            label = [(self._label(question), columns.width("criterion") * 0.95)]
            unit = (question.unit, columns.width("unit"))
            rows.append([*label, unit, *_answers(page_, question, field), *agencies])
        if spanning and not set(_AGENCIES) <= {*spanning, *self._absent}:
            rows[0] += [(getattr(block, key), columns.width(key)) for key in _AGENCIES if key in columns]
        heights = [height(row) for row in rows]
        spans = [(text, columns.width(key)) for key in spanning if (text := getattr(block, key, "")) and key != "max"]
        if block.explanation is not None:
            spans.append((page_.known_text(block.explanation), columns.width("explanation")))
        missing = height(spans) - sum(heights)
        return [one + max(missing, 0.0) / len(heights) for one in heights]


def _joined(question: Question, key: str) -> str:
    words = getattr(question, key)
    return words if isinstance(words, str) else "; ".join(words)


def _answers(page_: Page, question: Question, width: float) -> list[tuple[str, float]]:
    """Return the longest answer that a field may come to show, and what is known beside it."""
    labels = [(option.label, width) for option in question.options]
    beside = [] if question.shown else [(words, page_.columns.width(key)) for words, key in page_.beside(question)]
    return [*([max(labels, key=lambda one: lines_needed(*one))] if labels else []), *beside]
