"""The coordinator's reminder: who is told what, shown before it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from chiso.web.audit.services import Actor
from chiso.web.jobs.services import start
from chiso.web.people.access import Request, require
from chiso.web.reminders import mails, queries
from chiso.web.reminders.duties import Owed, Recipient, owed_by, recipients, with_printed
from chiso.web.reminders.forms import ReminderForm
from chiso.web.reminders.permissions import may_remind
from chiso.web.rounds.models import Participant, Round, Stage

#: Units without anybody to be reminded that the page names.
_NAMED = 20


@require_http_methods(["GET", "POST"])
@login_required
def remind(request: Request, pk: int) -> HttpResponse:
    """Show who would be reminded of what and how the mail reads; then have it sent."""
    round_ = get_object_or_404(Round, pk=pk)
    require(allowed=may_remind(request.access, round_))
    told = request.POST if request.method == "POST" else request.GET
    form = ReminderForm(request.POST if request.method == "POST" else None)
    now = timezone.now()
    owed = _wanted(round_, told.get("who", ""), told.getlist("unit"), now)
    if request.method == "POST" and form.is_valid() and "send" in request.POST and owed:
        arguments = {
            "round": round_.pk,
            "participants": [one.participant.pk for one in owed],
            "sentence": form.cleaned_data["sentence"],
        }
        return redirect("job", start(kind="reminders.send", actor=Actor.of(request), arguments=arguments).pk)
    sentence = form.cleaned_data.get("sentence", "") if form.is_bound and form.is_valid() else ""
    context = {
        "round": round_,
        "form": form,
        "who": told.get("who", ""),
        "chosen": told.getlist("unit"),
        "is_open": round_.stage == Stage.OPEN,
        **_previewed(round_, owed, sentence, now),
    }
    return render(request, "reminders/remind.html", context)


def _wanted(round_: Round, who: str, chosen: Iterable[str], now: dt.datetime) -> list[Owed]:
    """Return what is owed by the units that the address names: chosen ones, those that are late, or all that owe."""
    owed = owed_by(Participant.objects.filter(round=round_))
    if who == "chosen":
        keys = set(chosen)
        return [one for one in owed if str(one.participant.pk) in keys]
    return [one for one in owed if one.is_late(now)] if who == "late" else owed


def _previewed(round_: Round, owed: list[Owed], sentence: str, now: dt.datetime) -> dict[str, Any]:
    found, nobody = recipients(owed)
    told = queries.told_just_now(round_.pk, now)
    left = [(one, tuple(each for each in one.owed if (one.person, each.participant.pk, each.duty) not in told))
            for one in found]  # fmt: skip
    fresh = [replace(one, owed=some) for one, some in left if some]
    example = fresh[0] if fresh else found[0] if found else None
    subject, text = _example(example, sentence, now) if example else ("", "")
    return {
        "owed": owed,
        "late": sum(one.is_late(now) for one in owed),
        "people": len(fresh),
        "told": len(found) - len(fresh),
        "nobody": len(nobody),
        "nobody_named": [one.participant.name for one in nobody[:_NAMED]],
        "subject": subject,
        "text": text,
    }


def _example(one: Recipient, sentence: str, now: dt.datetime) -> tuple[str, str]:
    """Return how a mail reads; the page names nobody."""
    shown = replace(one, full_name=_("(full name)"), owed=tuple(with_printed(one.owed)))
    return mails.composed(shown, sentence, now)
