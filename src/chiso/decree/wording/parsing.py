"""The grammars at work: tokens in, a tree out, or None where the words are not of this grammar.

A grammar knows only the kinds of tokens, and few arrangements of kinds recur over and over: "từ 80% trở lên" and "từ
5 lần trở lên" are one. So each arrangement is parsed once, and its tree filled with the tokens at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from lark import Lark, LarkError, Tree
from lark import Token as Terminal
from lark.lexer import Lexer

from chiso.decree.wording.lexing import Token

#: A line with more tokens than this is prose, not a formula or a bound.
MOST_TOKENS = 120

#: Arrangements of tokens that are remembered; a hundred pages of wordings that are all unlike have some six hundred.
_ARRANGEMENTS = 2048

Parsed = Tree[Token]


def branches(tree: Parsed) -> list[Parsed]:
    """Return what is inside a construction, tokens left out."""
    return [child for child in tree.children if isinstance(child, Tree)]


def leaves(tree: Parsed) -> list[Token]:
    """Return the tokens directly inside a construction."""
    return [child for child in tree.children if isinstance(child, Token)]


class _Given(Lexer):
    """Hands the parser the kinds of the tokens that ``lexing`` has found."""

    def __init__(self, lexer_conf: object) -> None:
        """Take no configuration: which terminals there are is known already."""

    def lex(self, data: Any, _parser_state: Any = None) -> Iterator[Terminal]:
        """Return the terminals, each with its place as its value."""
        for place, kind in enumerate(data):
            yield Terminal(kind, place)


@cache
def _parser(name: str) -> Lark:
    text = resources.files("chiso.decree.wording").joinpath("grammar", f"{name}.lark").read_text("utf-8")
    return Lark(text, parser="lalr", lexer=_Given, maybe_placeholders=False)


@cache
def _terminals(name: str) -> frozenset[str]:
    return frozenset(symbol.name for rule in _parser(name).rules for symbol in rule.expansion if symbol.is_term)


def parse(name: str, tokens: Sequence[Token]) -> Parsed | None:
    """Return the tree of tokens under a grammar, None where they do not fit it."""
    kinds = tuple([token.type for token in tokens])
    if not tokens or len(tokens) > MOST_TOKENS or not _terminals(name).issuperset(kinds):
        return None
    shape = _shape(name, kinds)
    return None if shape is None else _filled(shape, tokens)


@lru_cache(maxsize=_ARRANGEMENTS)
def _shape(name: str, kinds: tuple[str, ...]) -> Tree[Terminal] | None:
    """Return the tree of an arrangement of tokens, with their places for leaves."""
    try:
        return _parser(name).parse(kinds)
    except LarkError:
        return None


def _filled(shape: Tree[Terminal], tokens: Sequence[Token]) -> Parsed:
    """Return a tree like another, with the tokens themselves for leaves."""
    inside = [_filled(one, tokens) if isinstance(one, Tree) else tokens[one.value] for one in shape.children]
    return Tree(shape.data, inside)
