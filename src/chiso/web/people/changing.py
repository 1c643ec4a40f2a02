"""What operators and coordinators do about people: give a role, end it or hand it over, close and open accounts."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.people import accounts, directory, roles
from chiso.web.people.access import Request, require
from chiso.web.people.forms import EndForm, RoleForm
from chiso.web.people.models import Assignment, Role, User
from chiso.web.people.permissions import (
    may_close_account,
    may_invite,
    may_manage_people,
    may_reset_second_factor,
)
from chiso.web.people.phrases import REFUSED
from chiso.web.people.services import PeopleError
from chiso.web.people.succession import end_or_hand_over
from chiso.web.people.views import managed_person
from chiso.web.units.queries import last_names


@require_http_methods(["GET", "POST"])
@login_required
def give(request: Request, pk: int) -> HttpResponse:
    """Give somebody one more role, or prolong one."""
    person = managed_person(request, pk)
    form = RoleForm(request.POST or None, access=request.access, initial={"valid_from": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        roles.give(
            user_id=pk,
            role=Role(data["role"]),
            unit_id=data["unit"],
            agency=data["agency"],
            valid_from=data["valid_from"],
            valid_to=data["valid_to"],
            actor=Actor.of(request),
        )
        messages.success(request, _("The role was given."))
        return redirect("person", pk)
    context = {"form": form, "person": person}
    return render(request, "people/role_give.html", context, status=422 if form.errors else 200)


def _managed_role(request: Request, pk: int) -> Assignment:
    require(allowed=may_manage_people(request.access))
    found = get_object_or_404(Assignment.objects.select_related("user"), pk=pk)
    if not may_invite(request.access, found.unit_id, found.role):
        raise Http404
    return found


@require_http_methods(["GET", "POST"])
@login_required
def end(request: Request, pk: int) -> HttpResponse:
    """End a role: without a successor, handed over to a colleague, or to somebody who is invited for it."""
    held = _managed_role(request, pk)
    colleagues = directory.colleagues(held)
    form = EndForm(request.POST or None, colleagues=colleagues, initial={"last_day": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        try:
            end_or_hand_over(held=held, told=form.told(), actor=Actor.of(request))
        except PeopleError as error:
            form.add_error(None, str(REFUSED[error.code]))
        else:
            messages.success(request, _("It is recorded. What was filled in stays with the unit."))
            return redirect("person", held.user_id)
    unit = last_names([held.unit_id])[held.unit_id] if held.unit_id is not None else ""
    context = {"form": form, "held": held, "unit": unit, "colleagues": colleagues}
    return render(request, "people/role_end.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def close(request: Request, pk: int) -> HttpResponse:
    """Close an account."""
    managed_person(request, pk)
    require(allowed=may_close_account(request.access, pk))
    return _done(request, pk, accounts.close, _("The account is closed, and its sessions have ended."))


@require_POST
@login_required
def reopen(request: Request, pk: int) -> HttpResponse:
    """Open a closed account again."""
    managed_person(request, pk)
    require(allowed=may_close_account(request.access, pk))
    return _done(request, pk, accounts.reopen, _("The account is open again, with the roles that still last."))


@require_POST
@login_required
def reset_second_factor(request: Request, pk: int) -> HttpResponse:
    """Take the second factors of somebody away who lost them."""
    managed_person(request, pk)
    require(allowed=may_reset_second_factor(request.access, pk))
    words = _("The second factor was taken away. The person sets up a new one after signing in with the password.")
    return _done(request, pk, accounts.reset_second_factor, words)


def _done(request: Request, pk: int, act: Callable[..., User], words: str) -> HttpResponse:
    try:
        act(pk=pk, actor=Actor.of(request))
    except PeopleError as error:
        messages.error(request, str(REFUSED[error.code]))
    else:
        messages.success(request, words)
    return redirect("person", pk)
