"""The database itself refuses to change or delete an entry of the log."""

from __future__ import annotations

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_SQLITE = """
CREATE TRIGGER audit_entry_no_{what} BEFORE {what} ON audit_entry
BEGIN SELECT RAISE(ABORT, 'entries of the log are never changed'); END
"""

_POSTGRESQL = """
CREATE FUNCTION audit_entry_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'entries of the log are never changed'; END $$;
CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry
FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
FOR EACH STATEMENT EXECUTE FUNCTION audit_entry_refuse();
"""


def forbid(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Set the triggers."""
    if editor.connection.vendor == "postgresql":
        editor.execute(_POSTGRESQL)
    else:
        for what in ("UPDATE", "DELETE"):
            editor.execute(_SQLITE.format(what=what))


def allow(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the triggers away."""
    if editor.connection.vendor == "postgresql":
        editor.execute("DROP FUNCTION audit_entry_refuse() CASCADE")
    else:
        for what in ("UPDATE", "DELETE"):
            editor.execute(f"DROP TRIGGER audit_entry_no_{what}")


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("audit", "0001_first")]

    operations = [migrations.RunPython(forbid, allow)]
