"""A report to be read before it is signed: every figure in printed order, where it comes from, what to look at twice.

The same is read of a report as it stands and of what a receipt has frozen.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from chiso.web import formats
from chiso.web.collection.agencies import supplier_names
from chiso.web.collection.cells import NONE_OF_THESE, NOT_APPLICABLE, Document
from chiso.web.collection.effective import Part
from chiso.web.collection.layout import GENERAL, Field, Layout, Place
from chiso.web.collection.live import Live
from chiso.web.collection.models import Receipt
from chiso.web.collection.queries import Previous, names_of, parts_behind, provided
from chiso.web.collection.sheets import Opened, later_words, marks_in
from chiso.web.collection.shown import doubt, points_text, shown_text
from chiso.web.collection.standing import Mark
from chiso.web.collection.sums import added
from chiso.web.evidence import queries as evidence
from chiso.web.evidence.models import Evidence
from chiso.workbook.words import explanation_name

#: What a reader may ask to see alone.
DIFFERING, DOUBTFUL = "differing", "doubtful"


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words, with last year's, who gave it, what stands beside it and why to look at it twice."""

    field: Field
    shown: str
    before: str
    differs: bool
    origin: str
    as_of: str
    source: str
    notes: tuple[str, ...]
    doubts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A criterion with its points and figures, or the general information.

    ``is_bare``: it claims points and has neither evidence nor an explanation.
    """

    code: str
    title: str
    depth: int
    points: str
    most: str
    before: str
    mark: Mark | None
    figures: tuple[Figure, ...]
    evidence: tuple[Evidence, ...] = ()
    explanation: str = ""
    is_bare: bool = False

    def has(self, only: str) -> bool:
        """Say whether there is something here of what alone is to be seen."""
        if only == DIFFERING:
            return any(one.differs for one in self.figures)
        in_trouble = self.mark is not None and self.mark.state in ("bad", "undecided") and bool(self.figures)
        return in_trouble or any(one.doubts for one in self.figures)


@dataclass(frozen=True, slots=True)
class Section:
    """A dimension, or the general information (without a code), as it is read."""

    code: str
    title: str
    places: tuple[Read, ...]
    points: str = ""
    most: str = ""

    def count(self, only: str) -> int:
        """Return at how many places there is something of a kind."""
        return sum(one.has(only) for one in self.places)


def narrowed(sections: Sequence[Section], only: str) -> list[Section]:
    """Return what alone is to be seen: criteria whole, of the general information the figures concerned."""
    if only not in (DIFFERING, DOUBTFUL):
        return list(sections)
    found = []
    for section in sections:
        places = [one for one in section.places if one.has(only)]
        if not section.code:
            places = [replace(one, figures=tuple(_concerned(one, only))) for one in places]
        if places:
            found.append(replace(section, places=tuple(places)))
    return found


def _concerned(place: Read, only: str) -> Iterator[Figure]:
    return (one for one in place.figures if (one.differs if only == DIFFERING else one.doubts))


@dataclass(frozen=True)
class _Source:
    """What is read. ``later``: what others have changed since it was submitted, in words."""

    layout: Layout
    values: Document
    marks: Mapping[str, Mark]
    evidence: Mapping[str, Sequence[Evidence]]
    own: Document = field(default_factory=dict)
    given: Document = field(default_factory=dict)
    parts: Sequence[Part] = ()
    previous: Previous = field(default_factory=Previous)
    later: Mapping[str, str] = field(default_factory=dict)
    names: Mapping[int | None, str] = field(default_factory=dict)
    bare: Collection[str] = ()
    dimensions: Mapping[str, tuple[str, str]] = field(default_factory=dict)


def report_read(
    opened: Opened,
    live: Live,
    dimensions: Mapping[str, tuple[str, str]],
    bare: Collection[str],
) -> list[Section]:
    """Return a report as it counts, one that is held as it was submitted: two queries.

    ``dimensions``: points and maximum of each. ``bare``: criteria without evidence and explanation. What others have
    changed since the submission is marked.
    """
    report, values, fields = opened.report, opened.values, opened.layout.fields
    return _sections(
        _Source(
            opened.layout,
            values,
            marks_in(opened, live),
            evidence.by_criterion(report.participant_id),
            report.values,
            provided(report),
            parts_behind(report),
            opened.previous,
            {fact: later_words(opened, fields[fact]) for fact in opened.later.values if fact in fields},
            names_of(cell.get("by") for cell in values.values()),
            bare,
            dimensions,
        )
    )


def receipt_read(receipt: Receipt, layout: Layout) -> list[Section]:
    """Return what a receipt has frozen: one query."""
    content = receipt.content
    frozen = {(one["code"], one["sha256"] or one["url"]) for one in content["evidence"]}
    put = evidence.by_criterion(receipt.report.participant_id, with_removed=True)
    documents = {code: [one for one in some if (code, one.blob_id or one.url) in frozen] for code, some in put.items()}
    result, framework, lang = content["result"], layout.framework, layout.lang
    dimensions = {
        one.code: (_points(result["dimensions"].get(one.code), layout), points_text(one.max_points, framework, lang))
        for one in framework.dimensions
        if not framework.is_maturity
    }
    return _sections(
        _Source(layout, content["values"], _frozen_marks(result, layout), documents, dimensions=dimensions)
    )


def _frozen_marks(result: Mapping[str, Any], layout: Layout) -> dict[str, Mark]:
    """Return the points of a result, or the highest level at which a criterion is met."""
    met = (result["level"] or {}).get("satisfied", {})
    return {
        code: Mark(
            "done", _("level %(level)s") % {"level": met[code][-1]} if met.get(code) else _points(amount, layout)
        )
        for code, amount in ((code, told["points"] and told["exact"]) for code, told in result["criteria"].items())
    }


def _points(exact: str | None, layout: Layout) -> str:
    return points_text(None if exact is None else Fraction(exact), layout.framework, layout.lang)


def _sections(of: _Source) -> list[Section]:
    places = of.layout.places
    found = []
    if GENERAL in places:
        found.append(Section("", _("General information"), (_read(of, places[GENERAL], 0),)))
    depths = {line.code: line.depth for line in of.layout.lines}
    for dimension in of.layout.framework.dimensions:
        title = dimension.title_in(of.layout.lang)
        read = tuple(_read(of, places[one.code], depths[one.code]) for one in dimension.walk())
        found.append(Section(dimension.code, title, read, *of.dimensions.get(dimension.code, ())))
    return found


def _read(of: _Source, place: Place, depth: int) -> Read:
    framework, lang, code = of.layout.framework, of.layout.lang, place.code
    criterion = place.block.criterion if place.block else None
    mark, last = of.marks.get(code), of.previous.points(code)
    return Read(
        "" if criterion is None else code,
        place.title,
        depth,
        mark.points if mark else "",
        points_text(criterion.max_points, framework, lang) if criterion else "",
        points_text(Fraction(last), framework, lang) if last and not framework.is_maturity else "",
        mark,
        tuple(_figure(of, one) for one in place.fields),
        tuple(of.evidence.get(code, ())),
        of.values.get(explanation_name(code), {}).get("v", ""),
        code in of.bare,
    )


def _figure(of: _Source, one: Field) -> Figure:
    cell: Mapping[str, Any] = of.values.get(one.fact, {})
    text, last = cell.get("v", ""), of.previous.text(one.fact)
    own = of.own.get(one.fact, {})
    notes = tuple(dict.fromkeys(note for note in (cell.get("note"), own.get("note")) if note))
    # What is missing is listed as such; last year's sum over parts is not kept: that it differs cannot be said.
    comparable = bool(text) and of.previous.values is not None and bool(last or cell.get("from") != "parts")
    return Figure(
        one,
        shown_text(one.asked, text, of.layout.lang),
        shown_text(one.asked, last, of.layout.lang),
        comparable and text != last,
        _origin(of, one.fact, cell),
        formats.stated_day(cell.get("as_of", "")),
        cell.get("source", ""),
        notes,
        tuple(_doubts(of, one, cell, notes)),
    )


def _origin(of: _Source, fact: str, cell: Mapping[str, Any]) -> str:
    """Say who gave a figure, and when."""
    if not cell.get("v"):
        return ""
    if cell.get("from") == "parts":
        return _("added up from other units")
    at = parse_datetime(cell.get("at") or "")
    who = {"who": of.names.get(cell.get("by"), ""), "time": formats.time(at)}
    if cell.get("from") == "provider":
        agency = "; ".join(supplier_names(of.layout.framework).get(fact, ()))
        words = _("supplied by %(agency)s") % {"agency": agency}
        return f"{words} ({who['who']}, {who['time']})" if who["who"] else words
    return _("entered by %(who)s, %(time)s") % who if who["who"] else _("the unit's own figure")


def _doubts(of: _Source, one: Field, cell: Mapping[str, Any], notes: Sequence[str]) -> Iterator[str]:
    """Say why a figure should be looked at twice; with a note too, since the reader judges the note."""
    lang, fact, text = of.layout.lang, one.fact, cell.get("v", "")
    if text in (NOT_APPLICABLE, NONE_OF_THESE) and not notes and cell.get("from") != "parts":
        yield _("No reason is given.")
    sentence = doubt(of.layout.framework, one.asked, text, of.previous.text(fact), lang)
    if sentence:
        yield sentence
    given = of.given.get(fact)
    if given and text and "from" not in cell and given["v"] != text:
        told = {
            "agency": "; ".join(supplier_names(of.layout.framework).get(fact, ())),
            "value": shown_text(one.asked, given["v"], lang),
        }
        yield _("%(agency)s supplied another figure: %(value)s.") % told
    whole = added(of.layout.framework, one.asked, of.parts, lang)
    shown = shown_text(one.asked, text, lang)
    if whole and whole.is_complete and text and whole.shown != shown and fact not in of.later:
        yield _("The units it adds up from report another figure: %(value)s.") % {"value": whole.shown}
    if fact in of.later:
        yield of.later[fact]
