"""Names of units that differ only in how they are typed, as they do when several people keep the figures."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator


def alike(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each name that looks like an earlier one, behind that one.

    Capitals do not count, nor where a syllable carries its tone mark: Hòa Bình and HOÀ BÌNH are the same place.
    """
    first: dict[str, str] = {}
    for name in names:
        earlier = first.setdefault(_as_spoken(name), name)
        if earlier != name:
            yield earlier, name


def _as_spoken(name: str) -> str:
    return " ".join(map(_syllable, unicodedata.normalize("NFD", name.casefold()).split()))


def _syllable(word: str) -> str:
    marks = sorted(letter for letter in word if unicodedata.combining(letter))
    return "".join(letter for letter in word if not unicodedata.combining(letter)) + "".join(marks)
