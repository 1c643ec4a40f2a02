"""Forms in: a filled workbook that ``chiso template`` made, read by its hidden map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from chiso.framework.model import Framework
from chiso.phrases import LANGUAGES
from chiso.scoring.entries import EXEMPTIONS, Entry
from chiso.workbook.columns import day_words, lines_of, tidy, words_of
from chiso.workbook.faults import Faults, TableError
from chiso.workbook.form_filled import FilledSheets
from chiso.workbook.form_map import SHEET, Asked, FormMap, MapDamaged
from chiso.workbook.questions import EXEMPT, exemption_words
from chiso.workbook.sheets import Workbook
from chiso.workbook.words import is_words


@dataclass(frozen=True, slots=True)
class Before:
    """A cell that was filled in when the form was made: whether its figure is the same, and what stood beside it."""

    is_same: bool
    as_of: str
    source: str
    note: str


def is_form(workbook: Workbook) -> bool:
    """Say whether a workbook is a form that the product made."""
    return SHEET in workbook.visible


def form_entries(
    workbook: Workbook, framework: Framework, faults: Faults, before: dict[str, Before], *, words: bool = False
) -> Iterator[Entry]:
    """Yield the figures of a form, unit by unit; empty cells are no figures, unless they were filled in before.

    ``before`` receives the places of cells that were filled in, and what has become of them. ``words``: with the text
    that the form of a report in the browser asks for and no rule reads.

    Raises:
        TableError: the form was made for another framework, or its hidden map is damaged.
    """
    found = _map(workbook, framework, faults)
    sheets = FilledSheets(workbook, found, faults)
    units = _units(found, sheets, workbook.file, faults)
    asked = [one for one in found.asked if words or not is_words(one.input)]
    for offset, unit in enumerate(units):
        filled = False
        for one in asked:
            if one.sheet not in sheets:
                continue
            entry = _entry(one, offset, unit, sheets, found, faults, before)
            if entry is not None:
                filled = filled or entry.value is not None
                yield entry
        if not filled and asked:
            faults.add("W206", workbook.file, (), unit)
            # The unit took part: one missing figure keeps it among the results.
            yield Entry(unit, asked[-1].code, asked[-1].input, None)


def _map(workbook: Workbook, framework: Framework, faults: Faults) -> FormMap:
    try:
        found = FormMap.read(workbook.sheet(SHEET).rows())
    except MapDamaged as error:
        raise TableError("W205", workbook.file, line=error.line) from error
    if found.framework != framework.id:
        raise TableError("W201", workbook.file, found=found.framework, wanted=framework.id)
    if (found.version, found.hash) != (framework.version, framework.hash):
        old, new = (f"{version} ({digest[:12]})" for version, digest in _versions(found, framework))
        faults.add("W202", workbook.file, found=old, wanted=new)
    return found


def _versions(found: FormMap, framework: Framework) -> list[tuple[str, str]]:
    return [(found.version, found.hash), (framework.version, framework.hash)]


def _units(found: FormMap, sheets: FilledSheets, file: str, faults: Faults) -> list[str]:
    if found.unit_at is None:
        return found.units
    sheet, cell = found.unit_at
    if sheet not in sheets:
        return []
    name = words_of(sheets.value(sheet, cell))
    if not name:
        faults.add("W203", file, cell=sheets.place(sheet, cell).removeprefix(f"{file}: "))
        return []
    return [name]


def _entry(
    one: Asked, offset: int, unit: str, sheets: FilledSheets, found: FormMap, faults: Faults, before: dict[str, Before]
) -> Entry | None:
    cell = (one.cell[0], one.cell[1] + offset)
    if sheets.troubled(one.sheet, cell, faults):
        return None
    value = sheets.value(one.sheet, cell)
    if isinstance(value, str) and not value.strip():
        value = None
    as_of = day_words(sheets.beside(one.sheet, one.as_of))
    source, note = words_of(sheets.beside(one.sheet, one.source)), lines_of(sheets.beside(one.sheet, one.note))
    kept, place = found.origins.get((one.sheet, cell)), sheets.place(one.sheet, cell)
    if kept is not None:
        same, lonely = words_of(value) == kept.shown, kept.apart and not (as_of or source or note)
        if same and lonely:
            as_of, source, note = kept.as_of, kept.source, kept.note
        before[place] = Before(same, *map(tidy, (kept.as_of, kept.source, kept.note)))
    elif value is None and (len(found.units) > 1 or not note):
        # What stands beside the figures of several units says nothing of one that is missing.
        return None
    value = _granted(value) if one.input == EXEMPT else value
    return Entry(unit, one.code, one.input, value, as_of, source, note, place)


def _granted(value: Any) -> Any:
    """Return the kind of exemption that a cell names in words; what names none is left for the reader to refuse."""
    words = words_of(value).casefold()
    kinds = {exemption_words(kind, lang).casefold(): kind for kind in EXEMPTIONS for lang in LANGUAGES}
    return kinds.get(words, value)
