"""Workbooks that were made to be read for ever, or to fill the memory: a few kilobytes each, refused at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from chiso.workbook import archive, markup
from chiso.workbook.archive import FILE, PAGE, unpacked
from chiso.workbook.entries import EntryTable
from chiso.workbook.faults import TableError
from chiso.workbook.markup import Limits
from tests.workbook.example import framework, write, zipped

_MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def made(path: Path, sheets: Iterable[str], names: Iterable[int] = (), shared: str = "", styles: str = "") -> Path:
    """Return a workbook of the XML of its sheets; ``names``: which sheet stands under each name, each once if empty."""
    parts = [f"worksheets/sheet{at}.xml" for at, _ in enumerate(sheets)]
    texts = dict(zip(parts, (f"<worksheet {_MAIN}>{one}</worksheet>" for one in sheets), strict=True))
    more = {"sharedStrings": f"<sst {_MAIN}>{shared}</sst>", "styles": f"<styleSheet {_MAIN}>{styles}</styleSheet>"}
    texts |= {f"{name}.xml": text for name, text in more.items()}
    kinds = dict.fromkeys(parts, "worksheet") | {f"{name}.xml": name for name in more}
    relations = "".join(
        f'<Relationship Id="r{at}" Type="{_OFFICE}/{kinds[part]}" Target="{part}"/>' for at, part in enumerate(texts)
    )
    named = "".join(
        f'<sheet name="S{number}" sheetId="{number + 1}" r:id="r{at}"/>'
        for number, at in enumerate(names or range(len(parts)))
    )
    whole = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r" '
        f'Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {_MAIN} xmlns:r="{_OFFICE}"><sheets>{named}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">{relations}</Relationships>',
        **{f"xl/{name}": text for name, text in texts.items()},
    }
    return zipped(path, {name: text.encode() for name, text in whole.items()})


def text(cell: str, words: str) -> str:
    return f'<c r="{cell}" t="inlineStr"><is><t>{words}</t></is></c>'


TABLE = (
    "<row>" + "".join(text(f"{at}1", name) for at, name in zip("ABCD", ("unit", "code", "input", "value"), strict=True))
    + "</row><row>" + text("A2", "A") + text("B2", "1.2") + text("C2", "a") + '<c r="D2"><v>1</v></c></row>'
)  # fmt: skip
#: A cell in the first row and one far away: a rectangle of 1,001,000 cells.
WIDE = "<sheetData><row>" + text("A1", "x") + "</row><row>" + text("ALM1000", "x") + "</row></sheetData>"


def overlapping(path: Path) -> Path:
    far = '<row r="100000">' + text("A100000", "x") + "</row>"
    merged = '<mergeCell ref="A2:A100000"/>' * 2_000
    return made(path, [f"<sheetData>{TABLE}{far}</sheetData><mergeCells>{merged}</mergeCells>"])


def too_many_merged(path: Path) -> Path:
    merged = '<mergeCell ref="Z1:Z2"/>' * (markup.MAX_MERGED + 1)
    return made(path, [f"<sheetData>{TABLE}</sheetData><mergeCells>{merged}</mergeCells>"])


def one_text_in_many_cells(path: Path) -> Path:
    rows = ("<row>" + '<c t="s"><v>0</v></c>' * 100 + "</row>") * 100
    return made(path, [f"<sheetData>{rows}</sheetData>"], shared=f"<si><t>{'x' * 30_000}</t></si>")


def one_sheet_under_many_names(path: Path) -> Path:
    return made(path, [WIDE], names=[0] * 50)


def many_sheets(path: Path) -> Path:
    return made(path, [f"<sheetData>{TABLE}</sheetData>"], names=[0] * 1_001)


BOMBS: dict[Callable[[Path], Path], str] = {
    overlapping: "W027",
    too_many_merged: "W028",
    one_text_in_many_cells: "W026",
    one_sheet_under_many_names: "W025",
    many_sheets: "W024",
}


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb.__name__)
def test_a_bomb_is_refused_before_anything_reads_it(bomb: Callable[[Path], Path], tmp_path: Path) -> None:
    path = bomb(tmp_path / "f.xlsx")
    with pytest.raises(TableError) as caught, unpacked(path):
        pass

    assert caught.value.code == BOMBS[bomb]
    assert path.stat().st_size < 60_000


@pytest.mark.parametrize(
    ("limits", "code"),
    [
        (Limits(100_000, 10_000_000, 10, 1_000_000, 1_000), None),
        (Limits(100, 10_000_000, 10, 1_000_000, 1_000), "W004"),
        (Limits(100_000, 1_000, 10, 1_000_000, 1_000), "W017"),
        (Limits(100_000, 10_000_000, 1, 1_000_000, 1_000), "W024"),
        (Limits(100_000, 10_000_000, 10, 15, 1_000), "W025"),  # two sheets of eight cells
        (Limits(100_000, 10_000_000, 10, 7, 1_000), "W020"),
        (Limits(100_000, 10_000_000, 10, 1_000_000, 47), "W026"),  # unit, code, input, value; A, 1.2, a, 1: twice 24
    ],
)
def test_the_limits_hold_over_all_sheets(tmp_path: Path, limits: Limits, code: str | None) -> None:
    path = made(tmp_path / "f.xlsx", [f"<sheetData>{TABLE}</sheetData>"], names=[0, 0])
    if code is None:
        with unpacked(path, limits) as checked:
            assert {name: (scan.rows, scan.columns) for name, scan in checked.scans.items()} == {
                "S0": (2, 4),
                "S1": (2, 4),
            }
        return
    with pytest.raises(TableError) as caught, unpacked(path, limits):
        pass
    assert caught.value.code == code


def test_a_page_waits_for_less_than_a_file_may_hold(tmp_path: Path) -> None:
    path = made(tmp_path / "f.xlsx", [WIDE])
    with pytest.raises(TableError) as caught:
        list(EntryTable(path, framework(), limits=PAGE))
    assert (caught.value.code, PAGE.cells, FILE.cells) == ("W020", 1_000_000, 12_000_000)


def test_texts_that_cells_share_and_cells_that_were_merged_are_read_as_before(tmp_path: Path) -> None:
    rows = "".join(f'<row><c t="s"><v>{at}</v></c>{text(f"B{at + 1}", "b")}</row>' for at in range(2))
    path = made(
        tmp_path / "f.xlsx",
        [f'<sheetData>{rows}</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>'],
        shared="<si><t>một</t></si><si><r><t>hai </t></r><r><t>ba</t></r></si>",
    )
    with unpacked(path) as checked:
        scan = checked.scans["S0"]
    assert (scan.characters, scan.merged) == (3 + 6 + 2, [((0, 0), (0, 1))])


def test_a_format_that_never_closes_is_looked_at_as_far_as_excel_writes_one(tmp_path: Path) -> None:
    endless = '<numFmts><numFmt numFmtId="200" formatCode="' + "[" * 400_000 + '%"/><numFmt numFmtId="201" '
    styles = endless + 'formatCode="0.0%"/></numFmts><cellXfs><xf numFmtId="200"/><xf numFmtId="201"/></cellXfs>'
    cells = '<row><c s="0"><v>1</v></c><c s="1"><v>1</v></c></row>'
    with unpacked(made(tmp_path / "f.xlsx", [f"<sheetData>{cells}</sheetData>"], styles=styles)) as checked:
        assert checked.scans["S0"].percents == {(0, 1)}


def test_parts_are_counted_before_their_list_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_told: object) -> None:
        raise AssertionError("the list was read")

    path = tmp_path / "f.xlsx"
    path.write_bytes(b"PK\x03\x04" + b"PK\x01\x02".ljust(47, b"\0") * 10_001)
    monkeypatch.setattr(archive.zipfile, "ZipFile", read)
    with pytest.raises(TableError) as caught, unpacked(path):
        pass
    assert (caught.value.code, caught.value.data) == ("W016", {"problem": "> 10000 parts"})


def test_a_header_that_reaches_far_costs_nothing_in_each_row(tmp_path: Path) -> None:
    head = "unit,code,input,value," + ",".join(f"c{at}" for at in range(5_000))
    path = write(tmp_path / "f.csv", f"{head}\n" + "A,1.2,a,1\n" * 3)
    table = EntryTable(path, framework())

    assert [(one.unit, one.code, one.input, one.value) for one in table] == [("A", "1.2", "a", "1")] * 3
    assert table.faults == []
