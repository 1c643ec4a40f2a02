"""Evidence in a bucket of an S3-compatible storage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from storages.backends.s3 import S3File, S3Storage

from chiso.web.files import UnreachableStoreError

#: What is held in memory of a file on its way, in bytes; more lies in a temporary file.
_HELD = 1024 * 1024


class BucketStorage(S3Storage):  # type: ignore[misc]
    """Answers soon or says that it cannot, holds no whole file in memory, and asks for nothing that only Amazon has."""

    def get_default_settings(self) -> dict[str, Any]:
        """Return the settings of every bucket."""
        return {
            **super().get_default_settings(),
            "client_config": Config(
                connect_timeout=3,
                read_timeout=10,
                retries={"mode": "standard", "total_max_attempts": 2},
                # Older servers keep what newer check sums wrap around a content; ours is its name.
                request_checksum_calculation="when_required",
                response_checksum_validation="when_required",
            ),
            "transfer_config": TransferConfig(use_threads=False),
            "max_memory_size": _HELD,
        }

    def _open(self, name: str, mode: str = "rb") -> S3File:
        """Fetch a file before anything of it is handed out."""
        with _reaching():
            file = super()._open(name, mode)
            assert file.file is not None, "reading it fetches it"
            return file

    def _save(self, name: str, content: Any) -> str:
        with _reaching():
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        """Say whether a file is there."""
        with _reaching():
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        """Remove a file, if it is there."""
        with _reaching():
            super().delete(name)


@contextmanager
def _reaching() -> Iterator[None]:
    """Say of a bucket that is away, or does not let us in, that it cannot be reached.

    Raises:
        UnreachableStoreError: see there.
    """
    try:
        yield
    except (BotoCoreError, Boto3Error, ClientError) as error:
        raise UnreachableStoreError(str(error)) from error
