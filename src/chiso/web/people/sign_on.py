"""Single sign-on as people meet it: a provider that does not answer is said to be so, and is no fault of ours."""

from __future__ import annotations

from allauth.socialaccount.providers.openid_connect import views as oidc
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET, require_POST
from requests import RequestException


@require_POST
def begin(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Send somebody to the provider."""
    try:
        answer: HttpResponse = oidc.login(request, provider_id)
    except RequestException:
        return redirect("socialaccount_login_error")
    return answer


@require_GET
def end(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Take the provider's word on who they are."""
    try:
        answer: HttpResponse = oidc.callback(request, provider_id)
    except RequestException:
        return redirect("socialaccount_login_error")
    return answer
