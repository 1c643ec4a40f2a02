"""What is known while one wording is read: its maximum, its figures, the doubts, and what is left over."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

from chiso.decree.wording import Doubt
from chiso.decree.wording.nodes import Node, top
from chiso.decree.wording.sheet import Sheet
from chiso.decree.wording.statements import Given
from chiso.decree.wording.worth import Worth

ZERO, ONE = Fraction(0), Fraction(1)


@dataclass
class Desk:
    """The state of one reading. ``most`` is the criterion's maximum in points, None where it is not known.

    ``percent``: the ratio of this wording is a figure from 0 to 100.
    """

    title: str
    most: Fraction | None
    sheet: Sheet
    doubts: list[Doubt] = field(default_factory=list)
    left_over: list[str] = field(default_factory=list)
    not_applicable: Literal["full", "leave_out"] | None = None
    how: str = ""
    percent: bool = False
    #: Rules that were made, each with another one that the same words may mean.
    others: list[tuple[Node, Node]] = field(default_factory=list)

    def doubt(self, code: str, *, grave: bool = False, **data: str) -> None:
        """Note a reason not to be certain."""
        self.doubts.append(Doubt(code, data, grave))

    def drop(self, *codes: str) -> None:
        """Take doubts back that what was read later has answered."""
        self.doubts = [doubt for doubt in self.doubts if doubt.code not in codes]

    def share(self, worth: Worth) -> Fraction | None:
        """Return a constant worth as a share of the maximum, None where the maximum is needed and not known."""
        if worth.whole:
            return worth.factor
        if not worth.factor:
            return ZERO
        return worth.factor / self.most if self.most else None

    def points(self, given: Given) -> Fraction | None:
        """Return points or a share as points, None where the maximum is needed and not known."""
        if not given.whole:
            return given.value
        return None if self.most is None else given.value * self.most

    def judge(self, node: Node, most: Fraction = ONE) -> None:
        """Doubt a rule that exceeds the maximum or cannot reach it."""
        if top(node) > 1:
            self.doubt("exceeds", grave=True, share=percent(top(node)))
        elif top(node) < most == 1:
            self.doubt("unreachable", share=percent(top(node)))

    def judge_parts(self, total: Fraction, whole: Fraction = ONE, *, grave: bool = False) -> None:
        """Doubt parts that do not add up to what they are parts of."""
        if total > whole:
            self.doubt("parts_exceed", grave=True, total=percent(total))
        elif total < whole:
            self.doubt("parts_miss", grave=grave, total=percent(total))


def percent(share: Fraction) -> str:
    """Write a share for a sentence."""
    value = share * 100
    return f"{value.numerator if value.denominator == 1 else value}%"
