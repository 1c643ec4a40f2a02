"""A file on disk is there whole or not at all."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile, File

from chiso.web.files import WholeFileStorage


class Endless(ContentFile):
    """A file during whose writing the disk is full."""

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        yield b"x" * 4096
        raise OSError(errno.ENOSPC, "No space left on device")


@pytest.fixture
def storage(tmp_path: Path) -> WholeFileStorage:
    return WholeFileStorage(location=tmp_path, file_permissions_mode=0o600)


def kept(storage: WholeFileStorage) -> dict[str, bytes]:
    there = Path(storage.location)
    return {str(one.relative_to(there)): one.read_bytes() for one in there.rglob("*") if one.is_file()}


def test_a_file_is_kept_with_its_mode(storage: WholeFileStorage) -> None:
    assert storage.save("ab/cd/file", ContentFile(b"content")) == "ab/cd/file"
    assert kept(storage) == {"ab/cd/file": b"content"}
    assert Path(storage.path("ab/cd/file")).stat().st_mode & 0o777 == 0o600


def test_a_full_disk_leaves_nothing_behind(storage: WholeFileStorage) -> None:
    with pytest.raises(OSError, match="No space left"):
        storage.save("ab/cd/file", Endless(b""))
    assert kept(storage) == {}


def test_an_uploaded_file_is_moved(storage: WholeFileStorage, tmp_path_factory) -> None:
    uploaded = tmp_path_factory.mktemp("uploads") / "upload"
    uploaded.write_bytes(b"content")

    class Uploaded(File):
        def temporary_file_path(self) -> str:
            return str(uploaded)

    with uploaded.open("rb") as file:
        storage.save("jobs/in/table.xlsx", Uploaded(file))
    assert (kept(storage), uploaded.exists()) == ({"jobs/in/table.xlsx": b"content"}, False)


def test_a_name_taken_meanwhile_is_left_to_whoever_took_it(storage: WholeFileStorage, monkeypatch) -> None:
    def meanwhile(_file: int) -> None:
        Path(storage.path("file.txt")).write_bytes(b"theirs")

    monkeypatch.setattr("chiso.web.files.os.fsync", meanwhile)
    name = storage.save("file.txt", ContentFile(b"mine"))
    assert name != "file.txt"
    assert kept(storage) == {"file.txt": b"theirs", name: b"mine"}
