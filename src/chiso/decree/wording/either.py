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


def parted(desk: Desk, lines: Sequence[str]) -> list[str]:
    """Return two answers that share a line as two lines; where no points are printed, the first gives everything."""
    match = _EITHER.fullmatch(lines[0]) if len(lines) == 1 else None
    if match is None:
        return list(lines)
    yes, no, most, least = match.groups()
    if most is None:
        desk.doubt("full_assumed")
        return [f"{yes}: điểm tối đa", f"{no}: 0 điểm"]
    return [f"{yes}: {most} điểm", f"{no}: {least} điểm"]
