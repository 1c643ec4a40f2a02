"""Pages about people: who holds which role for which unit, units without people, one person, how to reach them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chiso.web.audit.services import Actor
from chiso.web.people import directory, person, services
from chiso.web.people.access import Request, require
from chiso.web.people.directory import Filter, Shown, UnitFilter
from chiso.web.people.models import Assignment, Role, User
from chiso.web.people.permissions import managed_units, may_manage_people, may_see_contacts, may_see_people
from chiso.web.units import choosing
from chiso.web.units.queries import last_names, names_on

PER_PAGE = 100


@require_GET
@login_required
def people(request: Request) -> HttpResponse:
    """List who holds which role; names only, for those who manage people with a page for each."""
    require(allowed=may_see_people(request.access))
    wanted, unit, fault = _wanted(request)
    page = Paginator(directory.roles_held(request.access, wanted), PER_PAGE).get_page(request.GET.get("page"))
    rows: list[Assignment] = list(page.object_list)
    told = {name: request.GET.get(name, "") for name in ("q", "unit", "below", "role", "shown")}
    context = {
        "page": page,
        "rows": rows,
        "units": last_names({row.unit_id for row in rows if row.unit_id is not None}),
        "told": told,
        "unit": unit,
        "fault": fault,
        "roles": Role.choices,
        "shown": wanted.shown,
        "states": Shown.choices,
        "today": timezone.localdate(),
        "manages": may_manage_people(request.access),
        "kept": urlencode({name: value for name, value in told.items() if value}),
    }
    return render(request, "people/list.html", context)


def _wanted(request: Request) -> tuple[Filter, str, str]:
    """Return what the address asks for, the unit in words, and what is wrong with the unit that was typed."""
    text = request.GET.get("unit", "").strip()
    unit, words, fault = None, text, ""
    if text:
        try:
            found = choosing.find(timezone.localdate(), text, None)
            unit, words = found.unit_id, choosing.words(found)
        except ValidationError as error:
            fault = " ".join(error.messages)
    shown = request.GET.get("shown", "")
    wanted = Filter(
        search=request.GET.get("q", "")[:120],
        unit=unit,
        below="below" in request.GET,
        role=request.GET.get("role", ""),
        shown=Shown(shown) if shown in Shown.values else Shown.NOW,
    )
    return wanted, words, fault


@require_GET
@login_required
def units(request: Request) -> HttpResponse:
    """List the units one looks after, with their officers and heads; those without stand out."""
    require(allowed=may_manage_people(request.access))
    told = {name: request.GET.get(name, "") for name in ("q", "lacks", "reporting")}
    wanted = UnitFilter(told["q"].strip()[:120], told["lacks"], bool(told["reporting"]))
    found = directory.staffed_units(managed_units(request.access), wanted)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    keys = [row.unit_id for row in rows]
    context = {
        "page": page,
        "rows": rows,
        "words": {row.unit_id: choosing.words(row) for row in rows},
        "staff": directory.staff_of(keys),
        "waiting": directory.waiting_of(keys),
        "parents": names_on(timezone.localdate(), {row.parent_id for row in rows if row.parent_id is not None}),
        "told": told,
        "kept": urlencode({name: value for name, value in told.items() if value}),
    }
    return render(request, "people/units.html", context)


@require_GET
@login_required
def one(request: Request, pk: int) -> HttpResponse:
    """Show somebody and their roles, without contact data."""
    return render(request, "people/person.html", shown_person(request, pk))


@require_GET
@login_required
def contacts(request: Request, pk: int) -> HttpResponse:
    """Show how to reach somebody; each view is logged."""
    context = shown_person(request, pk)
    require(allowed=may_see_contacts(request.access))
    services.log_contacts(actor=Actor.of(request), account=pk)
    return render(request, "people/person.html", {**context, "contacts": True})


def managed_person(request: Request, pk: int) -> User:
    """Return somebody with a role for a unit that one manages; of others nobody is told that there are any."""
    require(allowed=may_manage_people(request.access))
    found = get_object_or_404(User, pk=pk)
    if not directory.is_managed(managed_units(request.access), pk):
        raise Http404
    return found


def shown_person(request: Request, pk: int) -> dict[str, Any]:
    """Return what the page of somebody shows."""
    found = managed_person(request, pk)
    return {"person": found, "contacts": False, **person.about(found, request.access)}
