"""From a line to tokens of the grammars: numbers as Vietnamese offices write them, signs, words of the vocabulary.

Words are compared without capitals and diacritics, since scans lose them; a token keeps its place in the line, so that
the words can be shown as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from chiso.decree.language import vocabulary
from chiso.decree.language.letters import Plain

#: Words up to so many letters must carry their own diacritics, or none at all.
_SHORT = 4

#: Longest line whose tokens are remembered, in characters.
_USUAL = 500


class Token(NamedTuple):
    """A word, number or sign: its terminal, its place in the line, and what it means.

    ``value`` of a number is exact; ``data`` is the unit of measure of a noun, or the words of a quantity.
    """

    type: str
    text: str
    start: int
    end: int
    value: Fraction | None = None
    data: str = ""


_PLAIN = Plain({"đ": "d"})


@lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """Return a text without capitals and diacritics: ``Điểm tối đa`` and ``DIEM TOI DA`` are the same."""
    return text.translate(_PLAIN)


_CODE = r"\d{1,4}(?:/\d{4})?/[A-ZĐa-zđ&]{2,}[\w&-]*(?<=[A-ZĐ])(?:/[\w&-]+)?"
_TOKEN = re.compile(
    rf"""
      (?P<code>{_CODE})
    | (?P<date>\d{{1,2}}[/.-]\d{{1,2}}[/.-](?:19|20)\d{{2}}(?!\d)|(?<=ngày\s)\d{{1,2}}/\d{{1,2}}(?![\d/]))
    | (?P<fraction>\d+\s?/\s?\d+(?![\d/.,]*\d|\s?/|\s*%))
    | (?P<number>\d+(?:[.,]\d+)*)
    | (?P<word>[^\W\d_]\w*)
    | (?P<sign>>\s?/?\s?=|=\s?>|<\s?/?\s?=|=\s?<|[<>=≥≤⇒%*+\-/():;.,|\[\]"'])
    | (?P<other>\S)
    """,
    re.VERBOSE,
)

#: Words before a day such as 31/12.
_DAY = re.compile(r"(trước|sau|ngày|hạn|đến)\s$", re.IGNORECASE)

_SIGNS = {
    "≥": "GE",
    ">=": "GE",
    ">/=": "GE",
    "≤": "LE",
    "<=": "LE",
    "</=": "LE",
    "=<": "LE",
    "=>": "ARROW",
    "⇒": "ARROW",
    "<": "LT",
    ">": "GT",
    "=": "EQ",
    "%": "PERCENT_SIGN",
    "*": "STAR",
    "+": "PLUS",
    "-": "MINUS",
    "/": "OVER",
    "(": "LPAR",
    ")": "RPAR",
    "[": "LPAR",
    "]": "RPAR",
    ":": "COLON",
    ";": "SEMICOLON",
    ".": "STOP",
    ",": "COMMA",
    "|": "BAR",
}

#: Small numbers in words; "năm" is a year, too, and "một số" says "some".
_IN_WORDS = {"một": 1, "hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}

#: "(a + 0,5b)/c": a letter that a number in front of it multiplies, behind one of these signs.
_FACTOR = re.compile(r"[a-h](?![\w])")
_OPERATORS = frozenset("+-*/(=")

#: What may follow a number without a space: 10đ, 2lần.
_GLUED = frozenset(
    {"d", "diem", "ty", "trieu", "ngay", "lan", "nam", "thang", "tuan", "quy", "x", "m2", "ha", "km", "kg"}
)


def tokens_of(line: str) -> tuple[Token, ...]:
    """Return the tokens of a line, in linear time."""
    return _remembered(line) if len(line) <= _USUAL else _tokens(line)


def _tokens(line: str) -> tuple[Token, ...]:
    return _comparing(_combined(_counted(_phrases(list(_scanned(line)), line)), line))


#: The lines of a wording, and the words of its figures, are asked for again and again.
_remembered = lru_cache(maxsize=1024)(_tokens)


def _scanned(line: str) -> Iterator[Token]:
    for match in _TOKEN.finditer(line):
        kind, text, start, end = match.lastgroup, match.group(), match.start(), match.end()
        if kind == "number":
            glued = line[end : end + 1].isalpha()
            if glued and _FACTOR.match(line, end) and line[:start].rstrip()[-1:] in _OPERATORS:
                yield Token("NUMBER", text, start, end, number_of(text))
                yield Token("STAR", "", end, end)
                continue
            if glued and folded(re.match(r"\w*", line[end:])[0]) not in _GLUED:  # type: ignore[index]
                yield Token("WORD", text, start, end)
                continue
            value = number_of(text)
            yield Token("WORD" if value is None else "NUMBER", text, start, end, value)
        elif kind == "fraction":
            over, under = (int(part) for part in text.split("/"))
            day = _DAY.search(line[max(start - 8, 0) : start]) or over > under or not under
            yield Token("WORD" if day else "FRACTION", text, start, end, None if day else Fraction(over, under))
        elif kind == "sign":
            yield Token(_SIGNS.get(text.replace(" ", ""), "QUOTE"), text, start, end)
        else:
            yield Token("WORD", text, start, end)


@lru_cache(maxsize=1024)
def number_of(text: str) -> Fraction | None:
    """Read a number as Vietnamese offices write it: ``1.500`` is a thousand and a half, ``0,5`` and ``0.25`` are parts.

    None: it is a code such as ``5.12.1``.
    """
    marks = [char for char in text if char in ".,"]
    if len(text) > 20:
        return None
    if not marks:
        return Fraction(text)
    groups = re.split(r"[.,]", text)
    if len(set(marks)) == 1 and all(len(group) == 3 for group in groups[1:]):
        grouped = len(groups[0]) <= 3 and groups[0] != "0" and (len(marks) > 1 or marks[0] == ".")
        if grouped:
            return Fraction("".join(groups))
    if len(marks) == 1:
        return Fraction(f"{groups[0]}.{groups[1]}")
    if len(set(marks[:-1])) == 1 and marks[-1] != marks[0] and all(len(group) == 3 for group in groups[1:-1]):
        return Fraction(f"{''.join(groups[:-1])}.{groups[-1]}")
    return None


@dataclass(frozen=True, slots=True)
class _Phrase:
    words: tuple[str, ...]
    written: str
    terminal: str
    unit: str = ""


@cache
def _vocabulary() -> dict[str, list[_Phrase]]:
    """Return the phrases by their first word, the longest first."""
    found: dict[str, list[_Phrase]] = {}
    for terminal, phrases in vocabulary.words("vocabulary", __package__).items():
        for phrase in phrases:
            words = tuple(folded(phrase).split())
            found.setdefault(words[0], []).append(_Phrase(words, phrase.casefold(), terminal))
    for unit, nouns in vocabulary.words("nouns", __package__).items():
        for noun in nouns:
            words = tuple(folded(noun).split())
            found.setdefault(words[0], []).append(
                _Phrase(words, noun.casefold(), "NOUN", "" if unit == "none" else unit)
            )
    return {first: sorted(phrases, key=lambda one: -len(one.words)) for first, phrases in found.items()}


def _is(phrase: _Phrase, printed: str) -> bool:
    """Tell whether printed words, alike without diacritics, are a phrase; a short word must have its own diacritics.

    ``chấm`` is not ``chậm``, and ``cài đặt`` does not say ``đạt``; words without any diacritics have lost theirs.
    """
    plain = printed.casefold()
    if phrase.terminal in ("ADD", "TAKE", "WORD") and not _own_letters(plain, phrase.written):
        return False
    if plain in (phrase.written, folded(plain)) or plain.replace("i", "y") == phrase.written.replace("i", "y"):
        return True
    return phrase.terminal != "NOUN" and (len(phrase.words) > 1 or len(printed) > _SHORT)


def _own_letters(printed: str, written: str) -> bool:
    """Tell whether each word has its own diacritics or none: "được công khai" adds nothing."""
    pairs = zip(printed.split(), written.split(), strict=False)
    return all(one in (other, folded(other)) for one, other in pairs)


def _phrases(tokens: list[Token], line: str) -> list[Token]:
    """Join words into the phrases of the vocabulary, the longest first."""
    known, found, index = _vocabulary(), [], 0
    words = [folded(token.text) if token.type == "WORD" else "" for token in tokens]
    while index < len(tokens):
        for phrase in known.get(words[index], ()):
            end = index + len(phrase.words)
            if tuple(words[index:end]) == phrase.words and _is(phrase, line[tokens[index].start : tokens[end - 1].end]):
                start, stop = tokens[index].start, tokens[end - 1].end
                found.append(Token(phrase.terminal, line[start:stop], start, stop, data=phrase.unit))
                index = end
                break
        else:
            found.append(_single(tokens, index))
            index += 1
    return found


#: A letter of a formula, perhaps with a number: ``a``, ``d1``.
_ALONE = re.compile(r"[A-Za-zđĐ]\d{0,2}")


def _counted(tokens: list[Token]) -> list[Token]:
    """Return tokens in which a number in words before what is counted is a number: "hai lần", "ba mô hình"."""
    found = _without_places(tokens)
    for index, (token, after) in enumerate(pairwise(found)):
        if token.type != "WORD" or after.type not in ("NOUN", "TURNS", "PERIOD"):
            continue
        value = _IN_WORDS.get(token.text.casefold())
        if value is not None:
            found[index] = Token("NUMBER", token.text, token.start, token.end, Fraction(value))
    return found


#: Before what "thứ" or "hạng" only says that a number is a rank: "xếp thứ 11 đến thứ 20"; without diacritics.
_PLACED = frozenset({"xep", "hang", "vi tri", "dung", "den", "toi", "tu", "duoi", "tren", "sau"})


def _without_places(tokens: list[Token]) -> list[Token]:
    """Return tokens without the words that only say that a number is a rank."""
    found = list(tokens)
    for index in range(len(found) - 2, 0, -1):
        named = folded(found[index].text)
        if found[index + 1].type != "NUMBER" or named not in ("thu", "hang", "thu hang", "vi tri"):
            continue
        before = folded(found[index - 1].text)
        if before in _PLACED and (named == "thu" or before not in ("xep", "dung")):
            del found[index]
    return found


def _single(tokens: list[Token], index: int) -> Token:
    """Return a word that stands alone: a letter of a formula, the sign x, a zero written as the letter O."""
    token = tokens[index]
    if token.type != "WORD" or len(token.text) > 3 or not _ALONE.fullmatch(token.text):
        return token
    before = tokens[index - 1].type if index else ""
    after = tokens[index + 1] if index + 1 < len(tokens) else None
    if token.text in "đĐdD" and before in ("NUMBER", "FRACTION"):
        return Token("POINTS", token.text, token.start, token.end)
    if token.text in "oO" and after is not None and folded(after.text) in ("diem", "d"):
        return Token("NUMBER", token.text, token.start, token.end, Fraction(0))
    compared = before in _COMPARISONS or (after is not None and after.type in _COMPARISONS)
    ends = after is None or after.type in ("EQ", "RPAR", "SEMICOLON", "STOP")
    if token.text in "xX" and index and not ends and not compared:
        return Token("STAR", token.text, token.start, token.end)
    if index and tokens[index - 1].end == token.start and tokens[index - 1].type == "WORD":
        return token  # the G of 4G
    return Token("LETTER", token.text, token.start, token.end, data=token.text)


_COMPARISONS = frozenset({"GE", "GT", "LE", "LT"})


#: With what "tính theo tỷ lệ %" may end without saying of what.
_RATE_ENDS = frozenset({"", "thuc hien", "dat", "dat duoc", "hoan thanh", "thuc te", "tuong ung", "ket qua thuc hien"})


def _rate_ends(line: str, start: int) -> bool:
    return len(line) < start + 30 and folded(line[start:]).strip(" .;,") in _RATE_ENDS


#: What is joined to a percent sign behind it, and the arrow that may be a sign before it.
_WITH_PERCENT = frozenset({"NUMBER", "RATIO", "PRO_RATA", "ARROW"})


def _combined(tokens: list[Token], line: str) -> list[Token]:
    """Join a number with its percent sign; drop the percent sign of "tỷ lệ (%)"; read "=> 80%" as at least."""
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        if token.type not in _WITH_PERCENT:
            found.append(token)
            index += 1
            continue
        following = [one.type for one in tokens[index + 1 : index + 4]]
        percent = following[:1] == ["PERCENT_SIGN"] or (
            following[:2] == ["WORD", "WORD"]
            and folded(line[tokens[index + 1].start : tokens[index + 2].end]) == "phan tram"
        )
        if token.type == "NUMBER" and percent and token.value is not None:
            last = tokens[index + (1 if following[0] == "PERCENT_SIGN" else 2)]
            found.append(Token("PERCENT", line[token.start : last.end], token.start, last.end, token.value / 100))
            index += 2 if following[0] == "PERCENT_SIGN" else 3
            continue
        if token.type == "PRO_RATA" and _rate_ends(line, token.end):
            found.append(Token("PRO_RATA", line[token.start :], token.start, tokens[-1].end))
            break
        if token.type == "RATIO" and following[:3] == ["LPAR", "PERCENT_SIGN", "RPAR"]:
            found.append(Token("RATIO", token.text, token.start, tokens[index + 3].end, data="%"))
            index += 4
            continue
        if token.type in ("RATIO", "PRO_RATA") and following[:1] == ["PERCENT_SIGN"]:
            # "tỷ lệ % đạt được" is one name.
            named = index + 2 < len(tokens) and folded(tokens[index + 2].text) in ("dat", "dat duoc", "thuc hien")
            if token.type == "PRO_RATA" and _rate_ends(line, tokens[index + 1].end):
                found.append(Token("PRO_RATA", line[token.start :], token.start, tokens[-1].end))
                break
            length = 3 if named else 2
            found.append(Token("RATIO", token.text, token.start, tokens[index + length - 1].end, data="%"))
            index += length
            continue
        if token.type == "ARROW" and token.text.startswith("=") and following[:1] == ["NUMBER"]:
            bounded = bool(found) and found[-1].type in ("PERCENT", "NUMBER")  # ">= 95% => 100% số điểm"
            percent_next = following[1:2] == ["PERCENT_SIGN"] and not bounded
            token = Token("GE", token.text, token.start, token.end) if percent_next else token
        found.append(token)
        index += 1
    return found


#: Words that compare only where a figure follows: "trên 80%", but not "trên địa bàn".
_COMPARING = frozenset({"FROM", "TO", "UNDER", "ABOVE", "AT_LEAST", "AT_MOST"})
_COMPARED = frozenset(
    {"NUMBER", "PERCENT", "FRACTION", "IS", "GE", "GT", "LE", "LT", "EVERY", "MAX", "ADD", "TAKE", "GET"}
)
_LIMITED = _COMPARED | {"MAX", "POINTS", "HALF"}
_GOING_ON = _COMPARED | _COMPARING
_FIGURES = frozenset({"NUMBER", "MAX", "PERCENT", "RATIO"})
#: After these a worth is complete.
_CLOSING = frozenset({"", "SEMICOLON", "STOP"})


def _comparing(tokens: list[Token]) -> tuple[Token, ...]:
    """Return tokens in which words that compare nothing are plain words."""
    found: list[Token] = []
    following = ""
    for token in reversed(tokens):
        if (
            token.type == "GET"
            and token.text.casefold() == "cham"
            and any(folded(one.text) == "ngay" for one in found[-4:])
        ):
            token = Token("LATE", token.text, token.start, token.end)  # "chậm" that has lost its diacritics
        if token.type == "WORD" and following in _FIGURES:
            plain = folded(token.text)
            if following in ("NUMBER", "MAX") and plain == "nhan":
                token = Token("STAR", token.text, token.start, token.end)
            elif following in ("PERCENT", "RATIO") and plain == "chia":
                token = Token("OVER", token.text, token.start, token.end)
            elif following == "NUMBER" and plain == "trong" and _hours(found):
                token = Token("AT_MOST", token.text, token.start, token.end)  # "phản hồi trong 24 giờ"
        if token.type == "NUMBER" and found and following == "POINTS" and folded(found[-1].text).startswith("so "):
            token = Token("WORD", token.text, token.start, token.end)  # "20 số điểm" has lost its percent sign
        if token.type == "ROOF" and following not in _LIMITED:
            token = Token("WORD", token.text, token.start, token.end)  # "không vượt quá số được giao"
        if token.type in _COMPARING and (following not in _GOING_ON or _superlative(token, following)):
            # "Trước 31/01: tối đa" leaves out of what.
            alone = token.type == "AT_MOST" and folded(token.text) == "toi da" and following in _CLOSING
            kind = "MAX" if alone else "HIGHEST" if _superlative(token, following) else "WORD"
            token = Token(kind, token.text, token.start, token.end)
        found.append(token)
        following = token.type
    return tuple(reversed(found))


def _hours(found: list[Token]) -> bool:
    """Tell whether the number that was found last counts hours; tokens are found from the end."""
    return len(found) > 1 and folded(found[-2].text) in ("gio", "phut")


def _superlative(token: Token, following: str) -> bool:
    """Tell whether "nhiều nhất" says who has most, rather than how many there may be."""
    return folded(token.text) == "nhieu nhat" and following != "NUMBER"


def words_in(tokens: list[Token], line: str) -> str:
    """Return the printed words of a run of tokens."""
    return line[tokens[0].start : tokens[-1].end].strip() if tokens else ""
