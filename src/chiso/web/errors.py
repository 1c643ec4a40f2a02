"""The pages that say no, and those that say what keeps the application from its work; scripts get the same as JSON.

A page that stands alone needs no database: neither who asks nor what they may do is looked up for it.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from chiso.web import formats, uploads
from chiso.web.language import language_of
from chiso.web.outages import Outage, outage_of

#: After so many seconds it is worth trying again: databases are back soon, room has to be made by somebody.
RETRY_AFTER = {Outage.DATABASE: 5, Outage.STORE: 60, Outage.ROOM: 60}
STATUS = {Outage.DATABASE: 503, Outage.STORE: 503, Outage.ROOM: 507}


@dataclass(frozen=True, slots=True)
class Words:
    """What a page says: its title, what happened and what is kept, what to do."""

    title: str
    happened: str
    do: str


def broken(request: HttpRequest) -> HttpResponse:
    """Say that something keeps the application from its work, or that it has a fault."""
    error = sys.exc_info()[1]  # Django calls this while it handles the error, and hands over nothing
    outage = outage_of(error) if error is not None else None
    with translation.override(language_of(request)):
        if outage is None:
            return _alone(request, 500, "fault", _fault())
        response = _alone(request, STATUS[outage], outage, _LACKING[outage]())
        response.headers["Retry-After"] = str(RETRY_AFTER[outage])
        return response


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that what arrived was too much, or could not be read; nothing was changed."""
    with translation.override(language_of(request)):
        if isinstance(exception, (RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent)):
            return _alone(request, 413, "large", _too_much())
        return _alone(request, 400, "unreadable", _unreadable())


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Say that a form was too old or came from elsewhere; nothing was changed."""
    words = Words(
        _("This form has expired"),
        _("Nothing was changed."),
        _("Go back, load the page again and send the form once more."),
    )
    return _for_script(request, 403, "csrf", words) or _framed(request, 403, words)


def denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that a page is not for this person."""
    words = Words(
        _("This page is not for you"),
        _("You are signed in, but your roles do not open this page."),
        _("Ask the coordinator of your round if you need it."),
    )
    return _for_script(request, 403, "denied", words) or _framed(request, 403, words)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is no such page."""
    words = Words(
        _("There is no such page"),
        _("The address may be mistyped, or what stood here belongs to another round."),
        _("Go back to the first page."),
    )
    return _for_script(request, 404, "not_found", words) or _framed(request, 404, words)


def lost_file(request: HttpRequest, record: str) -> HttpResponse:
    """Say that a file is not where it was kept; the record of it is, at an address."""
    words = Words(
        _("The file is no longer in its store"),
        _("What is recorded of the document is kept, its file cannot be found."),
        _("Tell the system operator, who can put it back from a copy, or send the same file once more."),
    )
    return _for_script(request, 404, "lost_file", words) or _framed(request, 404, words, record)


def _framed(request: HttpRequest, status: int, words: Words, back: str = "") -> HttpResponse:
    """Return a page within the frame of all pages: who asks finds the navigation, and the way ``back``."""
    return render(request, "errors/framed.html", {"words": words, "back": back}, status=status)


def _alone(request: HttpRequest, status: int, code: str, words: Words) -> HttpResponse:
    told = _for_script(request, status, code, words)
    if told is not None:
        return told
    again = request.get_full_path() if request.method == "GET" and status >= 500 else ""
    shown = {"words": words, "again": again, "back": "" if again else _sent_from(request)}
    return HttpResponse(render_to_string("errors/alone.html", shown), status=status)


def _sent_from(request: HttpRequest) -> str:
    """Return the page of ours from which something was sent, as far as the browser tells."""
    found = urlsplit(request.headers.get("Referer", ""))
    if not found.netloc or found.netloc != request.headers.get("Host", ""):
        return ""
    return urlunsplit(("", "", "/" + found.path.lstrip("/"), found.query, ""))


def _for_script(request: HttpRequest, status: int, code: str, words: Words) -> HttpResponse | None:
    """Return the answer to a script, which says it on the page where it runs; None for whoever reads pages."""
    asks = request.get_preferred_type(["text/html", "application/json"]) == "application/json"
    if not asks and request.headers.get("HX-Request") != "true":
        return None
    told = {"error": code, "message": words.title, "do": f"{words.happened} {words.do}"}
    return JsonResponse(told, status=status)


def _no_database() -> Words:
    return Words(
        _("The database cannot be reached at the moment"),
        _("What was saved before is kept. What was just sent may not have been saved."),
        _(
            "Wait a minute, then go back and send it once more. If it lasts for more than a few minutes, tell the "
            "system operator."
        ),
    )


def _no_room() -> Words:
    return Words(
        _("There is no room left on the server"),
        _("What was saved before is kept. What was just sent was not saved."),
        _("Tell the system operator, who has to make room first; then go back and send it once more."),
    )


def _no_store() -> Words:
    return Words(
        _("The store of files cannot be reached at the moment"),
        _("What was saved before is kept. A file that was just sent was not saved; send it once more later."),
        _("Everything but files works. If it lasts for more than a few minutes, tell the system operator."),
    )


_LACKING = {Outage.DATABASE: _no_database, Outage.STORE: _no_store, Outage.ROOM: _no_room}


def _fault() -> Words:
    told = {"time": timezone.localtime().strftime("%d/%m/%Y %H:%M:%S")}
    return Words(
        _("Something went wrong in the program"),
        _("The fault was recorded. What was saved before is kept; what was just sent may not have been saved."),
        _("Go back and try once more. If it happens again, tell the system operator this time: %(time)s.") % told,
    )


def _too_much() -> Words:
    told = {
        "files": formats.filesize(uploads.limit()),
        "form": formats.filesize(settings.DATA_UPLOAD_MAX_MEMORY_SIZE),
    }
    return Words(
        _("Too much was sent at once"),
        _("Nothing was changed. Files may have %(files)s together, everything else in a form %(form)s.") % told,
        _("Go back and make the file smaller, for example by scanning at 200 dpi, or divide it."),
    )


def _unreadable() -> Words:
    return Words(
        _("What was sent could not be read"),
        _("Nothing was changed. It arrived incomplete, or it is not what this page sends."),
        _("Go back, load the page again and send it once more."),
    )
