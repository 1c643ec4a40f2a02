"""The text of a reminder: Vietnamese, plain text, one mail for everything that a person owes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from chiso.web import formats
from chiso.web.collection.due_days import DueDay
from chiso.web.people.mails import absolute
from chiso.web.reminders.duties import Owed, Recipient
from chiso.web.reminders.models import Duty


def composed(recipient: Recipient, sentence: str, now: dt.datetime) -> tuple[str, str]:
    """Return subject and text of a reminder."""
    with translation.override(settings.LANGUAGE_CODE):
        return _subject(recipient.owed, now), _text(recipient, sentence, now)


def _subject(owed: tuple[Owed, ...], now: dt.datetime) -> str:
    first = min(owed, key=lambda one: one.due_at)
    days = [one.day for each in owed for one in each.printed if not one.is_late(now)]
    if days and min(days) < timezone.localdate(first.due_at):
        return _("Reminder: criteria are due on %(day)s") % {"day": formats.date(min(days))}
    when = formats.time(first.due_at)
    if first.is_late(now):
        return _("Reminder: a report was due on %(time)s") % {"time": when}
    return _("Reminder: a report is due on %(time)s") % {"time": when}


def _text(recipient: Recipient, sentence: str, now: dt.datetime) -> str:
    parts = [_("Dear %(name)s,") % {"name": recipient.full_name}]
    if sentence:
        parts.append(sentence)
    parts.append(_("This waits for you:"))
    parts += ["\n".join(_lines(number, one, now)) for number, one in enumerate(recipient.owed, 1)]
    parts.append(_("ChiSo sends this by itself. If it is done already, there is nothing left to do."))
    return "\n\n".join(parts) + "\n"


def _lines(number: int, one: Owed, now: dt.datetime) -> Iterator[str]:
    yield f"{number}. {one.participant.round.marked_title}"
    yield "   " + _("Unit: %(name)s") % {"name": one.participant.name}
    if one.duty == Duty.SIGNATURE:
        yield "   " + _("The report is submitted and waits for your signature.")
    elif one.asked:
        told = {"filled": one.filled, "asked": one.asked}
        yield "   " + _("Not submitted yet; %(filled)s of %(asked)s figures are filled in.") % told
    else:
        yield "   " + _("Not begun yet.")
    for day in one.printed:
        yield f"   {printed(day)}: {left(day, now)} ({', '.join(day.open)})"
    yield "   " + _("Due %(time)s: %(left)s") % {"time": formats.time(one.due_at), "left": left(one, now)}
    yield "   " + absolute(reverse("collection_of_participant", args=(one.participant.pk,)))


def printed(day: DueDay) -> str:
    """Say how many criteria are due on a printed day, and how many of them lack figures."""
    told = {"num": day.criteria, "day": formats.date(day.day), "open": len(day.open)}
    return (
        ngettext(
            "%(num)s criterion due on %(day)s, without figures",
            "%(num)s criteria due on %(day)s, %(open)s without figures",
            day.criteria,
        )
        % told
    )


def left(one: Owed | DueDay, now: dt.datetime) -> str:
    """Say how many days are left, or how late it is."""
    days = one.days_left(now)
    if days > 0:
        return ngettext("%(num)s day left", "%(num)s days left", days) % {"num": days}
    if one.is_late(now):
        return ngettext("%(num)s day late", "%(num)s days late", -days) % {"num": -days} if days else _("overdue")
    return _("today")
