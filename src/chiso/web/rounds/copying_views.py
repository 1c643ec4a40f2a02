"""The page on which next year's round is made from this year's."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from chiso.web.audit.services import Actor
from chiso.web.formats import language
from chiso.web.frameworks.changes import changed
from chiso.web.jobs.services import start
from chiso.web.people.access import Request
from chiso.web.rounds import copying
from chiso.web.rounds.forms import CalendarForm, CopyForm
from chiso.web.rounds.preparing_views import run_by

#: Units of each sort that the page lists; of more it says how many there are.
LISTED = 100


@require_http_methods(["GET", "POST"])
@login_required
def copy(request: Request, pk: int) -> HttpResponse:
    """Show what next year's round would take over, and have it made."""
    round_ = run_by(request, pk)
    newest = copying.newest(round_.framework)
    versions = [round_.framework] if newest == round_.framework else [newest, round_.framework]
    initial = {"title": copying.title_after(round_), "framework": versions[0].pk, "with_new": True}
    form = CopyForm(request.POST or None, versions=versions, initial=initial)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        arguments = {"round": pk, **told, "framework": told["framework"].pk}
        return redirect("job", start(kind="rounds.copy", actor=Actor.of(request), arguments=arguments).pk)
    plan = copying.planned(round_)
    calendar = copying.calendar_after(round_)
    context = {
        "round": round_,
        "form": form,
        "versions": versions,
        "changes": len(changed(round_.framework, newest, language())) if len(versions) > 1 else 0,
        "readings_lost": len(round_.readings) - len(copying.readings_after(round_, newest)),
        "plan": plan,
        "listed": LISTED,
        "days": [
            (CalendarForm.base_fields[name].label, getattr(round_, name), getattr(calendar, name))
            for name in CalendarForm.days_of(round_)
            if getattr(round_, name)
        ],
        "already": round_.next.filter(year=round_.year + 1).order_by("pk").first(),
    }
    return render(request, "rounds/copy.html", context)
