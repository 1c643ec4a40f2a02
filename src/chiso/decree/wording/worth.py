"""What a printed line is worth, worked out from the tree of ``points.lark``.

A worth is a constant share of the maximum, constant points, or a quantity times one of them; sums and differences of
these stay apart, since each becomes a part, a bonus or a deduction.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from chiso.decree.wording.lexing import Token
from chiso.decree.wording.parsing import Parsed, branches, leaves, parse
from chiso.framework.expression import Name, Number, Operation, Term

ONE = Fraction(1)

#: Stand-ins of a formula for what the document says elsewhere or about other units.
RATIO, BEST, WORST = Name("@ratio"), Name("@best"), Name("@worst")


@dataclass(frozen=True, slots=True)
class Worth:
    """``factor`` times a quantity, of the maximum (``whole``), in points (``points``), or neither said.

    ``over`` and ``under`` are what the quantity multiplies and divides; both empty: a constant. ``plain`` tells that
    only a number stands there. ``percent``: "tỷ lệ (%)", a figure from 0 to 100. ``limit``: the
    most that it may come to, where the words say so.
    """

    factor: Fraction
    over: tuple[Term, ...] = ()
    under: tuple[Term, ...] = ()
    whole: bool = False
    points: bool = False
    percent: bool = False
    limit: Worth | None = None

    @property
    def constant(self) -> bool:
        """Whether no quantity is in it."""
        return not (self.over or self.under)


@dataclass(frozen=True, slots=True)
class Added:
    """Several worths, each added or (False) taken away."""

    parts: tuple[tuple[bool, Worth], ...]


@dataclass(frozen=True, slots=True)
class Slope:
    """Points that rise evenly over the range of a line, from ``low`` to ``high``; None where the words say neither."""

    low: Fraction | None = None
    high: Fraction | None = None


class _Unclear(Exception):  # noqa: N818 - no error: these words are simply not a worth
    """The words are of the grammar but make no sense as a worth."""


def worth_of(tokens: Sequence[Token]) -> Worth | Added | None:
    """Return what a run of tokens says a line is worth, None where it says no such thing."""
    tree = parse("points", tokens)
    if tree is None:
        return None
    try:
        outermost = branches(tree)[0]
        found = _value(outermost)
        # A share that stands alone is one of the maximum: "một phần: 50%".
        return replace(found, whole=True) if isinstance(found, Worth) and outermost.data == "percent" else found
    except _Unclear:
        return None


def _value(tree: Parsed) -> Worth | Added:  # noqa: C901 - one line per construction of the grammar
    inner, tokens = branches(tree), leaves(tree)
    match str(tree.data):
        case "nil":
            return Worth(Fraction(0), points=True)
        case "factor":  # in brackets
            return _value(inner[0])
        case "negative":
            return _product(Worth(Fraction(-1)), _value(inner[0]))
        case "pro_rata":
            return Worth(ONE, (RATIO,), whole=True)
        case "maximum":
            return Worth(ONE, whole=True)
        case "half":
            return Worth(Fraction(1, 2), whole=True)
        case "number" | "percent":
            return Worth(_number(tokens[0]))
        case "points":
            return Worth(_points(tokens[0]), points=True)
        case "share":
            return Worth(_number(tokens[0]), whole=True)
        case "ratio":
            return Worth(ONE, (RATIO,), percent=tokens[0].data == "%")
        case "best" | "worst":
            return Worth(ONE, (BEST if tree.data == "best" else WORST,))
        case "letter" | "quantity":
            return Worth(ONE, (Name(tokens[0].data),))
        case "times":
            return _product(_value(inner[0]), _value(inner[1]))
        case "over":
            return _quotient(_value(inner[0]), _value(inner[1]))
        case "plus" | "minus":
            return _sum(_value(inner[0]), _value(inner[1]), plus=tree.data == "plus")
    raise _Unclear


def _number(token: Token) -> Fraction:
    if token.value is None:
        raise _Unclear
    return token.value


def _points(token: Token) -> Fraction:
    """Return points: "5.625 điểm" are parts of a point, since nobody gives thousands."""
    if re.fullmatch(r"\d{1,3}\.\d{3}", token.text) and not token.text.endswith(".000"):
        return Fraction(token.text)
    return _number(token)


def _product(left: Worth | Added, right: Worth | Added) -> Worth | Added:
    if isinstance(left, Added):
        left, right = right, left
    if isinstance(left, Added):
        raise _Unclear
    if isinstance(right, Added):
        parts = []
        for sign, part in right.parts:
            made = _product(left, part)
            assert isinstance(made, Worth), "neither side is a sum"
            parts.append((sign, made))
        return Added(tuple(parts))
    if (left.whole or left.points) and (right.whole or right.points):
        raise _Unclear
    return Worth(
        left.factor * right.factor,
        left.over + right.over,
        left.under + right.under,
        left.whole or right.whole,
        left.points or right.points,
        left.percent or right.percent,
    )


def _quotient(left: Worth | Added, right: Worth | Added) -> Worth | Added:
    if isinstance(right, Added) or not right.factor:
        raise _Unclear
    if isinstance(left, Added):
        made = [(sign, _quotient(part, right)) for sign, part in left.parts]
        return Added(tuple((sign, part) for sign, part in made if isinstance(part, Worth)))
    if (right.whole and not left.whole) or (right.points and not left.points):
        raise _Unclear
    return Worth(
        left.factor / right.factor,
        left.over + right.under,
        left.under + right.over,
        left.whole and not right.whole,
        left.points and not right.points,
        left.percent,
    )


def _sum(left: Worth | Added, right: Worth | Added, *, plus: bool) -> Worth | Added:
    if isinstance(left, Worth) and isinstance(right, Worth):
        same = (left.whole, left.points) == (right.whole, right.points)
        if same and left.constant and right.constant:
            return replace(left, factor=left.factor + right.factor if plus else left.factor - right.factor)
        quotients = bool(left.under and right.under)
        if same and not left.whole and not left.points and not quotients:
            # Figures are added up before anything is made of them: (a + b)/c.
            joined = Operation("+" if plus else "-", term_of(left), term_of(right))
            return Worth(ONE, (joined,), percent=left.percent or right.percent)
    first = left.parts if isinstance(left, Added) else ((True, left),)
    second = right.parts if isinstance(right, Added) else ((True, right),)
    return Added((*first, *((sign == plus, part) for sign, part in second)))


def term_of(worth: Worth) -> Term:
    """Return a quantity with its factor as one term of a formula."""
    over, under = product_of(worth.over), product_of(worth.under)
    if worth.factor != 1 or over is None:
        number: Term = Number(worth.factor)
        if worth.factor.denominator not in (1, 2, 4, 5, 8, 10, 20, 25, 50, 100, 200, 500, 1000):
            number = Operation(
                "/", Number(Fraction(worth.factor.numerator)), Number(Fraction(worth.factor.denominator))
            )
        over = number if over is None else Operation("*", number, over)
    return over if under is None else Operation("/", over, under)


def product_of(terms: Sequence[Term]) -> Term | None:
    """Return the product of terms, None where there are none."""
    product: Term | None = None
    for term in terms:
        product = term if product is None else Operation("*", product, term)
    return product
