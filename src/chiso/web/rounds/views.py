"""Rounds: the list, one round at a look, moving it, late entry, giving one up."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Max
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.scoring.outside import outside_values
from chiso.web.audit.services import Actor
from chiso.web.formats import time
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Request, require
from chiso.web.people.models import Role
from chiso.web.rounds import groups, preparing, services
from chiso.web.rounds.checks import Check, checks
from chiso.web.rounds.forms import CalendarForm, LateForm, StageForm
from chiso.web.rounds.models import Participant, Round, Stage
from chiso.web.rounds.permissions import may_open_rounds, may_run, may_see_round
from chiso.web.rounds.phrases import REFUSED, SEEN_TO, sentence
from chiso.web.rounds.queries import with_framework
from chiso.web.rounds.steps import STEPS, Step, standings
from chiso.web.units.queries import last_names


@require_GET
@login_required
def rounds(request: Request) -> HttpResponse:
    """List the rounds that one runs."""
    require(allowed=may_open_rounds(request.access))
    mine = with_framework().filter(assessor__in=request.access.units(Role.COORDINATOR))
    return render(request, "rounds/list.html", {"rounds": mine})


@require_GET
@login_required
def round_page(request: Request, pk: int) -> HttpResponse:
    """Show a round at one look; while it is prepared, this is the summary before it is opened."""
    found = get_object_or_404(Round.objects.select_related("framework", "previous"), pk=pk)
    require(allowed=may_see_round(request.access, found))
    here = services.ORDER.index(Stage(found.stage))
    following = services.ORDER[here + 1] if here + 1 < len(services.ORDER) else None
    framework = loaded(found.framework, found.readings)
    told = {
        "round": found,
        "framework": framework,
        "outside_asked": len(list(outside_values(framework))),
        "outside_given": sum(len(facts) for facts in found.references.values()),
        "children": found.children.all(),
        "assessor": last_names([found.assessor_id])[found.assessor_id],
        "steps": standings(found, "summary") if found.stage == Stage.PREPARING else [],
        "groups": groups.of_round(found),
        "parts": found.participants.filter(part_of__isnull=False).count(),
        "withdrawn": Participant.everyone.filter(round=found, withdrawn_at__isnull=False).order_by("sorted_by"),
        "days": [(CalendarForm.base_fields[name].label, getattr(found, name)) for name in CalendarForm.days_of(found)],
        "stages": [(stage, at < here, at == here) for at, stage in enumerate(services.ORDER)],
        # Publishing is the act of a decision, with a page of its own.
        "following": following if following != Stage.PUBLISHED else None,
        "preceding": services.ORDER[here - 1] if here and found.stage != Stage.PUBLISHED else None,
        "checks": [(one, sentence(one), _step_of(one)) for one in checks(found, following)] if following else [],
        "may_run": may_run(request.access, found),
    }
    return render(request, "rounds/round.html", told)


def _step_of(check: Check) -> Step | None:
    """Return the step on whose page something to know is seen to, for whoever runs the round."""
    return next((step for step in STEPS if step.id == SEEN_TO.get(check.code)), None)


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
        else:
            messages.success(request, _("The round is now: %(stage)s.") % {"stage": Stage(told["to"]).label})
    return redirect("round", pk)


@require_http_methods(["GET", "POST"])
@login_required
def late(request: Request, pk: int) -> HttpResponse:
    """Let a participant report late."""
    participant = get_object_or_404(Participant.objects.select_related("round"), pk=pk)
    require(allowed=may_run(request.access, participant.round))
    form = LateForm(request.POST or None)
    if form.is_valid():
        until, reason = form.cleaned_data["until"], form.cleaned_data["reason"].strip()
        try:
            services.allow_late(participant=participant, until=until, reason=reason, actor=Actor.of(request))
        except services.RoundError as error:
            form.add_error(None, str(REFUSED[error.code]))
        else:
            allowed = {"name": participant.name, "time": time(until)}
            messages.success(request, _("%(name)s may report until %(time)s.") % allowed)
            return redirect("round_board", participant.round_id)
    until = participant.extensions.aggregate(last=Max("until"))["last"]
    told = {"participant": participant, "form": form, "until": until}
    return render(request, "rounds/late.html", told)


@require_POST
@login_required
def discard(request: Request, pk: int) -> HttpResponse:
    """Give up a round that was never opened."""
    round_ = get_object_or_404(Round, pk=pk)
    require(allowed=may_run(request.access, round_))
    try:
        preparing.discard(round_id=pk, actor=Actor.of(request))
    except services.RoundError as error:
        messages.error(request, str(REFUSED[error.code]))
        return redirect("round", pk)
    messages.success(request, _("The round was given up. The log keeps that it was prepared."))
    return redirect("rounds")
