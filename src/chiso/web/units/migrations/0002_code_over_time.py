"""Codes change over time too; names are found without diacritics and sorted the Vietnamese way."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import chiso.web.vietnamese


def fill(apps: StateApps, schema: BaseDatabaseSchemaEditor) -> None:
    """Give every version the code of its unit; saving works the derived columns out."""
    for version in apps.get_model("units", "UnitVersion").objects.select_related("unit").iterator():
        version.code = version.unit.code
        version.save()


class Migration(migrations.Migration):
    dependencies = [("units", "0001_first")]

    operations = [
        migrations.AlterField("unit", "code", models.CharField(db_index=True, max_length=40)),
        migrations.AddField("unitversion", "code", models.CharField(max_length=40, default=""), preserve_default=False),
        migrations.AddField(
            "unitversion",
            "found_by",
            chiso.web.vietnamese.DerivedField(by=chiso.web.vietnamese.folded, of=("code", "name")),
        ),
        migrations.AddField(
            "unitversion",
            "sorted_by",
            chiso.web.vietnamese.DerivedField(by=chiso.web.vietnamese.ordered, of=("name",)),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AddConstraint(
            "unitversion",
            models.UniqueConstraint(
                condition=models.Q(("valid_to__isnull", True)), fields=("code",), name="units_version_code_of_one"
            ),
        ),
        migrations.AddIndex("unitversion", models.Index(fields=["sorted_by"], name="units_version_sorted")),
    ]
