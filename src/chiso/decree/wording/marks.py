"""From lines to entries: list marks taken off, and lines that hold several entries parted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chiso.decree.wording.lexing import Token, tokens_of, words_in
from chiso.decree.wording.sayings import opens_with

_MARK = re.compile(
    r"(?P<bullet>(?!-\d+(?:[.,]\d+)?\s*(?:đ|điểm)\s*/)[-•*+])/?\s*(?=\S)"
    r"|\(?(?P<number>\d{1,2}|[IVX]{1,4}|[A-H](?=\. ))\s?[.)](?!\d)\s*(?=[^\W\d_(\"'])"
    r"|(?P<letter>[a-zđ])\s?[.)]\s*(?=[^\W\d_])"
)

#: Tokens with which a worth ends.
_ENDS = frozenset({"MAX", "POINTS", "THIS", "NIL"})


@dataclass(frozen=True, slots=True)
class Entry:
    """One printed entry: its list mark (``-``, ``+``, ``•``, ``1``, ``a`` or none), its text and tokens."""

    mark: str
    text: str
    tokens: tuple[Token, ...]
    number: str = ""


def entries_of(lines: list[str]) -> list[Entry]:
    """Return the entries of lines, in printed order."""
    return [entry for line in lines for entry in _entries(line)]


def _entries(line: str) -> Iterator[Entry]:
    mark, number, line = _marked(line)
    if opens_with("remark", line):
        yield Entry(mark, line, tokens_of(line), number)
        return
    while line:
        tokens = tokens_of(line)
        cut = _cut(tokens, line, heading=mark == "1")
        head = line if cut is None else line[: cut[0]]
        kept = [token for token in tokens if token.end <= len(head)]
        while kept and kept[-1].type in ("SEMICOLON", "STOP", "COMMA"):
            kept.pop()
        text = words_in(kept, line)
        if text:
            yield Entry(mark, text, tuple(kept), number)
        if cut is None:
            return
        before = mark
        headed = text.endswith(":")
        mark, number, line = _marked(line[cut[1] :].strip())
        mark = mark or (("+" if before == "-" else "-") if headed else before)


def _marked(line: str) -> tuple[str, str, str]:
    """Part a list mark from a line: what kind, its number, and the rest."""
    match = _MARK.match(line)
    if match is None:
        return "", "", line
    rest = line[match.end() :]
    if match["bullet"]:
        inner = _MARK.match(rest)
        if inner is not None and inner["number"]:
            return "1", inner["number"], rest[inner.end() :]
        return ("-" if match["bullet"] == "*" else match["bullet"]), "", rest
    if match["number"]:
        return "1", match["number"], rest
    return "a", match["letter"], rest


def _cut(tokens: Sequence[Token], line: str, *, heading: bool) -> tuple[int, int] | None:
    """Return where the first entry of a line ends and the next begins, None where there is only one.

    A numbered ``heading`` ends where a list begins.
    """
    depth = 0
    complete = False
    for index, token in enumerate(tokens[:-1]):
        following = tokens[index + 1]
        depth += (token.type == "LPAR") - (token.type == "RPAR" and depth > 0)
        if depth == 0 and (token.type == "SEMICOLON" or (token.type == "BAR" and complete)):
            return token.start, token.end
        if depth == 0 and token.type == "STOP" and _new_sentence(tokens, index, line, complete=complete):
            return token.start, token.end
        if depth == 0 and complete and _runs_on(tokens, index, line):
            return token.start, token.start
        if depth == 0 and _opens_item(token, following, line, complete=complete):
            return token.start, token.start
        if token.type == "COLON" and _heads_points(tokens, index):
            return token.end, token.end
        if depth == 0 and token.type in ("AND", "MINUS") and _joined(tokens, index, line, complete=complete):
            return token.start, token.end
        if heading and depth == 0 and token.type in ("MINUS", "PLUS") and _opens_list(tokens, index, line):
            return token.start, token.start
        if depth == 0 and complete and token.type == "NUMBER" and following.type in ("STOP", "RPAR"):
            after = tokens[index + 2 : index + 3]
            if after and after[0].text[:1].isupper():
                return token.start, token.start
        slash = token.type == "OVER" and following.text[:1].isupper()
        if depth == 0 and complete and (token.type == "COMMA" or slash) and _another(tokens, index + 1, line):
            return token.start, token.end
        complete = token.type in (*_ENDS, "PRO_RATA") or (token.type in ("RPAR", "STOP") and complete)
    return None


def _opens_item(token: Token, following: Token, line: str, *, complete: bool) -> bool:
    """Tell whether a dash, plus or bullet opens the next entry of a line."""
    after = line[token.end : token.end + 1] == " "
    dashed = complete and token.type in ("MINUS", "PLUS")
    if token.text != "•" and not (dashed and (after or line[token.start - 1 : token.start] == " ")):
        return False
    worded = following.text[:1].isalpha() and following.type not in ("MAX", "RATIO", "LETTER", "POINTS")
    return worded or (after and following.type in ("PERCENT", "FROM", "GE", "LT", "RATIO"))


def _heads_points(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a colon stands behind the points of a part and before what gives them: "Hạ tầng (4 điểm): ..."."""
    kinds = [token.type for token in tokens]
    stated = index > 4 and kinds[index - 4 : index] == ["LPAR", "NUMBER", "POINTS", "RPAR"]
    return stated and not _ENDS.isdisjoint(kinds[index:])


