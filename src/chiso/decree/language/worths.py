"""What words in headings give: "50% số điểm", "Không điểm", "Tốt (5 điểm)"; and the names of grades."""

from __future__ import annotations

import re
from collections.abc import Sequence
from fractions import Fraction

from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.numbers import number

#: What the heading of a column that holds one line of a rule says that it gives.
_WORTH = re.compile(
    r"(?P<share>\d{1,3}(?:[.,]\d+)? ?%|[1-9]/[1-9]) ?(?:\*|x|cua)? ?(?:tong )?(?:so )?(?:muc )?diem(?: toi da| chuan)?"
    r"|(?P<points>\d{1,3}(?:[.,]\d+)?) ?(?:diem|d)(?![a-z])"
    r"|(?P<none>khong(?: co| tinh| duoc| cho)? diem)(?![a-z])"
)
#: What a heading may say besides: the name of the grade, and words that lead to its worth.
_BESIDES = re.compile(
    r"(?:muc|loai|cap do|bac)(?: do)?(?: [a-e]| \d| [ivx]{1,3})?|tot|kha|trung binh|yeu|kem|xuat sac|cao|thap"
    r"|day du|mot phan|khong dat|dat(?: yeu cau)?|chua dat|duoc|tinh|cham|cho|bang|(?:100|0) ?%"
    r"|hoan thanh(?: tot| xuat sac)?|khong hoan thanh"
)
#: Grades whose points stand in the cells below them.
_GRADE = re.compile(
    r"(?:muc(?: do)?|loai|hang|bac) ?(?:[a-e]|\d|[ivx]{1,3})?(?: ?[:.(-] ?.{1,40})?"
    r"|(?:rat )?tot|kha|trung binh(?: kha)?|yeu|kem|xuat sac|(?:khong |chua )?dat(?: yeu cau)?"
    r"|day du|khong day du|chua day du|mot phan|co|khong|chua co|dung han|cham|tre han|khong (?:thuc hien|co)"
    r"|(?:khong )?hoan thanh(?: tot| xuat sac)?(?: nhiem vu)?"
)


def worth_of(heading: str) -> str | None:
    """Return what the heading of a column gives, as a line of a rule says it; nothing where it says something else."""
    text = folded(one_line(heading))
    found = list(_WORTH.finditer(text))
    if len(found) != 1 or len(text) > 60:
        return None
    rest = _BESIDES.sub(" ", f"{text[: found[0].start()]} {text[found[0].end() :]}")
    if re.search(r"[0-9a-z]", rest):
        return None
    share, given = found[0]["share"], found[0]["points"]
    if share is not None:
        return f"{share} điểm tối đa" if "/" in share else f"{share.replace(' ', '')} số điểm"
    return f"{given or 0} điểm"


def is_grade(heading: str) -> bool:
    """Tell whether a heading names a grade: "Tốt", "Không đạt", "Mức 2"."""
    return bool(_GRADE.fullmatch(folded(one_line(heading))))


def most_of(worths: Sequence[str]) -> Fraction | None:
    """Return the most that columns of lines give, where all give points and none gives a share."""
    given = [re.fullmatch(r"(\d+(?:[.,]\d+)?) điểm", worth) for worth in worths]
    return max((number(one[1]) for one in given if one is not None), default=None) if all(given) else None
