"""An installation is copied and put back elsewhere by the commands of the guide, each in a process of its own."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psycopg
import pytest
from django.core.management import CommandError, call_command

import chiso

#: What the installation holds: an operator, a unit, a file of evidence of it.
CONTENT = """
import django; django.setup()
import datetime as dt, io
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from chiso.web.audit.services import SYSTEM, record
from chiso.web.evidence import store
from chiso.web.evidence.models import Blob
file = io.BytesIO("Kế hoạch số 12".encode())
digest = store.digest_of(file)
with transaction.atomic():
    store.keep(file, digest)
    Blob.objects.create(digest=digest, size=18, media_type="text/plain")
    record(strand="units", action="unit.created", actor=SYSTEM, unit=1)
print(digest)
"""

READ = """
import django; django.setup()
from chiso.web.audit.models import Entry
from chiso.web.evidence import store
from chiso.web.evidence.models import Blob
from chiso.web.people.models import User
print([user.email for user in User.objects.all()])
print(list(Entry.objects.order_by("strand", "number").values_list("action", "hash")))
print([store.opened(blob.digest).read().decode() for blob in Blob.objects.all()])
"""


@dataclass
class Installation:
    """A folder of data and a database of its own."""

    data: Path
    database: str

    def run(self, *arguments: str, words: str = "", fails: bool = False) -> str:
        command = [sys.executable, "-m", "chiso.web", *arguments]
        return self._run(command, words=words, fails=fails)

    def python(self, code: str) -> str:
        return self._run([sys.executable, "-c", code])

    def _run(self, command: list[str], *, words: str = "", fails: bool = False) -> str:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHISO_", "DJANGO_"))}
        given = {
            "CHISO_DATA": str(self.data),
            "CHISO_DATABASE_URL": self.database,
            "CHISO_SECRET_KEY": "of-this-test-alone-" + "k" * 40,
            "DJANGO_SETTINGS_MODULE": "chiso.web.settings",
        }
        done = subprocess.run(command, env=kept | given, input=words, capture_output=True, text=True, check=False)
        assert bool(done.returncode) is fails, done.stderr
        return done.stderr if fails else done.stdout


def _postgres() -> str:
    """Return the address of the server of this run of tests, empty on SQLite."""
    url = os.environ.get("CHISO_DATABASE_URL", "")
    return url.rpartition("/")[0] if url.startswith("postgres") else ""


@pytest.fixture(scope="module")
def installations(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Installation]]:
    """Yield two installations; the first has content, the second has neither tables nor files."""
    server = _postgres()
    names = [f"chiso_copies_{os.getpid()}_{at}" for at in range(2)]
    folders = [tmp_path_factory.mktemp(name) for name in names]
    if server:
        for name in names:
            _on_server(server, f"CREATE DATABASE {name}")
    urls = [f"{server}/{name}" for name in names] if server else [f"sqlite:///{one / 'db'}" for one in folders]
    made = [Installation(data, url) for data, url in zip(folders, urls, strict=True)]
    made[0].run("migrate", "--verbosity", "0")
    made[0].run("create_operator", "van-hanh@mau.example", "Vận hành mẫu", words="mat-khau-dai-cua-mau\n")
    made[0].python(CONTENT)
    yield made
    if server:
        for name in names:
            _on_server(server, f"DROP DATABASE {name} WITH (FORCE)")


def _on_server(server: str, statement: str) -> None:
    with psycopg.connect(f"{server}/postgres", autocommit=True) as server_connection:
        server_connection.execute(statement)  # type: ignore[call-overload]


@pytest.fixture(scope="module")
def copy(installations: list[Installation], tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("copies") / "2026-11-25"
    assert "1 files of evidence" in installations[0].run("back_up", str(folder))
    return folder


def test_a_copy_put_back_elsewhere_is_the_same_installation(installations: list[Installation], copy: Path) -> None:
    first, second = installations
    assert "The log is whole" in second.run("restore", str(copy))
    assert second.python(READ) == first.python(READ)
    assert "van-hanh@mau.example" in second.python(READ)
    assert "Kế hoạch số 12" in second.python(READ)
    assert "The log is whole: 2 entries." in second.run("verify_log")
    assert "already. Put a copy back into an empty database only." in second.run("restore", str(copy), fails=True)


def test_a_copy_says_what_it_is_of(copy: Path) -> None:
    about = json.loads((copy / "about.json").read_text("utf-8"))
    assert (about["version"], about["database"], about["files"]) == (
        chiso.__version__,
        "postgresql" if _postgres() else "sqlite",
        1,
    )


def test_a_copy_is_never_written_over_another(installations: list[Installation], copy: Path) -> None:
    assert "is not empty. Name a new folder" in installations[0].run("back_up", str(copy), fails=True)


def fresh(tmp_path: Path) -> Installation:
    return Installation(tmp_path / "data", f"sqlite:///{tmp_path / 'db.sqlite3'}")


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        ("about.json is missing", "is no whole copy"),
        ("newer", "Install that version first"),
        ("database is missing", "can only go back into the kind of database it is of"),
    ],
)
def test_what_is_no_whole_copy_is_refused(copy: Path, tmp_path: Path, fault: str, said: str) -> None:
    broken = tmp_path / "copy"
    shutil.copytree(copy, broken)
    if fault == "newer":
        about = json.loads((broken / "about.json").read_text("utf-8"))
        (broken / "about.json").write_text(json.dumps(about | {"version": "99.0.0"}), "utf-8")
    else:
        for file in broken.glob("about.json" if "about" in fault else "database.*"):
            file.unlink()
    assert said in fresh(tmp_path).run("restore", str(broken), fails=True)


@pytest.mark.skipif(bool(_postgres()), reason="the copy is of PostgreSQL, and this installation is SQLite")
@pytest.mark.parametrize(("change", "said"), [("alter", "was changed in the copy"), ("remove", "is not in the copy")])
def test_a_file_of_evidence_that_is_not_what_it_was_is_found(
    copy: Path, tmp_path: Path, change: str, said: str
) -> None:
    broken = tmp_path / "copy"
    shutil.copytree(copy, broken)
    (file,) = (one for one in (broken / "evidence").rglob("*") if one.is_file())
    file.write_bytes(b"x") if change == "alter" else file.unlink()
    assert said in fresh(tmp_path).run("restore", str(broken), fails=True)


def test_a_damaged_file_is_found_before_it_is_copied(installations: list[Installation], tmp_path: Path) -> None:
    (file,) = (one for one in (installations[0].data / "evidence").rglob("*") if one.is_file())
    kept = file.read_bytes()
    file.chmod(0o600)
    file.write_bytes(kept[:-1])
    said = installations[0].run("back_up", str(tmp_path / "copy"), fails=True)
    file.write_bytes(kept)
    assert "is missing or damaged" in said
    assert not (tmp_path / "copy" / "about.json").exists()


@pytest.mark.django_db
def test_a_copy_for_which_there_is_no_room_is_removed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(folder: Path) -> None:
        (folder / "evidence" / "ab").mkdir(parents=True)
        (folder / "database.sqlite3").write_bytes(b"half")
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("chiso.web.operations.copies.databases.dump", half)
    folder = tmp_path / "copy"
    with pytest.raises(CommandError, match=r"There is no room left for .*copy\. Remove old copies, or copy to another"):
        call_command("back_up", str(folder))
    assert list(folder.iterdir()) == []
