"""Plain text: tabs, pipes, one cell a line."""

from __future__ import annotations

from chiso.decree.document.shape import Document, Paragraph, Table
from chiso.decree.document.text import read_text


def tables(text: str) -> list[list[tuple[str, ...]]]:
    return [[row.texts for row in table.rows] for table in read_text(text, "a.txt").tables()]


def paragraphs(document: Document) -> list[str]:
    return [one.text for one in document.blocks if isinstance(one, Paragraph)]


def test_tabs_make_a_table_and_other_lines_paragraphs() -> None:
    document = read_text("PHỤ LỤC\n\nTT\tTên\tĐiểm\n1\tNhận thức số\t50\n\nNơi nhận:\n", "a.txt")
    assert [type(one) for one in document.blocks] == [Paragraph, Table, Paragraph]
    assert tables("TT\tTên\tĐiểm\n1\tNhận thức số\t50\n") == [[("TT", "Tên", "Điểm"), ("1", "Nhận thức số", "50")]]


def test_a_row_that_goes_on_over_lines_is_joined() -> None:
    text = (
        "TT\tTên\tĐiểm\tCách tính\n1.1\tNgười đứng đầu\nlà Trưởng ban\t10\t- Có: điểm tối đa\n1.2\tTên khác\t5\tKhông\n"
    )
    assert tables(text) == [
        [
            ("TT", "Tên", "Điểm", "Cách tính"),
            ("1.1", "Người đứng đầu\nlà Trưởng ban", "10", "- Có: điểm tối đa"),
            ("1.2", "Tên khác", "5", "Không"),
        ]
    ]


def test_a_short_row_does_not_swallow_the_next() -> None:
    text = "TT\tTên\tĐiểm\tGhi chú\n1.1\tNgười đứng đầu\t10\n1.2\tTên khác\t5\t\n"
    assert tables(text)[0][1] == ("1.1", "Người đứng đầu", "10")


def test_pipes_make_a_table_without_its_ruler() -> None:
    text = "| TT | Tên | Điểm |\n|---|:---|---:|\n| 1 | Nhận thức số | 50 |\n| 2 | Thể chế số | 40 |\n"
    assert tables(text) == [[("TT", "Tên", "Điểm"), ("1", "Nhận thức số", "50"), ("2", "Thể chế số", "40")]]


ONE_A_LINE = [
    "TT",
    "Tên",
    "Điểm tối đa",
    "Cách tính",
    "1",
    "Nhận thức số",
    "50",
    "",
    "1.1",
    "Người đứng đầu",
    "10",
    "Có: điểm tối đa",
]
ROWS = [tuple(ONE_A_LINE[at : at + 4]) for at in (0, 4, 8)]


def test_one_cell_a_line_opened_by_a_tab() -> None:
    text = "".join(f"\t{cell}\n" + ("\n" if at % 4 == 3 else "") for at, cell in enumerate(ONE_A_LINE))
    assert tables(text) == [ROWS]


def test_one_cell_a_line_closed_by_a_pipe() -> None:
    text = "".join(f"{cell} |\n" for cell in ONE_A_LINE)
    assert tables(text) == [ROWS]


def test_a_row_that_lost_its_last_cells_does_not_shift_the_next() -> None:
    cells = [*ONE_A_LINE[:4], "8", "Kinh tế số", *ONE_A_LINE[8:], "1.2", "Tên khác", "10", "Không"]
    found = tables("".join(f"\t{cell}\n" for cell in cells))
    assert found == [[ROWS[0], ("8", "Kinh tế số"), ROWS[2], ("1.2", "Tên khác", "10", "Không")]]


def test_a_cell_keeps_its_lines_and_blank_ones_do_not_end_it() -> None:
    text = "\tTT\n\tTên\n\tĐiểm tối đa\n\n\t1\n\tNhận thức\nsố\n\n\t50\n\n\t2\n\tThể chế\n\t40\n\nHết\n"
    assert tables(text)[0][1] == ("1", "Nhận thức\nsố", "50")
    assert paragraphs(read_text(text, "a.txt")) == ["Hết"]


def test_places_are_lines_and_rows() -> None:
    table = next(read_text("Mở đầu\n\nTT\tTên\n1\tNhận thức\n", "a.txt").tables())
    assert table.rows[1].place.as_dict() == {"line": 4, "table": 1, "row": 2}
    assert table.rows[1].place.words("vi") == "bảng 1, dòng 2 của bảng, dòng 4"
