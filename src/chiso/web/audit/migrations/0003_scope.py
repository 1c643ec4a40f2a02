"""Every entry knows its scope: the round, or the part of the system, to which its strand belongs."""

from __future__ import annotations

from importlib import import_module

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_append_only = import_module("chiso.web.audit.migrations.0002_append_only")

_FILL = (
    "UPDATE audit_entry SET scope = strand",
    """UPDATE audit_entry SET scope = COALESCE((
         SELECT 'round:' || p.round_id FROM rounds_participant p
         WHERE p.id = CAST(substr(audit_entry.strand, 13) AS bigint)), '') WHERE strand LIKE 'participant:%'""",
    """UPDATE audit_entry SET scope = COALESCE((
         SELECT 'round:' || p.round_id FROM rounds_participant p
         WHERE p.id = CAST(substr(audit_entry.strand, 10) AS bigint)), '') WHERE strand LIKE 'evidence:%'""",
    """UPDATE audit_entry SET scope = COALESCE((
         SELECT 'round:' || p.round_id FROM collection_report r JOIN rounds_participant p ON p.id = r.participant_id
         WHERE r.id = CAST(substr(audit_entry.strand, 8) AS bigint)), '') WHERE strand LIKE 'report:%'""",
)


def fill(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Give entries that are there already their scope; their hashes do not change."""
    with editor.connection.cursor() as cursor:
        for statement in _FILL:
            cursor.execute(statement)


class Migration(migrations.Migration):
    """Lifts the triggers while it adds the column: nothing else may touch an entry."""

    dependencies = [
        ("audit", "0002_append_only"),
        ("rounds", "0001_first"),
        ("collection", "0001_first"),
    ]

    operations = [
        migrations.RunPython(_append_only.allow, _append_only.forbid),
        migrations.AddField("entry", "scope", models.CharField(max_length=80, default=""), preserve_default=False),
        migrations.RemoveIndex("entry", "audit_entry_at"),
        migrations.AddIndex("entry", models.Index(fields=["scope", "at", "id"], name="audit_entry_scope")),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.RunPython(_append_only.forbid, _append_only.allow),
    ]
