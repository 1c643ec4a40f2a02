"""Points for each thing, additions, deductions and their limits, worked out from the tree of ``statement.lark``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from chiso.decree.wording.lexing import Token, folded
from chiso.decree.wording.parsing import Parsed, branches, leaves, parse

_NUMBERS = ("NUMBER", "PERCENT", "FRACTION")
_KEPT = frozenset({"PER", "COLON", "POINTS", "MAX", "HALF", "OVER", "STAR", "LPAR", "RPAR", "SEMICOLON", "THIS"})


@dataclass(frozen=True, slots=True)
class Given:
    """A number of points, or a share of the maximum."""

    value: Fraction
    whole: bool


@dataclass(frozen=True, slots=True)
class Statement:
    """Points for ``per`` of a thing (``each``), or once where it holds; ``limit`` is the most that they come to.

    ``share``: the points are for so many per cent of a ratio, not for things that are counted.
    """

    kind: Literal["each", "add", "take", "roof"]
    given: Given
    each: bool = False
    per: Fraction = Fraction(1)
    thing: str = ""
    unit: str = ""
    late: bool = False
    share: bool = False
    limit: Given | None = None
    #: "dưới 95% thì cứ giảm 1% trừ ...": the bound below which something is taken away.
    below: Fraction | None = None


def statement_of(tokens: Sequence[Token], line: str) -> Statement | None:
    """Return what a run of tokens gives or takes for each thing, None where it does no such thing."""
    if not any(token.type in ("PER", "ADD", "TAKE", "ROOF", "AT_MOST", "OVER") for token in tokens):
        return None
    if [token.type for token in tokens[1:4]] == ["PERIOD", "NUMBER", "TURNS"] and "COLON" in _kinds(tokens[4:]):
        return None  # "mỗi quý 1 lần: 10 điểm" says how often
    if [token.type for token in tokens[:2]] == ["PER", "PERIOD"] and _asks_least(tokens):
        return None  # "mỗi quý tổ chức ít nhất 01 đợt: 3 điểm" says what is asked of each quarter
    kept = list(tokens)
    while kept and kept[-1].type in ("THIS", "COMMA", "STOP"):  # "..., trừ đến hết điểm"
        kept.pop()
    below, kept = _below(kept)
    tree = parse("statement", _coalesced(kept, line))
    if tree is None:
        return None
    made = _made(branches(tree)[0])
    return made if made is None or below is None else replace(made, below=below)


def _asks_least(tokens: Sequence[Token]) -> bool:
    kinds = _kinds(tokens)
    return "COLON" in kinds and "AT_LEAST" in kinds[: kinds.index("COLON")]


def _below(tokens: list[Token]) -> tuple[Fraction | None, list[Token]]:
    """Part "thấp hơn 95% thì", "từ trên 50%" from what it says is taken away or added for each per cent."""
    start = 1 if tokens and tokens[0].type in ("IF", "FROM") else 0
    signs = ("UNDER", "LT", "ABOVE", "GT")
    if _kinds(tokens[start : start + 2]) not in ([sign, "PERCENT"] for sign in signs):
        return None, tokens
    bound, rest = tokens[start + 1].value, tokens[start + 2 :]
    while rest and rest[0].type in ("GET", "COLON", "COMMA", "IS"):
        rest = rest[1:]
    return (bound, rest) if rest and rest[0].type in ("PER", "TAKE") else (None, tokens)


def _kinds(tokens: Sequence[Token]) -> list[str]:
    return [token.type for token in tokens]


def _coalesced(tokens: Sequence[Token], line: str) -> list[Token]:
    """Return tokens with each run of words as one thing; signs that only look like a statement are words."""
    found: list[Token] = []
    for index, token in enumerate(tokens):
        if token.type == "PLUS" and found and found[-1].type in ("COLON", "GET", "IS"):
            continue  # "mỗi mô hình: +3 điểm"
        if _keeps(tokens, index):
            found.append(token)
        elif _lacks(tokens, index):
            found.append(Token("TAKE", token.text, token.start, token.end))
        elif found and found[-1].type == "THING":
            unit = found[-1].data or (token.data if token.type == "NOUN" else "")
            found[-1] = Token("THING", line[found[-1].start : token.end], found[-1].start, token.end, data=unit)
        else:
            unit = token.data if token.type == "NOUN" else ""
            found.append(Token("THING", token.text, token.start, token.end, data=unit))
    return found


def _lacks(tokens: Sequence[Token], index: int) -> bool:
    """Tell whether a word says that so much is missing: "cứ thiếu 1%", "mỗi 1% hụt"."""
    around = [*tokens[index - 1 : index], *tokens[index + 1 : index + 2]]
    kinds = [one.type for one in around]
    return kinds == ["PER", "PERCENT"] and folded(tokens[index].text) in ("thieu", "hut", "thap hon")


def _keeps(tokens: Sequence[Token], index: int) -> bool:
    token = tokens[index]
    after = tokens[index + 1].type if index + 1 < len(tokens) else ""
    before = tokens[index - 1].type if index else ""
    match token.type:
        case "ADD" | "TAKE":
            return after in (*_NUMBERS, "HALF")
        case "ROOF" | "AT_MOST":
            return after in (*_NUMBERS, "MAX", "GET", "ADD", "TAKE")
        case "NUMBER" | "PERCENT" | "FRACTION":
            near = before in ("PER", "LATE", "OVER", "ADD", "TAKE", "ROOF", "AT_MOST", "GET", "COLON", "COMMA", "STAR")
            counted = not before and (token.type, after) in (
                ("NUMBER", "NOUN"),
                ("PERCENT", "GET"),
                ("PERCENT", "COLON"),
            )
            return near or counted or _lacks(tokens, index - 1) or after in ("POINTS", "MAX", "STAR")
        case "COMMA":
            return after in ("ROOF", "AT_MOST", "GET", "ADD", "TAKE") and _limits(tokens, index + 1)
        case "AND" | "GET" | "IS" | "REACH":
            return after in (*_NUMBERS, "ROOF", "AT_MOST", "ADD", "TAKE", "COLON", "PER")
        case "LATE":
            return before in ("", "PER", "NUMBER", "NOUN", "PERIOD", "COLON") and after in (
                *_NUMBERS,
                "PER",
                "TAKE",
                "GET",
                "COLON",
                "PERIOD",
                "COMMA",
            )
        case "MINUS" | "EQ":
            # "Mỗi điểm tồn đọng rác -1 điểm": the sign stands at its number.
            glued = (
                index > 0 and after in _NUMBERS and tokens[index - 1].end < token.start == tokens[index + 1].start - 1
            )
            first = before in ("", "COLON", "GET", "IS") or glued if token.type == "MINUS" else index < 3
            return after in _NUMBERS and first
        case "IF":
            return before in ("", "POINTS", "MAX")
        case "STOP":
            return index + 1 == len(tokens) or after in ("ROOF", "AT_MOST")
        case "LPAR" | "RPAR":
            return _limits(tokens, index + 1) if token.type == "LPAR" else before in ("POINTS", "MAX")
        case "OVER":
            return before in ("POINTS", "MAX")
    # "mỗi điểm tồn đọng rác" speaks of no points.
    return token.type in _KEPT and (token.type, before) != ("POINTS", "PER")


def _limits(tokens: Sequence[Token], index: int) -> bool:
    kinds = [token.type for token in tokens[index : index + 3]]
    return any(kind in ("ROOF", "AT_MOST", "ADD", "TAKE", "GET") for kind in kinds[:2]) and any(
        kind in (*_NUMBERS, "MAX") for kind in kinds
    )


#: "thiếu 10% trừ 2 điểm": so much of a ratio is missing.
#: "vượt 1% cộng 1 điểm": so much more of it.
_EXCEEDING = re.compile(r"^(?:neu )?(?:vuot|tang)(?: them| moi)? (\d+(?:[.,]\d+)?)\s?%$")
_LACKING = re.compile(r"\b(?:thieu|hut|thap hon|kem)\s+(\d+(?:[.,]\d+)?)\s?%$")


def _made(rule: Parsed) -> Statement | None:
    name = str(rule.data)
    parts = {str(child.data): child for child in branches(rule)}
    given = next(_given(child) for name_, child in parts.items() if name_ in _WORTHS)
    limit = parts.get("limit")
    most = None if limit is None else _limit(branches(limit)[0], given, _measured(rule)[1])
    kind: Literal["each", "add", "take", "roof"] = (
        "add" if name.startswith("add") else "take" if name.startswith("take") else "roof" if name == "roof" else "each"
    )
    things, per, late = _measured(rule)
    shares = [token for branch in rule.every() if branch.data == "amount" for token in leaves(branch)]
    share = any(token.type == "PERCENT" for token in shares)
    if kind == "each" and not things and not share:
        return None
    words = " ".join(token.text for token in things)
    unit = next((token.data for token in things if token.data), "")
    pattern = {"take": _LACKING, "add": _EXCEEDING}.get(kind)
    lacking = pattern.search(folded(words)) if pattern is not None and not share else None
    if lacking is not None:
        share, per = True, Fraction(lacking[1].replace(",", ".")) / 100
    plain = folded(words).split()
    late = "ngay" in plain and (late or any(word in ("cham", "tre", "muon") for word in plain))
    return Statement(kind, given, name.endswith("each"), per, words, "day" if late else unit, late, share, most)


_WORTHS = ("points", "share", "half", "maximum", "bare")


def _measured(tree: Parsed) -> tuple[list[Token], Fraction, bool]:
    """Return the words of the thing, how many of it earn the points, and whether it is a delay."""
    things: list[Token] = []
    per, late = Fraction(1), False
    for branch in branches(tree):
        if str(branch.data) in ("measure", "amount"):
            inner, number, is_late = _measured(branch)
            things += inner
            per, late = per * number, late or is_late
    for token in leaves(tree):
        if token.type in ("THING", "LATE"):
            things.append(token)
        elif token.type in _NUMBERS and token.value:
            per = token.value
        late = late or token.type == "LATE"
    return sorted(things, key=lambda token: token.start), per, late


def _limit(tree: Parsed, given: Given, per: Fraction) -> Given:
    """Return the most that points come to, where it is how many things count: "tối đa tính 3 lớp"."""
    if str(tree.data) != "things":
        return _given(tree)
    number = next(token.value for token in leaves(tree) if token.type == "NUMBER")
    return Given((number or Fraction(0)) * given.value / per, given.whole)


def _given(tree: Parsed) -> Given:
    if str(tree.data) == "maximum":
        return Given(Fraction(1), whole=True)
    if str(tree.data) == "half":
        return Given(Fraction(1, 2), whole=True)
    number = next(token.value for token in leaves(tree) if token.type in _NUMBERS)
    return Given(number if number is not None else Fraction(0), whole=str(tree.data) == "share")
