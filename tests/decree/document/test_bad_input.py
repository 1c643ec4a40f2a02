"""Documents that are none, are damaged, or are made to do harm: refused with a clear sentence, in bounded time."""

from __future__ import annotations

import contextlib
import io
import random
import time
import zipfile
from pathlib import Path

import pytest

import chiso
from chiso.decree.document.faults import DocumentError
from chiso.decree.document.phrases import PHRASES
from chiso.decree.document.reader import read_bytes, read_file
from chiso.decree.draft import drafts_of
from tests.decree.makers.docx import docx, package
from tests.decree.makers.html import html
from tests.decree.makers.pdf import pdf
from tests.decree.makers.printed import Block, PCell, PParagraph, PTable, printed
from tests.decree.makers.text import tabbed


def fault(data: bytes) -> DocumentError:
    with pytest.raises(DocumentError) as raised:
        drafts_of(read_bytes(data, "van-ban"))
    return raised.value


def zipped(**parts: str | bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), text)
    return target.getvalue()


def blocks() -> list[Block]:
    return printed(chiso.load("an-giang-2024-department"))


NESTED = (
    '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
    "<w:t>&b;</w:t></w:r></w:p></w:body></w:document>"
)
OUTSIDE = NESTED.replace('<!ENTITY a "ha">', '<!ENTITY a SYSTEM "file:///etc/passwd">')
#: The head of an encrypted Office file, as it stands in its directory.
LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512 + "EncryptedPackage".encode("utf-16-le")
SCAN = pdf([PParagraph("")] * 3, numbers=False)
ENCRYPTED_PDF = pdf(blocks()).replace(
    b"trailer << ",
    b"trailer << /ID [<00><00>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O ("
    + b"o" * 32
    + b") /U ("
    + b"u" * 32
    + b") >> ",
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        pytest.param(b"", "R102", id="empty"),
        pytest.param(b"  \n\n", "R102", id="blank"),
        pytest.param(b"PK\x03\x04 not a zip", "R105", id="broken zip"),
        pytest.param(zipped(a__b_xml="x"), "R104", id="another archive"),
        pytest.param(zipped(content_xml="x"), "R104", id="OpenDocument"),
        pytest.param(b"{\\rtf1\\ansi Quyet dinh}", "R104", id="RTF"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "R104", id="old Word"),
        pytest.param(LOCKED, "R106", id="locked Office file"),
        pytest.param(b"\x7fELF\x00\x00\x01" + b"\x00" * 100, "R104", id="program"),
        pytest.param("Quyết định".encode("utf-16-le")[:-1] + b"\xff", "R104", id="UTF-16 without its mark"),
        pytest.param(b"Quy\xebt \xf0\xb8nh s\xe8 1", "R111", id="TCVN3"),
        pytest.param(zipped(word__document_xml=NESTED), "R108", id="entities"),
        pytest.param(zipped(word__document_xml=OUTSIDE), "R108", id="entity of a file"),
        pytest.param(zipped(word__document_xml="<w:document"), "R105", id="XML that breaks off"),
        pytest.param(b"%PDF-1.7\nnothing", "R105", id="broken PDF"),
        pytest.param(ENCRYPTED_PDF, "R106", id="PDF with a password"),
        pytest.param(SCAN, "R109", id="scan"),
        pytest.param("Kính gửi các đơn vị, đề nghị báo cáo.".encode(), "R120", id="letter"),
        pytest.param(
            ("The committee decides on the following criteria for the year. " * 40).encode(), "R121", id="English"
        ),
    ],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    found = fault(data)
    assert found.code == code
    assert all("{" not in found.text(lang) for lang in ("vi", "en"))


def test_another_language_in_a_table_of_points_is_refused() -> None:
    rows = [[PCell(text) for text in ("No", "Criterion", "Maximum")]]
    rows += [[PCell(f"1.{n}"), PCell(f"The share of households with broadband {n}"), PCell("10")] for n in range(1, 30)]
    assert fault(docx([PTable(rows)])).code == "R121"


def test_a_bomb_is_refused_before_it_unpacks() -> None:
    data = zipped(word__document_xml=b"<a>" + b" " * (64 << 20) + b"</a>")
    assert len(data) < 1 << 20
    started = time.process_time()
    assert fault(data).code == "R107"
    assert time.process_time() - started < 10


def test_two_parts_of_one_name_are_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", "<b/>")
    assert fault(target.getvalue()).code == "R107"


