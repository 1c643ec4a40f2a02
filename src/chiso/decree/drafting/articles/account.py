"""Which sentences of a document state a rule for one of its sets: the account of the prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from chiso.decree.document.shape import Paragraph
from chiso.decree.drafting.articles import Sentence, Statement, normal
from chiso.decree.drafting.articles.sentences import Passage, passages_of
from chiso.decree.drafting.articles.stated import compiled, statement_of
from chiso.decree.language.letters import folded
from chiso.decree.language.vocabulary import words
from chiso.decree.prose.legal import joined, unit_kinds_of
from chiso.decree.table.sets import RowSet, begins
from chiso.decree.wording.reading import read_rule

#: For whom a rule holds, and the rule: "Đối với các tiêu chí định tính: thực hiện đầy đủ được điểm tối đa; ...".
_SCOPED = re.compile(r"(?P<scope>[^:,;.]{8,160}?)\s*(?::|,|\sthì\s)\s*(?P<rule>\S.{15,})", re.DOTALL)
#: A sentence that begins with the units that it speaks of: "Đối với các xã, phường, tiêu chí ...".
_UNITS = re.compile(
    r"Đối với (?:các |cấp )?(?P<units>[^:;.]{2,80}?),\s+(?P<rest>(?:các |những |mỗi )?"
    r"(?:tiêu chí|chỉ tiêu|nội dung|chỉ số|nhiệm vụ|điểm|số điểm|tổng|trường hợp|nếu|khi|việc)\b.+)",
    re.DOTALL | re.IGNORECASE,
)


def stated_in(
    paragraphs: Sequence[Paragraph], sets: Sequence[RowSet], at: int, kinds: Sequence[str], read: Sequence[str]
) -> Iterator[tuple[Sentence, Statement]]:
    """Yield what the prose states for the rows of one set; ``read`` are words that are read as classes."""
    own = [one for one in paragraphs if _owner(one, sets) in (None, at)]
    known = [folded(text) for text in read]
    for passage in passages_of(joined(own)):
        scoped = _scoped(passage)
        if scoped is not None:
            yield scoped
            continue
        for sentence in passage.sentences():
            about = _about(sentence, kinds[at], kinds)
            found = statement_of(about.text) if about is not None else None
            if found is not None and (found.topic in ("classes", "excluded") or not _within(sentence, known)):
                yield sentence, found


def _within(sentence: Sentence, known: Sequence[str]) -> bool:
    plain = folded(sentence.text)
    return any(one in plain or plain in one for one in known)


def _owner(paragraph: Paragraph, sets: Sequence[RowSet]) -> int | None:
    """Return the set that a paragraph between tables belongs to, None where it belongs to all of them.

    What stands below a heading of an annex belongs to the set below it, what stands above it to the set before.
    """
    if len(sets) < 2:
        return None
    for at, rows in enumerate(sets):
        if paragraph in rows.headings:
            annex = max((n for n, one in enumerate(rows.headings) if begins(one.text, "appendix")), default=None)
            below = annex is not None and rows.headings.index(paragraph) >= annex
            return at if below else None if at == 0 else at - 1
        if any(paragraph in section for section in rows.sections.values()):
            return at
    return None


def _about(sentence: Sentence, kind: str, kinds: Sequence[str]) -> Sentence | None:
    """Return a sentence without the units that it speaks of, None where these are other units than those of the set."""
    match = _UNITS.fullmatch(sentence.text)
    named = unit_kinds_of([match["units"]]) if match is not None else None
    if match is None or named is None or len(set(kinds)) < 2:
        return sentence
    if named[0] not in kinds:
        return sentence
    return replace(sentence, text=match["rest"]) if named[0] == kind else None


def _scoped(passage: Passage) -> tuple[Sentence, Statement] | None:
    """Return the rule that a passage states for rows that print none, with the points counted off below it."""
    text = "\n".join(line.text for line in passage.lines)
    match = _SCOPED.fullmatch(text)
    scope = _scope(match["scope"]) if match is not None else ""
    if match is None or not scope or any(_is_read(one) for one in passage.sentences()):
        return None
    rule = match["rule"].strip()
    reading = read_rule(rule, title="", max_points=None)
    if reading.confidence == "low" or reading.left_over or reading.rule["kind"] not in ("choice", "ratio", "steps"):
        return None
    sentence = replace(passage.first, text=text)
    return sentence, Statement("default", scope, "medium", "read", {"rule": rule})


def _is_read(sentence: Sentence) -> bool:
    found = statement_of(sentence.text)
    return found is not None and found.fate == "read"


def _scope(text: str) -> str:
    plain, _ = normal(text)
    return next((says for says, pattern in _scopes() if pattern.fullmatch(plain)), "")


@lru_cache(maxsize=1)
def _scopes() -> list[tuple[str, re.Pattern[str]]]:
    return [(one["says"], compiled(one["pattern"])) for one in words("articles")["scopes"]]
