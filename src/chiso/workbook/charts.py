"""Bar charts: one question each, lengths from zero, labelled directly, readable in greyscale."""

from __future__ import annotations

from dataclasses import dataclass

from chiso.workbook.look import ACCENT, FONT
from chiso.workbook.result_sheet import ResultSheet

Area = tuple[int, int, int, int]

_WIDTH = 900
_ROW_PIXELS = 20
#: What one printed page holds: A4 landscape between its margins.
_TALLEST = 660


@dataclass(frozen=True, slots=True)
class Bars:
    """A chart: a title that says the finding, where names and values stand, and the most that a bar can show."""

    title: str
    sheet: str
    names: Area
    values: Area
    most: float | None
    decimals: int


def add_bars(sheet: ResultSheet, bars: Bars, row: int) -> int:
    """Put a chart of horizontal bars onto a sheet, the first name on top; return the row below it."""
    chart = sheet.book.file.add_chart({"type": "bar"})
    font = {"name": FONT, "size": 10}
    number = "#,##0" + ("." + "0" * bars.decimals if bars.decimals else "")
    chart.add_series(
        {
            "categories": [bars.sheet, *bars.names],
            "values": [bars.sheet, *bars.values],
            "fill": {"color": ACCENT},
            "gap": 45,
            "data_labels": {"value": True, "num_format": number, "font": font},
        }
    )
    chart.set_title({"name": bars.title, "overlay": False, "name_font": {"name": FONT, "size": 13, "bold": True}})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "num_font": font, "major_tick_mark": "none"})
    # Every bar carries its number, so the axis would only repeat them; it still starts at zero.
    limits = {} if bars.most is None else {"max": bars.most}
    chart.set_x_axis({"min": 0, **limits, "visible": False, "major_gridlines": {"visible": False}})
    count = bars.names[2] - bars.names[0] + 1
    height = min(90 + 26 * max(count, 3), _TALLEST)
    chart.set_size({"width": _WIDTH, "height": height})
    sheet.keep_together(row, height // _ROW_PIXELS + 1)
    sheet.sheet.insert_chart(row, 0, chart, {"object_position": 2, "description": bars.title})
    return row + height // _ROW_PIXELS + 2
