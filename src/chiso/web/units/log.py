"""What the log says of units and of what acts do to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.strands import Part, know_about, know_search
from chiso.web.audit.words import (
    Action,
    Data,
    Field,
    Names,
    Row,
    Thing,
    day,
    know_actions,
    know_strand,
    know_things,
)
from chiso.web.units import queries
from chiso.web.units.models import Kind, LegalAct, Succession
from chiso.web.units.services import STRAND

#: Names that a sentence lists; the rows below it name every unit.
_NAMED = 3


def _units(keys: Collection[int]) -> dict[int, Thing]:
    return {pk: Thing(name, reverse("unit", args=(pk,))) for pk, name in queries.last_names(keys).items()}


def _count(counts: dict[str, int]) -> str:
    return ", ".join(f"{_COUNTED[kind]}: {count}" for kind, count in counts.items())


_COUNTED = {
    "created": _("created"),
    "changed": _("changed"),
    "ended": _("ended"),
    "succeeded": _("succeeded"),
}
_STATE = {"name": _("Name"), "code": _("Code"), "kind": _("Kind"), "parent": _("Below")}
_FIELDS = {"on": Field(_("From"), day), "act": Field(_("Legal act"))}


@dataclass(frozen=True)
class ByAct(Action):
    """What an act did to units: every effect is a row, with what changed."""

    def refers(self, data: Data) -> Iterator[tuple[str, int]]:
        """Yield the units that the effects name."""
        for effect in data.get("effects", ()):
            states = (effect.get("before") or {}, effect.get("after") or {})
            keys = [effect["unit"], effect.get("predecessor"), effect.get("successor")]
            for key in [*keys, *(state.get("parent") for state in states)]:
                if key is not None:
                    yield "unit", key

    def filled(self, data: Data, where: Thing, names: Names) -> dict[str, str]:
        """Return the fields, and the units that it is about."""
        affected = dict.fromkeys(_name(one, names) for one in data.get("effects", ()) if "how" not in one)
        named = ", ".join(list(affected)[:_NAMED]) + (", …" if len(affected) > _NAMED else "")
        return {**super().filled(data, where, names), "units": named}

    def rows(self, data: Data, where: Thing, names: Names) -> list[Row]:
        """Return the fields, and each effect with what was before and what is now."""
        told = super().rows({key: value for key, value in data.items() if key != "effects"}, where, names)
        return told + [row for effect in data.get("effects", ()) for row in _effect(effect, names)]


def _name(effect: Data, names: Names) -> str:
    state = effect.get("after") or effect.get("before") or {}
    return state.get("name") or names.words("unit", effect["unit"])


def _effect(effect: Data, names: Names) -> Iterator[Row]:
    if "how" in effect:
        pair = [names.words("unit", effect[end]) for end in ("predecessor", "successor")]
        yield Row(pair[0], f"{Succession.Kind(effect['how']).label} {pair[1]}")
        return
    before, after = effect.get("before") or {}, effect.get("after") or {}
    for key, label in _STATE.items():
        old, new = (_shown(key, state.get(key), names) for state in (before, after))
        if old != new:
            yield Row(f"{_name(effect, names)}: {label}", new or _now("nothing"), old or None)


def _shown(key: str, value: Any, names: Names) -> str:
    if value is None:
        return ""
    if key == "parent":
        return names.words("unit", value)
    return str(Kind(value).label) if key == "kind" else str(value)


def _about_unit(key: int) -> Iterator[Part]:
    """Yield what is recorded of the acts by which a unit became what it is; an import names no unit."""
    acts = set(LegalAct.objects.filter(_of_unit(key)).values_list("number", flat=True))
    if acts:
        yield Part(STRAND, STRAND, Q(data__act__in=sorted(acts)))


def _of_unit(key: int) -> Q:
    return Q(versions__unit=key) | Q(successions__predecessor=key) | Q(successions__successor=key)


know_strand(STRAND, _("units"), lambda: reverse("units"), is_open=True)
know_things("unit", _("unit"), _units)
know_about("unit", _about_unit)
know_search("unit", queries.found_ever)

know_actions(
    {
        "unit.created": ByAct(
            _("Unit created"), _("%(who)s recorded a new unit from %(on)s, %(units)s, by %(act)s"), _FIELDS
        ),
        "unit.changed": ByAct(
            _("Unit changed"), _("%(who)s recorded what changes about %(units)s from %(on)s, by %(act)s"), _FIELDS
        ),
        "unit.merged": ByAct(
            _("Units merged"), _("%(who)s recorded a merger from %(on)s, by %(act)s: %(units)s"), _FIELDS
        ),
        "unit.split": ByAct(
            _("Unit split"), _("%(who)s recorded a split from %(on)s, by %(act)s: %(units)s"), _FIELDS
        ),
        "unit.ended": ByAct(
            _("Unit ended"), _("%(who)s recorded that %(units)s ends on %(on)s, by %(act)s"), _FIELDS
        ),
        "units.imported": Action(
            _("Units imported"),
            _("%(who)s imported a table of units with %(rows)s rows"),
            {
                "rows": Field(_("Rows")),
                "counts": Field(_("Units"), _count),
                "file": Field(_("Hash of the file")),
            },
        ),
    }
)  # fmt: skip
