"""Lines of a cell as its author began them: where the width of the column broke one, its parts are joined again.

A word processor puts a word on the next line when it has no more room for it. So a line whose end leaves room for the
first word below was ended by the author, and any other was broken, unless the next opens something of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from chiso.decree.document.geometry import TextLine
from chiso.decree.language.letters import folded

#: A space, as a share of the size of the letters; how far, in points, a line may reach beyond the edge.
_SPACE, _TOLERANCE = 0.25, 0.5
#: What opens an item or gives a letter its meaning.
_OPENS = re.compile(r"[-–+•]|\d{1,2}[.)]\s|[a-zđ]\d?\s*[.):=]|(?:Điểm|Tỷ lệ|Tính điểm)\b[^.;]{0,20}[=:]")
#: An item, and no number with its sign.
_ITEM = re.compile(r"[-–+•]\s*[^\W\d_]")
#: The number of an item: "2)" goes on with a line that holds "1)".
_NUMBERED = re.compile(r"(\d{1,2})([.)])\s")
#: A formula or bracket that is not complete.
_HANGS = re.compile(r"[(=*/+,]$|[\d)%] [x:]$|[\d%]\s?[-–]$")
#: A name with a hyphen, after which a line may end: "Phòng VH-" and "XH".
_HYPHEN = re.compile(r"[^\W\d_]-$")
#: A star multiplies, unless it opens an item below one that is complete.
_STAR, _CLOSED = re.compile(r"\*\s*\S"), re.compile(r"[.;:]$")
#: A line that may be complete as it is.
_COMPLETE = re.compile(r"(?:[.;:%\d]|diem|toi da|\dd)\)?$")
#: "40%" and "SỐ ĐIỂM" below it.
_POINTS = re.compile(r"(?:so )?diem\b(?!\s*[=:])|toi da\b")


def unwrapped(lines: Sequence[TextLine], edge: float) -> str:
    """Return the words of a cell, each line as its author began it; ``edge`` is where its words end, in points."""
    found = ""
    for above, line in zip([None, *lines], lines, strict=False):
        if above is None:
            found = line.text
        elif _has_room(above, line, edge) or _begins(found, line.text):
            found = f"{found}\n{line.text}"
        else:
            found = f"{found}{'' if _HYPHEN.search(found) else ' '}{line.text}"
    return found


def _has_room(above: TextLine, line: TextLine, edge: float) -> bool:
    """Tell whether the first word of a line would have had room at the end of the line above."""
    first = line.words[0]
    needed = _SPACE * first.size + first.box.right - first.box.left
    return above.box.right + needed <= edge + _TOLERANCE


def _begins(before: str, text: str) -> bool:
    """Tell whether a line that had no room above opens something of its own all the same."""
    if _HANGS.search(before) and not _ITEM.match(text):
        return False
    if _STAR.match(text):
        return bool(_CLOSED.search(before))
    if _OPENS.match(text):
        return not _counts_on(before, text)
    plain = folded(text)
    return text[:1].isupper() and bool(_COMPLETE.search(folded(before[-20:]))) and not _POINTS.match(plain)


def _counts_on(before: str, text: str) -> bool:
    """Tell whether a number goes on with those inside the line above: "... sau: 1) A; 2) B"."""
    number = _NUMBERED.match(text)
    inside = before.rpartition("\n")[2]
    return number is not None and bool(re.search(rf"\S\s{int(number[1]) - 1}[{number[2]}]\s", inside))
