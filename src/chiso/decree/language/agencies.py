"""Agencies of a row: one cell names several, and their names hold commas of their own."""

from __future__ import annotations

import re
from functools import lru_cache

from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.vocabulary import words

_ITEM = re.compile(r"(?:^|\n|(?<=[;.,:]))\s*[-–+•*]\s+")
_MARKS = " \t\n;,.-–+•"
_AND = re.compile(r"^và\s+(?=\S)")
#: What an agency does, printed behind its name.
_TASK = re.compile(
    r"\s+(?P<task>(?:chủ trì\s+)?(?:tổng hợp|cập nhật|báo cáo|cung cấp|tham mưu|theo dõi|thực hiện|rà soát|thẩm định"
    r"|kiểm tra)(?:\s.*)?)$"
)
_LISTED = re.compile(r"^(?:các|những)\s[^:,]+:\s*(?=\S)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _heads() -> re.Pattern[str]:
    return _starts(words("agencies")["heads"])


@lru_cache(maxsize=1)
def _small_heads() -> re.Pattern[str]:
    return _starts(words("agencies")["small_heads"])


def _starts(names: list[str]) -> re.Pattern[str]:
    longest_first = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, longest_first))})(?![0-9a-z])")


@lru_cache(maxsize=8192)
def looks_like_agency(text: str) -> bool:
    """Tell whether words begin like the name of an agency."""
    return bool(_heads().match(folded(text).lstrip("-+* "))) and len(text) < 600


def agencies_of(text: str) -> list[str]:
    """Return the agencies that a cell names, as printed, each on its own."""
    return list(_named(text))


@lru_cache(maxsize=1024)
def _named(text: str) -> tuple[str, ...]:
    """Return the agencies of a cell; row after row names the same."""
    found: list[str] = []
    for part in re.split(r"[;\n]", _ITEM.sub(";", _lines(text))):
        part = one_line(part)
        found.extend(re.split(r"\s*,\s*", _LISTED.sub("", part)) if _LISTED.match(part) else _by_commas(part))
    return tuple(dict.fromkeys(name for one in found if (name := _AND.sub("", one.strip(_MARKS)))))


def without_task(name: str) -> tuple[str, str]:
    """Split the name of an agency from what it is to do: ``Phòng Văn hóa và Thông tin tổng hợp``."""
    match = _TASK.search(name)
    if match is None or not looks_like_agency(name) or len(name[: match.start()].split()) < 2:
        return name, ""
    return name[: match.start()], match["task"]


def _lines(text: str) -> str:
    """Join lines that go on in the middle of a name; a line that begins a new name stays apart."""
    found = ""
    for line in text.split("\n"):
        new = (
            found and looks_like_agency(line) and line[:1].isupper() and not found.rstrip().endswith((",", " và", "-"))
        )
        found = f"{found}\n{line}" if new or re.match(r"\s*[-–+•]\s", line) else f"{found} {line}"
    return found


_AND_MARKS = r"\s*,\s*|\s+và\s+(?=các\s|UBND\s|Sở\s|Phòng\s)"
#: With what a name goes on before the next one.
_OPEN = re.compile(r"\s(?:và|phối hợp|của|thuộc|với|do|tại|từ|cùng)$")


def _by_commas(text: str) -> list[str]:
    """Split at commas and at "và" where a new name begins after it."""
    found: list[str] = []
    start = 0
    between = rf"{_AND_MARKS}|(?<=[^\W\d_])\s+(?=Sở\s)" if text.startswith("Sở ") else _AND_MARKS
    for match in re.finditer(between, text):
        before, after = text[start : match.start()], text[match.end() :]
        if _separates(before, after, text[match.start() : match.end()]):
            found.append(before)
            start = match.end()
    return [*found, text[start:]]


def _separates(before: str, after: str, mark: str) -> bool:
    if not mark.strip(" \n") and _OPEN.search(before):
        return False
    if not after or not before or before.count("(") > before.count(")") or before.endswith("HĐND"):
        return False
    if "và" in mark or not mark.strip():
        return looks_like_agency(after) and looks_like_agency(before)
    if _together(before, after):
        return False
    head = _heads() if after[:1].isupper() else _small_heads()
    return bool(head.match(folded(after))) and looks_like_agency(before)


def _together(before: str, after: str) -> bool:
    """Tell whether the comma stands within a known list that is one name."""
    left, right = folded(before), folded(after)
    for listed in words("agencies")["together"]:
        parts = listed.split(", ")
        for at in range(1, len(parts)):
            ends = left.endswith((", ".join(parts[:at]), f" {parts[at - 1]}")) or left == parts[at - 1]
            if ends and re.match(rf"{re.escape(parts[at])}(?![0-9a-z])", right):
                return True
    return False
