"""Writers of SQLite wait for each other in a queue, and leave it however their transaction ends."""

from __future__ import annotations

import fcntl
import os
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import OperationalError

from chiso.web.sqlite.base import DatabaseWrapper

pytestmark = pytest.mark.django_db  # Django lets tests use no connection otherwise

OPTIONS = {"transaction_mode": "IMMEDIATE", "timeout": 0.1}


def connected(path: Path) -> DatabaseWrapper:
    settings = {"ENGINE": "chiso.web.sqlite", "NAME": str(path), "OPTIONS": dict(OPTIONS), "AUTOCOMMIT": True}
    rest = {"ATOMIC_REQUESTS": False, "CONN_HEALTH_CHECKS": False, "CONN_MAX_AGE": None, "TIME_ZONE": None, "TEST": {}}
    return DatabaseWrapper({**settings, **rest}, "default")


@pytest.fixture
def database(tmp_path: Path) -> Iterator[DatabaseWrapper]:
    made = connected(tmp_path / "data.sqlite3")
    with made.cursor() as cursor:
        cursor.execute("CREATE TABLE seen (number INTEGER UNIQUE)")
    yield made
    made.close()


def is_free(database: DatabaseWrapper) -> bool:
    queue = os.open(f"{database.settings_dict['NAME']}-queue", os.O_RDWR | os.O_CREAT)
    try:
        fcntl.flock(queue, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(queue)
    return True


def begin(database: DatabaseWrapper) -> None:
    database.set_autocommit(False, force_begin_transaction_with_broken_autocommit=True)


@pytest.mark.parametrize("end", ["commit", "rollback", "close"])
def test_a_transaction_holds_the_queue_until_it_ends(database: DatabaseWrapper, end: str) -> None:
    assert is_free(database)
    begin(database)
    assert not is_free(database)

    getattr(database, end)()
    assert is_free(database)


def test_a_begin_that_fails_leaves_the_queue(database: DatabaseWrapper, tmp_path: Path) -> None:
    other = connected(tmp_path / "data.sqlite3")
    with other.cursor() as cursor:
        cursor.execute("BEGIN IMMEDIATE")  # past the queue, as another program might
    with pytest.raises(OperationalError, match="locked"):
        begin(database)

    assert is_free(database)
    other.close()


def test_many_writers_wait_longer_than_sqlite_would(database: DatabaseWrapper, tmp_path: Path) -> None:
    """Eight of them hold their transactions for 0.05 s each: together four times SQLite's patience of 0.1 s."""
    pause, failed = threading.Event(), []

    def write(number: int) -> None:
        mine = connected(tmp_path / "data.sqlite3")
        try:
            begin(mine)
            with mine.cursor() as cursor:
                cursor.execute("INSERT INTO seen VALUES (%s)", [number])
            pause.wait(0.05)
            mine.commit()
        except OperationalError as error:
            failed.append(error)
        finally:
            mine.close()

    writers = [threading.Thread(target=write, args=(number,)) for number in range(8)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    with database.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM seen")
        assert (cursor.fetchone(), failed) == ((8,), [])


def test_the_application_uses_it(settings) -> None:
    engine = settings.DATABASES["default"]["ENGINE"]
    assert engine in ("chiso.web.sqlite", "django.db.backends.postgresql")
