"""What lists say of a framework is kept beside it, so that they need not load it."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models

from chiso.framework.loader import load_text
from chiso.quantity import write_rational


def fill(apps: Any, schema_editor: Any) -> None:
    """Say of each version what it holds."""
    for version in apps.get_model("frameworks", "FrameworkVersion").objects.iterator():
        framework = load_text(version.text)
        version.about = {
            "number": framework.legal.number,
            "date": framework.legal.date.isoformat() if framework.legal.date else None,
            "year": framework.legal.year,
            "issuer": framework.legal.issuer,
            "unit_kinds": framework.unit_kinds,
            "criteria": sum(not one.criteria for one in framework.criteria.values()),
            "max_points": None if framework.max_points is None else write_rational(framework.max_points),
            "levels": len(framework.levels),
        }
        version.save(update_fields=["about"])


class Migration(migrations.Migration):
    dependencies = [("frameworks", "0001_first")]

    operations = [
        migrations.AddField(
            model_name="frameworkversion",
            name="about",
            field=models.JSONField(default=dict),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
