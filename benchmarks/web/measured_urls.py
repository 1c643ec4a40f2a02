"""The product's addresses, and the yardstick beside them: a view that greets whoever is signed in, and does no more."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.urls import include, path

from chiso.web.people.access import Request


@login_required
def hello(request: Request) -> HttpResponse:
    """Greet a person: session and account are read, as every page does."""
    return HttpResponse(f"Hello, {request.user.full_name}", content_type="text/plain")


urlpatterns = [path("hello", hello), path("", include("chiso.web.urls"))]

handler403 = "chiso.web.pages.denied"
handler404 = "chiso.web.pages.not_found"