def _joined(tokens: Sequence[Token], index: int, line: str, *, complete: bool) -> bool:
    """Tell whether a word or dash joins two entries: "sơ kết (1 điểm) và tổng kết (1 điểm)"."""
    if tokens[index].type == "AND" and complete and tokens[index - 1].type == "RPAR":
        return [one.type for one in tokens[-4:]] == ["LPAR", "NUMBER", "POINTS", "RPAR"]
    return tokens[index].type == "MINUS" and _between_answers(tokens, index, line)


def _between_answers(tokens: Sequence[Token], index: int, line: str) -> bool:
    """Tell whether a dash parts two answers with bare numbers: "Có: 1,0 - Không: 0"."""
    kinds = [token.type for token in tokens]
    spaced = line[tokens[index].start - 1 : tokens[index].start] == " "
    return (
        spaced
        and kinds[index - 2 : index] == ["COLON", "NUMBER"]
        and "COLON" in kinds[index + 2 :]
        and opens_with("negative", line[tokens[index + 1].start :])
    )


def _opens_list(tokens: Sequence[Token], index: int, line: str) -> bool:
    """Tell whether a sign between spaces opens the list below a heading: a capital follows, and later a worth."""
    token, following = tokens[index], tokens[index + 1]
    spaced = line[token.start - 1 : token.start] == " " and line[token.end : token.end + 1] == " "
    return spaced and following.text[:1].isupper() and any(one.type in _ENDS for one in tokens[index:])


def _runs_on(tokens: Sequence[Token], index: int, line: str) -> bool:
    """Tell whether another entry begins behind points without any mark: "Từ 80%: 10 điểm Từ 60%: 5 điểm"."""
    token, kinds = tokens[index], [one.type for one in tokens]
    begins = token.type in _CONDITIONS or token.text[:1].isupper() or opens_with("negative", line[token.start :])
    if not begins or tokens[index - 1].type not in ("POINTS", "MAX", "NIL") or "COLON" not in kinds[:index]:
        return False
    colon = kinds.index("COLON", index) if "COLON" in kinds[index:] else 0
    return bool(colon) and not _ENDS.isdisjoint(kinds[colon:]) and _ENDS.isdisjoint(kinds[index:colon])


def _new_sentence(tokens: Sequence[Token], index: int, line: str, *, complete: bool) -> bool:
    """Tell whether a full stop ends an entry: a capital or condition follows, behind no abbreviation."""
    following, before = tokens[index + 1], tokens[index - 1] if index else None
    if before is None or line[tokens[index].end : tokens[index].end + 1] != " ":
        return False
    if before.text.isupper() and len(before.text) <= 3 and before.type == "WORD":
        return False
    if complete and (following.type in _CONDITIONS or opens_with("negative", line[following.start :])):
        return True
    return following.text[:1].isupper() or following.type in ("MINUS", "PLUS", "GE", "LT") or following.text == "•"


#: With what a condition begins.
_CONDITIONS = frozenset({"FROM", "GE", "GT", "LE", "LT", "UNDER", "ABOVE", "LATE"})
#: With what an entry may begin after a comma.
_BEGINS = frozenset({"FROM", "GE", "GT", "LE", "LT", "UNDER", "ABOVE", "IF", "PER", "TAKE", "ADD", "LATE"})


def _another(tokens: Sequence[Token], index: int, line: str) -> bool:
    """Tell whether another entry stands after a comma: it has a worth of its own."""
    rest = tokens[index:]
    if opens_with("remark", line[rest[0].start :]):
        return True
    parted = rest[0].type == "REACH" and any(token.type == "COLON" for token in rest)  # ", đúng chất lượng: 1 điểm"
    if rest[0].type in ("ROOF", "AT_MOST", "AND", "GET", "REACH", "THIS") and not parted:
        return False  # "..., nhưng không quá 5 điểm"
    if not any(token.type in _ENDS or token.type == "PRO_RATA" for token in rest):
        return False
    begins = rest[0].type in _BEGINS or opens_with("negative", line[rest[0].start :])
    until = next((place for place, token in enumerate(rest) if token.type in ("COMMA", "SEMICOLON")), len(rest))
    worth = any(token.type in _ENDS for token in rest[:until])
    return begins or worth or any(token.type == "COLON" for token in rest)
