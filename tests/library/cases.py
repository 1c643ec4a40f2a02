"""Runs the worked cases that stand beside each framework: derived from the documents' words, never from the code."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from importlib import resources
from typing import Any

from chiso.framework.loader import load
from chiso.framework.source import read_source
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.facts import Unit
from chiso.scoring.score import Scores, score

Case = dict[str, Any]


def cases_of(framework_id: str) -> list[Case]:
    """Return the worked cases of a bundled framework."""
    text = resources.files("chiso.library").joinpath(framework_id, "cases.yaml").read_text("utf-8")
    cases: list[Case] = read_source("cases:\n" + text, "cases.yaml").data["cases"]
    return cases


def scored(framework_id: str, case: Case) -> Scores:
    """Score the unit of a case (the first) together with its peers."""
    framework = load(framework_id, {key: str(value) for key, value in (case.get("readings") or {}).items()})
    rows = [case.get("facts") or {}, *(case.get("peers") or [])]
    days = case.get("as_of") or {}
    reader = EntryReader(framework, [Unit(f"u{number}") for number in range(len(rows))], case.get("year"))
    entries = [
        Entry(f"u{number}", str(case["code"]), str(name), value, str(days.get(name, "")))
        for number, facts in enumerate(rows)
        for name, value in facts.items()
    ]
    for outside, values in (case.get("reference") or {}).items():
        name = outside if str(outside).startswith("@") else f"@{outside}"
        entries += [Entry(name, str(case["code"]), str(key), value) for key, value in values.items()]
    if case.get("exempt"):
        entries.append(Entry("u0", str(case["code"]), "exempt", case["exempt"]))
    facts = reader.read(entries)
    if "children" in case:
        levels = case["children"]
        children = None if levels is None else tuple(levels)
        facts = replace(facts, children={0: children} if children else {})
    return score(framework, facts)


def outcome(framework_id: str, case: Case) -> tuple[str, Fraction | None]:
    """Return the status of the case's criterion and its exact points, None when there are none."""
    scores = scored(framework_id, case)
    value = scores.exact(0, str(case["code"]))
    return value.state.word, value.value if value.known else None


def fast_outcome(framework_id: str, case: Case) -> tuple[str, float]:
    """Return the same as worked out for all units at once."""
    from chiso.scoring.states import State

    scores = scored(framework_id, case)
    row = scores.plan.rows[str(case["code"])]
    return State(int(scores.states[row, 0])).word, float(scores.points[row, 0])


def levels_met(framework_id: str, case: Case) -> tuple[str, list[int]]:
    """Return the status of a maturity criterion and the levels whose target it meets."""
    scores = scored(framework_id, case)
    found = scores.reached(0).measured(str(case["code"]))
    return found.value.state.word, found.satisfied
