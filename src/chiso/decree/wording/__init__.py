"""How one printed wording becomes a rule: what a reading of it says.

``chiso.decree.wording.reading`` holds the two readers, ``read_rule`` and ``read_target``; the rest of the room takes
what they return and knows nothing about their grammar.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

#: ``high``: every word is accounted for by one construction; ``medium``: one reading is clearly the likeliest, a
#: person should look; ``low``: not understood, so that the draft keeps the words and points are entered by hand.
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a reading is not certain: a stable code of ``chiso.decree.wording.phrases`` and its data."""

    code: str
    data: Mapping[str, str] = field(default_factory=dict)
    #: Whether the reading may not be used because of it.
    grave: bool = False

    def text(self, lang: str = "vi") -> str:
        """Return what is doubtful, as a sentence."""
        from chiso.decree.wording.phrases import phrase

        return phrase(self.code, lang, **self.data)


@dataclass(frozen=True, slots=True)
class RuleReading:
    """How one printed scoring rule was read.

    ``rule`` is the rule node in the form of a framework file; shares and bounds are text or whole numbers, never
    floats.
    ``inputs`` are the entries of the criterion's ``inputs`` (name, label, type, unit) that the rule needs declared.
    ``left_over`` are the words that no part of the rule accounts for, verbatim and in printed order.
    ``how`` is the stable code of the construction, for the report and for tests. ``doubts`` say why the confidence is
    not high; ``not_applicable`` is what the wording prints for units that have nothing to count.
    """

    rule: dict[str, Any]
    inputs: list[dict[str, Any]]
    confidence: Confidence
    how: str
    alternatives: tuple[RuleReading, ...] = ()
    left_over: tuple[str, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    not_applicable: Literal["full", "leave_out"] | None = None


@dataclass(frozen=True, slots=True)
class TargetReading:
    """How one cell of a maturity row, what a criterion asks at one level, was read.

    ``target`` is a ``Target`` in the form of a framework file, or ``None`` for a level at which nothing is asked
    ("Không áp dụng"). ``value`` is the kind of figure it is compared with, as in the rule node ``levels``.
    """

    target: dict[str, Any] | None
    value: Literal["share", "count", "yes_no", "children"] | None
    confidence: Confidence
    how: str
    alternatives: tuple[TargetReading, ...] = ()
    left_over: tuple[str, ...] = ()
