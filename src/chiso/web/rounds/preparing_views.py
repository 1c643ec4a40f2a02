"""The steps by which a round is prepared, one page each. Each keeps what was entered; one may go back and forth."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods

from chiso.web.audit.services import Actor
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Request, require
from chiso.web.people.models import Role
from chiso.web.rounds import groups, preparing, queries, steps
from chiso.web.rounds.forms import BasisForm, CalendarForm
from chiso.web.rounds.models import Round, Stage
from chiso.web.rounds.permissions import may_open_rounds, may_run
from chiso.web.rounds.phrases import REFUSED
from chiso.web.rounds.printed import deadlines_of
from chiso.web.rounds.services import RoundError
from chiso.web.units.queries import last_names

#: Units without people that the page lists; of more it says how many there are.
LISTED = 100


def run_by(request: Request, pk: int) -> Round:
    """Return a round that the person who asks runs, or refuse."""
    found = get_object_or_404(Round.objects.select_related("framework"), pk=pk)
    require(allowed=may_run(request.access, found))
    return found


def number_in(text: str) -> int | None:
    """Return the number that a form holds, a primary key for one; None where it holds none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def step_page(request: Request, round_: Round, here: str, told: dict[str, Any]) -> HttpResponse:
    """Show the page of a step, with the steps beside it while the round is prepared."""
    preparing_ = round_.stage == Stage.PREPARING
    frame = {
        "round": round_,
        "steps": steps.standings(round_, here) if preparing_ else [],
        "before": steps.before(round_, here) if preparing_ else None,
        "is_opened": round_.opened_at is not None,
    }
    return render(request, f"rounds/{here}.html", frame | told)


def onward(round_: Round, here: str) -> HttpResponse:
    """Go on: to the next step while the round is prepared, else back to its page."""
    if round_.stage != Stage.PREPARING:
        return redirect("round", round_.pk)
    return redirect(steps.after(round_, here).url, round_.pk)


@require_http_methods(["GET", "POST"])
@login_required
def new(request: Request) -> HttpResponse:
    """Begin to prepare a round."""
    require(allowed=may_open_rounds(request.access))
    assessors = last_names(request.access.units(Role.COORDINATOR))
    initial = {"year": timezone.localdate().year, "assessor": next(iter(assessors), None)}
    form = BasisForm(request.POST or None, assessors=assessors, initial=initial)
    if request.method == "POST" and "search" not in request.POST and form.is_valid():
        told = form.cleaned_data
        made = preparing.begin(**told, actor=Actor.of(request))
        return onward(made, "basis")
    return render(request, "rounds/basis.html", _basis(request, form, list(assessors)) | {"round": None, "steps": []})


@require_http_methods(["GET", "POST"])
@login_required
def basis(request: Request, pk: int) -> HttpResponse:
    """Change what a round in preparation is about."""
    round_ = run_by(request, pk)
    assessors = last_names([round_.assessor_id])
    initial = {name: getattr(round_, name) for name in ("title", "year", "framework", "assessor")}
    form = BasisForm(request.POST or None, assessors=assessors, initial=initial)
    if request.method == "POST" and "search" not in request.POST and form.is_valid():
        told = {name: form.cleaned_data[name] for name in ("title", "year", "framework")}
        try:
            return onward(preparing.set_basis(round_id=pk, **told, actor=Actor.of(request)), "basis")
        except RoundError as error:
            form.add_error(None, str(REFUSED[error.code]))
    return step_page(request, round_, "basis", _basis(request, form, list(assessors)))


def _basis(request: Request, form: BasisForm, assessors: list[int]) -> dict[str, Any]:
    words = request.POST.get("words", "").strip()[:100]
    chosen = form["framework"].value()
    return {
        "form": form,
        "offered": queries.offered(assessors, timezone.localdate(), words),
        "chosen": str(getattr(chosen, "pk", chosen) or ""),
        "words": words,
        "one_assessor": assessors[0] if len(assessors) == 1 else None,
        "shows_errors": "search" not in request.POST,
    }


@require_http_methods(["GET", "POST"])
@login_required
def calendar(request: Request, pk: int) -> HttpResponse:
    """Give a round its days, or change them with a reason."""
    round_ = run_by(request, pk)
    form = CalendarForm.of(round_, request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = form.cleaned_data.get("reason", "").strip()
        try:
            changed = preparing.set_calendar(
                round_id=pk, calendar=form.calendar(), reason=reason, actor=Actor.of(request)
            )
        except RoundError as error:
            form.add_error(None, str(REFUSED[error.code]))
        else:
            return onward(changed, "calendar")
    told = {
        "form": form,
        "days": CalendarForm.days_of(round_),
        "printed": deadlines_of(loaded(round_.framework, round_.readings), round_),
    }
    return step_page(request, round_, "calendar", told)


@require_http_methods(["GET", "POST"])
@login_required
def ranking_groups(request: Request, pk: int) -> HttpResponse:
    """Name the ranking groups of a round and say which are ranked."""
    round_ = run_by(request, pk)
    if request.method == "POST":
        try:
            groups.set_groups(round_id=pk, groups=_groups_told(request), actor=Actor.of(request))
        except RoundError as error:
            messages.error(request, str(REFUSED[error.code]))
            return redirect("round_groups", pk)
        return redirect("round_groups", pk) if "more" in request.POST else onward(round_, "groups")
    found = {
        "groups": groups.of_round(round_),
        "ungrouped": round_.participants.filter(group__isnull=True, part_of__isnull=True).count(),
        "parts": round_.participants.filter(part_of__isnull=False).count(),
    }
    return step_page(request, round_, "groups", found)


def _groups_told(request: Request) -> list[groups.Told]:
    """Return the groups that the form tells, in the order of its numbers; a line without a name is left out."""
    told = []
    for at, key in enumerate(request.POST.getlist("key")):
        name = request.POST.get(f"name-{key}", "").strip()[:120]
        place = number_in(request.POST.get(f"place-{key}", ""))
        if name:
            group = groups.Told(number_in(key), name, request.POST.get(f"ranked-{key}") == "1")
            told.append((at if place is None else place, group))
    return [one for _, one in sorted(told, key=lambda pair: pair[0])]


@require_GET
@login_required
def people(request: Request, pk: int) -> HttpResponse:
    """Show which units lack an officer or a head."""
    round_ = run_by(request, pk)
    lacking = queries.lacking_people(round_, max(round_.opens_on, timezone.localdate()))
    rows = round_.participants.filter(pk__in=lacking.either).select_related("unit").order_by("sorted_by")[:LISTED]
    told = {"lacking": lacking, "rows": rows, "members": round_.participants.count(), "next": steps.SUMMARY}
    return step_page(request, round_, "people", told)
