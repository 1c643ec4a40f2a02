"""Conditions on a figure, worked out from the tree of ``bound.lark``: from where to where, and of what."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Literal

from chiso.decree.wording.lexing import Token, folded
from chiso.decree.wording.parsing import Parsed, branches, leaves, parse
from chiso.decree.wording.sayings import holds

#: What a bound is stated in: a share, so often a year, days, money, or things that are counted.
Dimension = Literal["share", "rate", "day", "money", "count"]

#: How often a year a period comes (readings A22: weekly is 52 times a year, monthly 12 times).
_A_YEAR = {"tuan": 52, "thang": 12, "quy": 4, "nam": 1, "ngay": 365, "06 thang": 2, "nua nam": 2}

#: Days of a period; months and quarters have none that is certain.
_DAYS = {"ngay": 1, "tuan": 7}


#: What a bound on points that come from elsewhere counts.
POINTS = "điểm"

#: A second condition behind the bound: "từ 02 vụ trở lên hoặc có người chết".
_BESIDES = re.compile(r"\bhoac (?:co|de|bi|xay ra|da)\b")


@dataclass(frozen=True, slots=True)
class Amount:
    """A number and what it counts; ``unit`` is an id of measures.yaml, or empty where it cannot be told."""

    value: Fraction
    dimension: Dimension
    unit: str = ""
    noun: str = ""
    per: str = ""


@dataclass(frozen=True, slots=True)
class Bound:
    """The figures from ``low`` to ``high``; ``exact``: only a number is printed, such as "02 văn bản"."""

    dimension: Dimension
    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False
    exact: bool = False
    unit: str = ""
    noun: str = ""
    late: bool = False
    compound: bool = False
    #: The period of "05 tin/tháng".
    per: str = ""


def bound_of(tokens: Sequence[Token]) -> Bound | None:
    """Return the bound that a run of tokens states, None where it states none.

    Words in front are kept out of it, unless they join a second condition to the bound.
    """
    tree = parse("bound", tokens)
    if tree is None:
        return None
    found = branches(tree)
    if len(found) != 1:
        return None
    rule = found[0]
    amounts = [_amount(child) for child in branches(rule)]
    if not amounts or any(one is None for one in amounts):
        return None
    known = [one for one in amounts if one is not None]
    before = tokens[: _first(rule, tokens)]
    every = rule.data == "exactly" and any(branch.data == "every" for branch in rule.every())
    often = "tan suat" in folded(tokens[0].text + tokens[-1].text) or "dinh ky" in folded(tokens[len(before)].text)
    if every and before and not often:
        return None  # "có kế hoạch hằng năm" says what is there, not how often
    words = " ".join(token.text for token in before)
    compound = any(token.type in ("AND", "COMMA") for token in before) or holds("joining", words)
    compound = compound or bool(_BESIDES.search(folded(" ".join(token.text for token in tokens[len(before) :]))))
    late = any(token.type == "LATE" for token in before)
    up_to = tokens[len(before)].type == "TO"
    return _made(str(rule.data), known, late=late, compound=compound, up_to=up_to)


def _first(rule: Parsed, tokens: Sequence[Token]) -> int:
    """Return where the bound itself begins among the tokens."""
    first = rule.first()
    return next((index for index, token in enumerate(tokens) if token is first), 0)


def _amount(tree: Parsed) -> Amount | None:
    name = str(tree.data)
    if name == "rate":
        times = _times_a_year(branches(tree)[0])
        return None if times is None else Amount(times, "rate")
    number, *units = leaves(tree)
    if number.value is None:
        return None
    if name == "percent":
        return Amount(number.value, "share")
    per = next((unit.text for over, unit in pairwise(units) if over.type == "OVER" and unit.type == "PERIOD"), "")
    if any(unit.type in ("BILLION", "MILLION") for unit in units) and "OVER" in [unit.type for unit in units]:
        # "65 triệu đồng/người/năm": so many of these for each, not so much money.
        words = " ".join(unit.text for unit in units).replace(" / ", "/")
        return Amount(number.value, "count", noun=words)
    named = next((unit for unit in units if unit.type in _NAMING), None)
    if named is None or named.type == "OVER":
        return Amount(number.value, "count", per=per)
    return _named_amount(number.value, named, per, fraction=number.type == "FRACTION")


#: What tells in what an amount is stated.
_NAMING = frozenset({"BILLION", "MILLION", "OVER", "PERIOD", "NOUN", "POINTS"})


def _named_amount(value: Fraction, unit: Token, per: str, *, fraction: bool) -> Amount | None:
    match unit.type:
        case "BILLION":
            return Amount(value, "money", "billion_vnd")
        case "MILLION":
            return Amount(value / 1000, "money", "billion_vnd")
        case "PERIOD":
            days = _DAYS.get(folded(unit.text))
            return None if days is None else Amount(value * days, "day", "day")
        case "POINTS":
            return Amount(value, "count", noun=POINTS)
    # "trên 2/3 số thôn" is a share.
    return Amount(value, "share") if fraction else Amount(value, "count", unit.data, unit.text, per)


def _times_a_year(tree: Parsed) -> Fraction | None:
    tokens = leaves(tree)
    period = next(token for token in tokens if token.type == "PERIOD")
    yearly = _A_YEAR.get(folded(period.text))
    if yearly is None:
        return None
    numbers = [token.value for token in tokens if token.type in ("NUMBER", "FRACTION") and token.value is not None]
    match str(tree.data):
        case "every":
            return Fraction(yearly)
        case "times_a" | "each_times":
            return numbers[0] * yearly
        case "times_in":
            return numbers[0] * yearly / numbers[1] if len(numbers) > 1 and numbers[1] else None
        case "periods_once":
            return Fraction(yearly) / numbers[0] if numbers[0] else None
        case "periods_each":
            return numbers[1] * yearly / numbers[0] if numbers[0] else None
    return None


def _made(name: str, amounts: Sequence[Amount], *, late: bool, compound: bool, up_to: bool) -> Bound | None:
    """Return the bound of a construction of the grammar."""
    first, last = amounts[0], amounts[-1]
    if name == "at_most" and up_to and first.dimension == "share" and first.value == 1:
        name = "exactly"  # "triển khai đến 100% đơn vị"
    if len(amounts) == 2 and first.dimension != last.dimension:
        if first.dimension != "count" or first.unit:
            return None
        # "từ 50 đến 80 %", "từ 1 đến 2 tỷ": the unit of measure stands only once.
        value = first.value / 100 if last.dimension == "share" else first.value
        first = replace(last, value=value)
    dimension, unit, noun = last.dimension, last.unit or first.unit, last.noun or first.noun
    if dimension == "rate" and late:
        return None
    low: Fraction | None = None
    high: Fraction | None = None
    if name in ("at_least", "above"):
        low = first.value
    elif name in ("at_most", "below"):
        high = first.value
    else:
        low, high = first.value, last.value
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Bound(
        dimension,
        low,
        high,
        low_open=name in ("above", "above_to", "above_below"),
        high_open=name in ("below", "from_below", "above_below"),
        exact=name == "exactly",
        unit=unit,
        noun=noun,
        late=late,
        compound=compound,
        per=last.per or first.per,
    )
