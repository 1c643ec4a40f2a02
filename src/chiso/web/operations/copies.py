"""A copy of an installation: a folder with the database, the files of evidence, and what it is a copy of.

The database is copied first and the files after it: each file that the copied database names is there then, since
files are kept before the database speaks of them and are never removed.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from django.core.management import call_command
from django.db import connection
from django.utils import timezone

import chiso
from chiso.web.audit.queries import breaks
from chiso.web.evidence import store
from chiso.web.evidence.models import Blob
from chiso.web.files import UnreachableStoreError
from chiso.web.operations import databases
from chiso.web.operations.databases import CopyError
from chiso.web.outages import Outage, outage_of

_ABOUT = "about.json"
_FILES = "evidence"


@dataclass(frozen=True)
class About:
    """What a copy is of: the version of ChiSo, the kind of database, when it was begun, how many files are in it."""

    version: str
    database: str
    made_at: str
    files: int


def make(folder: Path) -> About:
    """Copy this installation into a new folder.

    Raises:
        CopyError: the folder is not empty, a file of evidence is damaged, the database cannot be copied, or there is
            no room. What was copied by then is removed.
    """
    if folder.exists() and any(folder.iterdir()):
        raise CopyError(f"{folder} is not empty. Name a new folder for each copy.")
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return _copied(folder)
    except BaseException as error:
        _empty(folder)
        if outage_of(error) == Outage.ROOM:
            raise CopyError(
                f"There is no room left for {folder}. Remove old copies, or copy to another disk."
            ) from error
        raise


def _empty(folder: Path) -> None:
    """Remove what stands in a folder: half a copy takes the room that is missing, and is good for nothing."""
    for one in folder.iterdir():
        if one.is_dir():
            shutil.rmtree(one)
        else:
            one.unlink()


def _copied(folder: Path) -> About:
    made_at = timezone.now().isoformat()
    databases.dump(folder)
    digests = list(Blob.objects.order_by("digest").values_list("digest", flat=True))
    for digest in digests:
        _copy_out(digest, folder / _FILES / store.name_of(digest))
    about = About(chiso.__version__, connection.vendor, made_at, len(digests))
    # Written last: a copy without it was broken off.
    (folder / _ABOUT).write_text(json.dumps(asdict(about), indent=1), "utf-8")
    return about


def put_back(folder: Path) -> About:
    """Put a copy into this installation, which must be empty, bring it up to date, and verify its log.

    Raises:
        CopyError: it is no whole copy, of a newer version, or something in it was changed.
    """
    about = _about(folder)
    if _parts(about.version) > _parts(chiso.__version__):
        raise CopyError(
            f"The copy is of ChiSo {about.version}, this is {chiso.__version__}. Install that version first."
        )
    databases.restore(folder)
    call_command("migrate", verbosity=0)
    for digest in Blob.objects.values_list("digest", flat=True):
        _copy_in(digest, folder / _FILES / store.name_of(digest))
    for found in breaks():
        raise CopyError(f"The log of the copy does not hold together at {found.strand} #{found.number} ({found.code}).")
    return about


def _about(folder: Path) -> About:
    try:
        return About(**json.loads((folder / _ABOUT).read_text("utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise CopyError(f"{folder} is no whole copy: {_ABOUT} is missing or damaged.") from error


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


@contextmanager
def _reaching() -> Iterator[None]:
    try:
        yield
    except UnreachableStoreError as error:
        raise CopyError(f"The store of evidence cannot be reached ({error}). Try again when it answers.") from error


@_reaching()
def _copy_out(digest: str, target: Path) -> None:
    if not store.is_whole(digest):
        raise CopyError(f"The file {digest} of evidence is missing or damaged. Put it back from an older copy first.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with store.opened(digest) as source, target.open("xb") as out:
        for piece in store.pieces(source):
            out.write(piece)


@_reaching()
def _copy_in(digest: str, source: Path) -> None:
    if not source.is_file():
        raise CopyError(f"The file {digest} of evidence is not in the copy.")
    with source.open("rb") as file:
        if store.digest_of(file) != digest:
            raise CopyError(f"The file {digest} of evidence was changed in the copy.")
        store.keep(file, digest)
