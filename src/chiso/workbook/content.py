"""What a file is, decided by its content; the name is only compared with it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import BinaryIO

from chiso.workbook.faults import Faults, TableError

#: Longest line of a text table, in characters.
MAX_LINE = 1_000_000

_HEAD = 4096
#: Read at once; smaller than the longest line, so that no line between two ends in one block exceeds it.
_BLOCK = 1 << 18
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

#: How files start that are no tables, and what they are.
_FOREIGN = {
    b"%PDF": "pdf",
    b"{\\rtf": "rtf",
    b"\x1f\x8b": "archive",
    b"7z\xbc\xaf\x27\x1c": "archive",
    b"Rar!": "archive",
    b"BZh": "archive",
    b"\xfd7zXZ\x00": "archive",
    b"\x89PNG": "image",
    b"\xff\xd8\xff": "image",
    b"GIF8": "image",
}

_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class Content(Enum):
    """The formats that are read."""

    CSV = "csv"
    JSON = "json"
    XLSX = "xlsx"


_SUFFIXES = {
    ".csv": Content.CSV,
    ".tsv": Content.CSV,
    ".txt": Content.CSV,
    ".json": Content.JSON,
    ".xlsx": Content.XLSX,
    ".xlsm": Content.XLSX,
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """A file's format and, for text, its encoding."""

    content: Content
    encoding: str = ""


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open a file for reading.

    Raises:
        TableError: there is no such file, or it cannot be opened or read.
    """
    try:
        with path.open("rb") as file:
            yield file
    except FileNotFoundError as error:
        raise TableError("W001", path.name) from error
    except OSError as error:
        raise TableError("W002", path.name, problem=error.strerror or type(error).__name__) from error


def recognise(path: Path) -> Recognised:
    """Return what a file is; text is checked to its end, so that reading it later cannot fail half-way.

    Raises:
        TableError: it is no table, is empty, or its text is not in UTF-8 (or marked UTF-16).
    """
    with opened(path) as file:
        head = file.read(_HEAD)
        if not head:
            raise TableError("W003", path.name)
        if head.startswith(b"PK"):
            return Recognised(Content.XLSX)
        if head.startswith(_OLE):
            raise TableError("W014" if _is_encrypted(file, head) else "W015", path.name)
        for mark, kind in _FOREIGN.items():
            if head.startswith(mark):
                raise TableError("W013", path.name, kind=kind)
        encoding = _encoding(head, path.name)
        file.seek(0)
        start = _check_text(file, encoding, path.name)
    if not start:
        raise TableError("W003", path.name)
    if start.startswith("<"):
        raise TableError("W013", path.name, kind="markup")
    return Recognised(Content.JSON if start[0] in "{[" else Content.CSV, encoding)


def compare_with_name(path: Path, content: Content, faults: Faults) -> None:
    """Report a file that is not what its name says; a suffix that says nothing is left alone."""
    expected = _SUFFIXES.get(path.suffix.lower())
    if expected is not None and expected is not content:
        faults.add("W101", path.name, suffix=path.suffix, kind=content.value)


def _encoding(head: bytes, name: str) -> str:
    if head.startswith((codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)):
        raise TableError("W011", name, name="UTF-32")
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    if b"\0" in head:
        # Plain Latin letters in unmarked UTF-16 have a zero in every other byte.
        if len(head) > 3 and not any(head[1:8:2]):
            raise TableError("W011", name, name="UTF-16 (BOM?)")
        raise TableError("W013", name, kind="binary")
    return "utf-8"


def _is_encrypted(file: BinaryIO, head: bytes) -> bool:
    """Look for the encrypted package in the first directory sector of an OLE file."""
    sector_size = 1 << min(int.from_bytes(head[30:32], "little"), 16)
    file.seek((int.from_bytes(head[48:52], "little") + 1) * sector_size)
    return _ENCRYPTED in file.read(_HEAD)


def _check_text(file: BinaryIO, encoding: str, name: str) -> str:
    """Decode a whole file block by block and return its first visible characters."""
    decoder = codecs.getincrementaldecoder(encoding)()
    start, line, tail = "", 1, 0
    last = False
    while not last:
        block = file.read(_BLOCK)
        last = not block
        try:
            text = decoder.decode(block, final=last)
        except UnicodeDecodeError as error:
            raise TableError("W010", name, line=line + error.object[: error.start].count(b"\n")) from error
        if "\0" in text:
            raise TableError("W013", name, kind="binary")
        if len(start) < 8:
            start = (start + text).lstrip()[:8]
        first = text.find("\n")
        tail += len(text) if first < 0 else first
        if tail > MAX_LINE:
            raise TableError("W012", name, line=line, limit=MAX_LINE)
        if first >= 0:
            line += text.count("\n")
            tail = len(text) - text.rfind("\n") - 1
    return start
