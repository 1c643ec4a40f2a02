"""Works out what the people who are there already are sorted by."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def fill(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
    """Write the column; saving works it out from the name."""
    people = apps.get_model("people", "User")._base_manager.using(schema.connection.alias)
    for one in people.only("full_name").iterator(2000):
        one.save(update_fields=["sorted_by"])


class Migration(migrations.Migration):
    """The values."""

    dependencies = [("people", "0005_sorted")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
