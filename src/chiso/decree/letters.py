"""Vietnamese letters: words made comparable whatever their case, diacritics, spacing and Unicode form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable
from functools import lru_cache

_MARKS = re.compile(r"[^0-9a-z%/+.,()<>=*-]+")
_SPACES = re.compile(r"[^\S\n\t]+")
_WORD = re.compile(r"[^\W\d_]+")
_TONELESS = str.maketrans("đĐðÐ", "dDdD")

#: Letters that only Vietnamese has among the languages of documents that come here.
VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def composed(text: str) -> str:
    """Return the text in one Unicode form, with one kind of space and without invisible marks."""
    text = unicodedata.normalize("NFC", text)
    text = (
        text.replace("\u00ad", "").replace("\u200b", "").replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n")
    )
    return _SPACES.sub(" ", text)


def one_line(text: str) -> str:
    """Return the words of a text on one line, single spaces between them."""
    return " ".join(text.split())


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return a text in small letters without diacritics: ``Điểm  tối đa`` -> ``diem toi da``."""
    plain = unicodedata.normalize("NFD", text.translate(_TONELESS).casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return " ".join(_MARKS.sub(" ", plain).split())


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """Return only the small letters and digits of a text, for comparisons that must not depend on spacing."""
    return re.sub(r"[^0-9a-z]", "", folded(text))


def shouted(text: str) -> bool:
    """Tell whether a text is written in capitals."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) > 2 and sum(letter.isupper() for letter in letters) >= 0.8 * len(letters)


def starts_small(text: str) -> bool:
    """Tell whether the first letter of a text is a small one, as in the middle of a sentence."""
    first = next((letter for letter in text if letter.isalnum()), "")
    return first.isalpha() and first.islower() and not re.match(r"\W*[a-zđ]\s*[).=:]", text)


def acronyms_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the short names that texts write in capitals among small words, and never small: ``TTHC``, ``CCHC``."""
    large: set[str] = set()
    small: set[str] = set()
    for text in texts:
        words = _WORD.findall(text)
        small.update(word for word in words if word.islower())
        if not shouted(text):
            large.update(word for word in words if len(word) > 1 and word.isupper() and word.isascii())
    return frozenset(word for word in large if word.lower() not in small)


def capitalised(text: str, acronyms: Container[str] = ()) -> str:
    """Return a shouted title as a sentence: ``CHÍNH QUYỀN SỐ`` -> ``Chính quyền số``; acronyms stay large."""
    if not shouted(text):
        return text
    small = _WORD.sub(lambda match: match[0] if match[0] in acronyms else match[0].lower(), text)
    # Letters in brackets that are not said as a word stay large: (DTI).
    return re.sub(r"\(([a-zđ]{2,5})\)", lambda match: match[0].upper(), text[:1] + small[1:])
