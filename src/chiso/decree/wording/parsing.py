"""The grammars at work: tokens in, a tree out, or None where the words are not of this grammar.

A grammar knows only the kinds of tokens, and few arrangements of kinds recur over and over: "từ 80% trở lên" and "từ
5 lần trở lên" are one. So each arrangement is parsed once, and its tree filled with the tokens at hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from chiso.decree.wording.lexing import Token
from chiso.decree.wording.tables import END, Production, table_of

#: A line with more tokens than this is prose, not a formula or a bound.
MOST_TOKENS = 120

#: Arrangements of tokens that are remembered; a hundred pages of wordings that are all unlike have some six hundred.
_ARRANGEMENTS = 2048


class Parsed:
    """A construction of a grammar: what it is called, and the constructions and tokens that it is made of."""

    __slots__ = ("children", "data")

    def __init__(self, data: str, children: list[Parsed | Token]) -> None:
        self.data = data
        self.children = children

    def every(self) -> Iterator[Parsed]:
        """Yield the constructions inside, the first in print first, and then this one."""
        for child in self.children:
            if isinstance(child, Parsed):
                yield from child.every()
        yield self

    def first(self) -> Token:
        """Return the first token inside."""
        child: Parsed | Token = self
        while isinstance(child, Parsed):
            child = child.children[0]
        return child


def branches(tree: Parsed) -> list[Parsed]:
    """Return what is inside a construction, tokens left out."""
    return [child for child in tree.children if isinstance(child, Parsed)]


def leaves(tree: Parsed) -> list[Token]:
    """Return the tokens directly inside a construction."""
    return [child for child in tree.children if isinstance(child, Token)]


def parse(name: str, tokens: Sequence[Token]) -> Parsed | None:
    """Return the tree of tokens under a grammar, None where they do not fit it."""
    if not tokens or len(tokens) > MOST_TOKENS:
        return None
    shape = _shape(name, tuple([token.type for token in tokens]))
    return None if shape is None else _filled(shape, tokens)


#: A tree with the places of tokens for leaves.
_Shape = tuple[str, list[Any]]


@lru_cache(maxsize=_ARRANGEMENTS)
def _shape(name: str, kinds: tuple[str, ...]) -> _Shape | None:
    """Return the tree of an arrangement of tokens, None where there is none."""
    table = table_of(name)
    if not table.terminals.issuperset(kinds):
        return None
    states, productions = table.states, table.productions
    path, made = [0], list[Any]()
    for place, kind in enumerate((*kinds, END)):
        while (step := states[path[-1]].get(kind)) is not None and step < 0:
            production = productions[~step]
            at = len(made) - production.size
            made[at:] = [_made(production, made[at:])]
            del path[len(path) - production.size :]
            path.append(states[path[-1]][production.origin])
            if kind == END and path[-1] == table.last:
                found: _Shape = made[-1]
                return found
        if step is None:
            return None
        path.append(step)
        made.append(place)
    return None


def _made(production: Production, parts: list[Any]) -> Any:
    """Return a construction of its parts."""
    inside: list[Any] = []
    for opened, part in zip(production.inside, parts, strict=True):
        if opened:
            inside += part[1]
        else:
            inside.append(part)
    return inside[0] if production.bare and len(inside) == 1 else (production.name, inside)


def _filled(shape: _Shape, tokens: Sequence[Token]) -> Parsed:
    """Return the tree of a shape, with the tokens themselves for leaves."""
    name, inside = shape
    return Parsed(name, [tokens[one] if type(one) is int else _filled(one, tokens) for one in inside])
