"""A job's page: how far it is, and what came of it. Jobs are seen by those who asked for them."""

from __future__ import annotations

import datetime as dt

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from chiso.web.jobs.models import Job, JobState
from chiso.web.jobs.services import resume_lost
from chiso.web.jobs.work import KINDS

#: After so long in the queue the page says that no worker seems to run.
PATIENCE = dt.timedelta(seconds=30)


def _own(request: HttpRequest, pk: int) -> Job:
    job = get_object_or_404(Job, pk=pk, by=request.user.pk)
    if job.state == JobState.RUNNING and resume_lost(only=job):
        job.refresh_from_db()
    return job


def _context(job: Job) -> dict[str, object]:
    waits = job.state == JobState.WAITING and timezone.now() - job.created_at > PATIENCE
    return {"job": job, "title": KINDS[job.kind].words, "no_worker": waits}


@require_GET
@login_required
def job(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a job."""
    return render(request, "jobs/job.html", _context(_own(request, pk)))


@require_GET
@login_required
def part(request: HttpRequest, pk: int) -> HttpResponse:
    """Return how far a job is, for the page that waits for it; when it is done, the page goes on and says so."""
    found = _own(request, pk)
    response = render(request, "jobs/part.html", _context(found))
    if found.state == JobState.DONE and found.result.get("next"):
        if found.message:
            messages.success(request, found.message)
        response["HX-Redirect"] = found.result["next"]
    return response


@require_GET
@login_required
def file(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file that a job has made."""
    found = _own(request, pk)
    if not found.file:
        raise Http404
    if not KINDS[found.kind].may(found):
        raise PermissionDenied
    response = FileResponse(found.file.open("rb"), as_attachment=True, filename=found.file_name)
    response.headers["Cache-Control"] = "private, no-store"
    return response
