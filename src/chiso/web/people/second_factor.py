"""Who runs the system or a round signs in with a second factor, where the installation demands it."""

from __future__ import annotations

from collections.abc import Callable

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from chiso.web.people.access import access_of
from chiso.web.people.models import Role

#: Addresses that work before a second factor is set up: one's own account, signing out, what pages consist of.
FREE = ("/account/", "/language", "/static/", "/healthy")


class SecondFactorMiddleware:
    """Sends operators and coordinators without a second factor to the page where they set one up."""

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer, or send away first."""
        if settings.REQUIRE_MFA and request.user.is_authenticated and lacks(request):
            messages.warning(request, _("Your role needs a second factor. Set one up, then go on."))
            return redirect("mfa_index")
        return self._answer(request)


def lacks(request: HttpRequest) -> bool:
    """Say whether somebody has to set up a second factor before they go on."""
    if request.path.startswith(FREE):
        return False
    if any(one["method"] == "mfa" for one in get_authentication_records(request, request.user)):
        return False  # they gave it when they signed in
    return access_of(request).has(Role.OPERATOR, Role.COORDINATOR) and not is_mfa_enabled(request.user)
