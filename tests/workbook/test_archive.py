from __future__ import annotations

import io
import random
import struct
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from chiso.workbook import archive
from chiso.workbook.entries import read_entries
from chiso.workbook.faults import TableError
from tests.workbook.example import framework, parts_of, workbook, zipped

ROWS = [["unit", "code", "input", "value"], ["A", "1.2", "a", 1]]
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def good(tmp_path: Path) -> Path:
    return workbook(tmp_path / "f.xlsx", ROWS, names=["S"])


def error_of(path: Path) -> TableError:
    with pytest.raises(TableError) as caught:
        read_entries(path, framework())
    return caught.value


def changed(path: Path, part: str, old: bytes, new: bytes) -> Path:
    """Replace bytes in one part of a workbook."""
    parts = parts_of(path)
    assert old in parts[part]
    parts[part] = parts[part].replace(old, new)
    return zipped(path, parts)


@pytest.mark.parametrize(
    ("part", "kind"),
    [
        ("word/document.xml", "word"),
        ("ppt/presentation.xml", "slides"),
        ("mimetype", "ods"),
        ("xl/workbook.bin", "xlsb"),
        ("photos/a.jpg", "archive"),
    ],
)
def test_other_zip_files_are_named_for_what_they_are(tmp_path: Path, part: str, kind: str) -> None:
    error = error_of(zipped(tmp_path / "f.xlsx", {part: b"<x/>"}))
    assert (error.code, error.data) == ("W013", {"kind": kind})


@pytest.mark.parametrize("content", [b"PK", b"PK\x05\x06" + bytes(18), b"PK\x03\x04" + bytes(100)])
def test_a_broken_zip_file_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(content)
    assert error_of(path).code in ("W016", "W013")


def test_a_workbook_cut_short_is_damaged(good: Path) -> None:
    good.write_bytes(good.read_bytes()[:-100])
    assert error_of(good).code == "W016"


def test_a_flipped_bit_is_noticed_by_the_checksum(good: Path) -> None:
    with zipfile.ZipFile(good) as source:
        where = source.getinfo(SHEET).header_offset + 30 + len(SHEET) + 40
    content = bytearray(good.read_bytes())
    content[where] ^= 0x10
    good.write_bytes(bytes(content))
    assert error_of(good).code == "W016"


def test_a_bomb_is_seen_in_the_directory(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FILE", replace(archive.FILE, unpacked=5 << 20))
    parts = parts_of(good)
    parts["xl/media/x.xml"] = b" " * (7 << 20)
    error = error_of(zipped(good, parts))
    assert (error.code, error.data) == ("W017", {"size": 7, "limit": 5})


def test_a_part_that_is_nothing_but_compression_is_refused(good: Path) -> None:
    parts = parts_of(good)
    parts["xl/x.xml"] = b" " * (11 << 20)
    error = error_of(zipped(good, parts))
    assert (error.code, error.data["part"]) == ("W018", "xl/x.xml")
    assert error.data["ratio"] > archive.MAX_RATIO


def test_a_directory_that_lies_about_the_size_is_noticed_while_unpacking(good: Path) -> None:
    parts = parts_of(good)
    parts[SHEET] += b"<!-- -->" * 200_000
    content = bytearray(zipped(good, parts).read_bytes())
    with zipfile.ZipFile(good) as source:
        entry = source.getinfo(SHEET)
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = entry.header_offset if signature == b"PK\x03\x04" else content.rindex(SHEET.encode()) - 46
        assert bytes(content[at : at + 4]) == signature
        assert struct.unpack_from("<I", content, at + offset)[0] == entry.file_size
        struct.pack_into("<I", content, at + offset, 1000)
    good.write_bytes(bytes(content))
    assert error_of(good).code == "W016"


def test_a_file_too_large_to_be_a_workbook_is_refused(good: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive, "FILE", replace(archive.FILE, packed=1 << 20))
    parts = parts_of(good)
    with zipfile.ZipFile(good, "w", zipfile.ZIP_STORED) as target:
        for name, data in parts.items():
            target.writestr(name, data)
        target.writestr("xl/media/image.png", bytes(2 << 20))
    error = error_of(good)
    assert (error.code, error.data) == ("W004", {"size": 2, "limit": 1})


def test_two_parts_of_one_name_are_refused(good: Path) -> None:
    parts = parts_of(good)
    parts[SHEET.upper()] = parts[SHEET]
    assert error_of(zipped(good, parts)).code == "W016"


def test_unusual_compression_is_refused(good: Path) -> None:
    parts = parts_of(good)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_LZMA) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    good.write_bytes(buffer.getvalue())
    assert error_of(good).data == {"problem": "compression 14"}


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'


