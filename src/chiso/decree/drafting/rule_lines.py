"""The lines of a printed rule: extraction joins them, and each item, letter and part gets a line of its own again."""

from __future__ import annotations

import re

from chiso.decree.language.letters import starts_small
from chiso.decree.wording.tidy import EXPLAINING, STATED

_LINE = r"[^\S\n]"
#: An item opened by a dash or plus after the mark that closed the one before.
_AFTER_MARK = re.compile(rf"(?<=[;:.,)]){_LINE}*(?=[-–+]{_LINE}*[^\W\d])")
#: A dash before a word that only begins items.
_BEFORE_WORD = re.compile(rf"(?<=[\w%)]){_LINE}*(?=[-–]{_LINE}*(?:Điểm|Tỷ lệ|Tính điểm)\b)")
#: A letter that is given a meaning.
_LETTER = re.compile(rf"(?<=\S){_LINE}+(?=[a-hđ]{_LINE}*=(?!=))")
#: A condition on the ratio that begins anew after a formula or after points.
_CONDITION = re.compile(
    rf"(?<=[a-h)\dđa%;.]){_LINE}+"
    rf"(?=(?:Tỷ lệ|TỶ LỆ){_LINE}*(?:=|≥|≤|>|<|\$)|(?:Địa phương|Các địa phương|Các đơn vị) có)"
)
#: A numbered part.
_PART = re.compile(rf"(?<=[.;:)đmá]){_LINE}+(?=[2-9]\.{_LINE}+[A-ZĐ])")
#: A level of a scale.
_LEVEL = re.compile(rf"(?<=[;:.)đm]){_LINE}+(?=Mức{_LINE}+[1-9]\b)")
#: Words that explain and give no points.
_EXPLAINED = re.compile(rf"(?<=\S){_LINE}+(?=(?:{EXPLAINING})\s*:)")
_DASH = re.compile(rf"(?<=\w){_LINE}+([-–+]){_LINE}+(?=[A-ZĐ])")


#: What opens a line of its own, each with what must stand in a text that it is looked for in.
_OPENING = (
    (_AFTER_MARK, ("-", "–", "+")),
    (_BEFORE_WORD, ("-", "–")),
    (_LETTER, ("=",)),
    (_CONDITION, ("Tỷ lệ", "TỶ LỆ", "ịa phương có", "ác đơn vị có")),
    (_LEVEL, ("Mức",)),
    (_EXPLAINED, (":",)),
)
#: What opens a line of its own, at its start.
_OPENS = re.compile(
    r"\s*(?:[-–+•*]|\d{1,2}[.)]\s|[a-zđ]\s*[=.:)]|"
    r"(?:Mức|Tỷ lệ|TỶ LỆ|Điểm|Thang điểm|Giải thích|Ghi chú|Lưu ý|Tính điểm)\b)"
)
#: How a line ends that is complete: with a mark, or with points.
_COMPLETE = re.compile(r"(?:[.;:!?]|điểm|tối đa|\d\s*đ|:\s*\d+(?:[.,]\d+)?|%|/[a-h)\d]+)\s*\)?\s*$", re.IGNORECASE)
#: Points that the width of a column put on the line below their condition.
_POINTS = re.compile(r"\s*(?:điểm tối đa|\d+(?:[.,/]\d+)?\s*(?:%|điểm|đ\b|\*|điểm tối đa|[.;]?\s*$)|½)", re.IGNORECASE)
#: How a line ends whose points follow.
_AWAITS = re.compile(
    r"(?::|[,(]\s*tối đa(?: là)?|(?:nhưng|và|cộng|không) (?:tối đa|quá)|\s(?:được|trừ|cộng))\s*$", re.IGNORECASE
)
#: A line that begins with a condition of its own, in small letters, and says what it gives.
_BEGINS = re.compile(
    r"\s*(?:(?:từ|dưới|trên|đạt|không|chưa|có|mỗi|cứ|còn lại|các trường hợp|trường hợp|chậm|đã|đang)\b|[<>≥≤])"
    r"[^:]*(?::|\bđược|=)\s*(?:\d|điểm tối đa|không)",
    re.IGNORECASE,
)
_VALUE = re.compile(r":\s|:$|=")


def rule_lines(text: str) -> str:
    """Return a printed rule with each of its items on a line of its own."""
    text = _unbroken(text)
    for pattern, signs in _OPENING:
        if any(sign in text for sign in signs):
            text = pattern.sub("\n", text)
    if re.match(r"\s*1\.\s", text):
        text = _PART.sub("\n", text)
    lines = [line.strip() for one in text.split("\n") for line in _items(one)]
    return "\n".join(line for line in lines if line)


def _unbroken(text: str) -> str:
    """Join a line that the width of its column broke: it neither ends what is said nor does the next begin anew.

    Lines that an empty one parts are rows of their own.
    """
    return "\n".join(_unbroken_row(row) for row in text.split("\n\n"))


def _unbroken_row(text: str) -> str:
    found = ""
    for line in text.split("\n"):
        begun = bool(_BEGINS.match(line)) and bool(_COMPLETE.search(found))
        begun |= bool(STATED.search(line)) and bool(STATED.search(found))
        torn = starts_small(line) and not begun and not found.rstrip().endswith((".", ";", ":"))
        below = bool(_AWAITS.search(found) and _POINTS.match(line))
        if found and (below or (not _OPENS.match(line) and (torn or not _COMPLETE.search(found)))):
            found = f"{found} {line.strip()}"
        else:
            found = f"{found}\n{line}" if found else line
    return found


def _items(line: str) -> list[str]:
    """Split a line before dashes that open items: both sides give points or a value, as no name does."""
    found = [""]
    at = 0
    dashes = list(_DASH.finditer(line))
    for place, dash in enumerate(dashes):
        end = dashes[place + 1].start() if place + 1 < len(dashes) else len(line)
        before = found[-1] + line[at : dash.start()]
        if _VALUE.search(line[dash.end() : end]) and (_VALUE.search(before) or re.match(r"\d+\.\s", before)):
            found[-1] = before
            found.append("")
            at = dash.start()
    found[-1] += line[at:]
    return found
