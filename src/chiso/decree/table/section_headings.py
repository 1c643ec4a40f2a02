"""Numbered headings between tables: "Phần A. ...", "II. NHÓM TIÊU CHÍ ..."."""

from __future__ import annotations

import re
from collections.abc import Sequence

from chiso.decree.document.shape import Paragraph
from chiso.decree.language.codes import RowCode, row_code
from chiso.decree.language.letters import one_line, shouted

NUMBERED = re.compile(
    r"^\W*(?P<code>(?:phần|nhóm|mục|tiêu chuẩn|tiêu chí|nội dung|lĩnh vực)(?: số)? (?:[IVX]{1,5}|[A-ZĐ]|\d{1,2})"
    r"|[IVX]{1,5}|[A-ZĐ])\s*[.:)/–-]\s*(?P<title>\S.*)$",
    re.IGNORECASE,
)
#: Headings have no more letters.
_LONGEST = 200
OUTER = ("roman", "upper", "named")


def heading_code(paragraphs: Sequence[Paragraph]) -> RowCode | None:
    """Return the number of the last of these paragraphs that heads a table."""
    for paragraph in reversed(paragraphs):
        text = one_line(paragraph.text)
        match = NUMBERED.match(text)
        looks = paragraph.bold or paragraph.centred or shouted(text) or text.endswith((")", ":"))
        if match is not None and looks and len(text) <= _LONGEST:
            code = row_code(match["code"])
            if code is not None and code.kind in OUTER:
                return code
    return None
