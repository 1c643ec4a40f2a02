"""The closed language of formulas: arithmetic over a criterion's inputs.

``(c+d)/(a+b)`` is read with Python's own parser and turned into four kinds of frozen nodes; anything
else - calls, attributes, comparisons, powers - is refused. Nothing is ever executed.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import PydanticCustomError, core_schema

from chiso.framework.measures import DIMENSIONLESS, Measure, MeasureMismatch
from chiso.quantity import decimal_text

#: Longest formula accepted, in characters; also bounds the depth of its tree.
MAX_LENGTH = 300

#: What Python's parser gets to see: names, plain decimals and symbols; no comment, ``1e9`` or ``0x1f``.
_WORDS = re.compile(r"(?:\s*(?:[^\W\d]\w*+|(?:[0-9]++(?:\.[0-9]++)?|\.[0-9]++)(?![\w.])|[-+*/()]))*")

_SYMBOLS: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}
_RANK = {"+": 1, "-": 1, "*": 2, "/": 2}


@dataclass(frozen=True, slots=True)
class Name:
    """An input of the criterion, by the letter its document prints or the name it was given."""

    name: str


@dataclass(frozen=True, slots=True)
class Number:
    """An exact constant."""

    value: Fraction


@dataclass(frozen=True, slots=True)
class Operation:
    """Two terms joined by ``+``, ``-``, ``*`` or ``/``."""

    symbol: str
    left: Term
    right: Term


Term = Name | Number | Operation

_ZERO = Number(Fraction(0))


@dataclass(frozen=True, slots=True)
class Formula:
    """A parsed formula. Equal formulas have equal trees; ``str`` writes it back."""

    term: Term

    @classmethod
    def parse(cls, text: str) -> Formula:
        """Read a formula.

        Raises:
            ValueError: it is too long, does not parse, or uses more than names, numbers and ``+ - * / ( )``.
        """
        return cls(_parsed(text.strip()))

    @property
    def is_quotient(self) -> bool:
        """Whether the whole formula is one term over another."""
        return isinstance(self.term, Operation) and self.term.symbol == "/"

    def names(self) -> tuple[str, ...]:
        """Return the inputs used, each once, in the order of their first use."""
        return tuple(dict.fromkeys(_names(self.term)))

    def measure(self, measures: Mapping[str, Measure]) -> Measure:
        """Return the unit of measure of the result.

        Raises:
            MeasureMismatch: terms that are added or subtracted have different units of measure.
            KeyError: a name has no unit of measure.
        """
        return _measure(self.term, measures)

    def written(self, symbols: Mapping[str, str], number: Callable[[Fraction], str]) -> str:
        """Write the formula with other signs and numbers, bracketed only where it must be."""
        return _write(self.term, symbols, number)

    def __str__(self) -> str:
        return _plain(self.term)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        """Let a framework file write a formula as text or as a bare number."""
        return core_schema.no_info_plain_validator_function(
            _validate, serialization=core_schema.plain_serializer_function_ser_schema(str)
        )

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Describe a formula in the published JSON Schema."""
        return {"type": ["string", "number"], "description": "arithmetic over inputs: (c+d)/(a+b)"}


@lru_cache(maxsize=2048)
def _parsed(text: str) -> Term:
    """Return the tree of a formula; "a/b" stands in every other rule."""
    if len(text) > MAX_LENGTH:
        raise PydanticCustomError("F041", "the formula is longer than {limit} characters", {"limit": MAX_LENGTH})
    if not _WORDS.fullmatch(text):
        raise _foreign()
    try:
        tree = ast.parse(text, mode="eval")
    except (SyntaxError, ValueError, MemoryError, RecursionError) as error:
        raise PydanticCustomError("F042", "this is not a formula such as (c+d)/(a+b)") from error
    return _term(tree.body, text)


def _validate(value: object) -> Formula:
    if isinstance(value, Formula):
        return value
    if isinstance(value, str | int | Decimal) and not isinstance(value, bool):
        return Formula.parse(str(value))
    raise PydanticCustomError("F042", "this is not a formula such as (c+d)/(a+b)")


def _foreign() -> PydanticCustomError:
    return PydanticCustomError("F043", "a formula may use only inputs, numbers and + - * / ( )")


def _term(node: ast.expr, text: str) -> Term:
    match node:
        case ast.Name(id=name):
            return Name(name)
        case ast.Constant(value=int() | float()) if not isinstance(node.value, bool):
            # The characters as written, since the parser's float would already be inexact.
            return Number(Fraction(ast.get_source_segment(text, node) or ""))
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _SYMBOLS:
            return Operation(_SYMBOLS[type(op)], _term(left, text), _term(right, text))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return Operation("-", _ZERO, _term(operand, text))
    raise _foreign()


def _names(term: Term) -> Iterator[str]:
    if isinstance(term, Name):
        yield term.name
    elif isinstance(term, Operation):
        yield from _names(term.left)
        yield from _names(term.right)


def _measure(term: Term, measures: Mapping[str, Measure]) -> Measure:
    if isinstance(term, Name):
        return measures[term.name]
    if isinstance(term, Number):
        return DIMENSIONLESS
    left, right = _measure(term.left, measures), _measure(term.right, measures)
    if term.symbol == "*":
        return left * right
    if term.symbol == "/":
        return left / right
    if term.left == _ZERO:  # a minus sign in front: zero households are zero of anything
        return right
    if left != right:
        raise MeasureMismatch(_plain(term.left), left, _plain(term.right), right)
    return left


def _plain(term: Term) -> str:
    # A constant has no more places than the formula it stands in has characters.
    return _write(term, {symbol: symbol for symbol in _RANK}, lambda value: decimal_text(value, MAX_LENGTH))


def _write(term: Term, symbols: Mapping[str, str], number: Callable[[Fraction], str]) -> str:
    if isinstance(term, Name):
        return term.name
    if isinstance(term, Number):
        return number(term.value)
    left, right = _write(term.left, symbols, number), _write(term.right, symbols, number)
    if isinstance(term.left, Operation) and _RANK[term.left.symbol] < _RANK[term.symbol]:
        left = f"({left})"
    if isinstance(term.right, Operation) and (
        _RANK[term.right.symbol] < _RANK[term.symbol]
        or (_RANK[term.right.symbol] == _RANK[term.symbol] and term.symbol in "-/")
    ):
        right = f"({right})"
    return f"{left}{symbols[term.symbol]}{right}"
