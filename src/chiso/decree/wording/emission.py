"""From nodes to the form of a framework file: shares relative to what each rule stands in, and the names of inputs."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from chiso.decree.wording.nodes import (
    Best,
    Change,
    Changed,
    Compared,
    Delayed,
    Each,
    Figure,
    Held,
    Joined,
    Node,
    Picked,
    Plain,
    Proportional,
    Stepped,
    Value,
    top,
)
from chiso.framework.expression import Number
from chiso.quantity import decimal_text

Data = dict[str, Any]


def written(value: Fraction, *, share: bool = False) -> Any:
    """Write a number as a framework file does: ``80%`` for a bound of a share, ``0.5``, ``3``, else ``1/3``."""
    if share and Fraction(decimal_text(value * 100)) == value * 100:
        return f"{decimal_text(value * 100)}%"
    if value.denominator == 1:
        return int(value)
    return decimal_text(value) if Fraction(decimal_text(value)) == value else str(value)


def share_of(value: Fraction) -> Any:
    """Write a share of a maximum: ``1``, ``1/2``."""
    return int(value) if value.denominator == 1 else str(value)


@dataclass
class Emitter:
    """Writes one rule; ``asked`` collects choices inside parts, which are inputs of their own."""

    asked: list[Data] = field(default_factory=list)
    _count: int = 0

    def rule(self, node: Node, whole: Fraction, *, outermost: bool = False) -> Data:
        """Return a node as a rule whose maximum is ``whole`` of the criterion's."""
        if not isinstance(node, Best | Changed | Plain) and top(node) != whole and self._needs_part(node):
            return self._part_of(node, whole)
        match node:
            case Picked():
                return self._picked(node, whole, outermost=outermost)
            case Held():
                return {"kind": "yes_no", "input": self._next(), "label": node.label}
            case Proportional():
                return self._proportional(node)
            case Stepped():
                return self._stepped(node, whole)
            case Each():
                return {"kind": "per_item", "of": node.figure.formula, "points": written(node.points)}
            case Joined():
                return {"kind": "parts", "parts": [self._one_part(label, part, whole) for label, part in node.parts]}
            case Delayed():
                return self._delayed(node, whole, outermost=outermost)
            case Compared():
                return {"kind": node.kind, "of": node.figure.formula}
            case Best():
                cases = [{"label": label, "rule": self.rule(case, whole)} for label, case in node.cases]
                return {"kind": "best_of", "cases": cases}
            case Changed():
                return self._changed(node, whole)
        return {"kind": node.kind}

    @staticmethod
    def _needs_part(node: Node) -> bool:
        """Tell whether a rule always gives the whole maximum, so that less needs a part around it."""
        return isinstance(node, Held | Proportional | Each | Compared)

    def _part_of(self, node: Node, whole: Fraction) -> Data:
        share = top(node)
        return {"kind": "parts", "parts": [self._one_part(_label_of(node), node, whole, share)]}

    def _one_part(self, label: str, node: Node, whole: Fraction, share: Fraction | None = None) -> Data:
        share = top(node) if share is None else share
        if isinstance(node, Picked) and not node.label:
            node = replace(node, label=label)
        return {"label": label, "share": share_of(share / whole), "rule": self.rule(node, share)}

    def _next(self) -> str:
        self._count += 1
        return f"#{self._count}"

    def _value(self, value: Value, whole: Fraction) -> Data:
        if isinstance(value, Fraction):
            return {"share": share_of(value / whole)}
        return {"rule": self.rule(value, whole)}

    def _picked(self, node: Picked, whole: Fraction, *, outermost: bool) -> Data:
        name = "choice" if outermost else self._next()
        rule: Data = {"kind": "choice"}
        if not outermost:
            rule["input"] = name
            self.asked.append({"name": name, "label": node.label or node.options[0][0], "type": "choice"})
        ids = _ids(node)
        rule["options"] = [
            {"id": id_, "label": label, **self._value(value, whole)}
            for id_, (label, value) in zip(ids, node.options, strict=True)
        ]
        return rule

    def _proportional(self, node: Proportional) -> Data:
        figure, full_at = node.figure, node.cap / node.factor
        if figure.under is None:
            return {"kind": "count", "of": figure.formula, "target": written(full_at)}
        if isinstance(figure.under, Number):
            of = Figure(figure.over).formula
            return {"kind": "relative", "of": of, "constant": written(full_at * figure.under.value)}
        rule: Data = {
            "kind": "ratio",
            "numerator": Figure(figure.over).formula,
            "denominator": Figure(figure.under).formula,
        }
        if full_at != 1:
            rule["full_at"] = written(full_at, share=True)
        return {**rule, "part_of_whole": figure.part}

    def _stepped(self, node: Stepped, whole: Fraction) -> Data:
        rule: Data = {"kind": "steps", "of": node.figure.formula}
        if node.figure.unit:
            rule["unit"] = node.figure.unit
        if node.figure.part and node.figure.under is not None:
            rule["part_of_whole"] = True
        rule["lines"] = [
            {kind: written(bound, share=node.share_bounds), **self._value(value, whole), "label": label}
            for kind, bound, value, label in node.lines
        ]
        value, label = node.otherwise
        return {**rule, "otherwise": {**self._value(value, whole), "label": label}}

    def _delayed(self, node: Delayed, whole: Fraction, *, outermost: bool) -> Data:
        value, label = node.otherwise
        lines = [
            {"at_most": written(days), "share": share_of(share / whole), "label": words}
            for days, share, words in node.lines
        ]
        rule = {"kind": "lateness", "lines": lines, "otherwise": {**self._value(value, whole), "label": label}}
        if node.undone is None or node.undone[0] == value:
            return rule
        name = "choice" if outermost else self._next()
        share, words = node.undone
        head: Data = {"kind": "choice"} if outermost else {"kind": "choice", "input": name}
        options = [
            {"id": "done", "label": "; ".join(dict.fromkeys(words for _, _, words in node.lines)), "rule": rule},
            {"id": "not_done", "label": words, "share": share_of(share / whole)},
        ]
        return {**head, "options": options}

    def _changed(self, node: Changed, whole: Fraction) -> Data:
        rule: Data = {"kind": "adjusted", "base": self.rule(node.base, whole)}
        if node.bonuses:
            rule["bonuses"] = [_change(one) for one in node.bonuses]
        if node.deductions:
            rule["deductions"] = [_change(one) for one in node.deductions]
        if node.cap != whole:
            rule["ceiling"] = share_of(node.cap / whole)
        return rule


def _change(change: Change) -> Data:
    data: Data = {"label": change.label, "of": change.of, "points": written(change.points)}
    if change.at_most is not None:
        data["at_most"] = written(change.at_most)
    return data


def _label_of(node: Node) -> str:
    return node.label if isinstance(node, Held | Picked) and node.label else "—"


def _ids(node: Picked) -> list[str]:
    """Return ids of options: yes and no where there are two and only one is worth anything."""
    values = [top(value) for _, value in node.options]
    if len(values) == 2 and (values[0] == 0) != (values[1] == 0):
        return ["yes" if value else "no" for value in values]
    return [f"line_{number}" for number in range(1, len(values) + 1)]
