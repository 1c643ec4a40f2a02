"""One's own account: what others call one, how one signs in, and where one is signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.people import queries, services
from chiso.web.people.access import Request
from chiso.web.people.models import User

#: Marks of browsers and systems; most carry the names of others as well, so that the order decides.
_BROWSERS = {"Edg/": "Edge", "OPR/": "Opera", "coc_coc": "Cốc Cốc", "Firefox/": "Firefox", "Chrome/": "Chrome",
             "Safari/": "Safari"}  # fmt: skip
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows", "Mac OS": "macOS",
            "Linux": "Linux"}  # fmt: skip


def device(agent: str) -> str:
    """Return what people call a browser and its system, or the beginning of what it calls itself."""
    found = [next((name for mark, name in names.items() if mark in agent), "") for names in (_BROWSERS, _SYSTEMS)]
    return ", ".join(filter(None, found)) or agent[:40]


class OwnAccountForm(forms.ModelForm[User]):
    """What people may change about themselves; the address is how they are known, operators change it."""

    class Meta:
        model = User
        fields = ["full_name", "position", "phone"]
        labels = {
            "full_name": gettext_lazy("Full name"),
            "position": gettext_lazy("Position"),
            "phone": gettext_lazy("Telephone"),
        }


@require_http_methods(["GET", "POST"])
@login_required
def own_account(request: Request) -> HttpResponse:
    """Show one's own account; change name, position, telephone."""
    form = OwnAccountForm(request.POST or None, instance=User.objects.get(pk=request.user.pk))
    if request.method == "POST" and form.is_valid():
        services.change_own_account(user=form.save(commit=False), actor=Actor.of(request))
        messages.success(request, _("Your account was changed."))
        return redirect("own_account")
    sessions = UserSession.objects.purge_and_list(request.user)
    told = {
        "form": form,
        "roles": queries.roles_of(request.user.pk),
        "sessions": sorted(sessions, key=lambda one: one.created_at, reverse=True),
        "device": device,
        "this_session": request.session.session_key,
    }
    return render(request, "people/own_account.html", told, status=422 if form.errors else 200)


@require_POST
@login_required
def end_session(request: Request, pk: int) -> HttpResponse:
    """End one of one's own sessions."""
    session = get_object_or_404(UserSession, pk=pk, user=request.user)
    services.end_own_sessions(sessions=[session], actor=Actor.of(request))
    messages.success(request, _("The session has ended."))
    return redirect("own_account")


@require_POST
@login_required
def end_other_sessions(request: Request) -> HttpResponse:
    """End all of one's own sessions but this one."""
    others = UserSession.objects.filter(user=request.user).exclude(session_key=request.session.session_key)
    services.end_own_sessions(sessions=others, actor=Actor.of(request))
    messages.success(request, _("All other sessions have ended."))
    return redirect("own_account")
