"""What the log says of reports: figures before and after, submission, sign-off, remarks."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chiso.framework.inputs import Asked
from chiso.web.audit.strands import Part, know_about, know_scope
from chiso.web.audit.words import Action, Data, Field, Names, Row, Thing, know_actions, know_things, yes
from chiso.web.collection.asking import all_asked
from chiso.web.collection.models import Remark, Report, ValueStage
from chiso.web.collection.shown import shown_text
from chiso.web.formats import language
from chiso.web.frameworks.services import loaded

#: Figures that the sentence of a save tells; the rows below it tell all.
_TOLD = 2


def _reports(keys: Collection[int]) -> dict[int, Thing]:
    found = (
        Report.objects.filter(pk__in=keys)
        .select_related("participant__round__framework")
        .defer("values", "progress", "contacts", "participant__round__framework__text")
    )
    return {one.pk: _report(one) for one in found}


def _report(one: Report) -> Thing:
    participant = one.participant
    words = f"{participant.name} · {participant.round.title}"
    if one.stage != ValueStage.SELF:
        words += f" ({ValueStage(one.stage).label})"
    return Thing(words, reverse("collection_report", args=(one.pk,)), about=participant.round)


@dataclass(frozen=True)
class Saved(Action):
    """A save: each figure is a row, with its value before and after, and what was said about it."""

    def filled(self, data: Data, where: Thing, names: Names) -> dict[str, str]:
        """Return how many figures were saved, and the first of them."""
        values = data.get("values", {})
        told = [f"{row.label}: {row.old or _now('nothing')} → {row.new}" for row in self._figures(values, where)]
        more = "; …" if len(told) > _TOLD else ""
        filled = super().filled(data, where, names)
        return {**filled, "count": str(len(values)), "changes": "; ".join(told[:_TOLD]) + more}

    def rows(self, data: Data, where: Thing, names: Names) -> list[Row]:
        """Return each figure with what it was, then what was said about the whole save."""
        about = {key: value for key, value in data.items() if key != "values"}
        said = [row for fact, one in data.get("values", {}).items() for row in self._said(fact, one, where)]
        return self._figures(data.get("values", {}), where) + said + super().rows(about, where, names)

    def _figures(self, values: Data, where: Thing) -> list[Row]:
        return [self._figure(_asked(fact, where), one) for fact, one in values.items()]

    def _figure(self, asked: Asked | None, one: dict[str, Any]) -> Row:
        old, new = ((asked and shown_text(asked, text, language())) or text for text in (one["old"], one["new"]["v"]))
        return Row(_label(asked), new or _now("nothing"), old or _now("nothing"))

    def _said(self, fact: str, one: dict[str, Any], where: Thing) -> list[Row]:
        label = _label(_asked(fact, where))
        new = one["new"]
        return [Row(f"{label}: {words}", new[key]) for key, words in _SAID.items() if new.get(key)]


@dataclass(frozen=True)
class OfFigure(Action):
    """What somebody did about one figure, which goes by its label and never by the name that only we know."""

    def filled(self, data: Data, where: Thing, names: Names) -> dict[str, str]:
        """Return what fills the sentence."""
        return super().filled(_in_words(data, where), where, names)

    def rows(self, data: Data, where: Thing, names: Names) -> list[Row]:
        """Return the data line by line."""
        return super().rows(_in_words(data, where), where, names)


def _in_words(data: Data, where: Thing) -> dict[str, Any]:
    if not data.get("fact"):
        return dict(data)
    asked = _asked(data["fact"], where)
    value = data.get("value", "")
    shown = {"value": shown_text(asked, value, language())} if asked is not None and value else {}
    return {**data, "fact": _label(asked), **shown}


def _asked(fact: str, where: Thing) -> Asked | None:
    round_ = where.about
    return all_asked(loaded(round_.framework, round_.readings)).get(fact) if round_ is not None else None


def _label(asked: Asked | None) -> str:
    return asked.label if asked is not None else _now("a figure that the framework does not ask for any more")


_SAID = {"as_of": _("as of"), "source": _("source"), "note": _("note")}
_SAVED = {
    "on_behalf": Field(_("On behalf of the unit"), yes),
    "reason": Field(_("Reason")),
    "change": Field(_("Name of the change")),
}
_RECEIPT = {
    "receipt": Field(_("Hash of the receipt")),
    "on_behalf": Field(_("On behalf of the unit"), yes),
    "word": Field(_("Word of the head")),
    "reason": Field(_("Reason")),
}
_REMARK = {
    "code": Field(_("Criterion")),
    "fact": Field(_("Figure")),
    "kind": Field(_("Kind"), lambda value: str(Remark.Kind(value).label)),
    "text": Field(_("Text")),
    "value": Field(_("Value")),
    "remark": Field(_("Number of the remark")),
}
_ON_BEHALF = {"on_behalf": _("on behalf of the unit")}


def _scopes(keys: Collection[int]) -> dict[int, str]:
    found = Report.objects.filter(pk__in=keys).values_list("pk", "participant__round")
    return {pk: f"round:{round_}" for pk, round_ in found}


def _about(**of: int) -> Iterator[Part]:
    for pk, round_ in Report.objects.filter(**of).values_list("pk", "participant__round"):
        yield Part(f"report:{pk}", f"round:{round_}")


know_things("report", _("report"), _reports)
know_scope("report", _scopes)
know_about("participant", lambda key: _about(participant=key))
know_about("unit", lambda key: _about(participant__unit=key))

know_actions(
    {
        "report.saved": Saved(
            _("Figures saved"),
            _("%(who)s saved %(count)s figures: %(changes)s"),
            _SAVED,
            {**_ON_BEHALF, "reason": _("reason: %(reason)s")},
        ),
        "report.submitted": Action(
            _("Report submitted"), _("%(who)s submitted the report to the head"), _RECEIPT, _ON_BEHALF
        ),
        "report.signed": Action(
            _("Report signed off"), _("%(who)s signed the report off"), _RECEIPT, {"word": _("word: %(word)s")}
        ),
        "report.returned": Action(
            _("Report sent back"), _("%(who)s sent the report back"), _RECEIPT, {"word": _("word: %(word)s")}
        ),
        "report.reopened": Action(
            _("Report reopened"), _("%(who)s reopened the report"), _RECEIPT, {"reason": _("reason: %(reason)s")}
        ),
        "report.contacts_changed": Action(
            _("Contacts changed"),
            _("%(who)s changed whom to reach about the report (what was written is not in the log)"),
        ),
        "remark.added": OfFigure(
            _("Remark added"), _("%(who)s wrote at criterion %(code)s (%(kind)s): “%(text)s”"), _REMARK
        ),
        "remark.answered": OfFigure(
            _("Objection answered"),
            _("%(who)s answered an objection to the figure “%(fact)s”: “%(text)s”"),
            _REMARK,
            {"value": _("corrected to %(value)s")},
        ),
        "remark.settled": OfFigure(
            _("Remark settled"), _("%(who)s settled a remark at criterion %(code)s"), _REMARK
        ),
    }
)  # fmt: skip
