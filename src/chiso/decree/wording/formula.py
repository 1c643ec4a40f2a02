"""Formulas in words: runs of words between signs become quantities, so that the grammar sees one token for each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from fractions import Fraction

from chiso.decree.wording.lexing import Token, folded

#: Tokens that are of a formula themselves; all others are words of a quantity.
_SIGNS = frozenset(
    {
        *("NUMBER", "FRACTION", "PERCENT", "MAX", "POINTS", "STAR", "PLUS", "MINUS", "OVER", "LPAR", "RPAR", "LETTER"),
        *(
            "HALF",
            "NIL",
            "PRO_RATA",
            "THIS",
            "EQ",
            "STOP",
            "COMMA",
            "SEMICOLON",
            "GET",
            "REACH",
            "IS",
            "COLON",
            "RATIO",
        ),
    }
)

#: Words with which a figure is named.
_FIGURES = ("so", "tong", "ty", "ti", "kinh", "gia", "muc", "chi", "luong", "ket", "diem", "ke", "du")


def formula_tokens(tokens: Sequence[Token], line: str) -> list[Token]:
    """Return tokens with each run of words as one quantity, or as the best or worst of all units."""
    found: list[Token] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        # "trên" divides where a figure follows: "số hồ sơ đúng hạn trên tổng số hồ sơ".
        if found and _is_named_ratio(found[-1]) and _OF_WHOLE.match(folded(line[token.start : token.start + 12])):
            end = _run(tokens, index + 1, line)
            ratio, last = found[-1], tokens[end - 1].end
            found[-1] = Token("RATIO", line[ratio.start : last], ratio.start, last, data=ratio.data)
            index = end
            continue
        if folded(token.text) == "tren" and found and _names_figure(tokens, index + 1):
            found.append(Token("OVER", token.text, token.start, token.end))
            index += 1
            continue
        end = _run(tokens, index, line) if _is_word(tokens, index) else index
        if end == index:
            found.append(token)
            index += 1
            continue
        run = tokens[index:end]
        # "Số lượt truy cập/5.000 lượt": the second only repeats what is counted.
        unit = [one.type for one in found[-2:]] == ["OVER", "NUMBER"] and run[0].type in ("NOUN", "TURNS")
        if not unit or len(run) > 2:
            found.append(_quantity(run, line))
        index = end
    return found


#: "Tỷ lệ hồ sơ đúng hạn trên tổng số hồ sơ": words that say of what the ratio is, and divide nothing.
_OF_WHOLE = re.compile(r"(?:tren|so voi) (?:tong|so)\b")


def _is_named_ratio(token: Token) -> bool:
    return token.type == "RATIO" and len(token.text.split()) > 3


def _is_word(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    if token.type == "RATIO":
        return index + 1 < len(tokens) and tokens[index + 1].type not in _SIGNS
    if token.type == "POINTS":
        # "Số điểm phục vụ", "điểm bán": a word of a quantity, unless a number stands in front.
        return (
            index + 1 < len(tokens)
            and tokens[index + 1].type in ("WORD", "NOUN")
            and not (index and tokens[index - 1].type in ("NUMBER", "PERCENT", "FRACTION", "HALF"))
        )
    return token.type not in _SIGNS


def _run(tokens: Sequence[Token], start: int, line: str) -> int:
    """Return where a run of words ends."""
    index = start
    while index < len(tokens):
        token = tokens[index]
        if index > start and folded(token.text) == "tren" and _names_figure(tokens, index + 1):
            break
        if index > start and token.type in ("LPAR", "OVER", "MINUS", "COMMA"):
            end = _inside(tokens, index, line)
            if end == index:
                break
            index = end
            continue
        if index > start and token.type in _SIGNS and token.type not in ("GET", "REACH", "IS", "RATIO", "POINTS"):
            break
        if token.type == "POINTS" and index > start and index + 1 < len(tokens) and tokens[index + 1].type in _SIGNS:
            break
        index += 1
    return index


def _inside(tokens: Sequence[Token], index: int, line: str) -> int:
    """Return where words go on after a bracket, slash, dash or comma that is part of them; else ``index``."""
    token = tokens[index]
    if token.type == "LPAR":
        for end in range(index + 1, len(tokens)):
            if tokens[end].type == "RPAR":
                inner = tokens[index + 1 : end]
                signs = any(one.type in ("STAR", "OVER", "PLUS", "MINUS", "MAX") for one in inner)
                return index if signs or (len(inner) == 1 and inner[0].type == "LETTER") else end + 1
        return index
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    if following is None or following.type in ("NUMBER", "PERCENT", "LETTER", "LPAR", "MAX", "FRACTION"):
        return index
    spaced = line[token.start - 1 : token.start] == " " and line[token.end : token.end + 1] == " "
    if token.type == "COMMA":
        return index + 1
    # "Giá trị đạt được/Giá trị mục tiêu" divides, "huyện/thị xã" does not.
    figure = token.type == "OVER" and folded(following.text).split()[0] in _FIGURES and following.text[:1].isupper()
    if spaced or figure or _names_figure(tokens, index + 1):
        return index
    return index + 1


def _names_figure(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a figure is named at a place: "tổng số hồ sơ", "số lượng", "tỷ lệ"."""
    if index >= len(tokens):
        return False
    return tokens[index].type == "RATIO" or folded(tokens[index].text).split()[0] in _FIGURES[:2]


def _quantity(run: Sequence[Token], line: str) -> Token:
    start, end = run[0].start, run[-1].end
    text = line[start:end].strip()
    types = {token.type for token in run}
    if "HIGHEST" in types:
        return Token("BEST", text, start, end, data=text)
    if "LOWEST" in types:
        return Token("WORST", text, start, end, data=text)
    if run[0].type == "RATIO":
        percent = "%" in text and not any(char.isdigit() for char in text)
        return Token("RATIO", text, start, end, data="%" if percent else text)
    return Token("QUANTITY", text, start, end, Fraction(1), text)


def with_letters(tokens: Iterable[Token]) -> list[Token]:
    """Return tokens in which "Tổng số hồ sơ (a)" is the letter alone."""
    found: list[Token] = []
    for token in tokens:
        found.append(token)
        if [one.type for one in found[-4:]] == ["QUANTITY", "LPAR", "LETTER", "RPAR"]:
            letter = found[-2]
            del found[-4:]
            found.append(letter)
    return found
