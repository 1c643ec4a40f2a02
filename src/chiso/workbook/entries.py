"""Figures from a file: a table of rows (CSV, Excel, JSON), or the form that ``chiso template`` makes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault, Entry
from chiso.workbook import delimited, objects, sheets
from chiso.workbook.columns import Record, Wanted, day_words, tidy, words_of
from chiso.workbook.content import Content, compare_with_name, recognise
from chiso.workbook.faults import Faults
from chiso.workbook.form import Before, form_entries, is_form
from chiso.workbook.markup import Limits

#: The columns of a table of figures.
FIGURES = Wanted(("unit", "code", "input", "value"), ("as_of", "source", "note"), "facts")


class EntryTable:
    """The figures of one file, read as they are asked for; ``faults`` holds what was wrong so far.

    Memory stays bounded for CSV of any size: nothing of a row is kept. Iterating raises
    :class:`~chiso.workbook.faults.TableError`, before the first row, when the file cannot be used.
    ``words``: of a form with the text that no rule reads. ``limits``: what a workbook may hold, as a file by default.
    """

    def __init__(
        self,
        path: Path | str,
        framework: Framework,
        lang: str = "vi",
        *,
        words: bool = False,
        limits: Limits | None = None,
    ) -> None:
        self.path, self.framework, self.lang, self._words, self._limits = Path(path), framework, lang, words, limits
        self._faults = Faults()
        #: Of a form: the places of cells that were filled in before, and what has become of them.
        self.before: dict[str, Before] = {}

    @property
    def faults(self) -> list[DataFault]:
        """What was wrong with the rows read so far."""
        return self._faults.listed()

    def __iter__(self) -> Iterator[Entry]:
        self._faults, self.before = Faults(), {}
        recognised = recognise(self.path)
        compare_with_name(self.path, recognised.content, self._faults)
        if recognised.content is Content.XLSX:
            yield from self._workbook()
            return
        reader = delimited if recognised.content is Content.CSV else objects
        rows = reader.records(self.path, recognised.encoding, FIGURES, self._faults, self.lang)
        yield from self._entries(rows)

    def _workbook(self) -> Iterator[Entry]:
        with sheets.open_workbook(self.path, self._faults, self._limits) as workbook:
            if is_form(workbook):
                yield from form_entries(workbook, self.framework, self._faults, self.before, words=self._words)
            else:
                yield from self._entries(sheets.records(workbook, FIGURES, self._faults))

    def _entries(self, rows: Iterator[Record]) -> Iterator[Entry]:
        for row in rows:
            values = row.values
            code = self._code(values["code"], row.place)
            if code is not None:
                yield Entry(
                    words_of(values["unit"]),
                    code,
                    words_of(values["input"]),
                    values["value"],
                    day_words(values.get("as_of")),
                    words_of(values.get("source")),
                    words_of(values.get("note")),
                    row.place,
                )

    def _code(self, value: Any, place: str) -> str | None:
        """Return the code that a cell states; None, reported, where a spreadsheet lost it."""
        if isinstance(value, str):
            return tidy(value)
        if isinstance(value, dt.date):
            self._faults.add("W116", place, value=value.isoformat())
            return None
        if not isinstance(value, float):
            return words_of(value)
        # The number 1.1 may have been typed as 1.10: only one of the two may be a code.
        text = words_of(value)
        known = [code for code in (text, f"{text}0") if code in self.framework.criteria]
        if len(known) > 1:
            self._faults.add("W115", place, value=text, known=", ".join(known))
            return None
        return known[0] if known else text


def read_entries(path: Path | str, framework: Framework, lang: str = "vi") -> tuple[list[Entry], list[DataFault]]:
    """Return the figures of a file and what was wrong with its rows.

    For files of any size see :class:`EntryTable`. ``lang``: of the places, as in "số liệu.csv, dòng 12".

    Raises:
        TableError: the file cannot be used.
    """
    table = EntryTable(path, framework, lang)
    return list(table), table.faults
