"""What can be wrong with a file of figures: the whole file (an error), or a row or cell of it (a fault)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from chiso.scoring.entries import DataFault
from chiso.workbook.phrases import phrase

#: Faults listed for one file; more of them tell nobody anything, and a hostile file could hold millions.
MAX_FAULTS = 10_000


class TableError(ValueError):
    """A file that cannot be used at all: a stable code, the file, and near misses; words come from :meth:`text`."""

    def __init__(self, code: str, file: str = "", near: Sequence[str] = (), **data: Any) -> None:
        self.code, self.file, self.near, self.data = code, file, tuple(near), data
        super().__init__(self.located("en"))

    def text(self, lang: str = "vi") -> str:
        """Return what is wrong and what to do, as sentences."""
        return _sentences(self.code, lang, self.data, self.near)

    def located(self, lang: str = "vi") -> str:
        """Return the error as one line: ``file: sentence [code]``."""
        words = f"{self.text(lang)} [{self.code}]"
        return f"{self.file}: {words}" if self.file else words


@dataclass(frozen=True, slots=True)
class TableFault(DataFault):
    """A row or cell that could not be read; the rest of the file was."""

    def text(self, lang: str = "vi") -> str:
        """Return what is wrong and what to do, as sentences."""
        return _sentences(self.code, lang, self.data, self.near)


class Faults:
    """The faults of one file, the first :data:`MAX_FAULTS` of them listed and the rest counted."""

    def __init__(self, limit: int = MAX_FAULTS) -> None:
        self._limit = limit
        self._listed: list[DataFault] = []
        self._more = 0

    def add(self, code: str, place: str, near: Sequence[str] = (), unit: str = "", **data: Any) -> None:
        """Note what is wrong at a place."""
        if len(self._listed) < self._limit:
            self._listed.append(TableFault(code, place, unit, "", data, tuple(near)))
        else:
            self._more += 1

    def listed(self) -> list[DataFault]:
        """Return the faults, the last of them saying how many more there are."""
        if not self._more:
            return list(self._listed)
        return [*self._listed, TableFault("W199", "", data={"count": self._more})]


def _sentences(code: str, lang: str, data: Any, near: Sequence[str]) -> str:
    words = phrase(code, lang, **data)
    return f"{words} {phrase('near', lang, names=', '.join(near))}" if near else words
