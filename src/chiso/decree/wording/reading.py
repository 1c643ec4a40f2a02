"""Reads one printed scoring rule, and says how certain the reading is.

The words go through four stages: ``tidy`` (mark-up and broken lines), ``marks`` (entries), ``items`` (what each entry
says, by the grammars), ``build`` (one rule of all). Nothing is guessed: what does not fit becomes a rule ``manual``.
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

from pydantic import TypeAdapter, ValidationError

from chiso.decree.wording import Confidence, Doubt, RuleReading, TargetReading
from chiso.decree.wording.asides import nothing_at_all
from chiso.decree.wording.build import rule_of
from chiso.decree.wording.desk import Desk
from chiso.decree.wording.either import parted
from chiso.decree.wording.emission import Data, Emitter
from chiso.decree.wording.items import items_of
from chiso.decree.wording.lexing import folded
from chiso.decree.wording.marks import entries_of
from chiso.decree.wording.nodes import Delayed, Node, Picked, Stepped, put_for, worth_something
from chiso.decree.wording.scales import scaled
from chiso.decree.wording.sheet import Sheet
from chiso.decree.wording.target import read_target
from chiso.decree.wording.tidy import tidy_lines
from chiso.framework.check import most
from chiso.framework.inputs import every_rule, formulas, implied
from chiso.framework.measures import Measure, MeasureMismatch
from chiso.framework.rules import Ratio as RatioRule
from chiso.framework.rules import Rule, Steps

__all__ = ["RuleReading", "TargetReading", "read_rule", "read_target"]

#: Longest wording read, in characters; a scoring rule of a decision has some hundreds.
MAX_LENGTH = 20_000

_RULE: TypeAdapter[Rule] = TypeAdapter(Rule)


def read_rule(text: str, *, title: str = "", max_points: Fraction | None = None) -> RuleReading:
    """Read the printed scoring rule of one criterion.

    ``title`` is the criterion's title, which says what "Tỷ lệ" is where the wording does not (reading A9);
    ``max_points`` turns points into shares.
    """
    if len(text) > MAX_LENGTH:
        return _manual(text[:MAX_LENGTH], Doubt("too_long", {"limit": str(MAX_LENGTH)}, grave=True), how="too_long")
    words, nothing = nothing_at_all(text)
    lines = tidy_lines(words)
    if not lines:
        return RuleReading({"kind": "manual"}, [], "low", "empty", doubts=(Doubt("empty"),))
    desk = Desk(title, max_points, Sheet(title))
    node = scaled(desk, lines) or rule_of(desk, items_of(entries_of(parted(desk, lines))))
    if nothing and not isinstance(node, Picked | Stepped | Delayed):
        desk.doubt("nothing_at_all", grave=True)  # what adds up would be lost by one line of them
    if node is not None and not worth_something(node):
        desk.doubt("worth_nothing", grave=True)
        node = None
    return _manual(text, *desk.doubts) if node is None else _reading(text, desk, node)


def _manual(
    text: str, *doubts: Doubt, how: str = "not_understood", alternatives: tuple[RuleReading, ...] = ()
) -> RuleReading:
    """Return the reading of words that are not understood: they are kept, points are entered by hand."""
    said = doubts if any(doubt.grave for doubt in doubts) else (Doubt("not_understood"), *doubts)
    left = tuple(line for line in (" ".join(line.split()) for line in text.splitlines()) if line)
    return RuleReading({"kind": "manual"}, [], "low", how, alternatives, left, said)


def _reading(text: str, desk: Desk, node: Node) -> RuleReading:
    doubts = [doubt for index, doubt in enumerate(desk.doubts) if doubt not in desk.doubts[:index]]
    if desk.left_over:
        doubts.append(Doubt("left_over", grave=any(_weighs(words) for words in desk.left_over)))
    grave = any(doubt.grave for doubt in doubts)
    confidence: Confidence = "low" if grave else "medium" if doubts else "high"
    made = _made(desk, node, confidence, tuple(doubts))
    others = [put_for(node, one, other) for one, other in desk.others]
    alternatives = [_made(desk, one, "low", (Doubt("other_reading"),)) for one in others if one != node]
    found = tuple(one for one in alternatives if one is not None)
    if made is None:
        return _manual(text, *doubts, alternatives=found)
    if grave:
        return _manual(text, *doubts, how=made.how, alternatives=(made, *found))
    return _without_letters(replace(made, alternatives=found), desk)


def _without_letters(reading: RuleReading, desk: Desk) -> RuleReading:
    """Doubt a rule that leaves out a letter which the wording defines: the formula that needs it was not found."""
    asked = {entry["name"] for entry in reading.inputs}
    unused = [name for name in desk.sheet.letters() if name not in asked]
    if not unused:
        return reading
    doubt = Doubt("letters_unused", {"letters": ", ".join(unused)})
    confidence: Confidence = "medium" if reading.confidence == "high" else reading.confidence
    return replace(reading, confidence=confidence, doubts=(*reading.doubts, doubt))


def _made(desk: Desk, node: Node, confidence: Confidence, doubts: tuple[Doubt, ...]) -> RuleReading | None:
    """Return a rule that stands in a framework file, None where it cannot."""
    emitter = Emitter()
    rule = emitter.rule(node, Fraction(1), outermost=True)
    inputs = _inputs(rule, desk.sheet, emitter)
    if inputs is None:
        rule = _unitless(rule)
        inputs = _inputs(rule, desk.sheet.without_units(), emitter)
    if inputs is None:
        return None
    how, left_over = desk.how or str(rule["kind"]), tuple(desk.left_over)
    return RuleReading(rule, inputs, confidence, how, (), left_over, doubts, desk.not_applicable)


def _weighs(words: str) -> bool:
    """Tell whether words that are left over speak of points or numbers."""
    plain = folded(words)
    return any(char.isdigit() for char in words) or any(one in plain for one in ("diem", "ty le", "ti le", "cong thuc"))


def _inputs(rule: Data, sheet: Sheet, emitter: Emitter) -> list[dict[str, Any]] | None:
    """Return the inputs that a rule needs declared, None where the rule cannot stand in a framework file."""
    try:
        made = _RULE.validate_python(rule)
    except ValidationError:
        return None
    if most(made) > 1:
        return None
    names = {name for formula in formulas(made) for name in formula.names()}
    entries = sheet.entries(names)
    if not _measures_fit(made, {entry["name"]: Measure.of(entry.get("unit", "")) for entry in entries}):
        return None
    asked = {item.name for item in implied(made)}
    return [*entries, *(entry for entry in emitter.asked if entry["name"] in asked)]


def _measures_fit(rule: Rule, measures: dict[str, Measure]) -> bool:
    """Tell whether every formula adds like with like, and bounds have the unit of what they bound."""
    try:
        for node in every_rule(rule):
            if isinstance(node, Steps):
                if node.of.measure(measures) != Measure.of(node.unit or ""):
                    return False
            elif isinstance(node, RatioRule):
                over, under = node.numerator.measure(measures), node.denominator.measure(measures)
                if node.part_of_whole and over != under:
                    return False
        for formula in formulas(rule):
            formula.measure(measures)
    except (MeasureMismatch, KeyError):
        return False
    return True


def _unitless(data: Any) -> Any:
    """Return a rule without units of measure."""
    if isinstance(data, dict):
        return {key: _unitless(value) for key, value in data.items() if key != "unit"}
    return [_unitless(one) for one in data] if isinstance(data, list) else data
