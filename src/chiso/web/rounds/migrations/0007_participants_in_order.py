"""Lists show a page of a round in its order: the index follows it."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The participants of a round as lists show them, without those that were withdrawn."""

    dependencies = [("rounds", "0006_fill_sorted")]

    operations = [
        migrations.AlterModelOptions("participant", {"ordering": ["round", "sorted_by"]}),
        migrations.RemoveIndex("participant", "rounds_participant_by_name"),
        migrations.AddIndex(
            "participant",
            models.Index(
                fields=["round", "sorted_by", "id"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="rounds_participant_in_order",
            ),
        ),
    ]
