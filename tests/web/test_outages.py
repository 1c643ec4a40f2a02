"""An error tells what is missing: the database, room on a disk, or nothing but a statement without fault."""

from __future__ import annotations

import errno
import sqlite3

import psycopg
import pytest
from django.db import IntegrityError, InternalError, OperationalError, ProgrammingError
from django.db.transaction import TransactionManagementError
from psycopg import errors

from chiso.web.outages import Outage, outage_of


def of_sqlite(code: int) -> OperationalError:
    cause = sqlite3.OperationalError("as SQLite says it")
    cause.sqlite_errorcode = code
    return caused(OperationalError("as Django says it"), cause)


def of_postgresql(cause: psycopg.Error, kind: type[Exception] = OperationalError) -> Exception:
    return caused(kind("as Django says it"), cause)


def caused(error: Exception, by: Exception) -> Exception:
    error.__cause__ = by
    return error


@pytest.mark.parametrize(
    ("error", "outage"),
    [
        (of_sqlite(sqlite3.SQLITE_BUSY), Outage.DATABASE),
        (of_sqlite(sqlite3.SQLITE_BUSY_SNAPSHOT), Outage.DATABASE),
        (of_sqlite(sqlite3.SQLITE_IOERR_READ), Outage.DATABASE),
        (of_sqlite(sqlite3.SQLITE_CANTOPEN), Outage.DATABASE),
        (of_sqlite(sqlite3.SQLITE_FULL), Outage.ROOM),
        (of_sqlite(sqlite3.SQLITE_ERROR), None),  # no such table
        (of_postgresql(psycopg.OperationalError("connection refused")), Outage.DATABASE),
        (of_postgresql(errors.AdminShutdown()), Outage.DATABASE),
        (of_postgresql(errors.TooManyConnections()), Outage.DATABASE),
        (of_postgresql(errors.DiskFull()), Outage.ROOM),
        (of_postgresql(errors.StatementTooComplex()), None),
        (of_postgresql(errors.ReadOnlySqlTransaction(), InternalError), Outage.DATABASE),
        (of_postgresql(errors.UndefinedTable(), ProgrammingError), None),
        (of_postgresql(errors.UniqueViolation(), IntegrityError), None),
        (OSError(errno.ENOSPC, "No space left on device"), Outage.ROOM),
        (OSError(errno.EDQUOT, "Quota exceeded"), Outage.ROOM),
        (OSError(errno.EACCES, "Permission denied"), None),
        (KeyError("a"), None),
    ],
)
def test_an_error_tells_what_is_missing(error: Exception, outage: Outage | None) -> None:
    assert outage_of(error) == outage


def lost_within_a_transaction() -> None:
    try:
        raise of_postgresql(errors.AdminShutdown())
    except OperationalError:
        raise TransactionManagementError from None


def test_what_followed_from_an_outage_is_one() -> None:
    with pytest.raises(TransactionManagementError) as caught:
        lost_within_a_transaction()
    assert outage_of(caught.value) == Outage.DATABASE
