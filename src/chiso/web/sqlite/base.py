"""SQLite whose writers stand in a queue: each waits for a lock on a file beside the database before it begins.

SQLite itself lets a writer that finds another one look again after a while, longer each time: under load some wait for
seconds while the database is free in between. The operating system wakes the next one at once, and ends the lock of a
process that dies.
"""

from __future__ import annotations

import os
from typing import Any

from django.db.backends.sqlite3 import base

try:
    import fcntl
except ImportError:  # Windows: writers wait as SQLite has them wait
    fcntl = None  # type: ignore[assignment]


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection that holds the lock from the begin of a transaction to its end."""

    # Django's stubs leave out what is overridden here.

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._queue: int | None = None

    def _start_transaction_under_autocommit(self) -> None:
        self._wait()
        try:
            super()._start_transaction_under_autocommit()  # type: ignore[misc]
        except BaseException:
            self._leave()
            raise

    def _commit(self) -> None:
        super()._commit()  # type: ignore[misc]
        # Where the commit fails, the transaction still stands: the rollback that follows lets the next one in.
        self._leave()

    def _rollback(self) -> None:
        try:
            super()._rollback()  # type: ignore[misc]
        finally:
            self._leave()

    def _close(self) -> None:
        try:
            super()._close()  # type: ignore[misc]
        finally:
            self._leave()

    def _wait(self) -> None:
        if fcntl is None or self._queue is not None or self.is_in_memory_db():
            return
        queue = os.open(f"{self.settings_dict['NAME']}-queue", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(queue, fcntl.LOCK_EX)
        except BaseException:
            os.close(queue)
            raise
        self._queue = queue

    def _leave(self) -> None:
        if self._queue is not None:
            os.close(self._queue)  # ends the lock
            self._queue = None
