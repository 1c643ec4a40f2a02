"""Held reports keep beside them whether others have changed since what they were submitted with."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The columns; the next migration compares what is there."""

    dependencies = [("collection", "0004_compression")]

    operations = [
        migrations.AddField("report", "is_overtaken", models.BooleanField(default=False)),
        migrations.AddField("report", "compared_at", models.DateTimeField(blank=True, null=True)),
    ]
