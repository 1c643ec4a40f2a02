"""Rounds are prepared step by step and know when they were first opened; participants can be withdrawn."""

from __future__ import annotations

from typing import Any

from django.db import migrations, models
from django.utils import timezone


def opened(apps: Any, schema_editor: Any) -> None:
    """Say of what is no longer in preparation that it has been opened; on which day, nobody noted."""
    apps.get_model("rounds", "Round").objects.exclude(stage="preparing").update(opened_at=timezone.now())


class Migration(migrations.Migration):
    """Steps, opening and withdrawal."""

    dependencies = [("rounds", "0001_first")]

    operations = [
        migrations.AddField("participant", "withdrawn_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("participant", "withdrawn_for", models.TextField(blank=True)),
        migrations.AddField("round", "opened_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("round", "settled", models.JSONField(blank=True, default=list)),
        migrations.RunPython(opened, migrations.RunPython.noop),
    ]
