"""Lists of people stand in the order of Vietnamese dictionaries: a column of its own for it, empty at first."""

from __future__ import annotations

from django.db import migrations

import chiso.web.vietnamese


class Migration(migrations.Migration):
    """The column; the next migration fills it."""

    dependencies = [("people", "0004_found_by")]

    operations = [
        migrations.AddField(
            "user", "sorted_by", chiso.web.vietnamese.DerivedField(by=chiso.web.vietnamese.ordered, of=("full_name",))
        ),
    ]
