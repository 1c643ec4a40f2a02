"""Uploads stop at the limit: far too large ones are not read at all, and of others the rest is thrown away."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from chiso.web import formats

#: What a request holds besides files: fields, and what stands between the parts.
_ROOM = 2 * 1024 * 1024


def limit() -> int:
    """Return how many bytes of files one request may carry."""
    return int(settings.EVIDENCE_MAX_MIB) * 1024 * 1024


def too_large(request: HttpRequest) -> bool:
    """Say whether files of a request were left out because they were too large."""
    return bool(getattr(request, "_left_out_files", False))


def too_large_words() -> str:
    """Return what is said of a table that was left out because it was too large."""
    words = _("The file is larger than %(limit)s and was not read. Keep only the table in it, or divide it.")
    return words % {"limit": formats.filesize(limit())}


class LimitedUploadHandler(FileUploadHandler):
    """The first handler of every upload: counts bytes, and leaves out files beyond the limit."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self._received = 0

    def handle_raw_input(
        self,
        input_data: Any,
        META: dict[str, str],  # noqa: N803 - the name is Django's
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> None:
        """Refuse what says itself that it is far too large, before any of it is read.

        Raises:
            RequestDataTooBig: see there.
        """
        if content_length > limit() + _ROOM:
            raise RequestDataTooBig

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        """Pass a part of a file on to the next handler, as long as the limit allows."""
        self._received += len(raw_data)
        if self._received > limit():
            self.request._left_out_files = True  # type: ignore[union-attr]
            raise SkipFile
        return raw_data

    def file_complete(self, file_size: int) -> Any:
        """Leave the finished file to the next handler."""
        return None
