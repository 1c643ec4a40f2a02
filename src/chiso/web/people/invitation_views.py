"""Invitations as operators and coordinators see them: the list, a new one, one of them, sent again, withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.people import directory, services
from chiso.web.people import invitations as offers
from chiso.web.people.access import Request, require
from chiso.web.people.forms import InviteForm
from chiso.web.people.models import Invitation, InvitationState
from chiso.web.people.permissions import managed_units, may_invite, may_manage_people
from chiso.web.people.phrases import ABOUT, REFUSED
from chiso.web.units import choosing
from chiso.web.units.queries import last_names, names_on

PER_PAGE = 50


@require_GET
@login_required
def invitations(request: Request) -> HttpResponse:
    """List the invitations for the units one manages."""
    require(allowed=may_manage_people(request.access))
    state = request.GET.get("state", "")
    found = directory.invitations(managed_units(request.access), state)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    context = {
        "page": page,
        "rows": rows,
        "units": last_names({row.unit_id for row in rows if row.unit_id is not None}),
        "state": state,
        "states": InvitationState.choices,
        "kept": urlencode({"state": state} if state else {}),
    }
    return render(request, "people/invitations.html", context)


@require_http_methods(["GET", "POST"])
@login_required
def invite(request: Request) -> HttpResponse:
    """Invite somebody."""
    require(allowed=may_manage_people(request.access))
    initial = {
        "valid_from": timezone.localdate(),
        **{name: request.GET.get(name, "") for name in ("role", "unit", "agency")},
    }
    form = InviteForm(request.POST or None, access=request.access, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            offers.invite(offers=[form.offer()], actor=Actor.of(request))
        except services.PeopleError as error:
            form.add_error(None, str(REFUSED[error.code]))
        else:
            messages.success(request, _("The invitation is on its way."))
            return redirect("people_invitations")
    about = [(role.label, words) for role, words in ABOUT.items() if role in dict(form.fields["role"].choices)]  # type: ignore[attr-defined]
    return render(request, "people/invite.html", {"form": form, "about": about}, status=422 if form.errors else 200)


def _managed(request: Request, pk: int) -> Invitation:
    """Return an invitation that one manages; of others nobody is told that there are any."""
    require(allowed=may_manage_people(request.access))
    found = get_object_or_404(Invitation.objects.select_related("invited_by", "accepted_by"), pk=pk)
    if not may_invite(request.access, found.unit_id, found.role):
        raise Http404
    return found


@require_GET
@login_required
def invitation(request: Request, pk: int) -> HttpResponse:
    """Show an invitation with its address; that somebody looked at it is logged."""
    found = _managed(request, pk)
    services.log_contacts(actor=Actor.of(request), invitation=pk)
    unit = last_names([found.unit_id]).get(found.unit_id) if found.unit_id is not None else None
    return render(request, "people/invitation.html", {"invitation": found, "unit": unit})


@require_POST
@login_required
def send_again(request: Request, pk: int) -> HttpResponse:
    """Send an invitation once more."""
    return _changed(
        request, pk, offers.send_again, _("The invitation is on its way; the old link does not work any more.")
    )


@require_POST
@login_required
def withdraw(request: Request, pk: int) -> HttpResponse:
    """Withdraw an invitation."""
    return _changed(request, pk, offers.withdraw, _("The invitation was withdrawn; its link does not work any more."))


def _changed(request: Request, pk: int, change: Callable[..., Invitation], done: str | Promise) -> HttpResponse:
    _managed(request, pk)
    try:
        change(pk=pk, actor=Actor.of(request))
    except services.PeopleError as error:
        messages.error(request, str(REFUSED[error.code]))
    else:
        messages.success(request, str(done))
    return redirect("people_invitations")


@require_GET
@login_required
def unit_options(request: Request) -> HttpResponse:
    """Offer the units that fit what was typed so far."""
    require(allowed=may_manage_people(request.access))
    day = timezone.localdate()
    found = choosing.offered(day, request.GET.get("unit", ""), managed_units(request.access))
    parents = names_on(day, {one.parent_id for one in found if one.parent_id is not None})
    options = [(choosing.words(one), parents.get(one.parent_id or 0, "")) for one in found]
    return render(request, "people/unit_options.html", {"options": options})
