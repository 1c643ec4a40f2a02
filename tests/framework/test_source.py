"""Reading YAML: exact numbers, known lines, and nothing that a hostile file could use."""

from __future__ import annotations

import copy
from decimal import Decimal
from pathlib import Path

import pytest

from chiso.framework.faults import MAX_FAULTS, Fault, FrameworkError
from chiso.framework.source import (
    MAX_BYTES,
    MAX_DEPTH,
    MAX_VALUES,
    Source,
    dotted,
    parse_source,
    read_file,
    read_source,
)
from chiso.quantity import MAX_DIGITS


def only_fault(text: str) -> Fault:
    with pytest.raises(FrameworkError) as error:
        read_source(text, "file.yaml")
    (fault,) = error.value.faults
    return fault


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12", 12),
        ("-3", -3),
        ("0", 0),
        ("12.860", Decimal("12.860")),
        ("-0.5", Decimal("-0.5")),
        ("true", True),
        ("false", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("no", "no"),
        ("yes", "yes"),
        ("True", "True"),
        ("2023-11-02", "2023-11-02"),
        ("1/2", "1/2"),
        ("80%", "80%"),
        ("007", "007"),
        ("1e3", "1e3"),
        (".5", ".5"),
        ("1_000", "1_000"),
        ("0x1f", "0x1f"),
        ("٣", "٣"),
        ('"12"', "12"),
        ("'true'", "true"),
        ('"null"', "null"),
        (".inf", ".inf"),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_plain_words_mean_what_they_look_like_and_no_more(written: str, value: object) -> None:
    data = read_source(f"key: {written}", "f").data
    assert data == {"key": value}
    assert type(data["key"]) is type(value)


def test_the_longest_number_is_a_number_and_a_longer_one_stays_text() -> None:
    longest = "9" * MAX_DIGITS
    assert read_source(f"a: {longest}\nb: {longest}9", "f").data == {"a": int(longest), "b": longest + "9"}


@pytest.mark.parametrize(
    ("text", "problem"),
    [("a: b: c", "mapping values are not allowed in this context"), ("a: \x07", "control characters are not allowed")],
)
def test_what_the_parser_stumbled_over_is_said(text: str, problem: str) -> None:
    assert only_fault(text).data == {"problem": problem}


def test_block_scalars_are_text() -> None:
    assert read_source("a: |-\n  12\n  13\nb: >-\n  true", "f").data == {"a": "12\n13", "b": "true"}


def test_keys_are_always_text() -> None:
    assert read_source("1: a\ntrue: b\nnull: c", "f").data == {"1": "a", "true": "b", "null": "c"}


def test_a_merge_key_is_an_ordinary_key() -> None:
    assert read_source("<<: {a: 1}", "f").data == {"<<": {"a": 1}}


def test_a_byte_order_mark_is_passed_over() -> None:
    assert read_source("\ufeffid: a", "f").data == {"id": "a"}


TEXT = """\
id: sample
dimensions:
  - code: "1"
    criteria:
      - {code: "1.1",
         title: x}
  - code: "2"
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ((), 1),
        (("id",), 1),
        (("dimensions",), 2),
        (("dimensions", 0), 3),
        (("dimensions", 0, "criteria", 0, "code"), 5),
        (("dimensions", 0, "criteria", 0, "title"), 6),
        (("dimensions", 1), 7),
    ],
)
def test_every_value_has_its_line(place: tuple[str | int, ...], line: int) -> None:
    assert read_source(TEXT, "f").line(place) == line


@pytest.mark.parametrize(
    ("place", "line"),
    [(("dimensions", 1, "title"), 7), (("dimensions", 5), 2), (("nothing", "there"), 1), (("id", "x"), 1)],
)
def test_what_is_not_there_has_the_line_of_what_would_hold_it(place: tuple[str | int, ...], line: int) -> None:
    source = read_source(TEXT, "f")
    assert source.line(place) == line
    assert not source.holds(place)


def test_lines_survive_a_copy() -> None:
    source = read_source(TEXT, "f")
    assert Source("f", copy.deepcopy(source.data)).line(("dimensions", 0, "criteria", 0, "title")) == 6


def test_a_source_without_content_has_no_line() -> None:
    assert Source("f").line(("id",)) is None


def test_a_place_is_written_for_people() -> None:
    assert dotted(("dimensions", 0, "criteria", 2, "rule")) == "dimensions[0].criteria[2].rule"
    assert dotted(()) == ""


def test_all_duplicate_keys_are_reported_at_once() -> None:
    with pytest.raises(FrameworkError) as error:
        read_source("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3", "f")
    assert [(fault.code, fault.line, fault.key, fault.data["first"]) for fault in error.value.faults] == [
        ("F009", 2, "a", 1),
        ("F009", 3, "b.c", 3),
        ("F009", 4, "a", 1),
    ]


def test_faults_of_a_readable_file_can_be_collected() -> None:
    source = parse_source("a: 1\na: 2\nb: !x 3", "f")
    assert [fault.code for fault in source.faults] == ["F009", "F007"]
    assert source.data == {"a": 1, "b": 3}


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("a: [1", "F003", 2),
        ("a: b: c", "F003", 1),
        ("a:\n\t- b", "F003", 2),
        ("a: \x00", "F003", None),
        ("a: \x07", "F003", None),
        ('a: "\\ud800"', "F003", 1),
        ("", "F004", 1),
        ("# nothing", "F004", 1),
        ("just words", "F004", 1),
        ("- a list", "F004", 1),
        ("a: \ud800", "F006", None),
        ("a: &x 1", "F002", 1),
        ("a: 1\nb: *x", "F002", 2),
        ("&k a: 1", "F002", 1),
        ("a: 1\n---\nb: 1", "F017", 2),
        ("a: !!python/object/apply:os.system [ls]", "F007", 1),
        ("a: !!str 5", "F007", 1),
        ("? [a]\n: 1", "F008", 1),
        ("? {a: 1}\n: 1", "F008", 1),
    ],
)
def test_what_is_not_plain_yaml_is_refused(text: str, code: str, line: int | None) -> None:
    fault = only_fault(text)
    assert (fault.code, fault.line) == (code, line)


def test_a_laughter_bomb_ends_at_its_first_anchor() -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 30))
    fault = only_fault("l0: &l0 ha\n" + levels)
    assert (fault.code, fault.line) == ("F002", 1)


def test_nesting_may_reach_the_limit_and_not_pass_it() -> None:
    deepest = MAX_DEPTH - 1
    assert read_source("a: " + "[" * deepest + "1" + "]" * deepest, "f").data["a"] != []
    assert only_fault("a: " + "[" * MAX_DEPTH + "1" + "]" * MAX_DEPTH).code == "F015"


@pytest.mark.parametrize("text", ["a: " + "[" * 200_000 + "]" * 200_000, "a: " + "{b: " * 200_000, "- " * 200_000])
def test_bottomless_nesting_does_not_exhaust_the_stack(text: str) -> None:
    assert only_fault(text).code in ("F015", "F003")


def test_a_text_above_the_limit_is_refused_with_its_size() -> None:
    fault = only_fault("a: " + "x" * MAX_BYTES)
    assert (fault.code, fault.data) == ("F001", {"size": MAX_BYTES + 3, "limit": MAX_BYTES})


def test_a_file_with_too_many_values_is_refused_where_they_pass_the_limit() -> None:
    fault = only_fault("a:\n" + "- 1\n" * MAX_VALUES)
    assert (fault.code, fault.data) == ("F018", {"limit": MAX_VALUES})
    assert fault.line == MAX_VALUES - 1  # the mapping, its key and the list are values, too
    assert len(read_source("a:\n" + "- 1\n" * 99, "f", values=102).data["a"]) == 99


def test_of_many_faults_the_first_are_told_and_that_there_are_more() -> None:
    with pytest.raises(FrameworkError) as error:
        read_source("a: 1\n" * (MAX_FAULTS + 9), "file.yaml")
    codes = [fault.code for fault in error.value.faults]
    assert codes == ["F009"] * MAX_FAULTS + ["F019"]


def fault_of_file(path: Path) -> Fault:
    with pytest.raises(FrameworkError) as error:
        read_file(path)
    (fault,) = error.value.faults
    return fault


def test_a_file_above_the_limit_is_refused_before_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    assert fault_of_file(path).code == "F001"


@pytest.mark.parametrize(
    "content",
    [
        "tên: Bộ chỉ số".encode("utf-16"),
        "tên: Bộ chỉ số".encode("cp1258", "replace"),
        b"PK\x03\x04\xff\xfe",
        b"\xc3\x28",
    ],
)
def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(content)
    assert fault_of_file(path).code == "F006"


def test_a_binary_file_that_happens_to_be_utf_8_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_bytes(b"\x7fELF\x01\x01\x00\x00")
    assert fault_of_file(path).code == "F003"


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    fault = fault_of_file(tmp_path / "none.yaml")
    assert (fault.code, fault.file) == ("F016", str(tmp_path / "none.yaml"))


@pytest.mark.parametrize("name", ["", "with\0zero.yaml"])
def test_what_cannot_be_opened_is_a_fault(tmp_path: Path, name: str) -> None:
    assert fault_of_file(tmp_path / name).code == "F005"


def test_a_file_raises_its_duplicate_keys(tmp_path: Path) -> None:
    path = tmp_path / "file.yaml"
    path.write_text("a: 1\na: 2\n", "utf-8")
    assert fault_of_file(path).code == "F009"
