"""A table of points as a document prints it: what stands in each row, kept as printed, errors included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from importlib import resources
from typing import Any

from chiso.framework.model import Framework
from chiso.framework.source import MAX_BYTES, read_source
from chiso.reconcile.finding import PublishedError, PublishedFinding, finding
from chiso.scoring.states import State
from chiso.scoring.values import answer_of, parse_number

#: The row that holds the sum of all dimensions, and how documents call it.
TOTAL = "total"
_TOTAL_WORDS = {TOTAL, "tổng", "tổng số", "tổng cộng", "tổng điểm"}

#: What stands for nothing in a printed cell.
_BLANK = {"", "-", "–", "—"}
_NOT_APPLICABLE = {"n/a", "na", "không áp dụng", "không phát sinh"}

#: More places than any document prints: points worked out by a spreadsheet, never rounded.
MOST_PLACES = 6


@dataclass(frozen=True)
class Published:
    """Printed points by code of a criterion, dimension or pillar, or ``total``.

    ``points``: MISSING is a blank, NOT_APPLICABLE printed so, ERROR a row whose points could not be read.
    ``decimals``: places that the table prints, where it says so; ``places``: those of each row.
    ``decided``: codes whose points were decided for a situation that no printed line covers (A14).
    ``rows``: where each row stands; ``faults``: what was wrong with rows.
    """

    points: Mapping[str, Fraction | State]
    decimals: int | None = None
    places: Mapping[str, int] = field(default_factory=dict)
    framework: str = ""
    unit: str = ""
    year: int | None = None
    source: str = ""
    decided: frozenset[str] = frozenset()
    rows: Mapping[str, str] = field(default_factory=dict)
    faults: tuple[PublishedFinding, ...] = ()

    def value(self, code: str) -> Fraction | None:
        """Return the printed points of a code, None where there are none."""
        found = self.points.get(code)
        return found if isinstance(found, Fraction) else None

    def table_places(self, otherwise: int) -> int:
        """Return the places that the table prints: declared, else those of its longest number, else ``otherwise``."""
        if self.decimals is not None:
            return self.decimals
        printed = [places for places in self.places.values() if 0 < places <= MOST_PLACES]
        return max(printed, default=otherwise)


@dataclass(frozen=True, slots=True)
class PublishedRow:
    """One row before it is understood: where it stands and what its cells hold."""

    where: str
    code: Any
    points: Any
    printed: Any = None
    surplus: bool = False
    decided: Any = None


class RowReader:
    """Turns rows into a table of points; each faulty row is reported, the rest is kept."""

    def __init__(self) -> None:
        self.points: dict[str, Fraction | State] = {}
        self.places: dict[str, int] = {}
        self.decided: set[str] = set()
        self.rows: dict[str, str] = {}
        self.faults: list[PublishedFinding] = []

    def read(self, row: PublishedRow) -> None:
        """Take one row in."""
        code = code_text(row.code)
        if not code:
            if any(cell_text(cell) for cell in (row.points, row.printed)):
                self._fault("R101", row)
            return
        if row.surplus:
            self._fault("R108", row, name=code)
        value, places = self._points(row, code)
        if code in self.points:
            self._again(row, code, value)
            return
        self.points[code], self.places[code], self.rows[code] = value, places, row.where
        self._decided(row, code)

    def _decided(self, row: PublishedRow, code: str) -> None:
        text = "true" if row.decided is True else cell_text(row.decided)
        answer = answer_of(text) if text not in _BLANK else False
        if answer is None:
            self._fault("R112", row, name=code, value=text[:80])
        elif answer:
            self.decided.add(code)

    def _points(self, row: PublishedRow, code: str) -> tuple[Fraction | State, int]:
        text, printed = cell_text(row.points), cell_text(row.printed)
        if text in _BLANK and printed not in _BLANK:
            text = printed
        value = self._value(row, code, text)
        places = places_of(text)
        if isinstance(value, Fraction) and printed not in _BLANK:
            if parse_number(printed) == value:
                places = max(places, places_of(printed))
            else:
                self._fault("R107", row, name=code, points=value, printed=printed)
        return value, places

    def _value(self, row: PublishedRow, code: str, text: str) -> Fraction | State:
        if text in _BLANK:
            return State.MISSING
        if text.casefold() in _NOT_APPLICABLE:
            return State.NOT_APPLICABLE
        number = parse_number(text)
        if number is None:
            self._fault("R103", row, name=code, value=text[:80])
            return State.ERROR
        if number < 0:
            self._fault("R104", row, name=code, points=number)
            return State.ERROR
        return number

    def _again(self, row: PublishedRow, code: str, value: Fraction | State) -> None:
        same = value == self.points[code]
        self._fault("R105" if same else "R106", row, name=code, first=self.rows[code])

    def _fault(self, code: str, row: PublishedRow, **figures: Any) -> None:
        self.faults.append(finding(code, row.where, **figures))

    def table(self, **about: Any) -> Published:
        """Return everything read."""
        decided = self.decided | {code_text(one) for one in about.pop("decided", ())}
        return Published(
            dict(self.points),
            places=dict(self.places),
            decided=frozenset(decided),
            rows=dict(self.rows),
            faults=tuple(self.faults),
            **about,
        )


def load_published(framework: Framework) -> Published:
    """Load the published table that ships with a framework; the latest year where there are several.

    Raises:
        PublishedError: none ships with it, or it gives no points.
    """
    if framework.is_maturity:
        raise PublishedError("R912", framework.id)
    folder = resources.files("chiso.library").joinpath(framework.id)
    names = [entry.name for entry in folder.iterdir()] if folder.is_dir() else []
    tables = sorted(name for name in names if name.startswith("published-") and name.endswith(".yaml"))
    if not tables:
        raise PublishedError("R901", framework.id)
    text = folder.joinpath(tables[-1]).read_text("utf-8")
    return published_of(read_source(text, f"{framework.id}/{tables[-1]}", values=MAX_BYTES).data, tables[-1])


def published_of(data: Mapping[str, Any], file: str) -> Published:
    """Return the table that a mapping holds: points by code under ``points``, and what the table is."""
    points = data.get("points")
    if not isinstance(points, Mapping):
        raise PublishedError("R906", file)
    reader = RowReader()
    for code, value in points.items():
        reader.read(PublishedRow(f"{file}: {code}", code, value))
    return reader.table(**about(data))


def about(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a mapping says of its table: decimals, framework, unit, year, source."""
    numbers = {name: _whole(data.get(name)) for name in ("decimals", "year")}
    words = {name: cell_text(data.get(name)) for name in ("framework", "unit", "source")}
    decided = data.get("decided")
    return {**numbers, **words, "decided": decided if isinstance(decided, list) else []}


def _whole(value: Any) -> int | None:
    text = cell_text(value)
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 else None


def cell_text(value: Any) -> str:
    """Return what a person sees in a cell."""
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, float):
        # A workbook shows at most fifteen digits; what lies beyond is noise of its arithmetic.
        seen = f"{value:.15g}"
        return format(Decimal(seen), "f") if value == value and abs(value) != float("inf") else seen
    return " ".join(str(value).split())


def code_text(value: Any) -> str:
    """Return a code as the framework writes it: ``1.1.`` is ``1.1``, and a total is ``total``."""
    text = cell_text(value).rstrip(".")
    return TOTAL if text.casefold() in _TOTAL_WORDS else text


def places_of(text: str) -> int:
    """Return the decimal places of a written number."""
    _, mark, rest = text.replace(",", ".").rpartition(".")
    return len(rest) if mark and rest.isdigit() else 0
