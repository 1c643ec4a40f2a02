"""What the log says of rounds and their participants."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, Thing, know_actions, know_things, moment
from chiso.web.rounds.models import Participant, Round, Stage


def _rounds(keys: Collection[int]) -> dict[int, Thing]:
    found = Round.objects.filter(pk__in=keys).values_list("pk", "title")
    return {pk: Thing(title, reverse("results_round", args=(pk,))) for pk, title in found}


def _participants(keys: Collection[int]) -> dict[int, Thing]:
    found = Participant.objects.filter(pk__in=keys).values_list("pk", "name", "round__title")
    return {
        pk: Thing(f"{name} · {title}", reverse("collection_of_participant", args=(pk,))) for pk, name, title in found
    }


def _stage(value: str) -> str:
    return str(Stage(value).label)


know_things("round", _("round"), _rounds)
know_things("participant", _("participant"), _participants)

_STAGES = {"from": Field(_("Stage before"), _stage), "to": Field(_("Stage"), _stage), "reason": Field(_("Reason"))}

know_actions(
    {
        "round.prepared": Action(
            _("Round prepared"),
            _("%(who)s prepared the round for %(participants)s units, due %(due)s"),
            {
                "participants": Field(_("Participants")),
                "due": Field(_("Due"), moment),
                "framework": Field(_("Hash of the framework")),
            },
        ),
        "round.moved": Action(
            _("Round moved on"), _("%(who)s moved the round from “%(from)s” on to “%(to)s”"), _STAGES
        ),
        "round.reopened": Action(
            _("Round moved back"),
            _("%(who)s moved the round from “%(from)s” back to “%(to)s”; reason: %(reason)s"),
            _STAGES,
        ),
        "round.late_allowed": Action(
            _("Late entry allowed"),
            _("%(who)s let %(participant)s report until %(until)s; reason: %(reason)s"),
            {
                "participant": Field(_("Participant"), kind="participant"),
                "until": Field(_("Until"), moment),
                "reason": Field(_("Reason")),
            },
        ),
    }
)  # fmt: skip
