"""How much of a document is read: bounds that no decision reaches, so that a hostile file costs little."""

from __future__ import annotations

from chiso.decree.document.faults import DocumentError

#: Largest file, in bytes.
MAX_BYTES = 100 << 20
#: Most pages, rows of all tables together, cells of all tables together, and characters of text.
MAX_PAGES = 3_000
MAX_ROWS = 200_000
MAX_CELLS = 2_000_000
MAX_CHARACTERS = 40_000_000
#: Widest table that is looked at; a decision prints on paper.
MAX_COLUMNS = 60


class Allowance:
    """Counts what a reader has taken and refuses more than is allowed."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._taken = {"pages": 0, "rows": 0, "cells": 0, "characters": 0}
        self._limits = {"pages": MAX_PAGES, "rows": MAX_ROWS, "cells": MAX_CELLS, "characters": MAX_CHARACTERS}

    def take(self, what: str, number: int) -> None:
        """Count so many more.

        Raises:
            DocumentError: it is more than any decision has.
        """
        self._taken[what] += number
        if self._taken[what] > self._limits[what]:
            raise DocumentError("R110", self.name, what=what, number=self._taken[what], limit=self._limits[what])
