"""Inviting many people at once: a list is given, checked, and those without faults are invited."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.files.base import ContentFile
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.jobs import services as jobs
from chiso.web.jobs.models import Job, JobState
from chiso.web.people.access import Request, require
from chiso.web.people.permissions import may_manage_people
from chiso.web.uploads import too_large, too_large_words


class ListForm(forms.Form):
    """Lines that were pasted, or a file."""

    lines = forms.CharField(
        label=_("Lines"),
        required=False,
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("One person a line: unit code; e-mail; full name; role. Lines copied from Excel work as they are."),
    )
    file = forms.FileField(
        label=_("Or a file, Excel or CSV"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean() or self.cleaned_data
        if not self.errors and bool(data.get("lines")) == bool(data.get("file")):
            raise forms.ValidationError(_("Paste lines or choose a file: one of the two."))
        return data

    def source(self) -> Any:
        """Return what was given as a file."""
        return self.cleaned_data["file"] or ContentFile(self.cleaned_data["lines"].encode(), "lines.csv")


@require_http_methods(["GET", "POST"])
@login_required
def bulk(request: Request) -> HttpResponse:
    """Take a list, and have it checked."""
    require(allowed=may_manage_people(request.access))
    form = ListForm(request.POST, request.FILES) if request.method == "POST" else ListForm()
    if request.method == "POST" and too_large(request):
        form.add_error("file", too_large_words())
    elif request.method == "POST" and form.is_valid():
        job = jobs.start(kind="people.check_list", actor=Actor.of(request), source=form.source())
        return redirect("job", job.pk)
    return render(request, "people/bulk.html", {"form": form}, status=422 if form.errors else 200)


def _checked(request: Request, pk: int) -> Job:
    require(allowed=may_manage_people(request.access))
    return get_object_or_404(Job, pk=pk, by=request.user.pk, kind="people.check_list", state=JobState.DONE)


@require_GET
@login_required
def checked(request: Request, pk: int) -> HttpResponse:
    """Show whom a list would invite, and what is wrong with which line."""
    return render(request, "people/bulk_checked.html", {"job": _checked(request, pk)})


@require_POST
@login_required
def apply(request: Request, pk: int) -> HttpResponse:
    """Invite the people of a checked list."""
    arguments = {"check": _checked(request, pk).pk}
    return redirect("job", jobs.start(kind="people.invite_list", actor=Actor.of(request), arguments=arguments).pk)
