"""Faults of a framework file: each names file, line, key, value, remedy and near misses; all are reported at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import islice
from typing import Any

from chiso.framework.measures import Measure
from chiso.framework.phrases import phrase
from chiso.quantity import local_text

#: Most faults of a file that are told at once; nobody mends more before looking again.
MAX_FAULTS = 1_000
_MORE = "F019"
#: Of more names than this, only those that begin or end alike are compared letter by letter.
_MANY = 200


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing wrong with a framework file.

    ``code`` is stable (``F101``); ``data`` fills the wording in ``chiso.framework.phrases`` and may hold numbers and
    units of measure, which become words in the language of the reader.
    """

    code: str
    file: str
    line: int | None
    key: str
    data: dict[str, Any] = field(default_factory=dict)
    near: tuple[str, ...] = ()

    def text(self, lang: str = "vi") -> str:
        """Return what is wrong and what to do, as sentences."""
        words = phrase(self.code, lang, **{key: _shown(value, lang) for key, value in self.data.items()})
        if self.near:
            words += " " + phrase("near", lang, names=", ".join(self.near))
        return words

    def located(self, lang: str = "vi") -> str:
        """Return the fault as one line: ``file:line: key: sentence``."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return (
            f"{place}: {self.key}: {self.text(lang)} [{self.code}]"
            if self.key
            else f"{place}: {self.text(lang)} [{self.code}]"
        )

    def as_dict(self, lang: str = "vi") -> dict[str, Any]:
        """Return the fault for JSON."""
        return {
            "code": self.code,
            "file": self.file,
            "line": self.line,
            "key": self.key,
            "data": {key: _plain(value) for key, value in self.data.items()},
            "near": list(self.near),
            "message": self.text(lang),
        }


class FrameworkError(ValueError):
    """A framework cannot be loaded; carries every fault found."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(fault.located("en") for fault in self.faults))


def _shown(value: object, lang: str) -> str:
    if isinstance(value, Fraction):
        return local_text(value, lang)
    if isinstance(value, Measure):
        return value.words(lang)
    return ", ".join(str(one) for one in value) if isinstance(value, list | tuple) else str(value)


def _plain(value: object) -> Any:
    if value is None or isinstance(value, str | int):
        return value
    return [_plain(one) for one in value] if isinstance(value, list | tuple) else str(value)


def in_order(faults: Iterable[Fault]) -> list[Fault]:
    """Return faults as one would come upon them: by file and line."""
    return sorted(faults, key=lambda fault: (fault.file, fault.line or 0))


def limited(faults: Iterable[Fault]) -> list[Fault]:
    """Return the first faults of a file, and a last one that says so where there are more."""
    found = list(islice(faults, MAX_FAULTS + 1))
    told = [fault for fault in found if fault.code != _MORE][:MAX_FAULTS]
    if len(told) == len(found):
        return told
    return [*told, Fault(_MORE, told[0].file, None, "", {"limit": MAX_FAULTS})]


def near_misses(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return up to three known names that resemble ``name``, closest first."""
    names = list(known)
    if len(names) > _MANY:
        near = [one for one in names if abs(len(one) - len(name)) <= 3]
        shared = [(one, (one[:2] == name[:2]) + (one[-2:] == name[-2:])) for one in near]
        names = [one for ends in (2, 1) for one, count in shared if count == ends][:_MANY]
    return tuple(difflib.get_close_matches(name, names, n=3, cutoff=0.6))
