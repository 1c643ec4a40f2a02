"""Pages about units: the list of a day, one unit with its history, what acts do to units, import and export."""

from __future__ import annotations

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.formats import language
from chiso.web.jobs import services as jobs
from chiso.web.jobs.models import Job, JobState
from chiso.web.people.access import Request, require
from chiso.web.units import forms, queries, services
from chiso.web.units.effects import sentences
from chiso.web.units.models import Kind, Unit
from chiso.web.units.permissions import may_change_units, may_see_units, scope_of
from chiso.web.units.phrases import sentence
from chiso.web.units.registry import UnitsError
from chiso.web.uploads import too_large, too_large_words

PER_PAGE = 100


def _day(request: Request) -> tuple[dt.date, forms.AsOfForm]:
    """Return the day that the address asks for, today by default, and the form that asks for another."""
    form = forms.AsOfForm(
        request.GET if request.GET.get("day") else None, auto_id="%s", initial={"day": timezone.localdate()}
    )
    day = form.cleaned_data["day"] if form.is_valid() else None
    return day or timezone.localdate(), form


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


@require_GET
@login_required
def units(request: Request) -> HttpResponse:
    """List the units of a day: a level of the tree, or all that a search finds."""
    require(allowed=may_see_units(request.access))
    (day, form), search, kind = _day(request), request.GET.get("q", "").strip(), request.GET.get("kind", "")
    under, flat = _number(request.GET.get("under", "")), "flat" in request.GET
    wide = bool(search or kind or flat)
    found = queries.listed(day, search=search, kind=kind, parent=under, top=not wide and under is None)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    told = {"day": request.GET.get("day", ""), "q": search, "kind": kind, "under": under, "flat": "1" if flat else ""}
    context = {
        "day": day,
        "form": form,
        "search": search,
        "kind": kind,
        "kinds": Kind.choices,
        "flat": flat,
        "under": queries.on_day(day).filter(unit=under).first() if under is not None else None,
        "path": queries.above(day, under) if under is not None else [],
        "page": page,
        "rows": rows,
        "children": queries.child_counts(day, [row.unit_id for row in rows]),
        "parents": queries.names_on(day, {row.parent_id for row in rows if row.parent_id is not None}),
        "kept": urlencode({key: value for key, value in told.items() if value}),
        "may_change": may_change_units(request.access),
    }
    return render(request, "units/list.html", context)


@require_GET
@login_required
def unit(request: Request, pk: int) -> HttpResponse:
    """Show a unit: what it is and was, where it comes from and what became of it, and by which acts."""
    require(allowed=may_see_units(request.access))
    found = get_object_or_404(Unit, pk=pk)
    versions = list(found.versions.select_related("act").order_by("-valid_from"))
    today = timezone.localdate()
    before, after = queries.predecessors(pk), queries.successors(pk)
    others = {one.unit_id for one in before + after} | {one.via for one in before + after}
    others |= {version.parent_id for version in versions if version.parent_id is not None}
    context = {
        "unit": found,
        "now": versions[0],
        "versions": versions,
        "lasts": versions[0].valid_to is None or versions[0].valid_to >= today,
        "path": queries.above(versions[0].valid_to or today, pk),
        "children": queries.child_counts(versions[0].valid_to or today, [pk]).get(pk, 0),
        "predecessors": before,
        "successors": after,
        "names": queries.last_names(others),
        "may_change": may_change_units(request.access),
    }
    return render(request, "units/unit.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def create(request: Request) -> HttpResponse:
    """Record that an act creates a unit."""
    return _by_act(request, forms.CreateForm, _("New unit"), None)


@require_http_methods(["GET", "POST"])
@login_required
def merge(request: Request) -> HttpResponse:
    """Record that an act merges units."""
    return _by_act(request, forms.MergeForm, _("Merge units"), None)


@require_http_methods(["GET", "POST"])
@login_required
def change(request: Request, pk: int) -> HttpResponse:
    """Record that an act renames a unit, moves it, or changes its kind or code."""
    return _by_act(request, forms.ChangeForm, _("Change a unit"), pk)


@require_http_methods(["GET", "POST"])
@login_required
def split(request: Request, pk: int) -> HttpResponse:
    """Record that an act splits a unit."""
    return _by_act(request, forms.SplitForm, _("Split a unit"), pk)


@require_http_methods(["GET", "POST"])
@login_required
def end(request: Request, pk: int) -> HttpResponse:
    """Record that an act ends a unit."""
    return _by_act(request, forms.EndForm, _("End a unit"), pk)


def _by_act(request: Request, make: type[forms.ActForm], title: str, pk: int | None) -> HttpResponse:
    """Show the form of a change; then what follows from it; then record it."""
    require(allowed=may_change_units(request.access))
    version = queries.current(get_object_or_404(Unit, pk=pk)) if pk is not None else None
    context: dict[str, Any] = {"title": title, "version": version, "faults": [], "follows": None}
    if request.method == "GET":
        return render(request, "units/act.html", {**context, "form": make(version=version, initial=_initial(version))})
    form = make(request.POST, version=version)
    context["form"] = form
    if form.is_valid():
        told = {"change": form.change(), "on": form.cleaned_data["on"], "act": form.act()}
        scope = scope_of(request.access)
        try:
            if "confirmed" in request.POST:
                services.record_change(**told, actor=Actor.of(request), scope=scope)
                messages.success(request, _("It is recorded. The history of the units is kept."))
                return redirect("unit", pk) if pk is not None else redirect("units")
            registry, effects = services.previewed(**told, scope=scope)
            context["follows"] = list(sentences(registry, effects, language()))
        except UnitsError as error:
            context["faults"] = [sentence(fault.code, language(), **fault.data) for fault in error.faults]
    return render(request, "units/act.html", context)


def _initial(version: Any) -> dict[str, Any]:
    if version is None:
        return {}
    code = version.parent.code if version.parent is not None else ""
    return {"code": version.code, "name": version.name, "kind": version.kind, "parent": code}


@require_http_methods(["GET", "POST"])
@login_required
def import_(request: Request) -> HttpResponse:
    """Take a table of units in, and have it checked."""
    require(allowed=may_change_units(request.access))
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and too_large(request):
        form.errors["file"] = form.error_class([too_large_words()])
    elif request.method == "POST" and form.is_valid():
        job = jobs.start(kind="units.check", actor=Actor.of(request), source=form.cleaned_data["file"])
        return redirect("job", job.pk)
    return render(request, "units/import.html", {"form": form})


def _checked(request: Request, pk: int) -> Job:
    require(allowed=may_change_units(request.access))
    return get_object_or_404(Job, pk=pk, by=request.user.pk, kind="units.check", state=JobState.DONE)


@require_GET
@login_required
def import_checked(request: Request, pk: int) -> HttpResponse:
    """Show what a table would do, and what is wrong with it."""
    return render(request, "units/checked.html", {"job": _checked(request, pk)})


@require_POST
@login_required
def import_apply(request: Request, pk: int) -> HttpResponse:
    """Have a checked table applied."""
    arguments = {"check": _checked(request, pk).pk}
    job = jobs.start(kind="units.apply", actor=Actor.of(request), arguments=arguments)
    return redirect("job", job.pk)


@require_POST
@login_required
def export(request: Request) -> HttpResponse:
    """Have all units written into a workbook."""
    require(allowed=may_see_units(request.access))
    return redirect("job", jobs.start(kind="units.export", actor=Actor.of(request)).pk)
