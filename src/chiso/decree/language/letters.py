"""Vietnamese letters: words made comparable whatever their case, diacritics, spacing and Unicode form."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, Iterable, Mapping
from functools import lru_cache

from chiso.decree.language.signs import seen

_SPACES = re.compile(r"[^\S\n\t]{2,}|[^\S\n\t ]")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS = re.compile(r"(?<![^\W\d_])[A-Z]{2,}(?![^\W\d_])")

#: Letters whose plain form is remembered; a document of every letter that there is must not fill the memory.
_MOST_LETTERS = 5_000

#: Invisible marks go, hyphens are one, ends of lines are one, and Eth is no letter of Vietnamese.
_ONE_FORM = str.maketrans(
    {
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u202a\u202b\u202c\u202d\u202e\ufeff", ""),
        **dict.fromkeys("\u2010\u2011", "-"),
        **dict.fromkeys("\u0085\u2028\u2029", "\n"),
        "\u00d0": "Đ",
        "\u00f0": "đ",
    }
)
_ODD = re.compile("[\u00ad\u00d0\u00f0\u0085\u200b-\u200f\u2010\u2011\u2028-\u202e\u2060\ufeff]")
#: A tone that was typed before the roof or the bow of its letter, which Unicode does not put in order.
_TONE_FIRST = re.compile("([\u0300\u0301\u0303\u0309])([\u0302\u0306])")

#: Letters that only Vietnamese has among the languages of documents that come here.
VIETNAMESE = frozenset("ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ")


def composed(text: str) -> str:
    """Return the text in one Unicode form, with one kind of space and without invisible marks.

    Signs of Word's own fonts become those that one sees; Đ is one letter, however it was typed.
    """
    if not text.isascii():
        text = seen(unicodedata.normalize("NFC", text))
        if _ODD.search(text):
            text = text.translate(_ONE_FORM)
        if "\u0302" in text or "\u0306" in text:
            apart = unicodedata.normalize("NFD", text)
            text = unicodedata.normalize("NFC", _TONE_FIRST.sub(r"\2\1", apart))
    return _SPACES.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))


class Plain(dict[int, str]):
    """What each letter is without capitals and diacritics, for ``str.translate``; worked out as letters come."""

    def __init__(self, other: Mapping[str, str], kept: str = "") -> None:
        """Put some letters for others; of the rest only those ``kept`` stay, if any are named."""
        self.other, self.kept = other, kept

    def __missing__(self, letter: int) -> str:
        """Work out a letter."""
        folded = "".join(self.other.get(one, one) for one in chr(letter).casefold())
        plain = "".join(one for one in unicodedata.normalize("NFD", folded) if not unicodedata.combining(one))
        if self.kept:
            plain = "".join(one if one in self.kept else " " for one in plain)
        if len(self) < _MOST_LETTERS:
            self[letter] = plain
        return plain


#: Words are compared by these alone.
_COMPARED = Plain({"đ": "d", "ð": "d"}, "0123456789abcdefghijklmnopqrstuvwxyz%/+.,()<>=*-")


def one_line(text: str) -> str:
    """Return the words of a text on one line, single spaces between them."""
    return " ".join(text.split())


@lru_cache(maxsize=20_000)
def folded(text: str) -> str:
    """Return a text in small letters without diacritics: ``Điểm  tối đa`` -> ``diem toi da``."""
    return " ".join(text.translate(_COMPARED).split())


@lru_cache(maxsize=20_000)
def bare(text: str) -> str:
    """Return only the small letters and digits of a text, for comparisons that must not depend on spacing."""
    return re.sub(r"[^0-9a-z]", "", folded(text))


def shouted(text: str) -> bool:
    """Tell whether a text is written in capitals."""
    letters = list(filter(str.isalpha, text))
    return len(letters) > 2 and sum(map(str.isupper, letters)) >= 0.8 * len(letters)


def starts_small(text: str) -> bool:
    """Tell whether the first letter of a text is a small one, as in the middle of a sentence."""
    first = next((letter for letter in text if letter.isalnum()), "")
    return first.isalpha() and first.islower() and not re.match(r"\W*[a-zđ]\s*[).=:]", text)


def acronyms_of(texts: Iterable[str]) -> frozenset[str]:
    """Return the short names that texts write in capitals among small words, and never small: ``TTHC``, ``CCHC``."""
    texts = list(texts)
    large: set[str] = set()
    for text in texts:
        found = _CAPITALS.findall(text)
        if found and not shouted(text):
            large.update(found)
    asked = {word.lower() for word in large}
    small = {word for text in texts for word in asked.intersection(_WORD.findall(text))}
    return frozenset(word for word in large if word.lower() not in small)


def capitalised(text: str, acronyms: Container[str] = ()) -> str:
    """Return a shouted title as a sentence: ``CHÍNH QUYỀN SỐ`` -> ``Chính quyền số``; acronyms stay large."""
    if not shouted(text):
        return text
    small = _WORD.sub(lambda match: match[0] if match[0] in acronyms else match[0].lower(), text)
    # Letters in brackets that are not said as a word stay large: (DTI).
    return re.sub(r"\(([a-zđ]{2,5})\)", lambda match: match[0].upper(), text[:1] + small[1:])
