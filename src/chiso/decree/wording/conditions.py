"""The bound that the words of a line state, looking past levels, brackets, formulas and lists of what is counted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from chiso.decree.wording.bounds import Bound, bound_of
from chiso.decree.wording.lexing import Token, folded, words_in
from chiso.decree.wording.sayings import holds

#: Compared without capitals and diacritics.
LEVEL = re.compile(
    r"(muc( do)?|loai|bac|truong hop|phuong an|muc diem)\s*(?:thu\s*)?(\d{1,2}|[a-d]|i{1,3}|iv|v)\b\s*[:.)-]?\s*"
)

#: Tokens of a formula in front of a bound: "a/b ≥ 80%".
_FORMULA = frozenset({"LETTER", "OVER", "LPAR", "RPAR", "PLUS", "STAR"})

#: With what a second condition opens behind a comma; compared without diacritics.
_SECOND = frozenset({"co", "da", "khong", "nhung", "dong", "va", "trong", "chua", "kem"})

_NUMBERS = frozenset({"NUMBER", "PERCENT", "FRACTION", "MAX", "POINTS", "STAR"})

#: What words alone are made of behind a comma that goes on naming what is counted.
_WORDS = frozenset({"WORD", "NOUN", "REACH", "AND", "GET", "ON_TIME", "TURNS", "COMMA", "PERIOD"})


def bound_in(label: Sequence[Token], line: str) -> Bound | None:
    """Return the bound that the words of a line state, looking past "Mức 1:" and words in brackets."""
    words = words_in(list(label), line)
    match = LEVEL.match(folded(words))
    skipped = label[0].start + match.end() if match and label else -1
    kept = _without_hundred([token for token in label if token.start >= skipped])
    # "Số lượng tin, bài: từ 20 trở lên": the words before the colon name the figure.
    colons = [index for index, token in enumerate(kept) if token.type == "COLON"]
    kept = kept[colons[-1] + 1 :] if colons else kept
    bars = [index for index, token in enumerate(kept) if token.type == "BAR"]
    kept = kept[bars[-1] + 1 :] if bars else kept  # "2 | Từ 70% đến dưới 90%": cells of one row
    found = _signed(kept) or bound_of(kept) or bound_of(_without_brackets(kept)) or bound_of(_without_formula(kept))
    found = found or bound_of(_without_list(kept)) or _bracketed(kept, line)
    if found is not None and re.search(r"\b(hang|xep thu)\b", folded(words)):
        return _of_rank(found, {folded(token.text) for token in kept})
    return found


def _bracketed(tokens: Sequence[Token], line: str) -> Bound | None:
    """Return the bound that stands in brackets behind a grade: "Mức A (từ 80% trở lên)", "Tốt (trên 90%)"."""
    kinds = [token.type for token in tokens]
    if kinds.count("LPAR") != 1 or kinds[-1] != "RPAR":
        return None
    opens = kinds.index("LPAR")
    found = bound_of(tokens[opens + 1 : -1])
    if found is None or (found.exact and found.dimension != "share"):
        return None
    joined = "AND" in kinds[:opens] or "COMMA" in kinds[:opens]
    return replace(found, compound=found.compound or joined or holds("joining", words_in(list(tokens[:opens]), line)))


def _signed(tokens: Sequence[Token]) -> Bound | None:
    """Return the bound that brackets state again with a sign: "trên 95% (≥ 95%)"."""
    kinds = [token.type for token in tokens]
    for index in range(len(tokens) - 3):
        if kinds[index] == "LPAR" and kinds[index + 1] in ("GE", "LE") and kinds[index + 3] == "RPAR":
            repeated = any(token.value == tokens[index + 2].value for token in tokens[:index])
            return bound_of(tokens[index + 1 : index + 3]) if repeated else None
    return None


def _without_hundred(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens without "*100" behind a ratio that is compared with per cent: "a/b*100 ≥ 40%"."""
    hundred = [
        index
        for index, (sign, number) in enumerate(pairwise(tokens))
        if sign.type == "STAR" and number.value in (1, 100) and number.type in ("NUMBER", "PERCENT")
    ]
    return [token for index, token in enumerate(tokens) if index not in hundred and index - 1 not in hundred]


def _of_rank(bound: Bound, words: set[str]) -> Bound:
    """Return the bound of ranks: "từ hạng 21 trở xuống" are those from 21 on, "từ hạng 5 trở lên" those up to 5."""
    if words & {"tro len", "tro xuong"} and (bound.low is None) != (bound.high is None):
        return replace(bound, low=bound.high, high=bound.low, low_open=bound.high_open, high_open=bound.low_open)
    return bound


def _without_formula(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens without the formula before a bound: "a/b ≥ 80%", "tỷ lệ b/a đạt từ 80%"."""
    named = next((index + 1 for index, token in enumerate(tokens) if token.type in ("RATIO", "IF")), 0)
    begun = next((index for index in range(named, len(tokens)) if tokens[index].type not in _FORMULA), 0)
    return [*tokens[:named], *tokens[begun:]] if begun > named else []


def _without_list(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens up to a comma that only goes on naming what is counted: "30% số cơ quan, đơn vị"."""
    kinds = [token.type for token in tokens]
    comma = next((index for index, kind in enumerate(kinds) if kind == "COMMA"), 0)
    listed = kinds[comma + 1 : comma + 2] == ["NOUN"] and not _NUMBERS & set(kinds[comma:])
    if not comma or comma + 1 == len(kinds) or not (listed or _WORDS.issuperset(kinds[comma:])):
        return []
    return [] if folded(tokens[comma + 1].text) in _SECOND else list(tokens[:comma])


def _without_brackets(tokens: Sequence[Token]) -> list[Token]:
    kept: list[Token] = []
    depth = 0
    for token in tokens:
        depth += token.type == "LPAR"
        if depth == 0:
            kept.append(token)
        depth -= token.type == "RPAR" and depth > 0
    return kept
