"""The page of objections to what a provider supplied."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chiso.web.audit.services import Actor
from chiso.web.people.access import Request
from chiso.web.providers import objections as objections_
from chiso.web.providers.forms import AnswerForm
from chiso.web.providers.opening import Supplying, opened

#: Objections on one page.
ROWS = 30


@require_GET
@login_required
def objections(request: Request, pk: int) -> HttpResponse:
    """List what units object to."""
    return _shown(request, opened(pk, request.access))


@require_POST
@login_required
def answer(request: Request, pk: int, remark_pk: int) -> HttpResponse:
    """Answer an objection, or correct the figure, or both."""
    found = opened(pk, request.access)
    remark = get_object_or_404(objections_.listed(found), pk=remark_pk)
    form = AnswerForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, remark_pk, _("Write an answer, or correct the figure; nothing was sent."))
    value = form.corrected
    if value is not None and found.closed:
        return _shown(request, found, remark_pk, found.closed)
    try:
        objections_.answer(
            opened=found,
            remark=remark,
            text=form.cleaned_data["text"],
            value=value,
            seen=form.cleaned_data["seen"],
            actor=Actor.of(request),
        )
    except objections_.NotCorrectedError as error:
        changed = _("Somebody else has changed the figure meanwhile: look at it and answer again.")
        return _shown(request, found, remark_pk, str(error) or changed)
    messages.success(request, _("The unit sees your answer at the figure and settles its objection."))
    return redirect("supply_objections", pk)


def _shown(request: Request, found: Supplying, wrong_pk: int = 0, wrong: str = "") -> HttpResponse:
    page = Paginator(objections_.listed(found), ROWS).get_page(request.GET.get("page"))
    told: dict[str, Any] = {
        "opened": found,
        "round": found.round,
        "page": page,
        "objections": objections_.shown(found, list(page.object_list)),
        "wrong_pk": wrong_pk,
        "wrong": wrong,
        "written": request.POST if wrong else {},
    }
    return render(request, "providers/objections.html", told, status=422 if wrong else 200)
