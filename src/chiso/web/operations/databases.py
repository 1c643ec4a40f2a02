"""Copying a whole database while it is in use, and putting a copy into an empty one."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from collections.abc import Sequence
from pathlib import Path

from django.db import connection


class CopyError(Exception):
    """A copy cannot be made or put back; the message says why, and what to do."""


def dump(folder: Path) -> None:
    """Write one consistent state of the database into a folder; writers go on meanwhile.

    Raises:
        CopyError: the programs of PostgreSQL are missing, or failed.
    """
    if connection.vendor == "sqlite":
        target = sqlite3.connect(folder / "database.sqlite3")
        with connection.cursor():
            connection.connection.backup(target)
        target.close()
    else:
        _run(["pg_dump", "--format=custom", "--no-owner", f"--file={folder / 'database.dump'}"])


def restore(folder: Path) -> None:
    """Put the copy in a folder into this installation's database.

    Raises:
        CopyError: the database holds tables already, the copy is of another kind of database, or a program failed.
    """
    if tables := connection.introspection.table_names():
        raise CopyError(
            f"The database holds {len(tables)} tables already. Put a copy back into an empty database only."
        )
    file = folder / ("database.sqlite3" if connection.vendor == "sqlite" else "database.dump")
    if not file.is_file():
        raise CopyError(f"{file.name} is not in {folder}. A copy can only go back into the kind of database it is of.")
    if connection.vendor == "sqlite":
        source = sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)
        with connection.cursor():
            source.backup(connection.connection)
        source.close()
    else:
        _run(["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_settings()['PGDATABASE']}", str(file)])
    connection.close()


def _settings() -> dict[str, str]:
    """Return the connection as the programs of PostgreSQL take it from their environment."""
    given = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGDATABASE": "NAME"}
    return {name: str(given[key]) for name, key in names.items() if given.get(key)}


def _run(command: Sequence[str]) -> None:
    try:
        done = subprocess.run(  # noqa: S603 - fixed programs, no shell
            command, env={**os.environ, **_settings()}, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as error:
        raise CopyError(
            f"{command[0]} is not on this machine. Install PostgreSQL's client programs, of the server's version."
        ) from error
    if done.returncode:
        raise CopyError(f"{command[0]} failed: {done.stderr.strip()}")
