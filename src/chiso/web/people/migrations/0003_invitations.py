"""Invitations hold no digest before their mail is sent; what became of the mail and of the invitation is kept.

Roles can end at once, in the middle of a day.
"""

import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_cache_table")]

    operations = [
        migrations.AddField("assignment", "ended_at", models.DateTimeField(blank=True, null=True)),
        migrations.AlterField(
            "invitation", "token_digest", models.CharField(default=None, max_length=64, null=True, unique=True)
        ),
        migrations.AlterField("invitation", "expires_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("invitation", "valid_from", models.DateField(default=django.utils.timezone.localdate)),
        migrations.AddField("invitation", "sent_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField("invitation", "failed_at", models.DateTimeField(blank=True, null=True)),
        migrations.AddField(
            "invitation",
            "accepted_by",
            models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex("invitation", models.Index(fields=["email"], name="people_invitation_email")),
    ]
