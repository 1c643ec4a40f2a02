"""The provider's Excel file: down with what is there, and up with a preview before anything changes."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.jobs.models import Job, JobState
from chiso.web.jobs.services import start
from chiso.web.people.access import Request
from chiso.web.providers.opening import Supplying, opened
from chiso.web.providers.tasks import file_of
from chiso.web.uploads import too_large

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: For more units the file is written in the background.
AT_ONCE = 500

#: Ten thousand units with a hundred figures are less; in bytes.
MAX_FILE = 40 * 1024 * 1024


@require_http_methods(["GET", "POST"])
@login_required
def excel(request: Request, pk: int) -> HttpResponse:
    """Show how figures are supplied with Excel; take a file in and have it checked."""
    found = opened(pk, request.access)
    if request.method == "GET":
        return _shown(request, found)
    file = request.FILES.get("file")
    if found.closed:
        return _shown(request, found, found.closed)
    if too_large(request) or (file is not None and (file.size or 0) > MAX_FILE):
        return _shown(request, found, _("The file is larger than such a file can be. Choose the one downloaded here."))
    if file is None:
        return _shown(request, found, _("Choose the file that was filled in."))
    job = start(kind="providers.check", actor=Actor.of(request), arguments={"round": pk}, source=file)
    return redirect("job", job.pk)


def _shown(request: Request, found: Supplying, refused: str = "") -> HttpResponse:
    told = {"opened": found, "round": found.round, "refused": refused, "units": found.round.participants.count()}
    return render(request, "providers/excel.html", told, status=422 if refused else 200)


@require_POST
@login_required
def file(request: Request, pk: int) -> HttpResponse:
    """Hand out the file, or have it written where there are many units."""
    found = opened(pk, request.access)
    if found.round.participants.count() > AT_ONCE:
        return redirect("job", start(kind="providers.file", actor=Actor.of(request), arguments={"round": pk}).pk)
    content, name = file_of(found)
    told = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=_EXCEL, headers=told)


def _checked(request: Request, found: Supplying, job_pk: int) -> Job:
    mine = Job.objects.filter(by=request.user.pk, kind="providers.check", state=JobState.DONE)
    return get_object_or_404(mine, pk=job_pk, arguments__round=found.round.pk)


@require_GET
@login_required
def checked(request: Request, pk: int, job_pk: int) -> HttpResponse:
    """Show what a file would change."""
    found = opened(pk, request.access)
    told = {"opened": found, "round": found.round, "job": _checked(request, found, job_pk)}
    return render(request, "providers/checked.html", told)


@require_POST
@login_required
def apply(request: Request, pk: int, job_pk: int) -> HttpResponse:
    """Have the figures of a checked file taken over."""
    found = opened(pk, request.access)
    arguments = {"round": pk, "check": _checked(request, found, job_pk).pk}
    return redirect("job", start(kind="providers.apply", actor=Actor.of(request), arguments=arguments).pk)
