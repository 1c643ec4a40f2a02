"""The charts of a result in points: the totals of each ranking group, the mean share of each dimension."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from chiso.quantity import local_text
from chiso.scoring.score import Scores
from chiso.workbook.charts import Bars, add_bars
from chiso.workbook.result_sheet import HEADER, Column, Result, ResultSheet
from chiso.workbook.standings import Standing, counted_dimensions, mean_shares, number

#: Units in one chart.
MAX_BARS = 30

Place = tuple[str, int, int]


def write_charts(result: Result, scores: Scores, lines: Sequence[Standing], ranking: Place) -> None:
    """Draw the totals of each ranking group, and the mean share of each dimension with its table."""
    say = result.say
    dimensions = counted_dimensions(scores)
    means = mean_shares(scores, lines, [one.code for one in dimensions])
    columns = [
        Column(say("dimension"), 70),
        Column(say("max"), 16, result.max_decimals),
        Column(say("mean" if len(lines) > 1 else "part"), 26, 2),
    ]
    sheet = ResultSheet(result, say("charts"), columns)
    first = sheet.row
    for one in dimensions:
        share = means.get(one.code)
        sheet.write([f"{one.code}. {one.title}", one.max_points, None if share is None else share * 100])
    top = _total_charts(result, sheet, lines, ranking, sheet.row + 1)
    if means:
        weakest = min(means, key=lambda code: means[code])
        name = next(one.title for one in dimensions if one.code == weakest)
        title = say("chart_weak", dimension=name, share=local_text(means[weakest] * 100, result.lang, 1))
        last = sheet.row - 1
        bars = Bars(title, sheet.name, (first, 0, last, 0), (first, 2, last, 2), 100.0, 1)
        add_bars(sheet, bars, top)
    sheet.finish(fit=False)


def _total_charts(result: Result, sheet: ResultSheet, lines: Sequence[Standing], ranking: Place, top: int) -> int:
    name, unit_column, total_column = ranking
    row = HEADER + 1
    for group, members in groupby(lines, key=lambda line: line.group):
        found = list(members)
        ranked = [line for line in found if line.rank is not None][:MAX_BARS]
        if len(ranked) > 1:
            last = row + len(ranked) - 1
            labels, values = (row, unit_column, last, unit_column), (row, total_column, last, total_column)
            most = number(max(line.total.most for line in ranked), result.decimals)
            title = _total_title(result, group, ranked, len(found))
            bars = Bars(title, name, labels, values, most, result.decimals)
            top = add_bars(sheet, bars, top)
        row += len(found)
    return top


def _total_title(result: Result, group: str, ranked: Sequence[Standing], count: int) -> str:
    first = ranked[0]
    points = local_text(first.total.points, result.lang, result.decimals)
    tied = sum(line.rank == first.rank for line in ranked)
    if tied > 1:
        title = result.say("chart_tie", count=tied, points=points)
    else:
        title = result.say("chart_top", unit=first.name, points=points)
    if count > len(ranked) == MAX_BARS:
        title += result.say("chart_first", count=MAX_BARS)
    return result.say("chart_group", group=group, title=title) if group else title
