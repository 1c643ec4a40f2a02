"""What the log says of rounds and their participants."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.strands import Part, Scope, know_about, know_held, know_scope
from chiso.web.audit.words import Action, Field, Thing, day, know_actions, know_things, moment, yes
from chiso.web.formats import number
from chiso.web.rounds.forms import PLACES, CalendarForm
from chiso.web.rounds.models import Participant, Round, Stage


def _rounds(keys: Collection[int]) -> dict[int, Thing]:
    found = Round.objects.filter(pk__in=keys).select_related("framework").defer("framework__text")
    return {one.pk: Thing(one.title, reverse("results_round", args=(one.pk,)), about=one) for one in found}


def _participants(keys: Collection[int]) -> dict[int, Thing]:
    found = Participant.objects.filter(pk__in=keys).select_related("round__framework").defer("round__framework__text")
    return {one.pk: _participant(one) for one in found}


def _participant(one: Participant) -> Thing:
    address = reverse("collection_of_participant", args=(one.pk,))
    return Thing(f"{one.name} · {one.round.title}", address, about=one.round)


def _stage(value: str) -> str:
    return str(Stage(value).label)


def _days(changed: Mapping[str, tuple[str | None, str | None]]) -> str:
    """Return which days changed, with what they were."""
    words = [
        f"{CalendarForm.base_fields[name].label}: {_day(before)} → {_day(after)}"
        for name, (before, after) in changed.items()
    ]
    return "; ".join(words) or "–"


def _day(text: str | None) -> str:
    if text is None:
        return "–"
    return moment(text) if "T" in text else day(text)


def _count(units: Sequence[int]) -> str:
    return number(len(units))


def _place(place: str) -> str:
    return str(PLACES.get(place, place))


def _group_names(groups: Sequence[Mapping[str, str]]) -> str:
    return ", ".join(group["name"] for group in groups)


def _pairs(chosen: Mapping[str, str]) -> str:
    return ", ".join(f"{name} = {option}" for name, option in chosen.items()) or str(_("as the framework ships them"))


def _outside(values: Mapping[str, Mapping[str, str]]) -> str:
    told = [f"{unit} {fact}: {text}" for unit, facts in values.items() for fact, text in facts.items()]
    return "; ".join(told) or "–"


def _of_participants(keys: Collection[int]) -> dict[int, str]:
    return {one.pk: one.scope for one in Participant.objects.filter(pk__in=keys).only("round")}


def _about_participant(key: int) -> Iterator[Part]:
    for one in Participant.objects.filter(pk=key).only("round"):
        yield Part(f"participant:{key}", one.scope)


def _about_unit(key: int) -> Iterator[Part]:
    for one in Participant.objects.filter(unit=key).only("round"):
        yield Part(f"participant:{one.pk}", one.scope)


def _held(units: Collection[int]) -> Iterator[Scope]:
    for one in Round.objects.filter(assessor__in=units).only("title", "year"):
        yield Scope(one.strand, one.title)


know_things("round", _("round"), _rounds)
know_things("participant", _("participant"), _participants)
know_scope("participant", _of_participants)
know_about("participant", _about_participant)
know_about("unit", _about_unit)
know_held(_held)

_STAGES = {"from": Field(_("Stage before"), _stage), "to": Field(_("Stage"), _stage), "reason": Field(_("Reason"))}

_UNITS = {"units": Field(_("Units"), _count), "reason": Field(_("Reason"))}

know_actions(
    {
        "round.begun": Action(
            _("Round begun"),
            _("%(who)s began to prepare the round for the year %(year)s"),
            {"year": Field(_("Year")), "framework": Field(_("Hash of the framework"))},
        ),
        "round.copied": Action(
            _("Round copied"),
            _("%(who)s made the round for %(year)s from “%(from)s”, with %(participants)s participants"),
            {
                "from": Field(_("Copied from"), kind="round"),
                "year": Field(_("Year")),
                "framework": Field(_("Hash of the framework")),
                "participants": Field(_("Participants")),
            },
        ),
        "round.basis_set": Action(
            _("Basis of a round set"),
            _("%(who)s set what the round is about: %(title)s, %(year)s"),
            {"title": Field(_("Title")), "year": Field(_("Year")), "framework": Field(_("Hash of the framework"))},
        ),
        "round.calendar_set": Action(
            _("Calendar set"),
            _("%(who)s set the calendar: %(changed)s"),
            {"changed": Field(_("Days"), _days), "reason": Field(_("Reason"))},
            {"reason": _("reason: %(reason)s")},
        ),
        "round.units_added": Action(
            _("Units added to a round"),
            _("%(who)s let %(units)s units take part"),
            _UNITS | {"place": Field(_("Goes into"), _place)},
            {"reason": _("reason: %(reason)s")},
        ),
        "round.units_removed": Action(
            _("Units taken out of a round"), _("%(who)s took %(units)s units out before the round was opened"), _UNITS
        ),
        "round.units_withdrawn": Action(
            _("Units withdrawn from a round"),
            _("%(who)s withdrew %(units)s units; reason: %(reason)s"),
            _UNITS,
        ),
        "round.units_grouped": Action(
            _("Units put into a group"),
            _("%(who)s put %(units)s units into the group “%(group)s”"),
            _UNITS | {"group": Field(_("Ranking group"))},
        ),
        "round.groups_set": Action(
            _("Ranking groups set"),
            _("%(who)s set the ranking groups: %(groups)s"),
            {"groups": Field(_("Ranking groups"), _group_names)},
        ),
        "round.readings_set": Action(
            _("Readings chosen"),
            _("%(who)s chose readings of unclear clauses: %(readings)s (before: %(before)s)"),
            {"readings": Field(_("Readings"), _pairs), "before": Field(_("Before"), _pairs)},
        ),
        "round.outside_set": Action(
            _("Values from outside entered"),
            _("%(who)s entered values from outside: %(values)s (before: %(before)s)"),
            {
                "values": Field(_("Values from outside"), _outside),
                "before": Field(_("Before"), _outside),
                "reason": Field(_("Reason")),
            },
            {"reason": _("reason: %(reason)s")},
        ),
        "round.children_set": Action(
            _("Rounds below chosen"),
            _("%(who)s chose %(children)s rounds below (before: %(before)s)"),
            {
                "children": Field(_("Rounds below"), _count),
                "before": Field(_("Before"), _count),
                "reason": Field(_("Reason")),
            },
            {"reason": _("reason: %(reason)s")},
        ),
        "round.discarded": Action(
            _("Round given up"),
            _("%(who)s gave the round “%(title)s” up before it was opened"),
            {"title": Field(_("Title"))},
        ),
        "round.moved": Action(
            _("Round moved on"), _("%(who)s moved the round from “%(from)s” on to “%(to)s”"), _STAGES
        ),
        "round.reopened": Action(
            _("Round moved back"),
            _("%(who)s moved the round from “%(from)s” back to “%(to)s”; reason: %(reason)s"),
            _STAGES,
        ),
        "round.level_registered": Action(
            _("Level registered"),
            _("%(who)s registered level %(level)s for %(participant)s"),
            {
                "participant": Field(_("Participant"), kind="participant"),
                "level": Field(_("Level")),
                "before": Field(_("Before")),
                "confirmed": Field(_("Confirmed"), yes),
                "on_behalf": Field(_("On behalf of the unit"), yes),
                "reason": Field(_("Reason")),
            },
            {"on_behalf": _("on behalf of the unit; reason: %(reason)s")},
        ),
        "round.level_confirmed": Action(
            _("Level confirmed"),
            _("%(who)s confirmed level %(level)s for %(participant)s"),
            {"participant": Field(_("Participant"), kind="participant"), "level": Field(_("Level"))},
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
