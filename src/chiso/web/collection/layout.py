"""The places of a report and what each asks for; prepared once for a framework and language.

The first place holds general information and the figures that several criteria share; then each criterion is one.
A shared figure is entered at the first place and shown wherever it serves.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from chiso.framework.inputs import Asked, asked
from chiso.framework.model import Criterion, Framework
from chiso.web.collection.asking import all_asked
from chiso.web.frameworks.prepared import once_each
from chiso.workbook.questions import Block, General, Question, questionnaire
from chiso.workbook.words import explanation_name, general_name

#: The place of general information and shared figures.
GENERAL = "general"


@dataclass(frozen=True, slots=True)
class Field:
    """A figure or text as a place asks for it. ``entered``: the place where it is entered; "" for here.

    ``dated``: the day on which it was done decides whether it counts (A25).
    """

    fact: str
    asked: Asked
    label: str
    unit: str = ""
    letter: str = ""
    most: Fraction | None = None
    optional: bool = False
    entered: str = ""
    about: tuple[str, ...] = ()
    used_by: str = ""
    dated: bool = False

    @property
    def id(self) -> str:
        """The field's name in the page."""
        return "f-" + re.sub(r"[^0-9A-Za-z_-]", "_", self.fact)

    @property
    def choices(self) -> tuple[tuple[str, str], ...]:
        """The options of a choice: id and printed label."""
        return tuple((option.id, option.label) for option in self.asked.options)

    @property
    def control(self) -> str:
        """How it is entered: ``number``, ``choice``, ``yes_no`` or ``text``."""
        if self.asked.type in ("choice", "yes_no"):
            return str(self.asked.type)
        return "text" if self.asked.type in ("text", "date", "document") else "number"


@dataclass(frozen=True, slots=True)
class Group:
    """Fields under a common heading."""

    heading: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A page of the report."""

    code: str
    title: str
    groups: tuple[Group, ...]
    block: Block | None = None
    dimension: str = ""
    explanation: str = ""

    @property
    def fields(self) -> Iterator[Field]:
        """Yield every field."""
        for group in self.groups:
            yield from group.fields

    @property
    def own(self) -> Iterator[Field]:
        """Yield the fields that are entered here."""
        yield from (field for field in self.fields if not field.entered)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the tree: general information, a dimension, or a criterion at some depth."""

    code: str
    title: str
    depth: int
    kind: str
    most: Fraction | None = None


@dataclass(frozen=True)
class Layout:
    """All places of a report, and the tree that leads to them."""

    framework: Framework
    lang: str
    places: dict[str, Place]
    lines: tuple[Line, ...]
    personal: tuple[tuple[str, str], ...]

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The places one after the other, without headings that ask for nothing."""
        return tuple(code for code, place in self.places.items() if place.block is None or _asks(place))

    @cached_property
    def where(self) -> dict[str, str]:
        """The place at which each fact is entered."""
        return {field.fact: place.code for place in self.places.values() for field in place.own}

    @cached_property
    def fields(self) -> dict[str, Field]:
        """Every field by its fact, where it is entered."""
        return {field.fact: field for place in self.places.values() for field in place.own}

    @cached_property
    def serves(self) -> dict[str, tuple[str, ...]]:
        """The criteria whose points a fact touches, with those above them."""
        found: dict[str, dict[str, None]] = {}
        for code, criterion in self.framework.criteria.items():
            for one in asked(self.framework, criterion):
                found.setdefault(one.fact, {}).update(dict.fromkeys(self.up(code)))
        return {fact: tuple(codes) for fact, codes in found.items()}

    def up(self, code: str) -> Iterator[str]:
        """Yield a criterion and those above it, without the dimension."""
        while code in self.framework.criteria:
            yield code
            code = self.framework.parents[code]

    def beside(self, code: str) -> tuple[str, str]:
        """Return the places before and after one; "" at the ends. A heading stands before its first criterion."""
        order = list(self.order)
        if code in order:
            at = order.index(code)
            return order[at - 1] if at else "", order[at + 1] if at + 1 < len(order) else ""
        codes = list(self.places)
        at = codes.index(code)
        before = [one for one in codes[:at] if one in self.order]
        after = [one for one in codes[at:] if one in self.order]
        return before[-1] if before else "", after[0] if after else ""


def _asks(place: Place) -> bool:
    return any(True for _ in place.fields)


@once_each
def layout_of(framework: Framework, lang: str) -> Layout:
    """Return the places of a report of a framework."""
    asks = questionnaire(framework, lang)
    places = {}
    general = _general(framework, asks.general, asks.shared)
    if any(group.fields for group in general):
        places[GENERAL] = Place(GENERAL, "", general)
    entered_once = {field.fact for group in general for field in group.fields}
    for section in asks.sections:
        for block in section.blocks:
            criterion = block.criterion
            fields = tuple(_fields(framework, block, entered_once))
            explanation = "" if criterion.criteria else explanation_name(criterion.code)
            places[criterion.code] = Place(
                criterion.code, block.title, (Group("", fields),), block, section.dimension.code, explanation
            )
    personal = tuple((str(at), row.label) for at, row in enumerate(framework.general_information) if row.personal)
    return Layout(framework, lang, places, tuple(_lines(framework, places, lang)), personal)


def _general(framework: Framework, general: tuple[General, ...], shared: tuple[General, ...]) -> tuple[Group, ...]:
    known = all_asked(framework)
    informed = []
    for at, row in enumerate(general):
        name = general_name(at, framework.general_information[at])
        if not row.is_name and not row.personal:
            informed.append(_once(known[name], name, row))
    used = [_once(known[row.question.input], row.question.input, row) for row in shared if row.question is not None]
    return (Group("general", tuple(informed)), Group("shared", tuple(used)))


def _once(asked_: Asked, fact: str, row: General) -> Field:
    label = f"{row.no}. {row.label}" if row.no else row.label
    unit = row.question.unit if row.question is not None else ""
    about = tuple(one for one in (row.provider, row.note) if one)
    dated = row.question is not None and row.question.dated
    return Field(fact, asked_, label, unit, about=about, used_by=row.used_by, dated=dated)


def _fields(framework: Framework, block: Block, entered_once: set[str]) -> Iterator[Field]:
    for one, question in zip(asked(framework, block.criterion), block.questions, strict=True):
        entered = GENERAL if question.shown and one.fact in entered_once else ""
        yield _field(one, question, block.criterion, entered)


def _field(one: Asked, question: Question, criterion: Criterion, entered: str) -> Field:
    about = tuple(
        dict.fromkeys(part for part in ("; ".join(question.lead), "; ".join(question.support), question.due) if part)
    )
    return Field(
        one.fact,
        one,
        question.label or criterion.title,
        question.unit,
        question.letter,
        question.most,
        question.optional,
        entered,
        about,
        dated=question.dated,
    )


def _lines(framework: Framework, places: dict[str, Place], lang: str) -> Iterator[Line]:
    if GENERAL in places:
        yield Line(GENERAL, "", 0, "general")
    for dimension in framework.dimensions:
        title = dimension.title_in(lang)
        yield Line(dimension.code, title, 0, "dimension", dimension.max_points)
        for criterion in dimension.walk():
            depth = len(criterion.code.split("."))
            yield Line(criterion.code, criterion.title, min(depth, 4), "criterion", criterion.max_points)
