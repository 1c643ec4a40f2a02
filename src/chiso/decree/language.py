"""Whether a document is written in Vietnamese: by its letters, or where they were lost, by its commonest words."""

from __future__ import annotations

from collections import Counter

from chiso.decree.document.shape import Document, Paragraph
from chiso.decree.letters import VIETNAMESE, folded

#: Words that administrative Vietnamese cannot do without, without their diacritics.
_COMMON = frozenset(
    [
        "so",
        "va",
        "cua",
        "cac",
        "cho",
        "trong",
        "co",
        "theo",
        "ve",
        "duoc",
        "diem",
        "chi",
        "cap",
        "huyen",
        "tinh",
        "xa",
        "uy",
        "ban",
        "nhan",
        "dan",
        "quyet",
        "dinh",
        "chuyen",
        "doi",
        "tieu",
    ]
)
_SAMPLE = 60_000


def is_vietnamese(document: Document) -> bool:
    """Tell whether a document is Vietnamese."""
    text = _sample(document)
    counts = Counter(text)
    letters = sum(times for letter, times in counts.items() if letter.isalpha())
    if not letters:
        return False
    if sum(times for letter, times in counts.items() if letter.lower() in VIETNAMESE) >= 0.05 * letters:
        return True
    words = folded(text).split()
    return sum(word in _COMMON for word in words) >= 0.12 * len(words)


def _sample(document: Document) -> str:
    found: list[str] = []
    size = 0
    for block in document.blocks:
        texts = [block.text] if isinstance(block, Paragraph) else [text for row in block.rows for text in row.texts]
        found.extend(texts)
        size += sum(map(len, texts))
        if size > _SAMPLE:
            break
    return " ".join(found)
