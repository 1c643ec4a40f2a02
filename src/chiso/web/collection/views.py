"""The officer's workplace: a report place by place, with its tree and how the points arise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.collection import remarks
from chiso.web.collection.due_days import days_at
from chiso.web.collection.forms import RemarkForm, written_in
from chiso.web.collection.layout import GENERAL, Field, Place, layout_of
from chiso.web.collection.models import Remark, Report, ReportState, ValueStage
from chiso.web.collection.opening import found_report, opened
from chiso.web.collection.permissions import may_read, may_report, may_sign_off
from chiso.web.collection.queries import history, provided
from chiso.web.collection.script_words import script_words
from chiso.web.collection.services import ClosedError, Saved, SubmittedError, save_values
from chiso.web.collection.sheets import (
    Opened,
    explanation,
    fields_of,
    marks_in,
    remarks_at,
    returned_word,
    sum_of,
    with_outcome,
)
from chiso.web.collection.shown import shown_text
from chiso.web.collection.tree import tree
from chiso.web.formats import language
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Request, require
from chiso.web.rounds.models import Participant


@require_GET
@login_required
def of_participant(request: Request, participant_pk: int) -> HttpResponse:
    """Lead to the self-assessment of a participant, to a place of it; it is there as soon as somebody opens it."""
    participant = get_object_or_404(Participant.objects.select_related("round__framework"), pk=participant_pk)
    require(allowed=may_read(request.access, participant))
    report, _made = Report.objects.get_or_create(participant=participant, stage=ValueStage.SELF)
    code = request.GET.get("at", "")
    if code and code in layout_of(loaded(participant.round.framework, participant.round.readings), language()).places:
        return redirect("collection_place", report.pk, code)
    return redirect("collection_report", report.pk)


@require_GET
@login_required
def report(request: Request, pk: int) -> HttpResponse:
    """Lead to the first place that is not filled in yet; a head with something to sign is led to the page to read."""
    found = opened(found_report(pk), request.access, compare=False)
    participant = found.report.participant
    if found.report.state == ReportState.SUBMITTED and may_sign_off(request.access, participant):
        return redirect("collection_review", pk)
    return redirect("collection_place", pk, _first_open(found))


def _first_open(found: Opened) -> str:
    with found.live() as live:
        standing = marks_in(found, live)
    for code in found.layout.order:
        if code == GENERAL:
            fields = list(found.layout.places[code].own)
            if any(one.used_by and not found.values.get(one.fact, {"v": ""})["v"] for one in fields):
                return code
        elif standing[code].state in ("empty", "part", "bad"):
            return code
    return found.layout.order[0]


@require_http_methods(["GET", "POST"])
@login_required
def place(request: Request, pk: int, code: str) -> HttpResponse:
    """Show a place of a report, whole or as the part that changes; take in a plain form."""
    found = opened(found_report(pk), request.access)
    here = found.layout.places.get(code)
    if here is None:
        raise Http404
    if request.method == "GET":
        return _shown(request, found, here)
    require(allowed=may_report(request.access, found.report.participant))
    facts = [*(one.fact for one in here.own), *([here.explanation] if here.explanation else [])]
    written = written_in(request.POST, facts)
    try:
        saved = save_values(
            report_id=pk,
            framework=found.framework,
            written=written,
            actor=Actor.of(request),
            on_behalf=found.on_behalf,
        )
    except (ClosedError, SubmittedError):
        return _shown(request, opened(found_report(pk), request.access), here, status=409)
    if saved.refused or saved.conflicts:
        return _shown(request, opened(found_report(pk), request.access), here, (saved, written), status=422)
    wanted = request.POST.get("go", "")
    return redirect("collection_place", pk, wanted if wanted in found.layout.places else code)


def _shown(
    request: Request, found: Opened, here: Place, outcome: tuple[Saved, Any] | None = None, status: int = 200
) -> HttpResponse:
    part = request.headers.get("HX-Request") == "true" and "HX-History-Restore-Request" not in request.headers
    before, after = found.layout.beside(here.code)
    groups = fields_of(found, here)
    told: dict[str, Any] = {
        "opened": found,
        "report": found.report,
        "participant": found.report.participant,
        "place": here,
        "groups": with_outcome(found, groups, outcome) if outcome else groups,
        "before": before,
        "after": after,
        "remarks": remarks_at(found, here.code),
        "returned": returned_word(found.report),
        "due_day": days_at(found.framework, found.report.participant.round).get(here.code),
        "reason_cell": found.report.values.get(here.explanation, {}),
    }
    with found.live() as live:
        told["explanation"] = explanation(found, here, live)
        told["total"] = sum_of(found, live)
        if not part:
            told["says"] = script_words(found.layout.lang)
            told["tree"] = tree(found, marks_in(found, live), told["total"], here.code)
    template = "collection/part_place.html" if part else "collection/workplace.html"
    response = render(request, template, told, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["HX-Request"])
    return response


@require_GET
@login_required
def changes(request: Request, pk: int, code: str) -> HttpResponse:
    """Show who changed what at a place, and when; a part of the page."""
    found = opened(found_report(pk), request.access, compare=False)
    here = found.layout.places.get(code)
    if here is None:
        raise Http404
    fields = {one.fact: one for one in here.fields}
    facts = [*fields, *([here.explanation] if here.explanation else [])]
    told = {"changes": history(found.report, facts), "fields": fields, "shown": _words(found)}
    return render(request, "collection/part_history.html", told)


def _words(found: Opened) -> Callable[[Field, str], str]:
    return lambda field, text: shown_text(field.asked, text, found.layout.lang)


@require_POST
@login_required
def remark(request: Request, pk: int, code: str) -> HttpResponse:
    """Keep a remark on a place."""
    found = opened(found_report(pk), request.access, compare=False)
    if code not in found.layout.places:
        raise Http404
    form = RemarkForm(request.POST)
    supplied = provided(found.report)
    if form.is_valid() and form.objects_to_nothing(supplied):
        form.add_error("text", _("There is no supplied value to object to any more."))
    if form.is_valid():
        fact = form.cleaned_data["fact"]
        remarks.add_remark(
            participant=found.report.participant,
            code=code,
            text=form.cleaned_data["text"],
            kind=form.cleaned_data["kind"] or Remark.Kind.REMARK,
            fact=fact,
            value=supplied[fact]["v"] if fact in supplied else "",
            actor=Actor.of(request),
        )
    return _remarks(request, found, code, form)


@require_POST
@login_required
def settle(request: Request, pk: int, remark_pk: int) -> HttpResponse:
    """Mark a remark as settled."""
    found = opened(found_report(pk), request.access, compare=False)
    one = get_object_or_404(Remark, pk=remark_pk, participant=found.report.participant_id)
    remarks.settle_remark(remark=one, actor=Actor.of(request))
    return _remarks(request, found, one.code, RemarkForm())


def _remarks(request: Request, found: Opened, code: str, form: RemarkForm) -> HttpResponse:
    if request.headers.get("HX-Request") != "true":
        return redirect("collection_place", found.report.pk, code)
    told = {
        "report": found.report,
        "place": found.layout.places[code],
        "remarks": remarks_at(found, code),
        "remark_errors": form.errors.get("text", []) if form.is_bound else [],
    }
    return render(request, "collection/part_remarks.html", told)
