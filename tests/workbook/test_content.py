from __future__ import annotations

import codecs
from pathlib import Path

import pytest

from chiso.workbook.content import MAX_LINE, Content, compare_with_name, recognise
from chiso.workbook.faults import Faults, TableError
from tests.workbook.example import write

HEADER = "unit,code,input,value\n"


def error_of(path: Path) -> TableError:
    with pytest.raises(TableError) as caught:
        recognise(path)
    return caught.value


@pytest.mark.parametrize(
    ("start", "code", "kind"),
    [
        (b"%PDF-1.7", "W013", "pdf"),
        (b"{\\rtf1 ...", "W013", "rtf"),
        (b"\x1f\x8b\x08", "W013", "archive"),
        (b"Rar!\x1a", "W013", "archive"),
        (b"\x89PNG\r\n", "W013", "image"),
        (b"  <!DOCTYPE html>", "W013", "markup"),
        (b'<?xml version="1.0"?>', "W013", "markup"),
        (b"\x00\x01\x02\x03binary", "W013", "binary"),
        (b"unit,code\n\x00\x00\x00", "W013", "binary"),
    ],
)
def test_a_file_that_is_no_table_is_named_for_what_it_is(tmp_path: Path, start: bytes, code: str, kind: str) -> None:
    path = tmp_path / "facts.csv"
    path.write_bytes(start)
    error = error_of(path)
    assert (error.code, error.data, error.file) == (code, {"kind": kind}, "facts.csv")


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    assert error_of(tmp_path / "none.csv").code == "W001"


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    error = error_of(tmp_path)
    assert (error.code, error.data) == ("W002", {"problem": "Is a directory"})


@pytest.mark.parametrize("content", [b"", b"\n \n\t", codecs.BOM_UTF8])
def test_an_empty_file_is_said_to_be_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "facts.csv"
    path.write_bytes(content)
    assert error_of(path).code == "W003"


@pytest.mark.parametrize(
    ("text", "content"), [(HEADER, Content.CSV), (' [{"a": 1}]', Content.JSON), ("{}", Content.JSON)]
)
def test_text_is_told_apart_by_its_first_character(tmp_path: Path, text: str, content: Content) -> None:
    assert recognise(write(tmp_path / "x", text)).content is content


@pytest.mark.parametrize(
    ("encoding", "read_as"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16")],
)
def test_marked_encodings_are_known(tmp_path: Path, encoding: str, read_as: str) -> None:
    found = recognise(write(tmp_path / "x.csv", HEADER + "Huyện Ứng Hòa,1,a,1\n", encoding))
    assert (found.content, found.encoding) == (Content.CSV, read_as)


def test_big_endian_utf_16_is_known_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(codecs.BOM_UTF16_BE + HEADER.encode("utf-16-be"))
    assert recognise(path).encoding == "utf-16"


def test_text_that_is_not_utf_8_is_refused_with_its_line(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(HEADER.encode() + b"Huy\xe7n,1,a,1\n")
    error = error_of(path)
    assert (error.code, error.data) == ("W010", {"line": 2})
    assert "UTF-8 (dòng 2)" in error.text("vi")


def test_the_line_is_counted_across_blocks(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(HEADER.encode() + b"x,1,a,1\n" * 200_000 + b"\xff\n")
    assert error_of(path).data == {"line": 200_002}


def test_a_letter_cut_off_at_the_end_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(HEADER.encode() + "Hà".encode()[:-1])
    assert error_of(path).code == "W010"


@pytest.mark.parametrize(("encoding", "name"), [("utf-32", "UTF-32"), ("utf-16-le", "UTF-16 (BOM?)")])
def test_other_unicode_is_named(tmp_path: Path, encoding: str, name: str) -> None:
    error = error_of(write(tmp_path / "x.csv", HEADER, encoding))
    assert (error.code, error.data) == ("W011", {"name": name})


@pytest.mark.parametrize("rest", ["", "\nx"])
def test_a_line_without_end_is_no_table(tmp_path: Path, rest: str) -> None:
    error = error_of(write(tmp_path / "x.csv", HEADER + "x" * (MAX_LINE + 1) + rest))
    assert (error.code, error.data) == ("W012", {"line": 2, "limit": 1_000_000})


def test_a_long_line_within_the_limit_is_read(tmp_path: Path) -> None:
    text = HEADER + "x" * 600_000 + "\n" + "y" * 600_000
    assert recognise(write(tmp_path / "x.csv", text)).content is Content.CSV


def ole(name: str) -> bytes:
    header = bytearray(512)
    header[:8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    header[30:32] = (9).to_bytes(2, "little")
    header[48:52] = (1).to_bytes(4, "little")
    return bytes(header) + bytes(512) + name.encode("utf-16-le").ljust(512, b"\0")


@pytest.mark.parametrize(("stream", "code"), [("EncryptedPackage", "W014"), ("Workbook", "W015")])
def test_old_and_encrypted_office_files_are_told_apart(tmp_path: Path, stream: str, code: str) -> None:
    path = tmp_path / "facts.xlsx"
    path.write_bytes(ole(stream))
    assert error_of(path).code == code


@pytest.mark.parametrize(
    ("name", "content", "faults"),
    [
        ("a.csv", Content.CSV, []),
        ("a.CSV", Content.XLSX, [("W101", {"suffix": ".CSV", "kind": "xlsx"})]),
        ("a.xlsx", Content.CSV, [("W101", {"suffix": ".xlsx", "kind": "csv"})]),
        ("a.xlsm", Content.XLSX, []),
        ("a.json", Content.CSV, [("W101", {"suffix": ".json", "kind": "csv"})]),
        ("a.dat", Content.JSON, []),
        ("a", Content.CSV, []),
    ],
)
def test_a_name_that_misleads_is_reported(name: str, content: Content, faults: list[object]) -> None:
    found = Faults()
    compare_with_name(Path(name), content, found)
    assert [(one.code, one.data) for one in found.listed()] == faults


def test_a_zero_far_inside_a_text_makes_it_no_text(tmp_path: Path) -> None:
    error = error_of(write(tmp_path / "x.csv", HEADER + "x" * 5000 + "\0\n"))
    assert (error.code, error.data) == ("W013", {"kind": "binary"})
