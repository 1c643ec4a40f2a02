"""The page on which a unit registers the level it aims at."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chiso.framework.model import Framework
from chiso.framework.rules import Levels
from chiso.web.audit.services import Actor
from chiso.web.formats import language
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Request, require
from chiso.web.people.models import Role
from chiso.web.rounds import registration
from chiso.web.rounds.models import Participant
from chiso.web.rounds.permissions import may_confirm_level, may_register, may_run, may_see_participant
from chiso.web.rounds.phrases import REFUSED
from chiso.web.rounds.preparing_views import number_in
from chiso.web.rounds.services import RoundError


@require_http_methods(["GET", "POST"])
@login_required
def level(request: Request, pk: int) -> HttpResponse:
    """Show the levels and which one a unit has registered; register one, or confirm it as its head."""
    participant = get_object_or_404(Participant.objects.select_related("round__framework"), pk=pk)
    require(allowed=may_see_participant(request.access, participant))
    if request.method == "POST":
        require(allowed=may_register(request.access, participant))
        _decide(request, participant)
        return redirect("round_level", pk)
    if not registration.is_asked_of(participant):
        raise Http404
    framework = loaded(participant.round.framework, participant.round.readings)
    own = request.access.has(Role.OFFICER, Role.HEAD, unit_id=participant.unit_id)
    is_open = registration.is_open(participant, timezone.now())
    lang = language()
    told = {
        "participant": participant,
        "levels": [(one, one.name[lang], _asked_at(framework, one.number)) for one in framework.levels],
        "until": participant.round.registration_until,
        "is_open": is_open,
        "may_register": may_register(request.access, participant) and (is_open or not own),
        "may_confirm": may_confirm_level(request.access, participant) and is_open,
        "on_behalf": not own and may_run(request.access, participant.round),
    }
    return render(request, "rounds/level.html", told)


def _decide(request: Request, participant: Participant) -> None:
    """Do what the form asks, and say what came of it."""
    chosen = number_in(request.POST.get("level", ""))
    is_head = may_confirm_level(request.access, participant)
    own = request.access.has(Role.OFFICER, Role.HEAD, unit_id=participant.unit_id)
    actor = Actor.of(request)
    try:
        if request.POST.get("do") == "confirm":
            require(allowed=is_head)
            registration.confirm(participant_id=participant.pk, level=chosen or 0, actor=actor)
            messages.success(request, _("The level is confirmed."))
            return
        changed = registration.register(
            participant_id=participant.pk,
            level=chosen or 0,
            as_head=is_head,
            actor=actor,
            on_behalf=not own,
            reason=request.POST.get("reason", "").strip()[:1000],
        )
    except RoundError as error:
        messages.error(request, str(REFUSED[error.code]))
        return
    if changed.level_confirmed_at is None:
        messages.success(request, _("The level is entered. It counts as soon as the head has confirmed it."))
    else:
        messages.success(request, _("The level is registered."))


def _asked_at(framework: Framework, number: int) -> int:
    """Return how many criteria have a target at a level."""
    rules = [one.effective_rule for one in framework.criteria.values() if not one.criteria]
    return sum(isinstance(rule, Levels) and rule.targets.get(number) is not None for rule in rules)
