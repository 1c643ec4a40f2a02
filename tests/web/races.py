"""Several things at the same moment, each with a connection of its own: for tests on PostgreSQL."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import connection


def at_once(*acts: Callable[[], object], refused: tuple[type[Exception], ...]) -> list[str]:
    """Do several things at the same moment; return what came of each: ``done``, or the code or name of a refusal."""
    barrier, results = threading.Barrier(len(acts)), [""] * len(acts)

    def run(number: int) -> None:
        barrier.wait()
        try:
            acts[number]()
            results[number] = "done"
        except refused as error:
            results[number] = getattr(error, "code", type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(acts))]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    return results