@pytest.mark.parametrize("part", [SHEET, "xl/workbook.xml", "xl/styles.xml", "[Content_Types].xml"])
@pytest.mark.parametrize("doctype", [LAUGHS, b'<!DOCTYPE x SYSTEM "file:///etc/passwd">'])
def test_entities_are_refused_wherever_they_stand(good: Path, part: str, doctype: bytes) -> None:
    parts = parts_of(good)
    start, end = b"<?xml", b"?>"
    declared = parts[part].find(start)
    at = parts[part].index(end) + 2 if declared == 0 else 0
    parts[part] = parts[part][:at] + doctype + parts[part][at:]
    error = error_of(zipped(good, parts))
    assert (error.code, error.data) == ("W019", {"part": part})


def test_entities_in_another_encoding_are_refused(good: Path) -> None:
    parts = parts_of(good)
    body = parts[SHEET].decode()
    body = body[body.index("?>") + 2 :] if body.startswith("<?xml") else body
    parts[SHEET] = ('<?xml version="1.0" encoding="UTF-16"?>' + LAUGHS.decode() + body).encode("utf-16")
    assert error_of(zipped(good, parts)).code == "W019"


def test_macros_are_not_run_but_values_are_read(good: Path) -> None:
    parts = parts_of(good)
    parts["xl/vbaProject.bin"] = b"Sub Auto_Open()"
    entries, faults = read_entries(zipped(good.with_suffix(".xlsm"), parts), framework())
    assert [(one.code, one.place) for one in faults] == [("W102", "f.xlsm")]
    assert [one.value for one in entries] == [1]


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("XFD1048576", "W020"),
        ("D12000001", "W016"),
        ("D1048577", "W016"),
        ("XFE2", "W016"),
        ("D99999999999999999999", "W016"),
        ("d2", "W016"),
    ],
)
def test_a_cell_far_away_or_nowhere_is_refused(good: Path, reference: str, code: str) -> None:
    path = changed(good, SHEET, b'r="D2"', f'r="{reference}"'.encode())
    assert error_of(path).code == code


def test_a_row_beyond_the_sheet_is_refused(good: Path) -> None:
    assert error_of(changed(good, SHEET, b'<row r="2"', b'<row r="4294967296"')).code == "W016"


@pytest.mark.parametrize(
    "beyond", [b'<c r="XFD2"/><c><v>1</v></c></row></sheetData>', b'</row><row r="1048576"/><row/></sheetData>']
)
def test_what_follows_the_last_cell_is_refused(good: Path, beyond: bytes) -> None:
    assert error_of(changed(good, SHEET, b"</row></sheetData>", beyond)).code == "W016"


def test_a_cell_far_away_without_content_does_no_harm(good: Path) -> None:
    path = changed(good, SHEET, b"</row></sheetData>", b'<c r="XFD2" s="0"/></row></sheetData>')
    assert len(read_entries(path, framework())[0]) == 1


def test_cells_without_references_are_counted_from_the_left(good: Path) -> None:
    parts = parts_of(good)
    sheet = parts[SHEET].decode()
    for cell in ("A2", "B2", "C2", "D2"):
        sheet = sheet.replace(f' r="{cell}"', "")
    parts[SHEET] = sheet.replace("<v>1</v></c></row></sheetData>", "<f>1</f></c></row></sheetData>").encode()
    entries, faults = read_entries(zipped(good, parts), framework())
    assert [(one.code, one.place) for one in faults] == [("W111", "f.xlsx: S!D2")]
    assert entries == []


@pytest.mark.parametrize("text", [b'encoding="U2F-8"', b'encoding="UTF-65536"'])
def test_an_unknown_encoding_is_damage(good: Path, text: bytes) -> None:
    parts = parts_of(good)
    parts["docProps/core.xml"] = b'<?xml version="1.0" ' + text + b"?><x/>"
    assert error_of(zipped(good, parts)).code == "W016"


def test_xml_without_end_is_damage(good: Path) -> None:
    assert error_of(changed(good, SHEET, b"</worksheet>", b"")).code == "W016"


def test_one_endless_tag_is_refused_before_it_is_held(good: Path) -> None:
    parts = parts_of(good)
    noise = random.Random(1).randbytes(5 << 20).hex().encode()
    parts["xl/x.xml"] = b'<x a="' + noise + b'"/>'
    assert error_of(zipped(good, parts)).data == {"problem": "xl/x.xml: 8 MB"}


def test_a_sheet_that_is_not_there_is_damage(good: Path) -> None:
    parts = parts_of(good)
    del parts[SHEET]
    assert error_of(zipped(good, parts)).code == "W016"
