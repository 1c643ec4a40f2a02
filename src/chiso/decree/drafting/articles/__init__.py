"""What the articles and annexes of a decision say for all criteria at once, and what becomes of it in a draft.

``sentences`` finds what the prose says, ``stated`` what a sentence states, ``policies`` and ``defaults`` what follows
for the whole framework and for its rows. A rule that a framework file cannot say is listed with its words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from chiso.decree.document.shape import Place
from chiso.decree.language.letters import folded
from chiso.decree.wording import Confidence

#: ``read``: the draft says so; ``holds``: the engine does so anyway; ``unneeded``: no row needs it;
#: ``left``: a person has to look.
Fate = Literal["read", "holds", "unneeded", "left"]

_SIGNS = str.maketrans({"×": "x", "·": "x", "“": "", "”": "", '"': "", "≥": ">=", "≤": "<=", "–": "-", "_": " "})
_REMARK = re.compile(r"\([^()=/]*\)")
_MARKS = re.compile(r"(?<!\d)[.,]+|[.,]+(?!\d)|[;:]|\s-\s")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of the prose: its words, where it stands, and the article that holds it."""

    text: str
    place: Place
    clause: str


@dataclass(frozen=True)
class Statement:
    """What a sentence states for all criteria: the topic, what it says of it, and how surely."""

    topic: str
    says: str = ""
    sure: Confidence = "low"
    fate: Fate = "left"
    data: dict[str, str] = field(default_factory=dict)


@dataclass
class Stated:
    """A sentence that states a rule, and what became of it; ``field`` is the field of the draft that says so."""

    sentence: Sentence
    topic: str
    fate: Fate
    field: str = ""


def normal(text: str) -> tuple[str, bool]:
    """Return a sentence for comparison: folded, without marks; and whether a remark in brackets was left out."""
    plain = text.translate(_SIGNS)
    bare = _REMARK.sub(" ", plain)
    words = _MARKS.sub(" ", f" {folded(bare)} ").replace("*", " x ").replace("ti le", "ty le").replace("=", " = ")
    words = re.sub(r"(?<=\d)\.(?=\d)", ",", words) if "=" not in words else words
    return " ".join(words.split()), bare != plain
