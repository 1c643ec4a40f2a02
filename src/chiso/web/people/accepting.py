"""Accepting an invitation: with a new account, or with the one that somebody has."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from chiso.web.audit.services import Actor
from chiso.web.people import invitations
from chiso.web.people.forms import AcceptForm
from chiso.web.people.mails import offered_words
from chiso.web.people.models import Invitation, InvitationState, User
from chiso.web.people.phrases import REFUSED
from chiso.web.people.services import PeopleError


@never_cache
@require_http_methods(["GET", "POST"])
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Show what somebody is invited to, and take their answer."""
    response = _answer(request, token)
    response._has_been_logged = True  # type: ignore[attr-defined] # of what fails Django logs the path, and thus the token
    return response


def _answer(request: HttpRequest, token: str) -> HttpResponse:
    if not ratelimit.consume(request, action="invitation"):
        return render(request, "429.html", status=429)
    invitation = invitations.of_token(token)
    if invitation is None:
        return _refused(request, "unknown", 404)
    if invitation.state in (InvitationState.EXPIRED, InvitationState.WITHDRAWN):
        return _refused(request, str(invitation.state), 410)
    if invitation.accepted_at:
        return redirect("home") if request.user == invitation.accepted_by else _refused(request, "accepted", 410)
    has_account = User.objects.filter(email=invitation.email).exists()
    if request.user.is_authenticated and request.user.email == invitation.email:
        return _with_own_account(request, invitation, token)
    if request.user.is_authenticated or has_account:
        told = {**_about(request, invitation), "has_account": has_account}
        return render(request, "people/accept_elsewhere.html", told)
    return _with_new_account(request, invitation, token)


def _about(request: HttpRequest, invitation: Invitation) -> dict[str, object]:
    return {"invitation": invitation, "what": offered_words(invitation), "here": request.path}


def _refused(request: HttpRequest, code: str, status: int) -> HttpResponse:
    return render(request, "people/unacceptable.html", {"words": REFUSED[code], "code": code}, status=status)


def _with_own_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    if request.method == "POST":
        try:
            invitations.accept_own(token=token, actor=Actor.of(request))
        except PeopleError as error:
            return _refused(request, error.code, 409)
        messages.success(request, _("You have the role now."))
        return redirect("home")
    return render(request, "people/accept_own.html", _about(request, invitation))


def _with_new_account(request: HttpRequest, invitation: Invitation, token: str) -> HttpResponse:
    form = AcceptForm(request.POST or None, email=invitation.email, initial={"full_name": invitation.full_name})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        told = invitations.Told(data["full_name"], data["position"], data["phone"], data["password"])
        try:
            user = invitations.accept_new(token=token, told=told, address=request.META.get("REMOTE_ADDR", ""))
        except PeopleError as error:
            return _refused(request, error.code, 409)
        user.backend = "allauth.account.auth_backends.AuthenticationBackend"
        messages.success(request, _("Your account is ready, and you are signed in."))
        answer: HttpResponse = perform_password_login(request, {"email": user.email}, Login(user=user))
        return answer
    context = {**_about(request, invitation), "form": form}
    return render(request, "people/accept_new.html", context, status=422 if form.errors else 200)
