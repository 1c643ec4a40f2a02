"""What is known before an office fills a form in: each figure as the cell of its unit shows it.

A cell is written so that reading it gives the figure back exactly: a number as a number where floating point holds it,
and as text where it does not; a choice by the words of the drop-down.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.inputs import Asked, collected, decided
from chiso.framework.model import Framework
from chiso.quantity import decimal_text
from chiso.scoring.facts import Facts, Origin
from chiso.scoring.levels import REGISTERED, registered_input
from chiso.scoring.states import State
from chiso.scoring.values import Misread, read_value
from chiso.workbook.form_phrases import phrase
from chiso.workbook.questions import EXEMPT, Question, exemption_words
from chiso.workbook.words import Words

#: What a cell holds.
Shown = str | int | float

_NOWHERE = Origin()


@dataclass(frozen=True, slots=True)
class KnownCell:
    """What one cell shows, and where it comes from; without ``shown`` only the remark is known."""

    shown: Shown | None
    source: str = ""
    as_of: str = ""
    note: str = ""

    @property
    def origin(self) -> tuple[str, str, str]:
        """Source, as-of date and note, as they stand beside a figure."""
        return self.source, self.as_of, self.note


class Known:
    """The figures that are known of the units of a form, by question and by the number of the unit's column."""

    def __init__(
        self, framework: Framework, facts: Facts | None, units: Sequence[str], lang: str, words: Words | None = None
    ) -> None:
        self._lang, self._words = lang, words or {}
        self._facts = facts
        places = {unit.name: at for at, unit in enumerate(facts.units)} if facts is not None else {}
        self._positions = [places.get(name) for name in units]
        self._asked: Mapping[str, Asked] = _everything(framework)

    def __bool__(self) -> bool:
        return self._facts is not None

    def row(self, question: Question) -> list[KnownCell | None]:
        """Return what is known of each unit for a question."""
        return [None if at is None else self._cell(question, at) for at in self._positions]

    def _cell(self, question: Question, position: int) -> KnownCell | None:
        assert self._facts is not None, "only units of the facts have a position"
        if question.input == EXEMPT:
            granted = self._facts.exemptions.get((position, question.code))
            if not granted:
                return None
            origin = self._facts.grants.get((position, question.code), _NOWHERE)
            return KnownCell(exemption_words(granted, self._lang), origin.source, origin.as_of, origin.note)
        origin = self._facts.origins.get((position, question.fact), _NOWHERE)
        text = self._words.get(self._facts.units[position].name, {}).get(question.fact)
        if text is not None:
            return self._text(text, question, origin)
        target = self._asked.get(question.fact)
        if target is None:
            return None
        column = self._facts.column(target.fact)
        state = column.state(position)
        value = column.value(position) if state is State.GIVEN else state
        shown = shown_as(value, target, self._lang)
        if shown is None and not (origin.note and state is State.MISSING):
            return None
        return KnownCell(shown, origin.source, origin.as_of, origin.note)

    def _text(self, text: str, question: Question, origin: Origin) -> KnownCell | None:
        """Return the cell of what a report says in words; a number that no rule reads is one all the same."""
        if not text and not origin.note:
            return None
        shown: Shown | None = text or None
        if text and question.type not in ("text", "document", "date"):
            target = Asked(question.input, question.fact, question.label, question.type, options=question.options)
            value = read_value(text, target)
            shown = text if isinstance(value, Misread) else shown_as(value, target, self._lang)
        return KnownCell(shown, origin.source, origin.as_of, origin.note)


def shown_as(value: Fraction | State, target: Asked, lang: str) -> Shown | None:
    """Return what a cell shows for a figure; None where there is none."""
    listed = target.type in ("choice", "yes_no")
    if isinstance(value, State):
        if value is State.NOT_APPLICABLE:
            return phrase("none", lang) if listed else "n/a"
        if value is State.UNDECIDED:
            return phrase("no_case", lang) if listed else "none"
        return None
    if target.type == "yes_no":
        return phrase("yes" if value else "no_answer", lang)
    if target.type == "choice":
        option = target.options[int(value)]
        return option.label if read_value(option.label, target) == value else option.id
    return _number(value * 100 if target.type == "share" else value, value, target)


def _number(number: Fraction, value: Fraction, target: Asked) -> Shown:
    if number.denominator == 1:
        return int(number)
    near = float(number)
    if read_value(near, target) == value:
        return near
    return decimal_text(number, len(str(number.denominator)) * 4)


def _everything(framework: Framework) -> dict[str, Asked]:
    """Return every figure that a unit may have, by fact."""
    found = dict(collected(framework))
    if framework.is_maturity:
        found[REGISTERED] = registered_input(framework)
    for criterion in framework.criteria.values():
        by_verifier = decided(criterion)
        if by_verifier is not None:
            found[by_verifier.fact] = by_verifier
    return found
