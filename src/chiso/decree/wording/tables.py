"""The tables of the grammars: worked out by lark from the ``.lark`` files, kept beside them, used while they fit.

To work them out takes longer than to read a decision of ordinary length, so they are kept as data, which
``python -m chiso.decree.wording.tables`` writes anew. A grammar that has been changed since is worked out each time.
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any

GRAMMARS = ("bound", "points", "statement", "target")

#: What follows the last token.
END = "$END"


@dataclass(frozen=True, slots=True)
class Production:
    """One way to make a construction out of ``size`` parts.

    ``name`` is what its tree is called; ``inside`` tells of each part whether it gives only what is inside it. A
    ``bare`` construction of one part is that part.
    """

    origin: str
    name: str
    size: int
    inside: tuple[bool, ...]
    bare: bool


@dataclass(frozen=True, slots=True)
class Table:
    """What to do at each state, the first in front: go on to a state, or (below zero) make construction ``~number``.

    At the state ``last`` everything is made.
    """

    states: tuple[Mapping[str, int], ...]
    productions: tuple[Production, ...]
    terminals: frozenset[str]
    last: int


def grammar(name: str) -> str:
    """Return the text of a grammar."""
    return resources.files("chiso.decree.wording").joinpath("grammar", f"{name}.lark").read_text("utf-8")


@cache
def table_of(name: str) -> Table:
    """Return the table of a grammar."""
    text = grammar(name)
    kept = resources.files("chiso.decree.wording").joinpath("grammar", f"{name}.json")
    data = json.loads(kept.read_text("utf-8")) if kept.is_file() else {}
    return loaded(data if data.get("of") == _digest(text) else worked_out(text))


def loaded(data: Mapping[str, Any]) -> Table:
    """Return a table from how it is kept: at each state, symbols and what to do in turn."""
    symbols = data["symbols"]
    return Table(
        tuple({symbols[at]: step for at, step in zip(one[::2], one[1::2], strict=True)} for one in data["states"]),
        tuple(
            Production(symbols[origin], name, len(inside), tuple(one == "1" for one in inside), bool(bare))
            for origin, name, inside, bare in data["productions"]
        ),
        frozenset(symbols[: data["terminals"]]),
        data["last"],
    )


def worked_out(text: str) -> dict[str, Any]:
    """Return the table of a grammar as it is kept."""
    from lark import Lark  # to load it takes time, and whoever reads a decision does not need it
    from lark.parsers.lalr_analysis import Shift

    lark = Lark(text, parser="lalr", lexer="basic", maybe_placeholders=False)
    made = lark.parser.parser._parse_table
    rules = {rule: at for at, rule in enumerate(sorted(lark.rules, key=lambda rule: (rule.origin.name, rule.order)))}
    terminals = sorted({one.name for rule in rules for one in rule.expansion if one.is_term})
    symbols = [*terminals, END, *sorted({str(rule.origin.name) for rule in rules})]
    place = {symbol: at for at, symbol in enumerate(symbols)}
    # The library numbers states anew each time; here they are numbered as they are come upon.
    pending = [made.start_states["start"]]
    numbers = {pending[0]: 0}
    states = []
    for state in pending:
        here: list[int] = []
        for symbol, (what, to) in sorted(made.states[state].items(), key=lambda step: place[str(step[0])]):
            if what is Shift and to not in numbers:
                numbers[to] = len(pending)
                pending.append(to)
            here += (place[str(symbol)], numbers[to] if what is Shift else ~rules[to])
        states.append(here)
    return {
        "of": _digest(text),
        "symbols": symbols,
        "terminals": len(terminals),
        "last": numbers[made.end_states["start"]],
        "productions": [
            [
                place[str(rule.origin.name)],
                str(rule.alias or rule.origin.name),
                "".join("1" if not one.is_term and one.name.startswith("_") else "0" for one in rule.expansion),
                int(rule.options.expand1 and not rule.alias),
            ]
            for rule in rules
        ],
        "states": states,
    }


def kept(text: str) -> str:
    """Return the file of the table of a grammar: one state a line."""
    data = worked_out(text)
    lines = (f'"{key}": {json.dumps(value)}' for key, value in data.items() if key not in ("productions", "states"))
    long = (f'"{key}": [\n' + ",\n".join(map(json.dumps, data[key])) + "\n]" for key in ("productions", "states"))
    return "{\n" + ",\n".join([*lines, *long]) + "\n}\n"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


if __name__ == "__main__":
    for each in GRAMMARS:
        Path(__file__).with_name("grammar").joinpath(f"{each}.json").write_text(kept(grammar(each)), "utf-8")
    sys.stdout.write("written\n")
