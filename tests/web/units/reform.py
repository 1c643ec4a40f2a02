"""A reform in miniature, with made-up names and codes.

On 1 July 2025 three provinces become one, their districts end, and thirty communes become nine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from chiso.web.units.registry import Act
from chiso.web.units.table import ACT, ACT_DATE, CODE, FROM, HOW, ISSUER, KIND, NAME, PARENT, SINCE, TITLE, UNTIL

BEFORE, DAY = dt.date(2010, 1, 1), dt.date(2025, 7, 1)
LAST = dt.date(2025, 6, 30)
ACT_OF_REFORM = Act("01/2025/NQ-MẪU", dt.date(2025, 6, 12), "Cơ quan mẫu", "Sắp xếp đơn vị hành chính (mẫu)")
HEADS = (CODE, NAME, KIND, PARENT, SINCE, UNTIL, ACT, ACT_DATE, ISSUER, TITLE, FROM, HOW)

Row = tuple[object, ...]


def before() -> Iterator[Row]:
    """Yield three provinces with two districts each, and five communes in every district."""
    for p in "ABC":
        yield _row(p, f"Tỉnh mẫu {p}", "tỉnh", "", BEFORE)
        for d in "12":
            yield _row(f"{p}{d}", f"Huyện mẫu {p}{d}", "huyện", p, BEFORE)
            for c in "12345":
                yield _row(f"{p}{d}{c}", f"Xã mẫu {p}{d}{c}", "xã", f"{p}{d}", BEFORE)


def reform() -> Iterator[Row]:
    """Yield what the act does: A goes on as the new province, B and C end in it; districts end; communes merge."""
    for p in "ABC":
        if p != "A":
            yield _row(p, f"Tỉnh mẫu {p}", "tỉnh", "", BEFORE, LAST)
        for d in "12":
            yield _row(f"{p}{d}", f"Huyện mẫu {p}{d}", "huyện", p, BEFORE, LAST)
            for c in "12345":
                yield _row(f"{p}{d}{c}", f"Xã mẫu {p}{d}{c}", "xã", f"{p}{d}", BEFORE, LAST)
    yield _row("A", "Tỉnh mẫu ABC", "tỉnh", "", DAY, None, "B; C")
    for number, old in enumerate(merged(), 1):
        # A new commune takes over the code of the first of those it was made of, as official lists do.
        yield _row(old[0], f"Xã mới {number}", "xã", "A", DAY, None, "; ".join(old))


def merged() -> list[list[str]]:
    """Return which communes become one: thirty in nine groups."""
    old = [f"{p}{d}{c}" for p in "ABC" for d in "12" for c in "12345"]
    sizes = [4, 4, 4, 3, 3, 3, 3, 3, 3]
    groups, start = [], 0
    for size in sizes:
        groups.append(old[start : start + size])
        start += size
    return groups


def _row(
    code: str, name: str, kind: str, parent: str, since: dt.date, until: dt.date | None = None, comes_from: str = ""
) -> Row:
    act = ACT_OF_REFORM
    signed = (act.number, act.date, act.issuer, act.title) if since == DAY else ("", None, "", "")
    return (code, name, kind, parent, since, until, *signed, comes_from, "sáp nhập" if comes_from else "")
