"""Finds the held reports for which agencies have supplied other figures since; sums wait for the next results."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps
from django.db.models import OuterRef, Subquery

Document = Mapping[str, Mapping[str, Any]]


def compare(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
    """Note which figures of a receipt an agency would give otherwise now, where the unit says nothing itself."""
    reports = apps.get_model("collection", "Report").objects.using(schema.connection.alias)
    receipts = apps.get_model("collection", "Receipt").objects.using(schema.connection.alias)
    last = receipts.filter(report=OuterRef("pk")).order_by("-at", "-pk").values("content__values")[:1]
    supplied = reports.filter(
        participant=OuterRef("participant"), stage="provider", changed_at__gt=OuterRef("submitted_at")
    )
    held = reports.filter(stage="self", state__in=("submitted", "signed"))
    rows = held.annotate(frozen=Subquery(last), given=Subquery(supplied.values("values")[:1])).exclude(given=None)
    found = [
        pk
        for pk, own, given, frozen in rows.values_list("pk", "values", "given", "frozen").iterator(500)
        if frozen is not None and _differ(own, given, frozen)
    ]
    for at in range(0, len(found), 500):
        reports.filter(pk__in=found[at : at + 500]).update(is_overtaken=True)


def _differ(own: Document, given: Document, frozen: Document) -> bool:
    return any(
        _said(cell) != _said(frozen.get(fact, {})) for fact, cell in given.items() if not own.get(fact, {}).get("v")
    )


def _said(cell: Mapping[str, Any]) -> tuple[str, str]:
    text = cell.get("v", "")
    return text, cell.get("as_of", "") if text else ""


class Migration(migrations.Migration):
    """The values."""

    dependencies = [("collection", "0005_overtaken"), ("rounds", "0007_participants_in_order")]

    operations = [migrations.RunPython(compare, migrations.RunPython.noop)]
