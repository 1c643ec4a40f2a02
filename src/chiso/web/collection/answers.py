"""What a save or a look ahead answers: what was understood, how the points stand now, as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from chiso.framework.inputs import Asked
from chiso.web.collection.cells import NONE_OF_THESE, NOT_APPLICABLE, Cell
from chiso.web.collection.layout import GENERAL
from chiso.web.collection.live import Live
from chiso.web.collection.queries import names_of
from chiso.web.collection.services import Saved
from chiso.web.collection.sheets import Opened, doubt_about, explanation, marks_in, sum_of
from chiso.web.collection.shown import field_text, shown_text, why_refused


def answer(opened: Opened, saved: Saved, touched: Iterable[str], here: str) -> dict[str, Any]:
    """Return what became of values, and how the points stand with them."""
    facts = list(touched)
    fields = opened.layout.fields
    with opened.live() as live:
        return {
            "number": saved.number,
            "at": timezone.localtime().strftime("%H:%M"),
            "cells": {
                fact: cell(opened, fact, opened.report.values[fact]) for fact in facts if fact in opened.report.values
            },
            "refused": {fact: why_refused(misread, opened.layout.lang) for fact, misread in saved.refused.items()},
            "conflicts": _theirs(opened, saved.conflicts),
            "replaced": _theirs(opened, saved.replaced),
            "where": {fact: place_of(opened, fact) for fact in (*saved.refused, *saved.conflicts)},
            **_points(opened, live, [fact for fact in facts if fact in fields], here),
        }


def cell(opened: Opened, fact: str, kept: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a cell is shown now."""
    field = opened.layout.fields.get(fact)
    if field is None:
        return {"n": kept["n"]}
    lang, text = opened.layout.lang, kept["v"]
    doubted = doubt_about(opened, field, text, kept.get("note", ""), kept.get("as_of", ""))
    return {"n": kept["n"], "shown": shown_text(field.asked, text, lang), "doubt": doubted}


def place_of(opened: Opened, fact: str) -> str:
    """Return the place at which a fact is entered; an explanation stands at its criterion."""
    return opened.layout.where.get(fact) or fact.partition("#")[0]


def _theirs(opened: Opened, cells: Mapping[str, Cell]) -> dict[str, Any]:
    """Return what others have written, with who and when."""
    names = names_of(one.by for one in cells.values())
    lang, fields = opened.layout.lang, opened.layout.fields
    return {
        fact: theirs(fields[fact].asked if fact in fields else None, one, names.get(one.by, ""), lang)
        for fact, one in cells.items()
    }


def theirs(asked: Asked | None, one: Cell, by: str, lang: str) -> dict[str, Any]:
    """Return a cell that somebody else has written, as a page shows it beside one's own."""
    at = parse_datetime(one.at)
    return {
        "n": one.number,
        "text": field_text(asked, one.text, lang) if asked else one.text,
        "state": one.text if one.text in (NOT_APPLICABLE, NONE_OF_THESE) else "",
        "shown": shown_text(asked, one.text, lang) if asked else one.text,
        "note": one.note,
        "source": one.source,
        "as_of": one.as_of,
        "by": by,
        "at": timezone.localtime(at).strftime("%H:%M %d/%m/%Y") if at else "",
    }


def _points(opened: Opened, live: Live, facts: list[str], here: str) -> dict[str, Any]:
    """Return the lines of the tree that some facts touch, the sum, and how the points of one place arise."""
    layout = opened.layout
    codes = dict.fromkeys(code for fact in facts for code in layout.serves.get(fact, ()))
    total = sum_of(opened, live)
    place = layout.places.get(here)
    html = ""
    if place is not None and here != GENERAL:
        found = explanation(opened, place, live)
        html = render_to_string("collection/part_points.html", {"explanation": found})
    return {
        "marks": {
            code: {"state": mark.state, "words": mark.words, "points": mark.points}
            for code, mark in marks_in(opened, live, codes).items()
        },
        "parts": {part.code: [part.points, part.filled, part.needed] for part in total.parts},
        "total": {
            "points": total.points,
            "most": total.most,
            "level": total.level,
            "filled": total.filled,
            "needed": total.needed,
            "provisional": total.provisional,
        },
        "target": render_to_string("collection/part_target.html", {"total": total, "report": opened.report})
        if total.target
        else "",
        "here": here,
        "explanation": html,
    }
