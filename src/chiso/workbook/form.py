"""Forms in: a filled workbook that ``chiso template`` made, read by its hidden map."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chiso.framework.faults import near_misses
from chiso.framework.model import Framework
from chiso.phrases import LANGUAGES
from chiso.scoring.entries import EXEMPTIONS, Entry
from chiso.workbook.columns import tidy, words_of
from chiso.workbook.faults import Faults, TableError
from chiso.workbook.form_columns import HEADER
from chiso.workbook.form_map import NEEDED, OPTIONAL, SHEET, Asked, Cell, FormMap, MapDamaged
from chiso.workbook.form_phrases import phrase
from chiso.workbook.questions import EXEMPT, exemption_words
from chiso.workbook.sheets import Sheet, Workbook

#: How the column beside the figures is headed, in either language.
_SOURCE_HEADERS = tuple(phrase("source", lang) for lang in LANGUAGES)


def is_form(workbook: Workbook) -> bool:
    """Say whether a workbook is a form that the product made."""
    return SHEET in workbook.visible


def form_entries(
    workbook: Workbook, framework: Framework, faults: Faults, untouched: dict[str, bool]
) -> Iterator[Entry]:
    """Yield the figures of a form, unit by unit; empty cells are no figures, unless they were filled in before.

    ``untouched`` receives the places of cells that were filled in, and whether they still are as they were.

    Raises:
        TableError: the form was made for another framework, or its hidden map is damaged.
    """
    found = _map(workbook, framework, faults)
    sheets = _Sheets(workbook, found, faults)
    units = _units(found, sheets, workbook.file, faults)
    for offset, unit in enumerate(units):
        filled = False
        for one in found.asked:
            if one.sheet not in sheets:
                continue
            entry = _entry(one, offset, unit, sheets, found, faults, untouched)
            if entry is not None:
                filled = filled or entry.value is not None
                yield entry
        if not filled and found.asked:
            faults.add("W206", workbook.file, (), unit)
            # The unit took part: one missing figure keeps it among the results.
            yield Entry(unit, found.asked[-1].code, found.asked[-1].input, None)


class _Sheets:
    """The sheets of a form as they were filled."""

    def __init__(self, workbook: Workbook, found: FormMap, faults: Faults) -> None:
        self._file, self._sheets = workbook.file, dict[str, Sheet]()
        self._rows: dict[str, list[list[Any]]] = {}
        names = [one.sheet for one in found.asked] + ([found.unit_at[0]] if found.unit_at else [])
        for name in dict.fromkeys(names):
            if name not in workbook.visible:
                others = [one for one in workbook.visible if one not in names and one != SHEET]
                faults.add("W204", workbook.file, near_misses(name, others), sheet=name)
                continue
            rows = list(workbook.sheet(name).rows())
            asked = [one for one in found.asked if one.sheet == name]
            moved = _moved(rows, asked)
            if moved is not None:
                faults.add("W207", workbook.file, sheet=name, row=moved + 1)
                continue
            self._sheets[name], self._rows[name] = workbook.sheet(name), rows

    def __contains__(self, name: str) -> bool:
        return name in self._sheets

    def value(self, sheet: str, cell: Cell) -> Any:
        rows, (row, column) = self._rows[sheet], cell
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else None

    def place(self, sheet: str, cell: Cell) -> str:
        return f"{self._file}: {self._sheets[sheet].place(*cell)}"

    def troubled(self, sheet: str, cell: Cell, faults: Faults) -> bool:
        return self._sheets[sheet].report_trouble(*cell, faults, self.place(sheet, cell))


def _moved(rows: Sequence[Sequence[Any]], asked: Sequence[Asked]) -> int | None:
    """Return the first row that does not hold the figure it was made for; None where every figure is in its place.

    Behind its last column each row with fields has a hidden mark, which moves with the row. Columns are told by the
    header of the one beside the figures.
    """
    if not asked:
        return None
    head = rows[HEADER] if len(rows) > HEADER else ()
    source = asked[0].source[1]
    if source >= len(head) or words_of(head[source]) not in _SOURCE_HEADERS:
        return HEADER
    mark = max(column for column, cell in enumerate(head) if words_of(cell)) + 1
    for one in asked:
        at = one.cell[0]
        if at >= len(rows) or mark >= len(rows[at]) or rows[at][mark] not in (NEEDED, OPTIONAL):
            return at
    return None


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


def _units(found: FormMap, sheets: _Sheets, file: str, faults: Faults) -> list[str]:
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
    one: Asked, offset: int, unit: str, sheets: _Sheets, found: FormMap, faults: Faults, untouched: dict[str, bool]
) -> Entry | None:
    cell = (one.cell[0], one.cell[1] + offset)
    if sheets.troubled(one.sheet, cell, faults):
        return None
    value = sheets.value(one.sheet, cell)
    if isinstance(value, str) and not value.strip():
        value = None
    as_of, source, note = (words_of(sheets.value(one.sheet, at)) for at in (one.as_of, one.source, one.note))
    kept, place = found.origins.get((one.sheet, cell)), sheets.place(one.sheet, cell)
    if kept is not None:
        same, lonely = words_of(value) == kept.shown, kept.apart and not (as_of or source or note)
        if same and lonely:
            as_of, source, note = kept.as_of, kept.source, kept.note
        untouched[place] = same and (source, as_of, note) == tuple(map(tidy, (kept.source, kept.as_of, kept.note)))
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
