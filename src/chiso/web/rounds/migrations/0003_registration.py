"""Units register the level they aim at, until a day of the calendar; it counts once their head has confirmed it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The day until which levels are registered, and the confirmation."""

    dependencies = [("rounds", "0002_preparing")]

    operations = [
        migrations.AddField("participant", "level_confirmed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("round", "registration_until", models.DateField(blank=True, null=True)),
    ]
