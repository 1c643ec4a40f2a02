"""Where the content of files is kept: once for each content, under its hash, on disk or S3-compatible storage."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import IO

from django.core.files.base import File
from django.core.files.storage import Storage, storages

_PIECE = 1024 * 1024


def _storage() -> Storage:
    return storages["evidence"]


def name_of(digest: str) -> str:
    """Return the place of a content: folders by the first characters, so that none holds too many files."""
    return f"{digest[:2]}/{digest[2:4]}/{digest}"


def pieces(file: IO[bytes]) -> Iterator[bytes]:
    """Yield a file from its start, piece by piece."""
    file.seek(0)
    while piece := file.read(_PIECE):
        yield piece


def digest_of(file: IO[bytes]) -> str:
    """Return the SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    for piece in pieces(file):
        found.update(piece)
    return found.hexdigest()


def keep(file: IO[bytes], digest: str) -> None:
    """Keep a content under its hash; what is there already is left as it is, unless it is damaged."""
    if is_whole(digest):
        return
    name = name_of(digest)
    _storage().delete(name)
    file.seek(0)
    _storage().save(name, File(file, name=digest))


def opened(digest: str) -> File[bytes]:
    """Open a content for reading; the caller closes it."""
    return _storage().open(name_of(digest))


def is_whole(digest: str) -> bool:
    """Say whether a content is there and still has its hash."""
    if not _storage().exists(name_of(digest)):
        return False
    with opened(digest) as file:
        return digest_of(file) == digest
