"""What keeps the application from its work for a while, and is no fault of a page: no database, files or room."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from enum import StrEnum

from django.db import InterfaceError, OperationalError

from chiso.web.files import UnreachableStoreError

#: The database takes reads only: the other one of a pair has just become the first.
_READ_ONLY = "25006"
_DISK_FULL = "53100"
#: A statement beyond what PostgreSQL can do, such as one too long: the fault of whoever wrote it.
_TOO_COMPLEX = "54"


class Outage(StrEnum):
    """What is missing."""

    DATABASE = "database"
    STORE = "store"
    ROOM = "room"


def outage_of(error: BaseException) -> Outage | None:
    """Return what outage an error came of, itself or one that it came of in turn; None where it is a fault."""
    found = None
    for one in _chain(error):
        if lacks_room(one):
            return Outage.ROOM
        if isinstance(one, UnreachableStoreError):
            return Outage.STORE
        if _lacks_database(one):
            found = Outage.DATABASE
    return found


def lacks_room(error: BaseException) -> bool:
    """Say whether an error itself tells that a disk is full, here or where the database keeps its files."""
    if isinstance(error, OSError):
        return error.errno in (errno.ENOSPC, errno.EDQUOT)
    return _state(error) == _DISK_FULL or _code(error) == sqlite3.SQLITE_FULL


def _lacks_database(error: BaseException) -> bool:
    cause = error.__cause__ or error
    if isinstance(error, (OperationalError, InterfaceError)):
        # SQLite says in the same way that a statement is wrong, PostgreSQL that it is too long.
        return _code(cause) != sqlite3.SQLITE_ERROR and not _state(cause).startswith(_TOO_COMPLEX)
    return _state(cause) == _READ_ONLY


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _state(error: BaseException) -> str:
    """Return the state that PostgreSQL gave; nothing where the connection broke before it could."""
    return getattr(error, "sqlstate", None) or ""


def _code(error: BaseException) -> int | None:
    """Return SQLite's primary code of an error."""
    code = getattr(error, "sqlite_errorcode", None)
    return code & 0xFF if code is not None else None
