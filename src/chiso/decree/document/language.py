"""Whether a document is written in Vietnamese: by its letters, or where they were lost, by its commonest words."""

from __future__ import annotations

from collections import Counter

from chiso.decree.document.shape import Document, Paragraph
from chiso.decree.language.letters import VIETNAMESE, folded

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
#: The commonest words as the old encodings TCVN3 (.VnTime) and VNI keep them.
_OLD = (
    frozenset(["tiªu", "chÝ", "®iÓm", "cña", "c¸c", "nh©n", "d©n", "sè", "®¸nh", "quyÕt", "®Þnh", "vµ"]),
    frozenset(["tieâu", "chí", "ñieåm", "cuûa", "caùc", "nhaân", "daân", "soá", "ñaùnh", "quyeát", "ñònh", "vaø"]),
)
#: So many different ones show the encoding.
_ENOUGH = 4
_SAMPLE = 60_000


def in_old_encoding(document: Document) -> bool:
    """Tell whether a document keeps its letters as an old encoding does, so that only its own fonts show them."""
    words = set(_sample(document).casefold().split())
    return any(len(words & known) >= _ENOUGH for known in _OLD)


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
