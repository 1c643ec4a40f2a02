"""Single sign-on as people meet it: a provider that is silent, or talks nonsense, is said to do so, and is no fault."""

from __future__ import annotations

import logging
from collections.abc import Callable

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException

_LOG = logging.getLogger("chiso.sign_on")

#: What the words of a provider may end in that are not what OpenID Connect asks for: no JSON, another shape, no field.
_NONSENSE = (RequestException, LookupError, TypeError, ValueError, AttributeError)


@require_POST
@never_cache
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the provider: by a page that goes on by itself.

    Browsers hold every address to which a form leads, over however many redirects, against ``form-action`` of our
    policy, and which hosts a provider sends people over nobody knows beforehand.
    """
    answer = _with_provider(oidc.login, request, provider_id)
    there = answer.headers.get("Location", "")
    if not there.startswith(("https://", "http://")):
        return answer
    return render(request, "socialaccount/onward.html", {"there": there})


@require_GET
@never_cache
def end(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's word on who they are."""
    return _with_provider(oidc.callback, request, provider_id)


def _with_provider(
    act: Callable[[HttpRequest, str], HttpResponse], request: HttpRequest, provider: str
) -> HttpResponse:
    try:
        return act(request, provider)
    except _NONSENSE:
        _LOG.warning("the provider of single sign-on cannot be understood, or not reached", exc_info=True)
        return redirect("socialaccount_login_error")
