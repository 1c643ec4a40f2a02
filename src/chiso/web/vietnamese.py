"""Vietnamese text: found without diacritics, sorted as in a dictionary."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Any

from django.db import models

_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
#: Tones in the order of Vietnamese dictionaries: level, grave, hook, tilde, acute, dot below.
_TONES = "\u0300\u0309\u0303\u0301\u0323"

_CODES = {letter: f"{chr(ord('b') + n // 5)}{chr(ord('b') + n % 5)}" for n, letter in enumerate(_LETTERS)}


@lru_cache(maxsize=1 << 15)
def folded(text: str) -> str:
    """Return text without diacritics, in small letters: ``Đắk Lắk`` becomes ``dak lak``.

    A NUL falls away: it is no text, and PostgreSQL refuses to look for it.
    """
    bare = unicodedata.normalize("NFD", text.casefold().replace("đ", "d").replace("\0", ""))
    return " ".join("".join(one for one in bare if not unicodedata.combining(one)).split())


@lru_cache(maxsize=1 << 15)
def ordered(text: str) -> str:
    """Return a key of small letters and digits that sorts as Vietnamese dictionaries do, in whatever collation.

    Letters first (a ă â b c d đ ...), tones only among equals; numbers by their value: ``Tổ 2`` before ``Tổ 10``.
    """
    letters, tones = [], []
    plain = unicodedata.normalize("NFC", text.casefold())
    for part in re.findall(r"\d+|.", plain):
        if part.isdecimal():
            number = str(int(part))
            letters.append(f"a{len(number):02}{number}")
            continue
        decomposed = unicodedata.normalize("NFD", part)
        tone = next((mark for mark in decomposed if mark in _TONES), "")
        letter = unicodedata.normalize("NFC", "".join(one for one in decomposed if one not in _TONES))
        letters.append(_CODES.get(letter, "a"))
        tones.append(str(_TONES.index(tone) + 1 if tone else 0))
    return f"{''.join(letters)}0{''.join(tones)}"


class DerivedField(models.CharField):  # type: ignore[type-arg]
    """A column that follows from others of its row whenever the row is saved, for searching or sorting."""

    def __init__(self, *args: Any, of: tuple[str, ...] = (), by: Callable[[str], str] = folded, **kwargs: Any) -> None:
        self.of, self.by = of, by
        super().__init__(*args, **{"editable": False, "default": "", "max_length": 500, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return how the field is made, for migrations."""
        name, path, args, kwargs = super().deconstruct()
        return name, path, list(args), {**kwargs, "of": self.of, "by": self.by}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001 - Django's signature
        """Work the column out anew."""
        text = self.by(" ".join(str(getattr(model_instance, name)) for name in self.of))[: self.max_length]
        setattr(model_instance, self.attname, text)
        return text
