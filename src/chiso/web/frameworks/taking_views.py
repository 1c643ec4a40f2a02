"""How a framework comes in: its file is checked, what was found is shown, then it is taken; and how it is withdrawn."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.framework.faults import FrameworkError
from chiso.web.audit.services import Actor
from chiso.web.frameworks import queries, services
from chiso.web.frameworks.forms import MAX_FILE, FrameworkFileForm, WithdrawForm
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.permissions import may_add_frameworks, may_withdraw
from chiso.web.frameworks.phrases import SEVERITIES
from chiso.web.frameworks.tasks import text_of
from chiso.web.jobs.models import Job, JobState
from chiso.web.jobs.services import start
from chiso.web.people.access import Request, require
from chiso.web.units.models import Kind
from chiso.web.uploads import too_large


@require_http_methods(["GET", "POST"])
@login_required
def add(request: Request) -> HttpResponse:
    """Take a framework file in, and have it checked."""
    require(allowed=may_add_frameworks(request.access))
    form = FrameworkFileForm(request.POST, request.FILES) if request.method == "POST" else FrameworkFileForm()
    if too_large(request):
        form.add_error(None, _("The file was too large and was not read. Check that it is a framework file."))
    elif form.is_bound and form.is_valid():
        file = form.cleaned_data["file"]
        return redirect("job", start(kind="frameworks.check", actor=Actor.of(request), source=file).pk)
    return render(request, "frameworks/add.html", {"form": form, "limit": MAX_FILE})


@require_GET
@login_required
def checked(request: Request, pk: int) -> HttpResponse:
    """Show what is wrong with a file, or what it holds and what the linter finds in it."""
    told = {"job": _checked(request, pk), "severities": SEVERITIES, "kinds": dict(Kind.choices)}
    return render(request, "frameworks/checked.html", told)


@require_POST
@login_required
def take(request: Request, pk: int) -> HttpResponse:
    """Take a checked framework file."""
    job = _checked(request, pk)
    try:
        version = services.take_framework(text=text_of(job), actor=Actor.of(request))
    except (FrameworkError, services.VersionTakenError):
        messages.error(request, _("The file cannot be taken: see what the check says, mend it and check it again."))
        return redirect("framework_checked", pk)
    messages.success(request, _("The framework is there. Rounds can be prepared with it now."))
    return redirect("framework", version.pk)


@require_POST
@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraw a version: no new round is offered it."""
    _withdrawable(request, pk)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        services.withdraw(pk=pk, reason=form.cleaned_data["reason"], actor=Actor.of(request))
        messages.success(request, _("The version is withdrawn. Rounds that have it keep it."))
    else:
        messages.error(request, _("Give the reason; it stands in the log."))
    return redirect("framework", pk)


@require_POST
@login_required
def offer(request: Request, pk: int) -> HttpResponse:
    """Offer a withdrawn version again."""
    _withdrawable(request, pk)
    services.offer_again(pk=pk, actor=Actor.of(request))
    messages.success(request, _("New rounds can choose the version again."))
    return redirect("framework", pk)


def _withdrawable(request: Request, pk: int) -> FrameworkVersion:
    version = get_object_or_404(queries.versions(), pk=pk)
    require(allowed=may_withdraw(request.access, version))
    return version


def _checked(request: Request, pk: int) -> Job:
    require(allowed=may_add_frameworks(request.access))
    return get_object_or_404(Job, pk=pk, by=request.user.pk, kind="frameworks.check", state=JobState.DONE)
