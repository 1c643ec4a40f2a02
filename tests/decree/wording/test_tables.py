"""The tables kept beside the grammars: those that lark works out, and the same trees by them."""

from __future__ import annotations

import random
from collections.abc import Iterator
from importlib import resources
from itertools import islice
from typing import Any

import pytest
from lark import Lark, LarkError, Token, Tree
from lark.lexer import Lexer

from chiso.decree.wording.lexing import Token as Word
from chiso.decree.wording.parsing import Parsed, parse
from chiso.decree.wording.tables import END, GRAMMARS, Table, grammar, kept, loaded, table_of, worked_out


class Kinds(Lexer):
    """Hands kinds of tokens on as they are."""

    def __init__(self, _lexer_conf: object) -> None:
        """Take no configuration."""

    def lex(self, data: Any, _parser_state: Any = None) -> Iterator[Token]:
        """Return each kind, with its place as its value."""
        return (Token(kind, place) for place, kind in enumerate(data))


def as_lark_has_it(tree: Any) -> Any:
    return (str(tree.data), [as_lark_has_it(one) for one in tree.children]) if isinstance(tree, Tree) else tree.value


def as_we_have_it(tree: Parsed | Word) -> Any:
    return (tree.data, [as_we_have_it(one) for one in tree.children]) if isinstance(tree, Parsed) else tree.start


def arrangements(table: Table, seed: int) -> Iterator[tuple[str, ...]]:
    """Yield arrangements of tokens that a grammar may take; some end in a token that it does not take."""
    chance = random.Random(seed)
    while True:
        path, kinds = [0], list[str]()
        while not (END in table.states[path[-1]] and chance.random() < 0.3):
            taken = sorted(table.terminals.intersection(table.states[path[-1]]))
            kind = chance.choice(taken if taken and chance.random() < 0.98 else sorted(table.terminals))
            kinds.append(kind)
            while (step := table.states[path[-1]].get(kind, 0)) < 0:
                production = table.productions[~step]
                del path[len(path) - production.size :]
                path.append(table.states[path[-1]][production.origin])
            if not step or len(kinds) > 20:
                break
            path.append(step)
        if kinds:
            yield tuple(kinds)


@pytest.mark.parametrize("name", GRAMMARS)
def test_the_tables_kept_are_those_of_the_grammars(name: str) -> None:
    file = resources.files("chiso.decree.wording").joinpath("grammar", f"{name}.json")
    assert file.read_text("utf-8") == kept(grammar(name)), "python -m chiso.decree.wording.tables"


@pytest.mark.parametrize("name", GRAMMARS)
def test_trees_are_those_that_lark_makes(name: str) -> None:
    lark = Lark(grammar(name), parser="lalr", lexer=Kinds, maybe_placeholders=False)
    refused = 0
    for kinds in islice(arrangements(table_of(name), 1), 1_000):
        found = parse(name, [Word(kind, kind, place, place + 1) for place, kind in enumerate(kinds)])
        try:
            wanted = as_lark_has_it(lark.parse(kinds))  # type: ignore[arg-type]
        except LarkError:
            assert found is None, kinds
            refused += 1
        else:
            assert found is not None, kinds
            assert as_we_have_it(found) == wanted
    assert 20 < refused < 900


def test_a_grammar_that_was_changed_is_worked_out_anew() -> None:
    changed = grammar("target").replace("WITHIN AT_LEAST?", "WITHIN AT_LEAST")
    table = loaded(worked_out(changed))
    assert len(table.states) < len(table_of("target").states)
    assert table_of("target") == loaded(worked_out(grammar("target")))
