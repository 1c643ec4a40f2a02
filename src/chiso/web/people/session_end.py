"""A session that ended while somebody was at work: they are told so where they are, and led back there."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _


class SessionEndMiddleware:
    """Answers what ``login_required`` would send to the page for signing in, and from there to where it cannot go on.

    A script gets 401 and says so on the page itself. Of a form that was sent, nothing is carried out; after signing in
    people are on the page again on which it stands, not at the address that takes it.
    """

    def __init__(self, answer: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; tell somebody whose session has ended."""
        response = self._answer(request)
        if not _asks_to_sign_in(request, response):
            return response
        if request.headers.get("HX-Request") == "true":
            return HttpResponse(_("Your session has ended. Sign in again."), status=401)
        if request.method == "POST":
            words = _("Your session had ended: what you sent last was not carried out. Sign in, then do it again.")
            messages.warning(request, words)
            return redirect_to_login(_page_of(request))
        return response


def _asks_to_sign_in(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether a view let nobody but signed-in people through: it leads to signing in, and from there back."""
    if response.status_code != 302:
        return False
    there = urlsplit(response.headers["Location"])
    return there.path == reverse("account_login") and parse_qs(there.query).get("next") == [request.get_full_path()]


def _page_of(request: HttpRequest) -> str:
    """Return the page on which a form stood, else the first page."""
    page = request.headers.get("Referer", "")
    if not url_has_allowed_host_and_scheme(page, {request.get_host()}, require_https=request.is_secure()):
        return reverse("home")
    parts = urlsplit(page)
    return parts.path + (f"?{parts.query}" if parts.query else "")
