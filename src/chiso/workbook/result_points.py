"""The sheets of a result in points: ranking, points by criterion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

from chiso.framework.model import Criterion, Dimension
from chiso.quantity import local_text
from chiso.scoring.exact import Exact
from chiso.scoring.rounded import Decimals as NumberColumn
from chiso.scoring.rounded import Rounded
from chiso.scoring.score import Scores
from chiso.scoring.trace import parent_result
from chiso.workbook.look import PALE
from chiso.workbook.result_sheet import TURNED_WORDS, Column, Mark, Result, ResultSheet
from chiso.workbook.standings import Standing, counted_dimensions

#: Units shown as columns; more of them become rows.
MAX_ACROSS = 6

#: Units that are found without filters.
_FEW = 30

_SCALE = {"type": "2_color_scale", "min_type": "num", "min_value": 0, "max_type": "num", "min_color": "#FFFFFF"}


def write_ranking(result: Result, scores: Scores, lines: Sequence[Standing]) -> tuple[ResultSheet, list[Column]]:
    """Write who stands where, with pillars and dimensions."""
    columns = _ranking_columns(result, scores, lines)
    sheet = ResultSheet(result, result.say("ranking"), columns, frozen=2)
    sums = _Sums(result, scores)
    for line in lines:
        sheet.write(_ranking_row(result, scores, line, columns, sums))
    sheet.finish(filter_rows=len(lines) > _FEW)
    return sheet, columns


def _ranking_columns(result: Result, scores: Scores, lines: Sequence[Standing]) -> list[Column]:
    decimals, say = result.decimals, result.say
    columns = [Column(say("rank"), 7, align="center"), Column(say("unit"), 28)]
    if any(line.group for line in lines):
        columns.append(Column(say("group"), 16))
    columns += [
        Column(say("total"), 10, decimals),
        Column(say("max"), 9, result.max_decimals),
        Column(say("share"), 9, 2),
    ]
    if scores.framework.classes:
        columns.append(Column(say("class"), 12))
    columns.append(Column(say("state"), 19))
    parts = [(one.code, one.title[result.lang], one.max_points) for one in scores.framework.pillars]
    parts += [(one.code, one.title, one.max_points) for one in counted_dimensions(scores)]
    return columns + [Column(_headed(result, *part), 11, decimals) for part in parts]


def _headed(result: Result, code: str, title: str, most: Fraction | None) -> str:
    if most is None:
        return result.say("headed_open", number=code, title=title)
    return result.say("headed", number=code, title=title, max=local_text(most, result.lang))


class _Sums:
    """Totals, pillars and dimensions of all units as they are shown, by the position of the unit."""

    def __init__(self, result: Result, scores: Scores) -> None:
        shown, percent = _rounded(scores, result.decimals), _rounded(scores, 2)
        self.total, self.share = _shown(shown, shown.total()), _shown(percent, percent.total_share(100))
        whole = _rounded(scores, result.max_decimals)
        self.most = _shown(whole, whole.most())
        self.parts = [_shown(shown, shown.pillar(one.code)) for one in scores.framework.pillars]
        self.parts += [_shown(shown, shown.dimension(one.code)) for one in counted_dimensions(scores)]


def _rounded(scores: Scores, decimals: int) -> Rounded:
    return Rounded(scores, 0, len(scores.facts), decimals)


def _shown(rounded: Rounded, column: NumberColumn) -> list[float | None]:
    """Return what cells show: floats only because cells hold nothing else."""
    known = column.known.tolist()
    numbers = (column.places / 10**rounded.decimals).tolist()
    return [one if known[at] else None for at, one in enumerate(numbers)]


def _ranking_row(result: Result, scores: Scores, line: Standing, columns: Sequence[Column], sums: _Sums) -> list[Any]:
    at = line.unit
    cells: list[Any] = [line.rank, line.name]
    if columns[2].words == result.say("group"):
        cells.append(line.group)
    cells += [sums.total[at], sums.most[at], sums.share[at]]
    if scores.framework.classes:
        cells.append(line.band)
    cells.append(state_words(result, line))
    return cells + [part[at] for part in sums.parts]


def state_words(result: Result, line: Standing) -> str:
    """Say whether a unit's result is final as far as its figures go."""
    if not line.known:
        return result.say("no_points")
    state = result.say("open", count=line.open) if line.open else result.say("complete")
    return f"{state}. {line.absence}" if line.absence else state


# -- points by criterion


