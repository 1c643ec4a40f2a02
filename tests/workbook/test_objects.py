from __future__ import annotations

from pathlib import Path

import pytest

from chiso.scoring.entries import Entry
from chiso.workbook import objects
from chiso.workbook.entries import read_entries
from chiso.workbook.faults import TableError
from tests.workbook.example import framework, write


def read(tmp_path: Path, text: str) -> tuple[list[Entry], list[tuple[str, str, object]]]:
    entries, faults = read_entries(write(tmp_path / "f.json", text), framework())
    return entries, [(one.code, one.place, dict(one.data)) for one in faults]


def error_of(tmp_path: Path, text: str) -> TableError:
    with pytest.raises(TableError) as caught:
        read(tmp_path, text)
    return caught.value


ROW = '{"unit": "A", "code": "1.2", "input": "a", "value": 12}'


@pytest.mark.parametrize("text", [f"[{ROW}]", f'{{"facts": [{ROW}]}}', "\ufeff[" + ROW.replace("unit", "UNIT") + "]"])
def test_a_list_or_an_object_that_holds_one(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text) == ([Entry("A", "1.2", "a", 12, place="f.json, mục 1")], [])


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("12.50", "12.50"),
        ("0.1", "0.1"),
        ("1e3", "1000"),
        ("1.5E-3", "0.0015"),
        ("1e400", "1e400"),
        ("9" * 61, "9" * 61),
        ("NaN", "NaN"),
        ("true", True),
        ("null", None),
        ('"có"', "có"),
    ],
)
def test_numbers_are_kept_exactly_as_written(tmp_path: Path, written: str, value: object) -> None:
    entries, _ = read(tmp_path, f"[{ROW.replace('12}', written + '}')}]")
    assert entries[0].value == value
    assert type(entries[0].value) is type(value)


def test_a_code_written_as_a_number_keeps_its_zero(tmp_path: Path) -> None:
    entries, faults = read(tmp_path, f"[{ROW.replace(chr(34) + '1.2' + chr(34), '2.10')}]")
    assert ([one.code for one in entries], faults) == (["2.10"], [])


def test_code_and_value_may_be_left_out(tmp_path: Path) -> None:
    text = f'[{ROW}, {{"unit": "A", "input": "households"}}]'
    assert read(tmp_path, text)[0][1] == Entry("A", "", "households", None, place="f.json, mục 2")


@pytest.mark.parametrize(
    ("item", "code", "data"),
    [
        ("7", "W117", {}),
        ('{"unit": "A", "code": "1.2", "input": "a", "value": [1]}', "W118", {"name": "value"}),
        ('{"code": "1.2", "input": "a", "value": 1}', "W119", {"missing": "unit"}),
        ('{"unit": "A", "code": "1.2", "input": "a", "value": 1, "value": 2}', "W120", {"name": "value"}),
    ],
)
def test_an_item_that_cannot_be_read_is_reported_and_the_rest_kept(
    tmp_path: Path, item: str, code: str, data: object
) -> None:
    entries, faults = read(tmp_path, f"[{item}, {ROW}]")
    assert faults == [(code, "f.json, mục 1", data)]
    assert [one.place for one in entries] == ["f.json, mục 2"]


@pytest.mark.parametrize(
    ("text", "code", "data"),
    [
        ('[{"unit": "A",\n}]', "W021", {"line": 2, "problem": "Expecting property name enclosed in double quotes"}),
        ("[" * 100_000, "W021", {"line": 1, "problem": "[[[[…"}),
        ('{"rows": []}', "W022", {"key": "facts"}),
        ('{"facts": 7}', "W022", {"key": "facts"}),
        (f'{{"facts": [{ROW}], "facts": []}}', "W023", {"key": "facts"}),
        (
            '[{"unit": "A", "input": "a", "vlaue": 1}]',
            "W030",
            {"missing": "value", "found": "unit, input, vlaue"},
        ),
    ],
)
def test_a_file_that_is_no_list_of_figures_is_refused(tmp_path: Path, text: str, code: str, data: object) -> None:
    error = error_of(tmp_path, text)
    assert (error.code, error.data) == (code, data)


def test_an_empty_list_is_reported(tmp_path: Path) -> None:
    assert read(tmp_path, "[]") == ([], [("W103", "f.json", {})])


def test_json_too_large_to_hold_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(objects, "MAX_BYTES", 1 << 20)
    error = error_of(tmp_path, f"[{ROW}]" + "\n" * (3 << 20))
    assert (error.code, error.data) == ("W004", {"size": 3, "limit": 1})


def test_a_file_of_one_item_that_says_a_key_twice_says_so(tmp_path: Path) -> None:
    entries, faults = read(tmp_path, '[{"unit": "A", "code": "1.2", "input": "a", "value": 1, "value": 2}]')
    assert entries == []
    assert faults == [("W120", "f.json, mục 1", {"name": "value"})]
