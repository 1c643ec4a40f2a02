"""Numbers of rows as printed: what kind they are, what stands above them, and what recognition does to them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from chiso.decree.language.letters import one_line

Kind = Literal["upper", "roman", "arabic", "dotted", "letter", "dash", "named"]

_ROMAN = re.compile(r"(?=[IVXLC])(?:XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_DOTTED = re.compile(r"(?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3})(?:\.(?:\d{1,3}|[a-zđ]))+")
#: A letter and a number without a dot between: A1, B2.3, TC1.
_LETTERED = re.compile(r"[A-ZĐ]{1,5}\d{1,2}(?:\.\d{1,2})*")
_ARABIC = re.compile(r"\d{1,3}")
_UPPER = re.compile(r"[A-ZĐ]")
_LETTER = re.compile(r"[a-zđ]")
#: A number behind the word for what it numbers: "Tiêu chí 1", "Nhóm A", "Phần II".
_NAMED = re.compile(
    r"(?P<word>tiêu chí|tiêu chuẩn|chỉ tiêu|chỉ số|nội dung|nhóm|phần|lĩnh vực|mục|câu(?: hỏi)?)(?: số)? "
    r"(?P<number>[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)",
    re.IGNORECASE,
)
_WORDED = re.compile(r"(?P<word>[^\W\d_]{1,10}(?: [^\W\d_]{1,8}){0,2})[ -]+(?P<number>\d{1,3}(?:\.\d{1,3})*)")
_ONES = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
_DASH = re.compile(r"[-–+•*]")

#: Marks around a number that do not belong to it.
_AROUND = re.compile(r"^[\s(\[]+|[\s.):;\]]+$")
_MISREAD = str.maketrans({"l": "1", "I": "1", "O": "0", "o": "0", "|": "1", "S": "5"})


@dataclass(frozen=True, slots=True)
class RowCode:
    """The number of a row: its parts, its kind, and how it was printed where that differs."""

    text: str
    kind: Kind
    printed: str

    @property
    def parts(self) -> tuple[str, ...]:
        """Return the parts between the dots."""
        return tuple(self.text.split("."))

    @property
    def word(self) -> str:
        """Return the word before the number of a row that is named: ``tiêu chí``."""
        return self.text.rpartition(" ")[0] if self.kind == "named" else ""

    @property
    def mended(self) -> bool:
        """Tell whether letters were taken for the digits that recognition had made of them."""
        if self.kind == "named" or _WORDED.fullmatch(_AROUND.sub("", self.printed)):
            return False
        return re.sub(r"[\s.,]", "", self.printed).strip("()[]:;") != self.text.replace(".", "")


def row_code(text: str) -> RowCode | None:
    """Read the number of a row: ``1.1``, ``II``, ``A``, ``1.1.``, ``1 . 2``, ``l.2``; nothing where it is none."""
    printed = one_line(text)
    return None if not printed or len(printed) > 24 else _code(printed)


def unbroken_code(printed: str, above: RowCode | None) -> RowCode | None:
    """Read "28.1 2", broken in a narrow column, as 28.12 where the number above says so; nothing where it does not.

    Without it, the gap stands for a dot that recognition has lost.
    """
    whole = "".join(printed.split())
    if above is None or whole == one_line(printed):
        return None
    code = row_code(whole)
    return code if code is not None and code.kind == "dotted" and follows(code, above) else None


def follows(code: RowCode, above: RowCode) -> bool:
    """Tell whether a number is the next one after the number above, or after one that this stands below."""
    depth = len(code.parts)
    last, before = code.parts[-1], above.parts[:depth]
    if len(before) < depth or code.parts[:-1] != before[:-1] or not (last.isdigit() and before[-1].isdigit()):
        return False
    return int(last) == int(before[-1]) + 1


def worded_code(text: str) -> RowCode | None:
    """Read what a column of numbers holds where the number stands behind any short word: ``Hạng mục 2``, ``TC 1.1``."""
    printed = one_line(text)
    match = _WORDED.fullmatch(_AROUND.sub("", printed))
    if match is None:
        return None
    return RowCode(f"{match['word'].strip(' -').lower()} {_plain_numbers(match['number'].upper())}", "named", printed)


@lru_cache(maxsize=4096)
def _code(printed: str) -> RowCode | None:
    if _DASH.fullmatch(printed):
        return RowCode(printed, "dash", printed)
    bare = _AROUND.sub("", printed)
    if (named := _NAMED.fullmatch(bare)) is not None:
        number = named["number"].upper()
        return RowCode(f"{named['word'].lower()} {_plain_numbers(number)}", "named", printed)
    bare = re.sub(r"\s*[.,]\s*", ".", bare)
    bare = re.sub(r"(?<=\d)\s+(?=\d)", ".", bare)
    bare = re.sub(r"(?<=[IVX])\s+(?=[IVX])", "", bare)  # "II I", broken in a narrow column
    kind = _kind(bare)
    if kind is not None:
        return RowCode(_plain_numbers(bare), kind, printed)
    mended = _mended(bare)
    return RowCode(mended, "dotted", printed) if mended else None


def _kind(text: str) -> Kind | None:
    if _ARABIC.fullmatch(text):
        return "arabic"
    if _DOTTED.fullmatch(text) or _LETTERED.fullmatch(text):
        return "dotted"
    if _ROMAN.fullmatch(text):
        return "roman"
    if _UPPER.fullmatch(text):
        return "upper"
    return "letter" if _LETTER.fullmatch(text) else None


def _plain_numbers(text: str) -> str:
    """Write numbers without leading zeros: ``01`` -> ``1``."""
    return ".".join(str(int(part)) if part.isdigit() else part for part in text.split("."))


def _mended(text: str) -> str | None:
    """Return a dotted number whose digits were recognised as letters, or nothing."""
    if "." not in text or not any(letter.isdigit() for letter in text):
        return None
    digits = text.translate(_MISREAD)
    return _plain_numbers(digits) if _DOTTED.fullmatch(digits) and digits[0].isdigit() else None


def roman_number(text: str) -> int:
    """Return the value of a Roman numeral."""
    values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
    total = 0
    for letter, after in zip(text, [*text[1:], ""], strict=True):
        value = values[letter]
        total += -value if after and values[after] > value else value
    return total


def roman_text(value: int) -> str:
    """Return a number below 40 as a Roman numeral, a larger one as it is."""
    return f"{'X' * (value // 10)}{_ONES[value % 10]}" if value < 40 else str(value)


def order(code: str) -> tuple[int, ...]:
    """Return what codes of one kind are sorted by."""
    found = []
    for part in code.split("."):
        if part.isdigit():
            found.append(int(part))
        elif _ROMAN.fullmatch(part):
            found.append(roman_number(part))
        else:
            found.append(ord(part[0]))
    return tuple(found)
