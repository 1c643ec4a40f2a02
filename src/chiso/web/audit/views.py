"""The pages of the log: entries in words, the newest first; taking them along; checking every chain now."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from chiso.web.audit.forms import FORMATS, LogForm
from chiso.web.audit.listing import Wanted, found, seen
from chiso.web.audit.looks import note_look
from chiso.web.audit.models import Entry
from chiso.web.audit.permissions import may_check_log, may_see_log, scopes_of, sees_addresses
from chiso.web.audit.phrases import BROKEN
from chiso.web.audit.reading import told
from chiso.web.audit.services import Actor
from chiso.web.audit.strands import about, parsed, search
from chiso.web.audit.words import Thing, names_of
from chiso.web.jobs import services as jobs
from chiso.web.jobs.models import Job, JobState
from chiso.web.people.access import Request, require

#: Units among which one is chosen, where words fit several.
_CHOICES = 12


@require_GET
@login_required
def log(request: Request) -> HttpResponse:
    """List entries, the newest first; that somebody looked is an entry too."""
    require(allowed=may_see_log(request.access))
    form, wanted = _asked(request, request.GET)
    page = found(wanted, _before(request, wanted)) if wanted is not None else None
    if wanted is not None:
        note_look(wanted=wanted, actor=Actor.of(request))
    about_ = request.GET.get("about", "")
    context = {
        "form": form,
        "entries": told(page.entries) if page is not None else [],
        "page": page,
        "about": about_,
        "thing": _thing(about_) if about_ else None,
        "choices": _choices(wanted, request.GET),
        "kept": urlencode(_kept(request.GET)),
        "hidden": _kept(request.GET),
        "is_later_page": "before" in request.GET,
        "sees_addresses": sees_addresses(request.access),
        "may_check": may_check_log(request.access),
    }
    return render(request, "audit/log.html", context)


def _asked(request: Request, sent: QueryDict) -> tuple[LogForm, Wanted | None]:
    """Return the form of the filters and what they ask for; nothing while they cannot be understood."""
    scopes = scopes_of(request.access)
    form = LogForm(sent, scopes=scopes)
    names = tuple(one.name for one in scopes)
    thing = _checked(sent.get("about", "")[:80], names)
    if not form.is_valid():
        return form, None
    data = form.cleaned_data
    return form, Wanted(
        names,
        within=data["within"],
        about=thing,
        units=search("unit", data["unit"]) if data["unit"] else None,
        by=search("person", data["person"]) if data["person"] else None,
        action=data["action"],
        since=data["since"],
        until=data["until"],
    )


def _checked(thing: str, scopes: tuple[str, ...]) -> str:
    """Return the thing that entries should be about, unless it is of no concern to the person who asks."""
    if thing and not _concerns(thing, scopes):
        raise Http404
    return thing


def _concerns(thing: str, scopes: tuple[str, ...]) -> bool:
    """Say whether something concerns somebody; where only a part of a strand is seen, that part has to speak of it."""
    places = {part.scope for part in about(thing)}
    return not places or bool(places & set(scopes)) or bool(found(Wanted(scopes, about=thing), size=1).entries)


def _choices(wanted: Wanted | None, sent: QueryDict) -> list[tuple[str, str]]:
    """Return the units that the words of the filter fit, each with the address that asks for it alone."""
    keys = wanted.units[:_CHOICES] if wanted is not None and wanted.units else ()
    names = names_of([("unit", key) for key in keys])
    kept = {name: text for name, text in _kept(sent).items() if name != "unit"}
    return [
        (names.words("unit", key), urlencode({**kept, "about": f"unit:{key}"}))
        for key in keys
        if wanted is not None and _concerns(f"unit:{key}", wanted.scopes)
    ]


def _thing(name: str) -> Thing:
    pair = parsed(name)
    return names_of([pair]).thing(*pair)


def _before(request: Request, wanted: Wanted) -> Entry | None:
    """Return the entry before which the page begins."""
    key = request.GET.get("before", "")
    if not key:
        return None
    if not (key.isascii() and key.isdecimal() and len(key) < 19):
        raise Http404
    found_ = seen(int(key), wanted)
    if found_ is None:
        raise Http404
    return found_


def _kept(sent: QueryDict) -> dict[str, str]:
    names = ("within", "about", "since", "until", "unit", "person", "action")
    return {name: str(sent[name]) for name in names if sent.get(name)}


@require_POST
@login_required
def export(request: Request) -> HttpResponse:
    """Have the entries that the filters leave written into a file."""
    require(allowed=may_see_log(request.access))
    _form, wanted = _asked(request, request.POST)
    wish = request.POST.get("format", "")
    if wanted is None or wish not in FORMATS:
        raise Http404
    arguments: dict[str, Any] = {"wanted": wanted.told(), "format": wish}
    return redirect("job", jobs.start(kind="audit.export", actor=Actor.of(request), arguments=arguments).pk)


@require_POST
@login_required
def check(request: Request) -> HttpResponse:
    """Have every chain of the log computed anew."""
    require(allowed=may_check_log(request.access))
    return redirect("job", jobs.start(kind="audit.check", actor=Actor.of(request)).pk)


@require_GET
@login_required
def checked(request: Request, pk: int) -> HttpResponse:
    """Show what a check found."""
    require(allowed=may_check_log(request.access))
    job = get_object_or_404(Job, pk=pk, by=request.user.pk, kind="audit.check", state=JobState.DONE)
    found_ = job.result["breaks"]
    names = names_of({parsed(strand) for strand, _number, _code in found_})
    rows = [(names.words(*parsed(strand)), strand, number, BROKEN[code]) for strand, number, code in found_]
    return render(request, "audit/checked.html", {"job": job, "rows": rows})
