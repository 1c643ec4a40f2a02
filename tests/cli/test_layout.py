"""JSON with an entry a line, tables with a row a line, and nothing that a terminal would obey."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.cli.layout import harmless, json_pieces, table_lines

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters()),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


def written(data: object) -> str:
    return "".join(json_pieces(data))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Đắk Lắk: 12,5 %", "Đắk Lắk: 12,5 %"),
        ("a\tb\nc", "a\tb\nc"),
        ("\x1b]0;x\x07", "\\u001b]0;x\\u0007"),
        ("\x9b31m", "\\u009b31m"),
        ("12\u202e34", "12\\u202e34"),
        ("a\u2066b\u200fc\u061c", "a\\u2066b\\u200fc\\u061c"),
        ("\ud800", "\\ud800"),
        ("\r\x00\x7f", "\\u000d\\u0000\\u007f"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert harmless(text) == shown


@given(VALUES)
def test_json_says_what_it_was_made_from(data: object) -> None:
    assert json.loads(written(data)) == data


@given(VALUES)
def test_json_holds_nothing_a_terminal_obeys(data: object) -> None:
    text = written(data)
    assert harmless(text) == text


ROWS = st.dictionaries(st.text("ab}{, "), st.none() | st.integers() | st.text("ab}{, \n"), max_size=3)


@given(st.dictionaries(st.text("xy", min_size=1), ROWS, min_size=1, max_size=4))
def test_each_object_of_an_object_stands_on_a_line_of_its_own(rows: dict[str, dict[str, object]]) -> None:
    text = written({"units": iter([{"criteria": rows}])})
    assert json.loads(text) == {"units": [{"criteria": rows}]}
    if any(rows.values()):
        lines = [line.strip().removesuffix(",") for line in text.split("\n")]
        for key, row in rows.items():
            assert f'"{key}": {json.dumps(row, ensure_ascii=False)}' in lines


def test_iterators_become_lists_asked_for_item_by_item() -> None:
    asked: list[int] = []

    def items() -> Iterator[dict[str, int]]:
        for number in (1, 2):
            asked.append(number)
            yield {"n": number}

    pieces = json_pieces({"a": 0, "items": items(), "none": iter(()), "b": []})
    before = [next(pieces) for _ in range(4)]

    assert asked == [1]
    assert json.loads("".join([*before, *pieces])) == {"a": 0, "items": [{"n": 1}, {"n": 2}], "none": [], "b": []}


def test_an_iterator_alone_is_a_list() -> None:
    assert json.loads(written(iter([1, {"a": 2}]))) == [1, {"a": 2}]


def test_what_holds_nothing_further_stands_on_one_line() -> None:
    data = {"id": "x", "criteria": {"1.1": {"points": "5", "max": None}, "1.2": {}}, "codes": ["a", "b"]}

    assert written(data).splitlines() == [
        "{",
        '  "id": "x",',
        '  "criteria": {',
        '    "1.1": {"points": "5", "max": null},',
        '    "1.2": {}',
        "  },",
        '  "codes": ["a", "b"]',
        "}",
    ]


def test_a_list_of_objects_has_one_a_line() -> None:
    assert written([{"a": 1}, {"b": {"c": [1, 2]}}]).splitlines() == [
        "[",
        '  {"a": 1},',
        "  {",
        '    "b": {',
        '      "c": [1, 2]',
        "    }",
        "  }",
        "]",
    ]


def test_vietnamese_is_written_as_it_is() -> None:
    assert written("Hòa Bình") == '"Hòa Bình"\n'


def test_columns_of_numbers_end_below_each_other() -> None:
    lines = list(table_lines(["Đơn vị", "Điểm"], [["A", "9,50"], ["Tỉnh B", "100,00"]], right=[1]))

    assert lines == ["", " Đơn vị     Điểm", " ───────────────", " A          9,50", " Tỉnh B   100,00", ""]


def test_a_row_stays_on_its_line_whatever_it_holds() -> None:
    lines = list(table_lines(["a", "b"], [["one\ntwo\r\n three", "x" * 500]]))

    assert lines[3] == f" one two three   {'x' * 500}"


def test_wide_letters_take_their_room() -> None:
    lines = list(table_lines(["a", "b"], [["漢字", "1"], ["abcd", "2"]]))

    assert lines[3:5] == [" 漢字   1", " abcd   2"]


def test_a_table_without_rows_has_its_headings() -> None:
    assert list(table_lines(["a", "b"], [])) == ["", " a   b", " ─────", ""]


def test_a_table_obeys_nobody() -> None:
    assert " \\u001b[2J" in list(table_lines(["a"], [["\x1b[2J"]]))
