"""The table in which all processes count attempts (see ``CACHES`` in the settings)."""

from __future__ import annotations

from django.core.management import call_command
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps


def make(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Make the table."""
    call_command("createcachetable", "chiso_cache", database=editor.connection.alias, verbosity=0)


def drop(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the table away; what it held is forgotten within the hour anyway."""
    editor.execute("DROP TABLE chiso_cache")


class Migration(migrations.Migration):
    """Adds the table."""

    dependencies = [("people", "0001_first")]

    operations = [migrations.RunPython(make, drop)]
