"""What a line says beside its points: that they count elsewhere, too, how they are rounded, what is not counted."""

from __future__ import annotations

import re

#: "(đồng thời bị trừ điểm tại nhóm IX)", "(không bao gồm văn bản mật)", "(mức đạt yêu cầu)", without points of its own.
_BRACKETED = re.compile(
    r"\s*\((?:đồng thời|mẫu số|không (?:bao gồm|tính lại|chấm lại|áp dụng với)|mức đạt yêu cầu|đã (?:tính|chấm)"
    r"|trừ (?:các )?văn bản)\b(?![^()]*\d\s*(?:đ|điểm)\b)[^()]*\)",
    re.IGNORECASE,
)
#: "0đ và bị trừ điểm tại nhóm IX": what another criterion takes away.
_ELSEWHERE = re.compile(
    r"[,;]?\s*(?:và|đồng thời)\s+(?:còn\s+)?bị trừ điểm\s+(?:tại|ở|theo|trong)\s+"
    r"(?:nhóm|mục|tiêu chí|phần|nội dung)\s+[^\s.;:,)]+",
    re.IGNORECASE,
)
#: "(làm tròn đến 0,25đ)" says something of its own.
_ROUNDED = re.compile(r"\s*\(\s*((?:điểm )?(?:được )?làm tròn\b[^()]*)\)[\s.;]*", re.IGNORECASE)
#: "(nếu tỷ lệ đạt từ 80% trở lên thì được 10 điểm)": a line of its own.
_IF = re.compile(r"\s*\(\s*((?:nếu|trường hợp)\b[^()]*\d\s*(?:đ|điểm)\b[^()]*)\)[\s.;]*$", re.IGNORECASE)
#: "< 95%: không đạt 0 điểm": the grade in front of the points that follow from it.
_GRADED = re.compile(r"(?<=:) không đạt,?(?= 0\s*(?:đ|điểm)\b)", re.IGNORECASE)


def without_asides(line: str) -> str:
    """Return a line without what it says beside its points; rounding goes to a line of its own."""
    line = _IF.sub(_on_a_line, _GRADED.sub("", line))
    return _ROUNDED.sub(_on_a_line, _ELSEWHERE.sub("", _BRACKETED.sub("", line)))


def _on_a_line(match: re.Match[str]) -> str:
    """Return what is said in brackets as a line that opens with a capital, so that it goes on nothing."""
    return f"\n{match[1].strip().capitalize()}\n"
