"""Works out what the participants that are there already are sorted by."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

#: Rows written in one statement.
_BATCH = 500


def fill(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
    """Write the column; saving works it out from the name."""
    model = apps.get_model("rounds", "Participant")
    column = model._meta.get_field("sorted_by")
    batch = []
    for one in model._base_manager.using(schema.connection.alias).only("name").iterator(2000):
        column.pre_save(one, add=False)
        batch.append(one)
        if len(batch) == _BATCH:
            model._base_manager.bulk_update(batch, ["sorted_by"])
            batch.clear()
    model._base_manager.bulk_update(batch, ["sorted_by"])


class Migration(migrations.Migration):
    """The values."""

    dependencies = [("rounds", "0005_participants_sorted")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
