"""The grammars at work: tokens in, a tree out, or None where the words are not of this grammar."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Any

from lark import Lark, LarkError, Tree
from lark import Token as Terminal
from lark.lexer import Lexer

from chiso.decree.wording.lexing import Token

#: A line with more tokens than this is prose, not a formula or a bound.
MOST_TOKENS = 120

Parsed = Tree[Terminal]


def branches(tree: Parsed) -> list[Parsed]:
    """Return what is inside a construction, tokens left out."""
    return [child for child in tree.children if isinstance(child, Tree)]


def leaves(tree: Parsed) -> list[Token]:
    """Return the tokens directly inside a construction."""
    found: list[Token] = [child.value for child in tree.children if isinstance(child, Terminal)]
    return found


class _Given(Lexer):
    """Hands the parser the tokens that ``lexing`` has found."""

    def __init__(self, lexer_conf: object) -> None:
        """Take no configuration: which terminals there are is known already."""

    def lex(self, data: Any, _parser_state: Any = None) -> Iterator[Terminal]:
        """Return the tokens, each carrying ours as its value."""
        for token in data:
            yield Terminal(token.type, token)


@cache
def _parser(name: str) -> Lark:
    text = resources.files("chiso.decree.wording").joinpath("grammar", f"{name}.lark").read_text("utf-8")
    return Lark(text, parser="lalr", lexer=_Given, maybe_placeholders=False)


@cache
def _terminals(name: str) -> frozenset[str]:
    return frozenset(symbol.name for rule in _parser(name).rules for symbol in rule.expansion if symbol.is_term)


def parse(name: str, tokens: Sequence[Token]) -> Parsed | None:
    """Return the tree of tokens under a grammar, None where they do not fit it."""
    known = _terminals(name)
    if not tokens or len(tokens) > MOST_TOKENS or any(token.type not in known for token in tokens):
        return None
    try:
        return _parser(name).parse(tokens)
    except LarkError:
        return None
