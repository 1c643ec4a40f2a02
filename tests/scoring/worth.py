"""What one rule is worth, and small frameworks scored in a line: shared by the tests of single facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any
from unittest.mock import patch

from chiso.framework.model import Framework
from chiso.scoring.exact import Exact
from chiso.scoring.facts import Column, Facts, Unit
from chiso.scoring.score import Scores, score
from chiso.scoring.states import State
from chiso.scoring.trace import Trace, explain
from tests.scoring.frameworks import Data, criterion_of, framework_of

#: A figure as tests write it: a number, its text, or the word of a state.
Written = int | str | Fraction

WORDS = {state.word: state for state in State}


def figure(written: Written) -> Fraction | State:
    """Return a figure as the engine keeps it."""
    return WORDS[written] if isinstance(written, str) and written in WORDS else Fraction(written)


def facts(rows: Sequence[Mapping[str, Written]], groups: Sequence[str] = (), **fields: Any) -> Facts:
    """Return facts with a row a unit: fact -> figure; units are named u0, u1, ..."""
    names = dict.fromkeys(name for row in rows for name in row)
    columns = {name: Column.build([figure(row.get(name, "missing")) for row in rows]) for name in names}
    units = [Unit(f"u{number}", group=groups[number] if groups else "") for number in range(len(rows))]
    return Facts(tuple(units), columns, **fields)


def both(framework: Framework, told: Facts) -> Scores:
    """Score one unit after the other and all at once; return the latter where both agree on every criterion.

    The points of all at once must be right within the error that they state.
    """
    with patch("chiso.scoring.score.FEW", len(told)):
        one_by_one = score(framework, told)
    with patch("chiso.scoring.score.FEW", -1):
        at_once = score(framework, told)
    for code, row in at_once.plan.rows.items():
        for unit in range(len(told)):
            first, second = plain(one_by_one.exact(unit, code)), plain(at_once.exact(unit, code))
            assert first == second, (first, second)
            points = Fraction(float(at_once.points[row, unit]))
            number = second if isinstance(second, Fraction) else 0
            assert abs(points - number) <= Fraction(float(at_once.errors[row])), (float(points), number)
            assert State(int(at_once.states[row, unit])).word == (second if isinstance(second, str) else "scored")
    return at_once


def plain(value: Exact) -> Fraction | str:
    """Return a number, or the word of the state."""
    return value.value if value.known else value.state.word


def worth(
    rule: Data,
    own: Mapping[str, Written],
    *others: Mapping[str, Written],
    full: str = "10",
    references: Mapping[str, Mapping[str, Written]] | None = None,
    **fields: Any,
) -> Fraction | str:
    """Return the points of a unit under a rule with so many points in full, or the word of the state."""
    framework = framework_of(criterion_of("1.1", rule, full), **fields)
    rows = [{f"1.1/{name}": value for name, value in row.items()} for row in (own, *others)]
    outside = {
        pseudo: {f"1.1/{name}": Fraction(value) for name, value in given.items()}
        for pseudo, given in (references or {}).items()
    }
    return plain(both(framework, facts(rows, references=outside)).exact(0, "1.1"))


def manual(code: str, full: str = "10", **fields: Any) -> Data:
    """Return a criterion whose points are entered."""
    return criterion_of(code, {"kind": "manual"}, full, **fields)


def dimension(code: str, *criteria: Data, **fields: Any) -> Data:
    """Return the data of a dimension."""
    return {"code": code, "title": code, "criteria": list(criteria), **fields}


def entered(framework: Framework, *rows: Mapping[str, Written], groups: Sequence[str] = (), **fields: Any) -> Scores:
    """Score units whose points are entered, by code."""
    told = [{f"{code}/points": points for code, points in row.items()} for row in rows]
    return both(framework, facts(told, groups, **fields))


PARTS: Data = {
    "kind": "parts",
    "parts": [
        {"label": "1", "share": "1/2", "rule": {"kind": "yes_no", "input": "#1", "label": "Ban hành"}},
        {"label": "2", "share": "1/2", "rule": {"kind": "count", "of": "n", "target": "3"}},
    ],
}
CHOICE: Data = {
    "kind": "choice",
    "options": [
        {"id": "head", "label": "Người đứng đầu", "share": "1"},
        {"id": "none", "label": "Không có", "share": "0"},
    ],
}


def traced(rule: Data, *rows: dict[str, Written], full: str = "10", code: str = "1.1", **fields: Any) -> Trace:
    """Return the trace of the first unit under a rule."""
    told = fields.pop("told", None) or facts([{f"1.1/{name}": value for name, value in row.items()} for row in rows])
    framework = framework_of(criterion_of("1.1", rule, full), **fields)
    return explain(score(framework, told), 0, code)
