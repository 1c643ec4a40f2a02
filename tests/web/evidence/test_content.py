"""A file is what its content says, whatever its name."""

from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.web.evidence import content
from chiso.web.evidence.content import ENDINGS, UnwantedFileError, kind_of
from chiso.web.evidence.phrases import UNWANTED
from tests.web.evidence import files


@pytest.mark.parametrize(
    ("content", "ending"),
    [
        (files.PDF, ".pdf"),
        (b"\n%PDF-1.7 after a line", ".pdf"),
        (files.archive("[Content_Types].xml", "word/document.xml"), ".docx"),
        (files.archive("[Content_Types].xml", "xl/workbook.xml"), ".xlsx"),
        (files.old_office("WordDocument"), ".doc"),
        (files.old_office("Workbook"), ".xls"),
        (files.old_office("Book"), ".xls"),
        (files.PNG, ".png"),
        (files.JPEG, ".jpg"),
        (b"II*\x00" + b"\0" * 20, ".tif"),
        (b"MM\x00*" + b"\0" * 20, ".tif"),
    ],
)
def test_what_is_taken_in(content: bytes, ending: str) -> None:
    assert kind_of(io.BytesIO(content)).ending == ending


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"<html><script>alert(1)</script>", "type"),
        (b"MZ\x90\x00 a program", "type"),
        (b"GIF89a", "type"),
        (files.archive("readme.txt"), "type"),
        (files.archive("word/document.xml", "word/vbaProject.bin"), "macros"),
        (files.archive("xl/workbook.xml", "xl/VBAPROJECT.BIN"), "macros"),
        (b"PK\x03\x04 cut off", "damaged"),
        (files.old_office("WordDocument", "Macros"), "macros"),
        (files.old_office("Workbook", "_VBA_PROJECT"), "macros"),
        (files.old_office("EncryptedPackage"), "encrypted"),
        (files.old_office("SomethingElse"), "type"),
    ],
)
def test_what_is_not(content: bytes, code: str) -> None:
    with pytest.raises(UnwantedFileError) as refused:
        kind_of(io.BytesIO(content))
    assert refused.value.code == code


def test_what_an_archive_lists_is_counted_before_it_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def read(*_told: object) -> None:
        raise AssertionError("the list was read: a million entries take 350 MB")

    monkeypatch.setattr(content.zipfile, "ZipFile", read)
    with pytest.raises(UnwantedFileError) as refused:
        kind_of(io.BytesIO(b"PK\x03\x04" + b"PK\x01\x02".ljust(47, b"\0") * (content.MAX_ENTRIES + 1)))
    assert refused.value.code == "type"


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", files.OLE, b"%PDF-", b"\xff\xd8\xff"]))
def test_any_bytes_are_taken_in_or_refused(rest: bytes, start: bytes) -> None:
    try:
        told = kind_of(io.BytesIO(start + rest)).ending
    except UnwantedFileError as refused:
        told = refused.code
    assert told in {*ENDINGS.values(), *UNWANTED}
