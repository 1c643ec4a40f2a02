"""The zip file that a Word or Excel document is: checked from its directory, and read part by part within bounds.

Only parts that are asked for are unpacked; macros, embedded files and links are never opened.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from xml.parsers import expat

from chiso.decree.document.faults import DocumentError

#: Largest part, in bytes unpacked, and largest compression of a part of some size.
MAX_PART = 300 << 20
MAX_RATIO = 400
RATIO_FROM = 20 << 20
_MAX_PARTS = 10_000
_CHUNK = 1 << 18
_ENCRYPTED = 1

_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


class Package:
    """The parts of a document by their names."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self._archive, self._name = archive, name
        self._parts = {part.filename: part for part in archive.infolist()}

    def __contains__(self, part: str) -> bool:
        return part in self._parts

    @property
    def has_macros(self) -> bool:
        """Tell whether the document carries macros; they are not read."""
        return any(name.lower().endswith("vbaproject.bin") for name in self._parts)

    def chunks(self, part: str) -> Iterator[bytes]:
        """Yield a part piece by piece, no more than its directory entry promises.

        Raises:
            DocumentError: it is damaged, encrypted, or unpacks to too much.
        """
        info = self._parts[part]
        try:
            with self._archive.open(info) as stream:
                while chunk := stream.read(_CHUNK):
                    yield chunk
        except _DAMAGE as error:
            raise DocumentError("R105", self._name, problem=str(error) or type(error).__name__) from error


@contextmanager
def opened(data: bytes, name: str) -> Iterator[Package]:
    """Lend the parts of a zip file.

    Raises:
        DocumentError: it is damaged, encrypted or hostile.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(data))
    except _DAMAGE as error:
        raise DocumentError("R105", name, problem=str(error) or type(error).__name__) from error
    with archive:
        _check(archive, name)
        yield Package(archive, name)


def _check(archive: zipfile.ZipFile, name: str) -> None:
    parts = archive.infolist()
    names = [part.filename for part in parts]
    if len(parts) > _MAX_PARTS or len(set(names)) < len(names):
        raise DocumentError("R107", name, problem=f"{len(parts)} parts")
    for part in parts:
        if part.flag_bits & _ENCRYPTED:
            raise DocumentError("R106", name)
        ratio = part.file_size // max(part.compress_size, 1)
        if part.file_size > MAX_PART or (part.file_size > RATIO_FROM and ratio > MAX_RATIO):
            raise DocumentError("R107", name, problem=f"{part.filename[:60]}: {part.file_size >> 20} MiB")


def parse(
    chunks: Iterator[bytes],
    name: str,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None],
    text: Callable[[str], None],
) -> None:
    """Run XML through three handlers; names are ``namespace local`` with a space between.

    Raises:
        DocumentError: it is not well-formed, or declares a DTD or entities.
    """
    parser: Any = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True

    def refuse(*_: object) -> None:
        raise DocumentError("R108", name)

    parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = parser.ExternalEntityRefHandler = refuse
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = start, end, text
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003
        parser.Parse(b"", True)  # noqa: FBT003
    except expat.ExpatError as error:
        raise DocumentError("R105", name, problem=f"XML: {error}") from error
