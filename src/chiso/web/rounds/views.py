"""Rounds: the list, a new one, moving it, late entry."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.people.access import Request, require
from chiso.web.people.models import Role
from chiso.web.rounds import services
from chiso.web.rounds.forms import LateForm, RoundForm, StageForm
from chiso.web.rounds.models import Participant, Round, Stage
from chiso.web.rounds.permissions import may_open_rounds, may_run
from chiso.web.rounds.phrases import REFUSED
from chiso.web.units.models import Kind
from chiso.web.units.queries import last_names


@require_GET
@login_required
def rounds(request: Request) -> HttpResponse:
    """List the rounds that one runs."""
    require(allowed=may_open_rounds(request.access))
    mine = Round.objects.filter(assessor__in=request.access.units(Role.COORDINATOR)).select_related("framework")
    return render(request, "rounds/list.html", {"rounds": mine})


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    """Prepare a new round."""
    require(allowed=may_open_rounds(request.access))
    assessors = last_names(request.access.units(Role.COORDINATOR))
    initial = {
        "year": timezone.localdate().year,
        "opens_on": timezone.localdate(),
        "assessor": next(iter(assessors), None),
    }
    form = RoundForm(request.POST or None, assessors=assessors, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            made = services.open_round(
                title=told["title"],
                year=told["year"],
                framework=told["framework"],
                assessor=told["assessor"],
                calendar=form.calendar(),
                kinds=[Kind(kind) for kind in told["kinds"]],
                actor=Actor.of(request),
            )
        except services.RoundError as error:
            form.add_error(None, str(REFUSED[error.code]))
        else:
            messages.success(request, _("The round is prepared. Open it when everything is in its place."))
            return redirect("round_board", made.pk)
    return render(request, "rounds/new.html", {"form": form})


@require_POST
@login_required
def move(request: Request, pk: int) -> HttpResponse:
    """Move a round to another stage."""
    round_ = get_object_or_404(Round, pk=pk)
    require(allowed=may_run(request.access, round_))
    form = StageForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            services.move(round_id=pk, to=Stage(told["to"]), reason=told["reason"].strip(), actor=Actor.of(request))
        except services.RoundError as error:
            messages.error(request, str(REFUSED[error.code]))
    return redirect("round_board", pk)


@require_POST
@login_required
def late(request: Request, pk: int) -> HttpResponse:
    """Let a participant report late."""
    participant = get_object_or_404(Participant.objects.select_related("round"), pk=pk)
    require(allowed=may_run(request.access, participant.round))
    form = LateForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give a moment and a reason."))
        return redirect("round_board", participant.round_id)
    told = form.cleaned_data
    try:
        services.allow_late(
            participant=participant, until=told["until"], reason=told["reason"].strip(), actor=Actor.of(request)
        )
    except services.RoundError as error:
        messages.error(request, str(REFUSED[error.code]))
    return redirect("round_board", participant.round_id)
