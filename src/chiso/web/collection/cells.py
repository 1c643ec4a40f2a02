"""One reported value as it is kept: its text in a fixed form, with who gave it, when, and where it came from.

The text is what ``chiso score --facts`` would read: an option's id, ``yes`` or ``no``, a number with a decimal point (a
share in per cent), ``n/a`` for not applicable, ``none of these`` where no printed line fits, nothing for a value that
was taken back. It is always understood.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chiso.framework.inputs import Asked
from chiso.quantity import decimal_text
from chiso.scoring.states import State
from chiso.scoring.values import Misread, read_value
from chiso.web.collection.asking import TEXTS

NOT_APPLICABLE = "n/a"

#: No printed line covers the situation (A14); no option of a choice can be called this.
NONE_OF_THESE = "none of these"

#: Longest text that a cell keeps, in characters.
MOST_TEXT = 4000

#: Longest text of a note, a source or a day beside a value.
MOST_BESIDE = 1000

_ONE_GROUP = re.compile(r"[1-9]\d{0,2}[.,]\d{3}", re.ASCII)

#: A cell of a report's document; see :class:`Cell` for its keys.
Document = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value with its origin. ``number`` is the change of the report that wrote it, ``by`` the person."""

    text: str
    by: int | None
    at: str
    number: int
    as_of: str = ""
    source: str = ""
    note: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any]) -> Cell:
        """Return a cell from a report's document."""
        get = kept.get
        return cls(kept["v"], get("by"), kept["at"], kept["n"], get("as_of", ""), get("source", ""), get("note", ""))

    def kept(self) -> dict[str, Any]:
        """Return the cell as a report's document keeps it; what is empty is left out."""
        told = {"as_of": self.as_of, "source": self.source, "note": self.note}
        return {
            "v": self.text,
            "by": self.by,
            "at": self.at,
            "n": self.number,
            **{key: text for key, text in told.items() if text},
        }


def understood(written: str, target: Asked) -> str | Misread:
    """Return a written value in its fixed form, or why it cannot be understood."""
    if target.type in TEXTS:
        return written.strip()[:MOST_TEXT]
    if target.type in ("count", "days") and _ONE_GROUP.fullmatch(written.strip()):
        # Of things that are counted, 12.040 can only be twelve thousand and forty.
        written = re.sub(r"\D", "", written)
    value = read_value(written, target)
    if isinstance(value, Misread):
        return value
    if isinstance(value, State):
        return {State.NOT_APPLICABLE: NOT_APPLICABLE, State.UNDECIDED: NONE_OF_THESE}.get(value, "")
    if target.type == "choice":
        return target.options[int(value)].id
    if target.type == "yes_no":
        return "yes" if value else "no"
    return exact_text(value * 100 if target.type == "share" else value)


def exact_text(value: Fraction) -> str:
    """Write a number so that nothing is lost: people write decimals, and those end."""
    places = 0
    while (value * 10**places).denominator != 1:
        places += 1
    return decimal_text(value, places) if places else str(value.numerator)


def meaning(text: str, target: Asked) -> Fraction | State:
    """Return what the text of a cell means to the engine."""
    value = read_value(text, target)
    # A text in its fixed form is always understood; a framework that changed under it would be a fault of ours.
    assert not isinstance(value, Misread), (text, target.fact)
    return value
