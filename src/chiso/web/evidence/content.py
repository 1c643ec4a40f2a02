"""What a file is, told from its content; its name and what the browser claims are not believed."""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from typing import IO

from chiso.workbook.archive import lists_more_than

#: Archives with more entries than this are no office documents.
MAX_ENTRIES = 20_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: How much of an old office file is searched for the names of its streams, in bytes.
_OLE_SEARCHED = 64 * 1024 * 1024

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: Types that are taken in, with the ending their files get.
ENDINGS = {
    "application/pdf": ".pdf",
    _WORD: ".docx",
    _EXCEL: ".xlsx",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
}


class UnwantedFileError(Exception):
    """A file that is not taken in: ``code`` says why (``evidence.phrases``)."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Kind:
    """What a file is."""

    media_type: str

    @property
    def ending(self) -> str:
        """The ending that belongs to the type."""
        return ENDINGS[self.media_type]


def kind_of(file: IO[bytes]) -> Kind:
    """Return what a file is.

    Raises:
        UnwantedFileError: it is empty, of another type, damaged, or holds macros.
    """
    file.seek(0)
    start = file.read(1024)
    if not start:
        raise UnwantedFileError("empty")
    if b"%PDF-" in start:
        return Kind("application/pdf")
    if start.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind("image/png")
    if start.startswith(b"\xff\xd8\xff"):
        return Kind("image/jpeg")
    if start.startswith((b"II*\x00", b"MM\x00*")):
        return Kind("image/tiff")
    if start.startswith(b"PK\x03\x04"):
        return _office(file)
    if start.startswith(_OLE):
        return _old_office(file)
    raise UnwantedFileError("type")


def _office(file: IO[bytes]) -> Kind:
    """Tell Word from Excel by the main part in the archive; nothing is unpacked."""
    if lists_more_than(MAX_ENTRIES, file):
        raise UnwantedFileError("type")
    try:
        with zipfile.ZipFile(file) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UnwantedFileError("damaged") from error
    if any(name.casefold().endswith("vbaproject.bin") for name in names):
        raise UnwantedFileError("macros")
    if "word/document.xml" in names:
        return Kind(_WORD)
    if "xl/workbook.xml" in names:
        return Kind(_EXCEL)
    raise UnwantedFileError("type")


def _old_office(file: IO[bytes]) -> Kind:
    """Tell .doc from .xls by the names of the streams in the file."""
    file.seek(0)
    content = file.read(_OLE_SEARCHED)
    if any(_stream(name) in content for name in ("_VBA_PROJECT", "Macros")):
        raise UnwantedFileError("macros")
    if _stream("EncryptedPackage") in content:
        raise UnwantedFileError("encrypted")
    if _stream("WordDocument") in content:
        return Kind("application/msword")
    if _stream("Workbook") in content or _stream("Book") in content:
        return Kind("application/vnd.ms-excel")
    raise UnwantedFileError("type")


def _stream(name: str) -> bytes:
    """Return a stream's name as it stands in the directory of the file, with its end."""
    return f"{name}\0".encode("utf-16-le")
