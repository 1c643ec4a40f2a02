"""What reminders do in the background."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiso.web.jobs.work import Outcome, Run, StoppedError, job
from chiso.web.reminders.services import Sent, UnreachableServerError, remind
from chiso.web.rounds.models import Round


@job("reminders.send", gettext_lazy("Reminders by mail"), repeatable=False)
def send(run: Run) -> Outcome:
    """Remind the people of some units; a mail that was sent cannot be taken back, so nothing is begun twice."""
    round_ = Round.objects.get(pk=run.arguments["round"])
    try:
        sent = remind(
            round_=round_,
            participants=run.arguments["participants"],
            sentence=run.arguments["sentence"],
            actor=run.actor,
            expect=run.expect,
            advance=run.advance,
        )
    except UnreachableServerError as error:
        words = _("The mail server cannot be reached. Try again later: who got a mail already gets no second one.")
        raise StoppedError(f"{words} {_told(error.done)}") from error
    return Outcome(_told(sent), {"back": reverse("round_board", args=(round_.pk,))})


def _told(sent: Sent) -> str:
    told = [_("Reminded: %(people)s people about %(units)s units.") % {"people": sent.people, "units": len(sent.units)}]
    if sent.refused:
        told.append(_("Refused by the mail server: %(num)s addresses.") % {"num": sent.refused})
    if sent.nobody:
        told.append(_("Units for which nobody has an account: %(num)s.") % {"num": sent.nobody})
    return " ".join(told)
