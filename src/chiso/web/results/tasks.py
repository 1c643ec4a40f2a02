"""What results do in the background."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiso.web.jobs.work import Outcome, Run, job
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Round


@job("results.recalculate", gettext_lazy("work out the results of a round"), repeatable=True)
def recalculate_round(run: Run) -> Outcome:
    """Work the results of a round out anew."""
    round_ = Round.objects.select_related("framework").get(pk=run.arguments["round"])
    count = recalculate(round_=round_, actor=run.actor, before_writing=run.hold)
    message = _("Worked out for %(count)s participants.") % {"count": count}
    return Outcome(message, {"next": reverse("results_round", args=(round_.pk,))})
