"""Lines about days of delay: in time, so many days late, later, not done at all."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from chiso.decree.wording.bounds import Bound
from chiso.decree.wording.desk import ZERO, Desk
from chiso.decree.wording.items import Item
from chiso.decree.wording.nodes import Delayed, Node, Value
from chiso.decree.wording.sayings import holds, opens_with

_Line = tuple[str, Fraction, Bound]


def lateness(desk: Desk, pairs: Sequence[tuple[Item, Value]]) -> Node | None:
    """Return lines about delay, None where they are about something else."""
    shares = [(item, value) for item, value in pairs if isinstance(value, Fraction)]
    late = [(one.label, share, one.bound) for one, share in shares if one.bound and one.bound.dimension == "day"]
    spoken = any(bound.late or holds("late", label) for label, _, bound in late)
    if len(shares) < len(pairs) or not spoken:
        return None
    others = [(item.label, share) for item, share in shares if not (item.bound and item.bound.dimension == "day")]
    undone = [(label, share) for label, share in others if opens_with("negative", label)]
    in_time = [one for one in others if one not in undone]
    if len(in_time) > 1 or len(undone) > 1:
        return None
    lines = [(ZERO, share, label) for label, share in in_time]
    more, after = _later(desk, late)
    if more is None:
        return None
    lines += more
    if not lines:
        return None
    if not in_time and lines[0][1] != 1:
        desk.doubt("nothing_above", bound="0")
    if after is None and not undone:
        desk.doubt("nothing_below", bound=str(lines[-1][0]))
    last = after or (undone[0][::-1] if undone else (ZERO, "—"))
    not_done = undone[0][::-1] if undone and after is not None else None
    desk.how = "lateness"
    made = Delayed(tuple(lines), last, not_done)
    if any(first[1] < second[1] for first, second in pairwise(lines)):
        desk.doubt("later_is_better", grave=True)
    desk.judge(made)
    return made


def _later(
    desk: Desk, late: Sequence[_Line]
) -> tuple[list[tuple[Fraction, Fraction, str]] | None, tuple[Fraction, str] | None]:
    """Return the lines with their last day, and what holds after them; no lines where two have no end."""
    lines: list[tuple[Fraction, Fraction, str]] = []
    after: tuple[Fraction, str] | None = None
    reached = ZERO
    for label, share, bound in sorted(late, key=_end):
        if bound.low is not None and bound.low > reached + 1:
            desk.doubt("gap", grave=bound.low > reached + 2, low=str(reached), high=str(bound.low))
        if bound.high is None:
            if after is not None:
                return None, None
            after = (share, label)
            continue
        reached = bound.high - 1 if bound.high_open and bound.high > 0 else bound.high
        lines.append((reached, share, label))
    return lines, after


def _end(line: _Line) -> tuple[bool, Fraction]:
    high = line[2].high
    return (True, ZERO) if high is None else (False, high)
