"""The sentences of the prose, each with the article, clause and point that it stands in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chiso.decree.document.shape import Paragraph
from chiso.decree.drafting.articles import Sentence
from chiso.decree.language.letters import one_line, shouted

_ARTICLE = re.compile(r"^(?P<name>(?:Điều|Mục|Chương|Phần)\s+(?:\d+|[IVX]+|[A-Z]))\s*[.:]?\s*(?P<rest>.*)$", re.DOTALL)
_ROMAN = re.compile(r"^(?P<name>[IVX]{1,5})\s*[.)/]\s+(?P<rest>.*)$", re.DOTALL)
_NUMBER = re.compile(r"^(?P<name>\d{1,2}(?:\.\d{1,2})*)\s*[.)/]?\s+(?P<rest>\D.*)$", re.DOTALL)
_LETTER = re.compile(r"^(?P<name>[a-zđ])\s*[.)/]\s+(?P<rest>.*)$", re.DOTALL)
_BULLET = re.compile(r"^[-–+•*]\s*")
_NOTE = re.compile(r"^(?:Ghi chú|Lưu ý|Chú ý|Chú thích)\s*(?:\d\s*)?[:.]\s*", re.IGNORECASE)
#: Where one sentence ends: a mark, then a capital; what is counted off by semicolons is several.
_END = re.compile(r"(?:(?<=[^\W\d_]{2})|(?<=[\d%)]))\.\s+(?=[A-ZĐÀ-Ỹ])|;\s+(?=\S)|;$")
#: To whom a document goes; what follows up to the next heading is addresses and names.
_ADDRESSES = re.compile(r"^\W*Nơi nhận\s*:?", re.IGNORECASE)
#: A heading is no longer than this.
_HEADING = 120


@dataclass
class Passage:
    """A paragraph with the points counted off below it, where it ends in a colon: one statement may need them all."""

    lines: list[Sentence] = field(default_factory=list)

    @property
    def first(self) -> Sentence:
        """Return its first line, which says where it stands."""
        return self.lines[0]

    def sentences(self) -> Iterator[Sentence]:
        """Yield its sentences."""
        for line in self.lines:
            for text in _END.split(line.text):
                if text.strip(" .;:"):
                    yield Sentence(text.strip(" .;"), line.place, line.clause)


def passages_of(paragraphs: Sequence[Paragraph]) -> list[Passage]:
    """Return what the prose says, without headings, addresses and signatures."""
    found: list[Passage] = []
    at = _At()
    for paragraph in paragraphs:
        text = one_line(paragraph.text.replace("**", ""))
        line, counted = at.take(text)
        if not line or shouted(text) or (paragraph.centred and paragraph.bold):
            continue
        sentence = Sentence(line, paragraph.place, at.clause)
        if counted and found and _opens(found[-1]):
            found[-1].lines.append(sentence)
        else:
            found.append(Passage([sentence]))
    return found


def _opens(passage: Passage) -> bool:
    return passage.lines[0].text.endswith(":")


class _At:
    """Where in a document one is: its article, its clause and its point."""

    def __init__(self) -> None:
        self.article = self.number = self.letter = ""
        self.addresses = False

    @property
    def clause(self) -> str:
        """Return the place as one cites it."""
        number = (f"khoản {self.number}" if self.article.startswith("Điều") else self.number) if self.number else ""
        letter = f"điểm {self.letter}" if self.letter else ""
        return ", ".join(part for part in (self.article, number, letter) if part) or "Phần lời"

    def take(self, text: str) -> tuple[str, bool]:
        """Return the words of a paragraph without its number, empty for a heading; and whether it is counted off."""
        if _ADDRESSES.match(text):
            self.addresses = True
        if (match := _ARTICLE.match(text) or _ROMAN.match(text)) is not None:
            self.article, self.number, self.letter, self.addresses = match["name"], "", "", False
            return self._words(match["rest"]), False
        if self.addresses and not shouted(text):
            return "", False
        self.addresses = False
        if (match := _LETTER.match(text)) is not None:
            self.letter = match["name"]
            return match["rest"], True
        if (match := _BULLET.match(text)) is not None:
            return text[match.end() :], True
        if (match := _NUMBER.match(text)) is not None:
            self.number, self.letter = match["name"], ""
            return self._words(match["rest"]), False
        return _NOTE.sub("", text), False

    def _words(self, text: str) -> str:
        """Return what stands behind a number; nothing where that is only a name."""
        heads = len(text) <= _HEADING and not text.endswith((".", ";", ":")) and "=" not in text
        return "" if heads else text
