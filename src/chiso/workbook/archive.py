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
from typing import BinaryIO, cast

from chiso.workbook.content import opened
from chiso.workbook.faults import TableError
from chiso.workbook.markup import MarkupScanner, SheetScan

#: Largest workbook, in bytes: as it lies on the disk, and unpacked.
MAX_PACKED = 200 << 20
MAX_UNPACKED = 600 << 20

#: Largest compression of a part; only parts above the size are looked at, since small ones do no harm.
MAX_RATIO = 200
RATIO_FROM = 10 << 20

_MAX_PARTS = 10_000
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
def unpacked(path: Path) -> Iterator[Unpacked]:
    """Check a workbook and lend the copy that is safe to read.

    Raises:
        TableError: it is no workbook, is damaged, too large, or hostile.
    """
    with opened(path) as file, tempfile.SpooledTemporaryFile(_IN_MEMORY) as copy:
        try:
            with zipfile.ZipFile(file) as source:
                result = _copied(source, path, cast("BinaryIO", copy))
        except TableError:
            raise
        except _DAMAGE as error:
            raise TableError("W016", path.name, problem=str(error) or type(error).__name__) from error
        copy.seek(0)
        yield result


def _copied(source: zipfile.ZipFile, path: Path, copy: BinaryIO) -> Unpacked:
    parts = source.infolist()
    _check_directory(parts, path)
    result = Unpacked(copy, macros=any(part.filename.lower().endswith("vbaproject.bin") for part in parts))
    scanner = MarkupScanner(path.name)
    with zipfile.ZipFile(copy, "w", zipfile.ZIP_STORED) as target:
        for part in sorted(parts, key=_styles_first):
            if part.filename.lower().endswith((".xml", ".rels")):
                _copy_part(source, part, target, scanner)
    result.scans = scanner.sheets()
    return result


def _check_directory(parts: list[zipfile.ZipInfo], path: Path) -> None:
    packed = path.stat().st_size
    if packed > MAX_PACKED:
        raise TableError("W004", path.name, size=packed >> 20, limit=MAX_PACKED >> 20)
    names = [part.filename.lower() for part in parts]
    if "xl/workbook.xml" not in names:
        kind = next((kind for name, kind in _OTHERS.items() if name in names), "archive")
        raise TableError("W013", path.name, kind=kind)
    if len(set(names)) < len(names) or len(names) > _MAX_PARTS:
        raise TableError("W016", path.name, problem=f"{len(names)} parts, {len(set(names))} names")
    total = sum(part.file_size for part in parts)
    if total > MAX_UNPACKED:
        raise TableError("W017", path.name, size=total >> 20, limit=MAX_UNPACKED >> 20)
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


def _styles_first(part: zipfile.ZipInfo) -> tuple[bool, str]:
    """Order parts so that styles come before the sheets that use them."""
    return not part.filename.lower().endswith("styles.xml"), part.filename
