"""What the log says of frameworks."""

from __future__ import annotations

from collections.abc import Collection

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, Thing, know_actions, know_strand, know_things
from chiso.web.formats import language
from chiso.web.frameworks.models import FrameworkVersion

know_strand("frameworks", _("frameworks"), is_open=True)


def _versions(keys: Collection[int]) -> dict[int, Thing]:
    found = FrameworkVersion.objects.filter(pk__in=keys).values_list("pk", f"title_{language()}", "version")
    return {pk: Thing(f"{title} ({version})", reverse("framework", args=(pk,))) for pk, title, version in found}


know_things("framework", _("framework"), _versions)

_FIELDS = {
    "version": Field(_("Framework"), kind="framework"),
    "id": Field(_("Name in files")),
    "hash": Field(_("Hash of the framework")),
}

know_actions(
    {
        "framework.added": Action(
            _("Framework added"),
            _("%(who)s added the framework “%(version)s”"),
            _FIELDS,
        ),
        "framework.withdrawn": Action(
            _("Framework withdrawn"),
            _("%(who)s withdrew the framework “%(version)s”; reason: %(reason)s"),
            {**_FIELDS, "reason": Field(_("Reason"))},
        ),
        "framework.offered": Action(
            _("Framework offered again"), _("%(who)s let the framework “%(version)s” be chosen again"), _FIELDS
        ),
    }
)
