"""What the log says of itself: who looked at it, took it along, checked and sealed it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.services import STRAND
from chiso.web.audit.strands import base_of, parsed
from chiso.web.audit.words import Action, Data, Field, Names, Row, Thing, action_of, day, know_actions, know_strand


@dataclass(frozen=True)
class Looked(Action):
    """A look at entries: what was looked for."""

    def refers(self, data: Data) -> Iterator[tuple[str, int]]:
        """Yield the things and accounts that were looked for."""
        if data.get("about"):
            yield parsed(data["about"])
        if data.get("within"):
            yield _of_scope(data["within"])
        yield from (("unit", key) for key in data.get("units") or ())
        yield from (("person", key) for key in data.get("by") or ())

    def rows(self, data: Data, where: Thing, names: Names) -> list[Row]:
        """Return what was looked for, by its names."""
        told = dict(data)
        if data.get("about"):
            told["about"] = names.words(*parsed(data["about"]))
        if data.get("within"):
            told["within"] = names.words(*_of_scope(data["within"]))
        for key, kind in (("units", "unit"), ("by", "person")):
            if key in data:
                told[key] = ", ".join(names.words(kind, one) for one in data[key]) or _now("nobody found")
        return super().rows(told, where, names)


def _of_scope(scope: str) -> tuple[str, int]:
    """Return the thing that names a scope: the strand itself where it is a unit's part of it."""
    return parsed(base_of(scope))


_LOOKED = {
    "within": Field(_("Part of the log")),
    "about": Field(_("About")),
    "units": Field(_("Units")),
    "by": Field(_("Person")),
    "what": Field(_("Action"), lambda name: str(action_of(name).words)),
    "since": Field(_("From"), day),
    "until": Field(_("To"), day),
    "format": Field(_("Format")),
    "entries": Field(_("Entries")),
}
_SEALED = {"seal": Field(_("Hash of the seal")), "strands": Field(_("Strands"))}
_CHECKED = {"entries": Field(_("Entries")), "breaks": Field(_("Breaks"))}

know_strand(STRAND, _("the log itself"))

know_actions(
    {
        "log.viewed": Looked(_("Log viewed"), _("%(who)s looked at the log"), _LOOKED),
        "log.exported": Looked(
            _("Log exported"), _("%(who)s took %(entries)s entries of the log along as %(format)s"), _LOOKED
        ),
        "log.checked": Action(
            _("Log checked"), _("%(who)s had %(entries)s entries checked; breaks found: %(breaks)s"), _CHECKED
        ),
        "log.sealed": Action(
            _("Log sealed"), _("%(who)s sealed %(strands)s strands of the log: %(seal)s"), _SEALED
        ),
    }
)  # fmt: skip