def write_points(result: Result, scores: Scores, lines: Sequence[Standing]) -> None:
    """Write the points of every criterion: units across while they fit, else down."""
    if len(lines) <= MAX_ACROSS:
        _points_down(result, scores, lines)
    else:
        _points_across(result, scores, lines)


def _rows(scores: Scores) -> Iterator[Dimension | Criterion]:
    for dimension in scores.framework.dimensions:
        yield dimension
        yield from dimension.walk()


def _points_down(result: Result, scores: Scores, lines: Sequence[Standing]) -> None:
    say, decimals = result.say, result.decimals
    width = 12.0 if len(lines) > 4 else 18.0
    title = 80.0 if len(lines) <= 2 else 60.0
    columns = [Column(say("code"), 9), Column(say("title"), title), Column(say("max"), 10, result.max_decimals)]
    columns += [Column(line.name, width, decimals, "right") for line in lines]
    sheet = ResultSheet(result, say("points"), columns, frozen=3)
    for one in _rows(scores):
        cells = [_cell(result, scores, line, one) for line in lines]
        sheet.write([one.code, one.title, one.max_points, *cells], **_look(one))
        if isinstance(one, Criterion) and not one.criteria:
            _colour(sheet, sheet.row - 1, 3, sheet.row - 1, 2 + len(lines), one.max_points)
    most = [line.total.most for line in lines]
    same = most[0] if most and most.count(most[0]) == len(most) else None
    totals = [line.total.points if line.known else None for line in lines]
    sheet.write(["", say("total"), same, *totals], bold=True, bg_color=PALE, top=2)
    sheet.finish()


def _points_across(result: Result, scores: Scores, lines: Sequence[Standing]) -> None:
    say, decimals = result.say, result.decimals
    rows = list(_rows(scores))
    columns = [Column(say("unit"), 28), Column(say("total"), 10, decimals)]
    columns += [
        Column(_headed(result, one.code, short(one.title), one.max_points), 8, decimals, "right", turned=True)
        for one in rows
    ]
    sections = [at for at, one in enumerate(rows, 2) if isinstance(one, Dimension)]
    sheet = ResultSheet(result, say("points"), columns, frozen=2, sections=sections)
    first = sheet.row
    rounded, totals = [_column(result, scores, one) for one in rows], _totals(result, scores)
    for line in lines:
        if sheet.full:
            break
        cells = [
            _cell(result, scores, line, one) if column[line.unit] is None else column[line.unit]
            for one, column in zip(rows, rounded, strict=True)
        ]
        sheet.write([line.name, totals[line.unit], *cells])
    for at, one in enumerate(rows, 2):
        if isinstance(one, Criterion) and not one.criteria:
            _colour(sheet, first, at, sheet.row - 1, at, one.max_points)
    sheet.finish(filter_rows=True)


def _column(result: Result, scores: Scores, one: Dimension | Criterion) -> list[float | None]:
    """Return the points of all units as they are shown, by the position of the unit; None where there are none."""
    rounded = _rounded(scores, result.decimals)
    return _shown(rounded, rounded.dimension(one.code) if isinstance(one, Dimension) else rounded.points(one))


def _totals(result: Result, scores: Scores) -> list[float | None]:
    rounded = _rounded(scores, result.decimals)
    return _shown(rounded, rounded.total())


def short(title: str) -> str:
    """Return a title cut to what a turned header holds."""
    return title if len(title) <= TURNED_WORDS else title[: TURNED_WORDS - 1].rstrip() + "…"


def _cell(result: Result, scores: Scores, line: Standing, one: Dimension | Criterion) -> Fraction | Mark | None:
    if isinstance(one, Dimension):
        # Nothing known is not zero.
        return line.dimensions[one.code].points if scores.totals.known(line.unit, one.code) else None
    value = _value(scores, line.unit, one)
    return value.value if value.known else result.mark(value.state)


def _value(scores: Scores, unit: int, one: Criterion) -> Exact:
    return parent_result(scores, unit, one) if one.criteria else scores.exact(unit, one.code)


def _look(one: Dimension | Criterion) -> dict[str, object]:
    if isinstance(one, Dimension):
        return {"bold": True, "bg_color": PALE}
    return {"bold": True} if one.criteria else {}


def _colour(sheet: ResultSheet, top: int, left: int, bottom: int, right: int, most: Fraction | None) -> None:
    """Shade points from white (none) to blue (the maximum)."""
    if most:
        scale = {**_SCALE, "max_value": float(most), "max_color": "#9DC3E6"}
        sheet.sheet.conditional_format(top, left, bottom, right, scale)
