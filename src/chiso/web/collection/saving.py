"""Saving while one types: JSON in, JSON out. The pages work without it, as plain forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.request import RawPostDataException
from django.middleware.csrf import get_token
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chiso.framework.model import Framework
from chiso.scoring.values import Misread
from chiso.web.audit.services import Actor
from chiso.web.collection.answers import answer
from chiso.web.collection.asking import all_asked
from chiso.web.collection.cells import MOST_BESIDE, Cell, understood
from chiso.web.collection.models import Report
from chiso.web.collection.opening import found_report, opened, why_closed
from chiso.web.collection.permissions import may_report
from chiso.web.collection.queries import previous_of
from chiso.web.collection.services import (
    ClosedError,
    Saved,
    SubmittedError,
    Written,
    locked_report,
    write_values,
)
from chiso.web.incoming import UnreadableError, json_of, plain
from chiso.web.people.access import Request, require

#: Most cells that one save may hold; a whole report has fewer.
MOST_CELLS = 500

View = Callable[..., HttpResponse]


def signed_in(view: View) -> View:
    """Answer 401 to somebody whose session has ended: a script cannot follow to the page for signing in."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"error": "signed_out"}, status=401)
        return view(request, *args, **kwargs)

    return answered


@require_GET
@signed_in
def token(request: Request) -> HttpResponse:
    """Give a page that outlived its session a new token, and say who is signed in now."""
    return JsonResponse({"token": get_token(request), "person": request.user.pk}, headers={"Cache-Control": "no-store"})


@require_POST
@signed_in
def save(request: Request, pk: int) -> HttpResponse:
    """Keep values, and answer with what was understood and how the points stand."""
    try:
        with transaction.atomic():
            found = opened(_locked(pk), request.access, compare=False)
            require(allowed=may_report(request.access, found.report.participant))
            change, here, written = sent(request, MOST_CELLS)
            _check_known(found.framework, written)
            saved = write_values(
                report=found.report,
                framework=found.framework,
                written=written,
                actor=Actor.of(request),
                on_behalf=found.on_behalf,
                change=change,
            )
    except (ClosedError, SubmittedError):
        return JsonResponse({"error": "closed", "message": why_closed(found_report(pk))}, status=409)
    except UnreadableError:
        return JsonResponse({"error": "unreadable", "message": _("This save could not be read.")}, status=400)
    found.previous = previous_of(found.report.participant)
    return JsonResponse(answer(found, saved, written, here))


@require_POST
@signed_in
def preview(request: Request, pk: int) -> HttpResponse:
    """Answer as a save would, without keeping anything."""
    found = opened(found_report(pk), request.access, compare=False)
    require(allowed=may_report(request.access, found.report.participant))
    try:
        _change, here, written = sent(request, MOST_CELLS)
        _check_known(found.framework, written)
    except UnreadableError:
        return JsonResponse({"error": "unreadable", "message": _("This save could not be read.")}, status=400)
    saved, at = Saved(found.report.number), timezone.now().isoformat()
    for fact, one in written.items():
        text = understood(one.text, all_asked(found.framework)[fact])
        if isinstance(text, Misread):
            saved.refused[fact] = text
        else:
            kept = Cell(text, request.user.pk, at, one.seen, one.as_of, one.source, one.note).kept()
            found.report.values[fact] = kept
    found.previous = previous_of(found.report.participant)
    return JsonResponse(answer(found, saved, written, here))


def _locked(pk: int) -> Report:
    try:
        return locked_report(pk)
    except Report.DoesNotExist as error:
        raise Http404 from error


def _check_known(framework: Framework, written: Mapping[str, Written]) -> None:
    if written.keys() - all_asked(framework).keys():
        raise UnreadableError


def sent(request: HttpRequest, most: int) -> tuple[str, str, dict[str, Written]]:
    """Return the name of the change, the place where it was made, and what was written into which cells.

    Raises:
        UnreadableError: it is no save, or holds more than ``most`` cells.
    """
    try:
        told = json_of(request.body)
        cells = told["cells"]
        if not isinstance(cells, dict) or len(cells) > most:
            raise UnreadableError
        written = {name: _written(one) for name, one in cells.items()}
        change, here = (plain(str(told.get(name, "")))[:64] for name in ("change", "here"))
        return change, here, written
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError, RawPostDataException) as error:
        raise UnreadableError from error


def _written(one: Mapping[str, Any]) -> Written:
    beside = {name: plain(str(one.get(name, "")))[:MOST_BESIDE].strip() for name in ("as_of", "source", "note")}
    return Written(plain(str(one["text"])), int(one.get("seen", 0)), **beside)
