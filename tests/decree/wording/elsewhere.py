"""Wordings that other decisions print, with the points that follow from them by hand, and how they are read.

``python -m tests.decree.wording.elsewhere`` prints what becomes of each; ``elsewhere.yaml`` holds them.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import yaml

from chiso.decree.wording import RuleReading
from chiso.decree.wording.agreement import points_of
from chiso.decree.wording.reading import read_rule
from tests.decree.wording.engine import made

Unit = dict[str, Fraction]
#: ``right``: the points are those of the words. ``kept``: points are entered by hand, the words beside them. ``asked``:
#: other figures are asked for than those that the words name. ``wrong``: other points.
Verdict = Literal["right", "kept", "asked", "wrong"]
_VERDICTS = ("right", "kept", "asked", "wrong")


@dataclass(frozen=True)
class Wording:
    """A printed rule; ``claims`` are units, the one in question first, with its points; none where nobody can tell."""

    family: str
    text: str
    title: str
    full: Fraction
    claims: tuple[tuple[tuple[Unit, ...], Fraction], ...]
    also: tuple[tuple[tuple[Unit, ...], Fraction], ...] = ()

    def reading(self) -> RuleReading:
        """Return how the reader takes it."""
        return read_rule(self.text, title=self.title, max_points=self.full)

    def verdict(self, reading: RuleReading) -> Verdict:
        """Return what became of it."""
        if reading.rule == {"kind": "manual"}:
            return "kept" if self.claims else "right"
        found = [self._held(reading, claims) for claims in (self.claims, self.also) if claims]
        return min(found, key=_VERDICTS.index, default="wrong")

    def _held(self, reading: RuleReading, claims: tuple[tuple[tuple[Unit, ...], Fraction], ...]) -> Verdict:
        rule = made(reading.rule)
        for (unit, *others), points in claims:
            try:
                result = points_of(rule, self.full, unit, others)
            except IndexError:  # a choice with fewer lines
                return "wrong"
            if not result.known:
                return "asked"
            if result.value != points:
                return "wrong"
        return "right"


def claims_of(text: str) -> tuple[tuple[tuple[Unit, ...], Fraction], ...]:
    """Read ``num=1, den=2 beside num=1, den=4 → 5; ...``; ``manual`` claims nothing."""
    if text == "manual":
        return ()
    found = []
    for claim in text.split("; "):
        units, points = claim.split(" → ")
        found.append((tuple(map(_unit, units.split(" beside "))), Fraction(points)))
    return tuple(found)


def _unit(text: str) -> Unit:
    return {name: Fraction(value) for name, value in re.findall(r"([^\s=,]+)=([^\s,]+)", text)}


def wordings() -> Iterator[Wording]:
    """Yield all wordings of the file."""
    data = yaml.safe_load(Path(__file__).with_name("elsewhere.yaml").read_text("utf-8"))
    for family, entries in data.items():
        for one in entries:
            also = claims_of(one["also"]) if "also" in one else ()
            claims = claims_of(one["claims"])
            yield Wording(family, one["text"], one.get("title", ""), Fraction(str(one["max"])), claims, also)


def main() -> None:
    """Print what became of each wording that is not read right, and how many are."""
    counts: Counter[tuple[Verdict, str]] = Counter()
    for one in wordings():
        reading = one.reading()
        verdict = one.verdict(reading)
        counts[verdict, reading.confidence] += 1
        if verdict != "right":
            doubts = ", ".join(doubt.code for doubt in reading.doubts)
            sys.stdout.write(
                f"\n== {verdict} {reading.confidence} {reading.how} [{doubts}] max {one.full} {one.title}\n"
            )
            sys.stdout.write(f"{one.text}\n-> {reading.rule} left {reading.left_over}\n")
    sys.stdout.write(f"\n{counts.total()} wordings\n")
    for (verdict, confidence), count in sorted(counts.items()):
        sys.stdout.write(f"{verdict} {confidence}: {count}\n")


if __name__ == "__main__":
    main()
