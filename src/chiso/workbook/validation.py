"""What a field of a form accepts: whole numbers, percentages, the printed options; "nothing to count" everywhere."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from xlsxwriter.worksheet import Worksheet

from chiso.framework.model import FactType
from chiso.quantity import decimal_text, local_text
from chiso.workbook.form_phrases import phrase
from chiso.workbook.look import Book
from chiso.workbook.markup import cell_name
from chiso.workbook.questions import Question

_WHOLE: tuple[FactType, ...] = ("count", "days")
_TEXT: tuple[FactType, ...] = ("text", "document", "date")

#: Excel's limit for the words of a validation.
_MAX_MESSAGE = 255


class Fields:
    """Puts validations on the fields of a form; drop-downs take their lists from a hidden sheet."""

    def __init__(self, book: Book, lang: str) -> None:
        self._lang = lang
        self._lists = book.file.add_worksheet("_lists")
        self._lists.very_hidden()
        self._known: dict[tuple[str, ...], str] = {}

    def validate(self, sheet: Worksheet, row: int, first: int, last: int, question: Question) -> None:
        """Let the cells of one row, from column ``first`` to ``last``, accept what answers a question."""
        if question.type in _TEXT:
            return
        message = self._message(question)
        if question.type in ("choice", "yes_no"):
            rule: dict[str, Any] = {"validate": "list", "source": self._list(self._choices(question))}
        else:
            rule = {"validate": "custom", "value": _condition(question, cell_name(row, first))}
        rule |= {
            "input_title": f"{question.code} {question.letter}".strip()[:32] or phrase("value", self._lang),
            "input_message": message,
            "error_title": phrase("refused", self._lang),
            "error_message": message,
        }
        sheet.data_validation(row, first, row, last, rule)

    def ask_day(self, sheet: Worksheet, row: int, column: int) -> None:
        """Say at a cell that it wants the day on which something was done; any text is accepted."""
        words = {"input_title": phrase("as_of", self._lang), "input_message": phrase("day", self._lang)}
        sheet.data_validation(row, column, row, column, {"validate": "any", **words})

    def _choices(self, question: Question) -> tuple[str, ...]:
        if question.type == "yes_no":
            found = [phrase("yes", self._lang), phrase("no_answer", self._lang)]
        else:
            found = [option.label for option in question.options]
        found += [phrase("no_case", self._lang)] if question.lines else []
        return (*found, *([phrase("none", self._lang)] if question.may_lack else []))

    def _list(self, choices: tuple[str, ...]) -> str:
        """Return the range that holds a list, written once."""
        if choices not in self._known:
            column = len(self._known)
            for row, choice in enumerate(choices):
                self._lists.write_string(row, column, choice)
            letter = cell_name(0, column).rstrip("1")
            self._known[choices] = f"='_lists'!${letter}$1:${letter}${len(choices)}"
        return self._known[choices]

    def _message(self, question: Question) -> str:
        kind = "count" if question.type in _WHOLE else question.type
        kind = kind if kind in ("count", "share", "points", "choice", "yes_no") else "number"
        if kind == "points" and question.most is None:
            kind = "number"
        most = "" if question.most is None else local_text(question.most, self._lang)
        words = phrase(kind, self._lang, most=most)
        if kind not in ("choice", "yes_no") and question.may_lack:
            words += phrase("or_none", self._lang)
        if question.lines:
            words += phrase("or_no_case" if kind != "choice" else "explain_no_case", self._lang)
        room = _MAX_MESSAGE - len(words) - 1
        return f"{question.label[:room]}\n{words}" if question.label else words


def _condition(question: Question, cell: str) -> str:
    """Return what a number must satisfy; text only where it says that there is nothing to count."""
    limits = [f"{cell}>=0"]
    if question.type in _WHOLE:
        limits.append(f"{cell}=INT({cell})")
    if question.type == "share":
        limits.append(f"{cell}<=100")
    most = question.most
    if question.type == "points" and most is not None and Fraction(decimal_text(most)) == most:
        limits.append(f"{cell}<={decimal_text(most)}")
    word = f"LOWER(TRIM({cell}))"
    words = f'OR({word}="n/a",{word}="none")' if question.lines else f'{word}="n/a"' if question.may_lack else "FALSE"
    return f"=IF(ISNUMBER({cell}),AND({','.join(limits)}),{words})"
