"""A table inside a cell, as lines of that cell: what is given for something stands behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chiso.decree.document.shape import Row
from chiso.decree.language.headings import role_of
from chiso.decree.language.numbers import points


def lines_of(rows: Sequence[Row]) -> Iterator[str]:
    """Yield a table line by line: ``Từ 90%`` beside ``10`` below a heading of points is ``- Từ 90%: 10 điểm``."""
    filled = [[text for text in row.texts if text] for row in rows if not row.empty]
    body = filled[1:] if filled and _heads(filled[0]) else filled
    given = len(body) > 1 and all(len(texts) > 1 and points(texts[-1]) is not None for texts in body)
    if not given:
        yield from (" ".join(texts) for texts in filled)
        return
    for texts in body:
        words = texts[1:-1] if len(texts) > 2 and texts[0].strip(" .").isdigit() else texts[:-1]
        yield f"- {' '.join(words).rstrip(' .;:')}: {texts[-1].removesuffix('điểm').strip(' đ')} điểm"


def _heads(texts: Sequence[str]) -> bool:
    """Tell whether a row holds headings: its last cell names points."""
    return (
        len(texts) > 1
        and points(texts[-1]) is None
        and (role_of(texts[-1]) is not None or texts[-1].casefold().startswith(("điểm", "số điểm", "mức điểm")))
    )
