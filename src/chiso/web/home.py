"""The first page: what is due, for whoever is signed in; and the small addresses that belong to no app."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from chiso.web import due
from chiso.web.people.access import Request
from chiso.web.providers.queries import supplies_of
from chiso.web.rounds.models import Stage


@require_GET
@login_required
def home(request: Request) -> HttpResponse:
    """Show what is due, the most urgent first; the first thing has the one main button."""
    now = timezone.now()
    told = {
        "now": now,
        "reports": due.own_reports(request.access),
        "signatures": due.waiting_signatures(request.access),
        "rounds": due.rounds_run(request.access, now),
        "supplies": supplies_of(request.access, Stage.OPEN),
        "followed": due.rounds_followed(request.access),
    }
    return render(request, "home.html", told | {"is_empty": not any(told[name] for name in told if name != "now")})


@require_GET
def healthy(request: HttpRequest) -> HttpResponse:
    """Answer a load balancer: the process runs and reaches its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    """Keep the language that was chosen, and go back to where that was."""
    back = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = "/"
    response = redirect(back)
    chosen = request.POST.get("language", "")
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            chosen,
            max_age=365 * 24 * 60 * 60,
            secure=settings.LANGUAGE_COOKIE_SECURE,
            httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
            samesite="Lax",
        )
    return response
