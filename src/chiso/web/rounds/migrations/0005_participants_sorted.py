"""Lists of units stand in the order of Vietnamese dictionaries: a column of its own for it, empty at first."""

from __future__ import annotations

from django.db import migrations

import chiso.web.vietnamese


class Migration(migrations.Migration):
    """The column; the next migration fills it."""

    dependencies = [("rounds", "0004_participants_by_name")]

    operations = [
        migrations.AddField(
            "participant",
            "sorted_by",
            chiso.web.vietnamese.DerivedField(by=chiso.web.vietnamese.ordered, of=("name",)),
        ),
    ]
