"""A draft against a framework that people have made: row by row, with precision and recall of each field."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from chiso.decree.language.letters import bare, one_line
from chiso.decree.wording.agreement import difference
from chiso.framework.model import Criterion, Dimension, Framework
from chiso.framework.rules import Levels, Manual, Rule, Target, Unscored
from chiso.quantity import decimal_text

Row = Criterion | Dimension

#: Points that rules are compared with: any would do, since shares of the maximum are what they give.
_FULL = Fraction(60)


@dataclass
class Tally:
    """How often a field of the draft is right, wrong, missing, or there although the framework has none."""

    right: int = 0
    wrong: int = 0
    missing: int = 0
    extra: int = 0

    @property
    def precision(self) -> Fraction | None:
        """Return the share of what the draft says that is right; nothing where it says nothing."""
        said = self.right + self.wrong + self.extra
        return Fraction(self.right, said) if said else None

    @property
    def recall(self) -> Fraction | None:
        """Return the share of what the framework says that the draft has right."""
        known = self.right + self.wrong + self.missing
        return Fraction(self.right, known) if known else None

    def as_dict(self) -> dict[str, Any]:
        """Return the tally for JSON."""
        return {
            "right": self.right,
            "wrong": self.wrong,
            "missing": self.missing,
            "extra": self.extra,
            "precision": _decimal(self.precision),
            "recall": _decimal(self.recall),
        }


@dataclass(frozen=True)
class Difference:
    """A field that differs: ``kind`` is ``wrong``, ``missing`` or ``extra``."""

    row: str
    field: str
    kind: str
    draft: str
    reference: str

    def as_dict(self) -> dict[str, str]:
        """Return the difference for JSON."""
        return {
            "row": self.row,
            "field": self.field,
            "kind": self.kind,
            "draft": self.draft,
            "reference": self.reference,
        }


@dataclass
class Comparison:
    """Tallies by field and every difference, in printed order."""

    tallies: dict[str, Tally] = field(default_factory=dict)
    differences: list[Difference] = field(default_factory=list)

    def note(self, row: str, name: str, draft: Any, reference: Any, same: Callable[[Any, Any], bool]) -> None:
        """Count one field."""
        tally = self.tallies.setdefault(name, Tally())
        if _blank(reference) and _blank(draft):
            return
        if _blank(reference):
            tally.extra += 1
            kind = "extra"
        elif _blank(draft):
            tally.missing += 1
            kind = "missing"
        elif same(draft, reference):
            tally.right += 1
            return
        else:
            tally.wrong += 1
            kind = "wrong"
        self.differences.append(Difference(row, name, kind, _shown(draft), _shown(reference)))


def compared(draft: Framework, reference: Framework) -> Comparison:
    """Compare a draft with a framework."""
    found = Comparison()
    _legal(draft, reference, found)
    mine, theirs = _rows(draft), _rows(reference)
    for code in _in_order(mine, theirs):
        _row(code, mine.get(code), theirs.get(code), found)
    _information(draft, reference, found)
    _sets(draft, reference, found)
    return found


def _rows(framework: Framework) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for dimension in framework.dimensions:
        rows[dimension.code] = dimension
        rows.update((one.code, one) for one in dimension.walk())
    return rows


def _in_order(mine: dict[str, Row], theirs: dict[str, Row]) -> Iterator[str]:
    yield from theirs
    yield from (code for code in mine if code not in theirs)


def _row(code: str, mine: Row | None, theirs: Row | None, found: Comparison) -> None:
    found.note(code, "code", mine and mine.code, theirs and theirs.code, _equal)
    if mine is None or theirs is None:
        return
    found.note(code, "title", mine.title, theirs.title, _same_words)
    found.note(code, "max_points", mine.max_points, theirs.max_points, _equal)
    found.note(code, "previous", mine.previous, theirs.previous, _equal)
    if not isinstance(mine, Criterion) or not isinstance(theirs, Criterion):
        return
    for name in ("lead", "support", "evidence", "legal_basis"):
        found.note(code, name, getattr(mine, name), getattr(theirs, name), _same_names)
    for name in ("due", "unit", "method", "detail"):
        found.note(code, name, getattr(mine, name), getattr(theirs, name), _same_words)
    _rule(code, mine, theirs, found)


def _rule(code: str, mine: Criterion, theirs: Criterion, found: Comparison) -> None:
    """Compare what two rules compute; one that the draft leaves to a person is missing, not wrong."""
    if mine.criteria or theirs.criteria:
        return
    kind = _verdict(mine.effective_rule, theirs.effective_rule)
    tally = found.tallies.setdefault("rule", Tally())
    setattr(tally, kind, getattr(tally, kind) + 1)
    if kind != "right":
        found.differences.append(Difference(code, "rule", kind, _rule_text(mine), _rule_text(theirs)))


def _verdict(mine: Rule, theirs: Rule) -> str:
    left, right = _counted(mine), _counted(theirs)
    if isinstance(left, Manual) or left is None:
        return "right" if isinstance(right, Manual) or right is None else "missing"
    if isinstance(right, Manual) or right is None:
        return "extra"
    if isinstance(left, Levels) or isinstance(right, Levels):
        return "right" if _levels(left) == _levels(right) else "wrong"
    return "right" if difference(left, right, _FULL) is None else "wrong"


def _counted(rule: Rule) -> Rule | None:
    """Return the rule that is kept for the day on which it counts."""
    return rule.rule if isinstance(rule, Unscored) else rule


def _levels(rule: Rule) -> object:
    """Return what a rule of levels asks for, without its printed words."""
    if not isinstance(rule, Levels):
        return rule.kind
    return rule.value, {number: _target(target) for number, target in rule.targets.items()}


def _target(target: Target | None) -> object:
    if target is None:
        return None
    alternatives = tuple(_target(one) for one in target.any_of) if target.any_of is not None else None
    return target.at_least, target.has, target.all_of_total, target.children, alternatives


def _rule_text(criterion: Criterion) -> str:
    return str(criterion.effective_rule.model_dump(exclude_defaults=True, mode="json"))


def _legal(draft: Framework, reference: Framework, found: Comparison) -> None:
    for name in ("number", "date", "year", "issuer", "title"):
        mine, theirs = getattr(draft.legal, name), getattr(reference.legal, name)
        found.note("legal", f"legal.{name}", mine, theirs, _same_words if isinstance(mine, str) else _equal)
    for name in ("based_on", "replaces", "errata"):
        _members(getattr(draft.legal, name), getattr(reference.legal, name), f"legal.{name}", found)
    found.note("framework", "unit_kinds", draft.unit_kinds, reference.unit_kinds, _equal)
    found.note("framework", "total", draft.max_points, reference.max_points, _equal)


def _members(mine: Sequence[str], theirs: Sequence[str], name: str, found: Comparison) -> None:
    """Count each member of a list on its own, whatever the order."""
    left = {_number(one): one for one in mine}
    right = {_number(one): one for one in theirs}
    for key in {**right, **left}:
        found.note("legal", name, left.get(key), right.get(key), lambda _one, _other: True)


def _number(text: str) -> str:
    """Return what a legal document is known by: its number, or where it has none, its words."""
    match = re.search(r"\d+/[\w/-]*\w", text)
    return match[0] if match else bare(text)


def _information(draft: Framework, reference: Framework, found: Comparison) -> None:
    for at in range(max(len(draft.general_information), len(reference.general_information))):
        mine = draft.general_information[at] if at < len(draft.general_information) else None
        theirs = reference.general_information[at] if at < len(reference.general_information) else None
        row = f"information.{at + 1}"
        found.note(row, "information", mine and mine.label, theirs and theirs.label, _same_words)
        if mine is not None and theirs is not None:
            found.note(row, "information.provider", mine.provider, theirs.provider, _same_names)


def _sets(draft: Framework, reference: Framework, found: Comparison) -> None:
    """Compare pillars, levels and the numbers that the prose states."""
    left = {bare(one.title.vi): one.dimensions for one in draft.pillars}
    for pillar in reference.pillars:
        found.note("framework", "pillars", left.get(bare(pillar.title.vi)), pillar.dimensions, _equal)
    mine = {level.number: level.name.vi for level in draft.levels}
    for level in reference.levels:
        found.note("framework", "levels", mine.get(level.number), level.name.vi, _same_words)
    counted = {(one.what, tuple(sorted(one.within)), one.printed) for one in draft.printed_counts}
    wanted = {(one.what, tuple(sorted(one.within)), one.printed) for one in reference.printed_counts}
    for key in sorted(counted | wanted):
        found.note(
            "framework", "printed_counts", key if key in counted else None, key if key in wanted else None, _equal
        )


def _equal(mine: Any, theirs: Any) -> bool:
    return bool(mine == theirs)


def _same_words(mine: Any, theirs: Any) -> bool:
    """Compare words without regard to spacing, case and marks between them."""
    return _letters(str(mine)) == _letters(str(theirs))


def _letters(text: str) -> str:
    return "".join(letter for letter in one_line(text).casefold() if letter.isalnum())


def _same_names(mine: Sequence[str], theirs: Sequence[str]) -> bool:
    return {_letters(one) for one in mine} == {_letters(one) for one in theirs}


def _blank(value: Any) -> bool:
    return value is None or value == "" or value == []


def _shown(value: Any) -> str:
    if isinstance(value, Fraction):
        return decimal_text(value)
    return "; ".join(map(str, value)) if isinstance(value, list | tuple) else "" if value is None else str(value)


def _decimal(value: Fraction | None) -> str | None:
    return None if value is None else decimal_text(value, 4)
