"""Two answers printed as one: "Có/không: 1/0", "Đạt/Không đạt"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chiso.decree.wording.desk import Desk

_NUMBER = r"[+]?(\d+(?:[.,]\d+)?)\s*(?:điểm|đ)?"
_EITHER = re.compile(
    rf"(có|đạt|đúng|hoàn thành)\s*(?:/|hoặc|,)\s*((?:không|chưa)(?: có| đạt| đúng| hoàn thành)?)"
    rf"(?:\s*[:=(]\s*{_NUMBER}\s*/\s*{_NUMBER}\s*\)?)?[\s.;]*",
    re.IGNORECASE,
)
#: "Có - 4 điểm, Không - 0 điểm", "Đạt được 5 điểm, không đạt được 0 điểm".
_BOTH = re.compile(
    rf"(có|đạt)\s*(?:được|thì được|[-:=])?\s*{_NUMBER}\s*[,;.]\s*"
    rf"((?:không|chưa)(?: có| đạt)?)\s*(?:được|thì được|[-:=])?\s*{_NUMBER}[\s.;]*",
    re.IGNORECASE,
)
#: A line that says only whether it is good enough: "Trả lời đúng hạn: đạt".
_JUDGED = re.compile(r"\s*:\s*(không |chưa )?đạt[\s.;]*$", re.IGNORECASE)


def parted(desk: Desk, lines: Sequence[str]) -> list[str]:
    """Return two answers that share a line as two lines; where no points are printed, the first gives everything."""
    judged = [_JUDGED.search(line) for line in lines]
    if len(lines) > 1 and all(judged):
        desk.doubt("full_assumed")
        met = [match is not None and match[1] is None for match in judged]
        return [_JUDGED.sub(": điểm tối đa" if one else ": 0 điểm", line) for one, line in zip(met, lines, strict=True)]
    both = _BOTH.fullmatch(lines[0]) if len(lines) == 1 else None
    if both is not None:
        yes, most, no, least = both.groups()
        return [f"{yes}: {most} điểm", f"{no}: {least} điểm"]
    match = _EITHER.fullmatch(lines[0]) if len(lines) == 1 else None
    if match is None:
        return list(lines)
    yes, no, most, least = match.groups()
    if most is None:
        desk.doubt("full_assumed")
        return [f"{yes}: điểm tối đa", f"{no}: 0 điểm"]
    return [f"{yes}: {most} điểm", f"{no}: {least} điểm"]
