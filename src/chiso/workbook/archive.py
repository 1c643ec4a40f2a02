"""The zip file that an Excel workbook is: checked from its directory and while unpacking, before anything reads it.

What is read later is a copy that holds only parts which passed: no bomb, no XML entities, no macros. So it makes no
difference whether two readers of zip files would see the same archive differently.
"""

from __future__ import annotations

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, BinaryIO, cast

from chiso.workbook.content import opened
from chiso.workbook.faults import TableError
from chiso.workbook.markup import Limits, MarkupScanner, SheetScan

#: What a workbook may hold; a full sheet of Excel rows with seven columns has 7.3 million cells.
FILE = Limits(packed=200 << 20, unpacked=600 << 20, sheets=1_000, cells=12_000_000, characters=250_000_000)

#: What one may hold that a web page waits for: the form of a unit, a column of codes.
PAGE = Limits(packed=20 << 20, unpacked=64 << 20, sheets=100, cells=1_000_000, characters=20_000_000)

#: Largest compression of a part; only parts above the size are looked at, since small ones do no harm.
MAX_RATIO = 200
RATIO_FROM = 10 << 20

_MAX_PARTS = 10_000

#: How each part begins in the list at the end of a zip file.
_LISTED = b"PK\x01\x02"
_CHUNK = 1 << 18
_IN_MEMORY = 16 << 20

#: What reading a damaged, encrypted or unusual zip file raises.
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)

#: Parts that tell what an archive is when it is no workbook of the kind that is read.
_OTHERS = {
    "xl/workbook.bin": "xlsb",
    "word/document.xml": "word",
    "ppt/presentation.xml": "slides",
    "mimetype": "ods",
}


@dataclass
class Unpacked:
    """The checked copy of a workbook, whether macros were left out of it, and what the scan of its sheets noticed."""

    file: BinaryIO
    macros: bool = False
    scans: dict[str, SheetScan] = field(default_factory=dict)


@contextmanager
def unpacked(path: Path, limits: Limits | None = None) -> Iterator[Unpacked]:
    """Check a workbook and lend the copy that is safe to read.

    Raises:
        TableError: it is no workbook, is damaged, too large, or hostile.
    """
    limits = limits or FILE
    with opened(path) as file, tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        packed = path.stat().st_size
        if packed > limits.packed:
            raise TableError("W004", path.name, size=packed >> 20, limit=limits.packed >> 20)
        if lists_more_than(_MAX_PARTS, file):
            raise TableError("W016", path.name, problem=f"> {_MAX_PARTS} parts")
        try:
            with zipfile.ZipFile(file) as source:
                result = _copied(source, path, cast("BinaryIO", copy), limits)
        except TableError:
            raise
        except _DAMAGE as error:
            raise TableError("W016", path.name, problem=str(error) or type(error).__name__) from error
        copy.seek(0)
        yield result


def lists_more_than(most: int, file: BinaryIO | IO[bytes]) -> bool:
    """Say whether a zip file lists more parts than that, by their marks: the list itself would fill the memory."""
    file.seek(0)
    count, tail = 0, b""
    while count <= most and (piece := file.read(_CHUNK)):
        count += (tail + piece).count(_LISTED)
        tail = (tail + piece)[1 - len(_LISTED) :]
    file.seek(0)
    return count > most


def _copied(source: zipfile.ZipFile, path: Path, copy: BinaryIO, limits: Limits) -> Unpacked:
    parts = source.infolist()
    _check_directory(parts, path, limits)
    result = Unpacked(copy, macros=any(part.filename.lower().endswith("vbaproject.bin") for part in parts))
    scanner = MarkupScanner(path.name, limits)
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for part in sorted(parts, key=_place):
            if part.filename.lower().endswith((".xml", ".rels")):
                _copy_part(source, part, target, scanner)
    result.scans = scanner.sheets()
    return result


def _check_directory(parts: list[zipfile.ZipInfo], path: Path, limits: Limits) -> None:
    names = [part.filename.lower() for part in parts]
    if "xl/workbook.xml" not in names:
        kind = next((kind for name, kind in _OTHERS.items() if name in names), "archive")
        raise TableError("W013", path.name, kind=kind)
    if len(set(names)) < len(names):
        raise TableError("W016", path.name, problem=f"{len(names)} parts, {len(set(names))} names")
    total = sum(part.file_size for part in parts)
    if total > limits.unpacked:
        raise TableError("W017", path.name, size=total >> 20, limit=limits.unpacked >> 20)
    for part in parts:
        ratio = part.file_size // max(part.compress_size, 1)
        if part.file_size > RATIO_FROM and ratio > MAX_RATIO:
            raise TableError("W018", path.name, part=part.filename[:80], ratio=ratio)
        if part.compress_type not in _METHODS:
            raise TableError("W016", path.name, problem=f"compression {part.compress_type}")


def _copy_part(source: zipfile.ZipFile, part: zipfile.ZipInfo, target: zipfile.ZipFile, scanner: MarkupScanner) -> None:
    """Copy one part through the scanner.

    The reader stops at the size that the directory declares, which was checked; a part that goes on fails its checksum.
    """
    scanner.begin(part.filename)
    with source.open(part) as packed, target.open(zipfile.ZipInfo(part.filename), "w", force_zip64=True) as copy:
        while chunk := packed.read(_CHUNK):
            scanner.feed(chunk)
            copy.write(chunk)
    scanner.end()


def _place(part: zipfile.ZipInfo) -> tuple[bool, bool, str]:
    """Order parts so that styles and shared texts come before the sheets that use them."""
    name = part.filename.lower()
    return not name.endswith("styles.xml"), not name.endswith("sharedstrings.xml"), part.filename
