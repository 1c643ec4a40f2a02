"""Lists show a page of a round by name: an index spares the database reading and sorting the whole round for each."""

from __future__ import annotations

from django.db import migrations, models


class Migration(migrations.Migration):
    """The participants of a round by name, without those that were withdrawn."""

    dependencies = [("rounds", "0003_registration")]

    operations = [
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                fields=["round", "name", "id"],
                condition=models.Q(withdrawn_at__isnull=True),
                name="rounds_participant_by_name",
            ),
        ),
    ]