def test_macros_are_not_read_and_said() -> None:
    data = io.BytesIO(docx(blocks()))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"\x00" * 100)
    document = read_bytes(data.getvalue(), "a.docm")
    assert document.notes == ("macros",)
    assert len(drafts_of(document)) == 1


def test_a_table_of_a_hundred_thousand_rows_is_refused_in_time() -> None:
    rows = "".join(f"1.{n}\tTỷ lệ hộ gia đình có kết nối Internet {n}\t10\n" for n in range(1, 100_001))
    started = time.process_time()
    found = fault(("TT\tTên tiêu chí\tĐiểm tối đa\n1\tHạ tầng số\t100\n" + rows).encode())
    assert (found.code, found.data["number"]) == ("R110", 100_001)
    assert time.process_time() - started < 120


def test_more_pages_than_any_decision_has_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chiso.decree.document.pdf.MAX_PAGES", 2)
    found = fault(pdf(blocks()))
    assert (found.code, found.data["what"]) == ("R110", "pages")


def test_tables_inside_each_other_without_end_do_not_stop_the_reader() -> None:
    deep = "<table><tr><td>" * 3_000 + "Chuyển đổi số của các đơn vị" + "</table>" * 10
    assert fault(f"<html>{deep}".encode()).code == "R120"
    nested = (
        "<w:tbl><w:tr><w:tc>" * 300 + "<w:p><w:r><w:t>Chuyển đổi số</w:t></w:r></w:p>" + "</w:tc></w:tr></w:tbl>" * 300
    )
    assert fault(package(nested)).code == "R120"


def test_a_file_that_is_too_large_or_missing_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("Chỉ số", "utf-8")
    monkeypatch.setattr("chiso.decree.document.reader.MAX_BYTES", 3)
    with pytest.raises(DocumentError) as raised:
        read_file(path)
    assert raised.value.code == "R103"
    with pytest.raises(DocumentError) as raised:
        read_file(tmp_path)
    assert raised.value.code in ("R101", "R103")


def test_every_fault_has_its_sentence_in_both_languages() -> None:
    codes = [code for code in PHRASES.codes() if code.startswith("R")]
    assert len(codes) >= 14
    for code in codes:
        assert PHRASES._table[code][0] != PHRASES._table[code][1]


FUZZED = {
    "docx": docx(blocks()),
    "pdf": pdf(blocks()),
    "html": html(blocks()).encode(),
    "text": tabbed(blocks()).encode(),
}


@pytest.mark.parametrize("form", FUZZED)
@pytest.mark.parametrize("seed", range(25))
def test_damaged_bytes_are_read_or_refused_but_never_crash(form: str, seed: int) -> None:
    source = random.Random(f"{form}{seed}")
    data = bytearray(FUZZED[form])
    for _ in range(source.choice([1, 5, 50, 400])):
        data[source.randrange(len(data))] = source.randrange(256)
    if seed % 5 == 0:
        del data[source.randrange(len(data)) :]
    started = time.process_time()
    with contextlib.suppress(DocumentError):
        drafts_of(read_bytes(bytes(data), "van-ban"))
    assert time.process_time() - started < 120


PIECES = [
    *("1", "1.1", "1.2", "2", "2.1", "I", "II.", "a)", "-", "", "TT", "10", "(10)", "22", "50%"),
    *("Điểm tối đa", "Tên tiêu chí", "Không áp dụng", "Mức độ", "1.Khởi động", "2.Kết nối", "Tỷ lệ = a/b", "Ghi chú"),
    *("Sở Nội vụ; UBND", "Tổng cộng", "Thông tin chung", "Quý IV năm 2024", "- Có: Điểm tối đa", "Phụ lục II"),
    *("Trụ cột Xã hội số", "chuyển đổi số của huyện", "Chỉ số thành phần", "Tổng điểm (420 điểm)"),
]


@pytest.mark.parametrize("seed", range(120))
def test_shuffled_pieces_of_tables_are_read_or_refused_but_never_crash(seed: int) -> None:
    source = random.Random(seed)
    lines = [
        "\t".join(source.choice(PIECES) for _ in range(source.randrange(1, 8))) for _ in range(source.randrange(5, 60))
    ]
    mark = source.choice(["\t", " | ", "\n\t", "\n|"])
    text = "Quyết định về chỉ số chuyển đổi số của các huyện\n" + "\n".join(line.replace("\t", mark) for line in lines)
    with contextlib.suppress(DocumentError):
        assert all(draft.framework.dimensions for draft in drafts_of(read_bytes(text.encode(), "van-ban")))
