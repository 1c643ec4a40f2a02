"""Saving a grid while one types: JSON in, JSON out, as ``collection.saving`` does. The page works without it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from chiso.web.audit.services import Actor
from chiso.web.collection.answers import theirs
from chiso.web.collection.cells import Cell
from chiso.web.collection.queries import names_of
from chiso.web.collection.saving import sent, signed_in
from chiso.web.collection.services import Written
from chiso.web.collection.shown import doubt, shown_text
from chiso.web.collection.supplying import NotSuppliedError
from chiso.web.incoming import UnreadableError
from chiso.web.people.access import Request
from chiso.web.providers.forms import key_of
from chiso.web.providers.grid import held_among, last_year, square_key
from chiso.web.providers.opening import Supplying, opened
from chiso.web.providers.reading import entry_text
from chiso.web.providers.services import Key, Taken, take
from chiso.web.rounds.models import Participant

#: Most cells that one save may hold: a page full of them.
MOST_CELLS = 1200


@require_POST
@signed_in
def save(request: Request, pk: int) -> HttpResponse:
    """Keep figures of any units of a round, and answer what became of each cell."""
    found = opened(pk, request.access)
    if found.closed:
        return JsonResponse({"error": "closed", "message": found.closed}, status=409)
    try:
        change, _here, cells = sent(request, MOST_CELLS)
        taken = take(opened=found, written=_keyed(cells), actor=Actor.of(request), change=change)
    except (UnreadableError, NotSuppliedError):
        return JsonResponse({"error": "unreadable", "message": _("This save could not be read.")}, status=400)
    return JsonResponse(_answer(found, taken))


def _keyed(cells: dict[str, Written]) -> dict[Key, Written]:
    keyed = {key: one for name, one in cells.items() if (key := key_of(name)) is not None}
    if len(keyed) != len(cells):
        raise UnreadableError
    return keyed


def _answer(found: Supplying, taken: Taken) -> dict[str, Any]:
    others = taken.conflicts | taken.replaced
    names = names_of(one.by for one in others.values())
    before = _before(found, {participant for participant, _fact in taken.kept})

    def told(key: Key, cell: Cell) -> dict[str, Any]:
        asked, lang = found.figures[key[1]], found.lang
        shown = theirs(asked, cell, names.get(cell.by, ""), lang)
        return {**shown, "text": entry_text(asked, cell, lang), "state": ""}

    def mine(key: Key, cell: Cell) -> dict[str, Any]:
        asked, lang = found.figures[key[1]], found.lang
        doubted = "" if cell.note else doubt(found.framework, asked, cell.text, before.get(key, ""), lang)
        told = {"n": cell.number, "text": entry_text(asked, cell, lang), "shown": shown_text(asked, cell.text, lang)}
        return {**told, "doubt": doubted, "note": cell.note, "source": cell.source, "as_of": cell.as_of}

    return {
        "number": {square_key(*key): number for key, number in taken.numbers.items()},
        "at": timezone.localtime().strftime("%H:%M"),
        "held": {str(pk): words for pk, words in held_among({pk for pk, _fact in taken.kept}).items()},
        "cells": {square_key(*key): mine(key, cell) for key, cell in taken.kept.items()},
        "refused": {square_key(*key): words for key, words in taken.refused.items()},
        "conflicts": {square_key(*key): told(key, cell) for key, cell in taken.conflicts.items()},
        "replaced": {square_key(*key): told(key, cell) for key, cell in taken.replaced.items()},
    }


def _before(found: Supplying, participants: set[int]) -> dict[Key, str]:
    """Return last year's figures of some participants; no query where there was no round before."""
    if found.round.previous_id is None:
        return {}
    units = dict(Participant.objects.filter(pk__in=participants).values_list("pk", "unit"))
    values = last_year(found.round, set(units.values()))
    return {
        (pk, fact): values[unit][fact]["v"]
        for pk, unit in units.items()
        if unit in values
        for fact in found.figures
        if fact in values[unit]
    }
