from __future__ import annotations

from pathlib import Path

import pytest

from chiso.scoring.entries import Entry
from chiso.workbook.entries import EntryTable, read_entries
from chiso.workbook.faults import TableError
from tests.workbook.example import framework, write

HEADER = "unit,code,input,value\n"
GOOD = Entry("Huyện A", "1.2", "a", "12", place="f.csv, dòng 2")


def read(tmp_path: Path, text: str, encoding: str = "utf-8") -> tuple[list[Entry], list[tuple[str, str, object]]]:
    entries, faults = read_entries(write(tmp_path / "f.csv", text, encoding), framework())
    return entries, [(one.code, one.place, dict(one.data)) for one in faults]


def error_of(tmp_path: Path, text: str) -> TableError:
    with pytest.raises(TableError) as caught:
        read(tmp_path, text)
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "Huyện A,1.2,a,12\n",
        "value,input,code,unit\n12,a,1.2,Huyện A\n",
        " UNIT ,Code,INPUT,Value\nHuyện A,1.2,a,12",
        "unit;code;input;value\nHuyện A;1.2;a;12\n",
        "unit\tcode\tinput\tvalue\nHuyện A\t1.2\ta\t12\n",
        HEADER + '"Huyện A","1.2","a","12"\n',
        HEADER + "Huyện A,1.2,a,12,,\n",
        HEADER + "Huyện  A ,1.2 , a,12\n\n , ,\n",
        HEADER.replace("\n", "\r\n") + "Huyện A,1.2,a,12\r\n",
        "unit,code,input,value,extra\nHuyện A,1.2,a,12,whatever\n",
    ],
)
def test_the_same_row_in_many_spellings(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == ([GOOD], [])


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marked_text_is_read_in_its_encoding(tmp_path: Path, encoding: str) -> None:
    assert read(tmp_path, HEADER + "Huyện A,1.2,a,12\n", encoding) == ([GOOD], [])


def test_names_are_read_in_one_unicode_form(tmp_path: Path) -> None:
    entries, _ = read(tmp_path, HEADER + "Huye\u0302\u0323n A,1.2,a,12\n")
    assert entries == [GOOD]


def test_optional_columns_are_kept(tmp_path: Path) -> None:
    text = "unit,code,input,value,as_of,source,note\nA,,households,n/a,31/12/2023,Phòng TK,không có hộ\n"
    entry = Entry("A", "", "households", "n/a", "31/12/2023", "Phòng TK", "không có hộ", "f.csv, dòng 2")
    assert read(tmp_path, text) == ([entry], [])


def test_excels_own_mark_of_the_delimiter_is_understood(tmp_path: Path) -> None:
    entries, faults = read(tmp_path, "sep=;\nunit;code;input;value\nA;1.2;a;12,5\n")
    assert (entries, faults) == ([Entry("A", "1.2", "a", "12,5", place="f.csv, dòng 3")], [])


def test_titles_above_the_header_are_passed_over(tmp_path: Path) -> None:
    entries, faults = read(tmp_path, "BIỂU SỐ LIỆU\nNăm 2023,,,\n" + HEADER + "A,1.2,a,1\n")
    assert (entries, faults) == ([Entry("A", "1.2", "a", "1", place="f.csv, dòng 4")], [])


def test_places_speak_the_language_of_the_reader(tmp_path: Path) -> None:
    entries, _ = read_entries(write(tmp_path / "f.csv", HEADER + "A,1.2,a,1\n"), framework(), "en")
    assert entries[0].place == "f.csv, row 2"


def test_rows_after_a_cell_of_several_lines_keep_their_numbers(tmp_path: Path) -> None:
    text = 'unit,code,input,value,note\nA,1.2,a,1,"hai\ndòng"\nB,1.2,a,2,\n'
    entries, faults = read(tmp_path, text)
    assert [(one.unit, one.note, one.place) for one in entries] == [
        ("A", "hai dòng", "f.csv, dòng 2"),
        ("B", "", "f.csv, dòng 4"),
    ]
    assert faults == []


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("A,1.2,a,12,5", ("W104", {"cells": 5, "columns": 4})),
        ("A,1.2,a", ("W105", {"cells": 3, "columns": 4})),
        ('A,1.2,a,"12\n13"', ("W106", {"name": "value"})),
        ('A,1.2,"a\nb",1', ("W106", {"name": "input"})),
        (f"A,1.2,a,{'1' * 140_000}", ("W107", {"problem": "field larger than field limit (131072)"})),
    ],
)
def test_a_row_that_cannot_be_read_is_reported_and_the_rest_kept(tmp_path: Path, row: str, fault: object) -> None:
    entries, faults = read(tmp_path, HEADER + row + "\nB,1.2,a,7\n")
    code, data = fault  # type: ignore[misc]
    assert faults == [(code, "f.csv, dòng 2", data)]
    assert [(one.unit, one.value) for one in entries] == [("B", "7")]


