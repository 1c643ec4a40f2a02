"""Import and export of units, in the background: a table is checked and previewed first, then applied as a whole."""

from __future__ import annotations

import hashlib
from collections import Counter
from pathlib import Path
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiso.web.audit.services import record
from chiso.web.formats import language
from chiso.web.jobs.models import Job
from chiso.web.jobs.work import Outcome, Run, StoppedError, job
from chiso.web.statistics import refresh
from chiso.web.units import queries, services, table
from chiso.web.units.effects import sentences
from chiso.web.units.models import Succession, Unit, UnitVersion
from chiso.web.units.permissions import access_of, may_change_units, scope_of
from chiso.web.units.phrases import sentence
from chiso.web.units.registry import Fault, Registry
from chiso.workbook.faults import TableError

#: Faults and changes that a preview lists; of more it says how many there are.
LISTED = 500


def _scope(run: Run) -> frozenset[int] | None:
    """Return the units within which whoever asked may change units now; a job may have waited for its turn."""
    access = access_of(run.actor.person)
    if not may_change_units(access):
        raise StoppedError(_("You may not change units any more. Nothing was changed."))
    return scope_of(access)


def _planned(path: Path, scope: frozenset[int] | None) -> tuple[Registry, list[Fault], list[str], int]:
    """Return what a table would do, its faults, remarks on the workbook, and the number of its rows."""
    try:
        found = table.read(path)
    except TableError as error:
        raise StoppedError(error.text(language())) from error
    registry = queries.registry()
    faults = [*found.faults, *table.apply(registry, found.rows)]
    faults += registry.faults(scope)
    remarks = [f"{fault.place}: {fault.text(language())}" for fault in found.remarks.listed()]
    return registry, faults, remarks, len(found.rows)


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@job("units.check", gettext_lazy("Check of a table of units"), repeatable=True)
def check(run: Run) -> Outcome:
    """Read a table of units and say what it would do; nothing is changed."""
    path = Path(run.job.source.path)
    registry, faults, remarks, rows = _planned(path, _scope(run))
    lang = language()
    told = {
        "rows": rows,
        "hash": _digest(path),
        "counts": dict(Counter(effect.kind for effect in registry.effects)),
        "effects": list(sentences(registry, registry.effects[:LISTED], lang)),
        "fault_count": len(faults),
        "faults": [[_short(fault.place), sentence(fault.code, lang, **fault.data)] for fault in faults[:LISTED]],
        "remarks": remarks[:LISTED],
        "next": reverse("units_import_checked", args=[run.job.pk]),
    }
    return Outcome(result=told)


def _short(place: str) -> str:
    """Return the place within the file: the name under which it is kept tells people nothing."""
    return place.partition(": ")[2] or place


@job("units.apply", gettext_lazy("Import of units"), repeatable=True)
def apply(run: Run) -> Outcome:
    """Do what a checked table says, all of it or nothing."""
    source = Job.objects.get(pk=run.arguments["check"])
    path = Path(source.source.path)
    with transaction.atomic():
        run.hold()
        services.lock()
        registry, faults, _remarks, rows = _planned(path, _scope(run))
        if faults:
            raise StoppedError(
                _(
                    "Units changed since the table was checked, and it no longer fits. Check it once more; "
                    "nothing was changed."
                )
            )
        services.write(registry)
        refresh(rows, Unit, UnitVersion, Succession)
        counts = dict(Counter(effect.kind for effect in registry.effects))
        told: dict[str, Any] = {"file": _digest(path), "rows": rows, "counts": counts}
        record(strand=services.STRAND, action="units.imported", actor=run.actor, **told)
    return Outcome(
        _("%(rows)s rows were applied.") % {"rows": rows}, {"counts": counts, "next": reverse("units")}
    )  # fmt: skip


@job("units.export", gettext_lazy("Export of units"), repeatable=True)
def export(run: Run) -> Outcome:
    """Write all units over all time into a workbook that the import reads."""
    codes: dict[int, list[UnitVersion]] = {}
    versions = list(UnitVersion.objects.select_related("act").order_by("sorted_by", "unit_id", "valid_from"))
    run.expect(len(versions))
    for version in versions:
        codes.setdefault(version.unit_id, []).append(version)
    links: dict[tuple[int, Any], list[tuple[str, Any]]] = {}
    for link in Succession.objects.order_by("pk"):
        before = [one for one in codes[link.predecessor_id] if one.valid_from < link.on]
        if before:
            links.setdefault((link.successor_id, link.on), []).append((before[-1].code, link.kind))
    rows = []
    for version in versions:
        parent = version.parent_id
        above = next((one.code for one in codes[parent] if _lasts(one, version)), "") if parent is not None else ""
        act = version.act
        told = (act.number, act.date, act.issuer, act.title) if act is not None else (None, None, None, None)
        rows.append((version.unit_id, version.code, version.name, version.kind, above,
                     version.valid_from, version.valid_to, *told))  # fmt: skip
    run.advance(len(rows))
    return Outcome("", {}, table.written(rows, links), "don-vi.xlsx")


def _lasts(parent: UnitVersion, version: UnitVersion) -> bool:
    return parent.valid_from <= version.valid_from and (
        parent.valid_to is None or parent.valid_to >= version.valid_from
    )
