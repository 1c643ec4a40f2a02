"""What rounds do in the background: next year's round of thousands of units."""

from __future__ import annotations

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.jobs.work import Outcome, Run, StoppedError, job
from chiso.web.people.access import Access
from chiso.web.rounds import copying
from chiso.web.rounds.models import Round
from chiso.web.rounds.permissions import may_run


@job("rounds.copy", gettext_lazy("Round of the next year"), repeatable=True)
def copy(run: Run) -> Outcome:
    """Make next year's round, all of it or nothing."""
    told = run.arguments
    with transaction.atomic():
        run.hold()
        before = Round.objects.filter(pk=told["round"]).first()
        if before is None or not may_run(Access.of(run.actor.person), before):
            raise StoppedError(_("You do not run this round any more. Nothing was changed."))
        made = copying.copy(
            round_id=before.pk,
            title=told["title"],
            framework=FrameworkVersion.objects.get(pk=told["framework"]),
            with_new=told["with_new"],
            actor=run.actor,
        )
    message = _("The round was copied. Look at its calendar, then open it.")
    return Outcome(message, {"next": reverse("round", args=[made.pk])})
