"""Opens a document: what it is, is told by its first bytes and never by its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from pathlib import Path

from chiso.decree.document.docx import main_part, read_docx
from chiso.decree.document.faults import DocumentError
from chiso.decree.document.html import read_html
from chiso.decree.document.limits import MAX_BYTES
from chiso.decree.document.package import opened
from chiso.decree.document.shape import Document
from chiso.decree.document.text import read_text
from chiso.decree.document.xlsx import read_xlsx

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BOMS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
#: Encodings that a page may name; others hold no Vietnamese or are not read.
_CHARSETS = {"utf-8": "utf-8", "utf8": "utf-8", "windows-1258": "cp1258", "utf-16": "utf-16", "us-ascii": "utf-8"}
_HTML = re.compile(
    rb"^\s*(?:<!doctype\s+html|<html|<\?xml[^>]*\?>\s*(?:<!doctype\s+html|<html))|<(?:html|body|table)[\s>]",
    re.IGNORECASE,
)
_HEAD = 8_192


Progress = Callable[[int, int], None]


def read_file(path: Path, progress: Progress | None = None) -> Document:
    """Read a document from a file.

    Raises:
        DocumentError: it cannot be read; the sentence says why and what to do.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise DocumentError("R103", path.name, size=size >> 20, limit=MAX_BYTES >> 20)
        data = path.read_bytes()
    except OSError as error:
        raise DocumentError("R101", path.name, problem=error.strerror or type(error).__name__) from error
    return read_bytes(data, path.name, progress)


def read_bytes(data: bytes, name: str, progress: Progress | None = None) -> Document:
    """Read a document from its bytes; ``progress`` is told how many pages of how many are read.

    Raises:
        DocumentError: it cannot be read; the sentence says why and what to do.
    """
    if not data.strip():
        raise DocumentError("R102", name)
    head = data[:_HEAD]
    if head.startswith(b"PK"):
        return _from_zip(data, name)
    if b"%PDF-" in head[:1024]:
        from chiso.decree.document.pdf import read_pdf  # the library behind it takes long to load

        return read_pdf(data, name, progress)
    if head.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise DocumentError("R106", name)
        raise DocumentError("R104", name, kind="ole")
    if head.lstrip().startswith(b"{\\rtf"):
        raise DocumentError("R104", name, kind="rtf")
    if _HTML.search(head):
        return read_html(_decoded(data, name), name)
    return read_text(_decoded(data, name), name)


def _from_zip(data: bytes, name: str) -> Document:
    with opened(data, name) as package:
        word, excel = main_part(package, name).startswith("word/"), "xl/workbook.xml" in package
        other = "odf" if "content.xml" in package else "archive"
    if word:
        return read_docx(data, name)
    if excel:
        return read_xlsx(data, name)
    raise DocumentError("R104", name, kind=other)


def _decoded(data: bytes, name: str) -> str:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _decode(data, encoding, name)
    if b"\x00" in data[:_HEAD]:
        raise DocumentError("R104", name, kind="binary")
    said = _CHARSET.search(data[:_HEAD])
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        encoding = _CHARSETS.get(said[1].decode("ascii").lower(), "") if said else ""
        return _decode(data, encoding or "utf-8", name)


def _decode(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeError as error:
        raise DocumentError("R111", name, problem=str(error)[:80]) from error
