"""People are found by their names, with or without diacritics."""

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import chiso.web.vietnamese


def fill(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
    """Save every account: that works the column out."""
    for user in apps.get_model("people", "User").objects.iterator():
        user.save(update_fields=["found_by"])


class Migration(migrations.Migration):
    dependencies = [("people", "0003_invitations")]

    operations = [
        migrations.AddField(
            "user", "found_by", chiso.web.vietnamese.DerivedField(by=chiso.web.vietnamese.folded, of=("full_name",))
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
