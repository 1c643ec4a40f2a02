"""Files on disk that are there whole or not at all: neither a full disk nor a process that ends leaves half a file."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage


class UnreachableStoreError(Exception):
    """Files are kept on another machine, which does not answer or does not let us in."""


class WholeFileStorage(FileSystemStorage):
    """Writes a file under another name beside its place, and moves it there when it lies safely on the disk."""

    def _save(self, name: str, content: File[Any]) -> str:
        part = f"{name}.{secrets.token_hex(8)}.part"
        try:
            super()._save(part, content)  # type: ignore[misc]
            with Path(self.path(part)).open("rb") as file:
                os.fsync(file.fileno())
            kept = self._taken(name)
            Path(self.path(part)).replace(self.path(kept))
        except BaseException:
            self.delete(part)
            raise
        return kept

    def _taken(self, name: str) -> str:
        """Take a name that nobody else has: another file may have come to stand there since it was chosen."""
        while True:
            try:
                os.close(os.open(self.path(name), os.O_CREAT | os.O_EXCL, 0o600))
            except FileExistsError:
                name = self.get_available_name(name)
            else:
                return name