def test_a_decimal_comma_that_split_a_number_is_noticed(tmp_path: Path) -> None:
    text = "unit,code,input,value,as_of\nA,1.2,a,12,5\nB,1.2,a,12,2023\n"
    entries, faults = read(tmp_path, text)
    assert faults == [("W108", "f.csv, dòng 2", {"value": "12", "rest": ",5"})]
    assert [(one.unit, one.as_of) for one in entries] == [("B", "2023")]


@pytest.mark.parametrize(
    "text",
    [
        "unit;code;input;value;as_of\nA;1.2;a;12;5\n",  # nothing is split at a semicolon
        "value,code,input,unit\n12,5,a,A\n",  # a code may be a number
        "unit,code,input,value,as_of\nA,1.2,a,head,5\n",
    ],
)
def test_a_number_beside_the_value_is_left_alone_where_no_comma_can_have_split_it(tmp_path: Path, text: str) -> None:
    entries, faults = read(tmp_path, text)
    assert (len(entries), faults) == (1, [])


def test_short_rows_may_lack_optional_cells(tmp_path: Path) -> None:
    entries, faults = read(tmp_path, "unit,code,input,value,note\nA,1.2,a,1\n")
    assert (entries, faults) == ([Entry("A", "1.2", "a", "1", place="f.csv, dòng 2")], [])


def test_missing_columns_are_named_with_near_misses(tmp_path: Path) -> None:
    error = error_of(tmp_path, "Unit,code,imput,vlaue\nA,1.2,a,1\n")
    assert (error.code, error.data) == ("W030", {"missing": "input, value", "found": "Unit, code, imput, vlaue"})
    assert error.near == ("imput → input", "vlaue → value")


@pytest.mark.parametrize("text", ["A,1.2,a,1\nB,1.2,a,2\n", "đơn vị\nA\n"])
def test_figures_without_header_are_refused(tmp_path: Path, text: str) -> None:
    error = error_of(tmp_path, text)
    assert error.code in ("W030", "W031")
    assert "unit" in error.text("vi")


def test_a_column_that_stands_twice_is_refused(tmp_path: Path) -> None:
    error = error_of(tmp_path, "unit,code,input,value,Value\nA,1.2,a,1,2\n")
    assert (error.code, error.data) == ("W032", {"name": "value"})


def test_a_slip_in_an_optional_column_is_reported(tmp_path: Path) -> None:
    entries, faults = read_entries(
        write(tmp_path / "f.csv", "unit,code,input,value,sorce,điểm\nA,1.2,a,1,x,y\n"), framework()
    )
    assert [(one.code, one.data, one.near) for one in faults] == [("W109", {"name": "sorce"}, ("source",))]
    assert len(entries) == 1


def test_a_header_without_rows_is_reported(tmp_path: Path) -> None:
    assert read(tmp_path, HEADER) == ([], [("W103", "f.csv", {})])


def test_a_file_that_is_not_what_its_name_says_is_read_and_reported(tmp_path: Path) -> None:
    entries, faults = read_entries(write(tmp_path / "f.xlsx", HEADER + "A,1.2,a,1\n"), framework())
    assert [one.code for one in faults] == ["W101"]
    assert entries == [Entry("A", "1.2", "a", "1", place="f.xlsx, dòng 2")]


def test_rows_are_read_as_they_are_asked_for(tmp_path: Path) -> None:
    rows = "".join(f"A,1.2,a,{number}\n" for number in range(1000))
    table = EntryTable(write(tmp_path / "f.csv", HEADER + rows + "B\n"), framework())
    stream = iter(table)
    assert next(stream).value == "0"
    assert table.faults == []
    assert sum(1 for _ in stream) == 999
    assert [one.code for one in table.faults] == ["W105"]


def test_a_table_can_be_read_again(tmp_path: Path) -> None:
    table = EntryTable(write(tmp_path / "f.csv", HEADER + "A,1.2,a,1\nB\n"), framework())
    assert list(table) == list(table)
    assert [one.code for one in table.faults] == ["W105"]


@pytest.mark.parametrize(("above", "found"), [(19, True), (20, False)])
def test_the_header_is_looked_for_in_twenty_rows(tmp_path: Path, above: int, found: bool) -> None:
    text = "tiêu đề\n" * above + HEADER + "A,1.2,a,1\n"
    if found:
        assert len(read(tmp_path, text)[0]) == 1
    else:
        assert error_of(tmp_path, text).code == "W031"
