"""Writes ``units-to-import.xlsx``: two made-up provinces, for the tutorial of the web application."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import xlsxwriter

FOLDER = Path(__file__).parent

#: The columns that the import asks for, and those of the act; the others may be left out.
COLUMNS = (
    "Mã đơn vị", "Tên đơn vị", "Loại", "Mã cấp trên", "Từ ngày",
    "Số văn bản", "Ngày văn bản", "Cơ quan ban hành", "Trích yếu",
)  # fmt: skip
ACT = ("02/NQ-MẪU", "15/12/2024", "Cơ quan mẫu", "Lập hai tỉnh mẫu (văn bản mẫu, không có thật)")
UNITS = (("MAU-7", "Tỉnh mẫu G"), ("MAU-8", "Tỉnh mẫu H"))

#: Always the same, so that the file is.
MADE = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def main() -> None:
    """Write the table."""
    with xlsxwriter.Workbook(FOLDER / "units-to-import.xlsx") as book:
        book.set_properties({"title": "Đơn vị mẫu, không có thật", "created": MADE})
        sheet = book.add_worksheet("Đơn vị")
        sheet.write_row(0, 0, COLUMNS, book.add_format({"bold": True, "bg_color": "#E6EDF6"}))
        for row, (code, name) in enumerate(UNITS, 1):
            sheet.write_row(row, 0, (code, name, "tỉnh", "MAU", "01/01/2025", *ACT))
        sheet.freeze_panes(1, 0)
        sheet.autofit()


if __name__ == "__main__":
    main()
