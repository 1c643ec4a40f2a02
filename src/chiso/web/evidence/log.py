"""What the log says of evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from chiso.web.audit.strands import Part, know_about, know_scope
from chiso.web.audit.words import Action, Field, Thing, know_actions, know_things
from chiso.web.evidence.models import Evidence
from chiso.web.rounds.models import Participant


def _evidence(keys: Collection[int]) -> dict[int, Thing]:
    found = Evidence.objects.filter(pk__in=keys).values_list("pk", "title", "file_name", "url")
    return {pk: Thing(title or name or url) for pk, title, name, url in found}


def _strands(keys: Collection[int]) -> dict[int, Thing]:
    found = Participant.objects.filter(pk__in=keys).values_list("pk", "name", "round__title")
    return {
        pk: Thing(f"{name} · {title}", reverse("collection_of_participant", args=(pk,))) for pk, name, title in found
    }


def _scopes(keys: Collection[int]) -> dict[int, str]:
    return {one.pk: one.scope for one in Participant.objects.filter(pk__in=keys).only("round")}


def _about_participant(key: int) -> Iterator[Part]:
    for one in Participant.objects.filter(pk=key).only("round"):
        yield Part(f"evidence:{key}", one.scope)


def _about_unit(key: int) -> Iterator[Part]:
    for one in Participant.objects.filter(unit=key).only("round"):
        yield Part(f"evidence:{one.pk}", one.scope)


#: The strand of a participant's evidence bears its number; what entries name is the document.
know_things("evidence", _("evidence of participant"), _strands)
know_things("document", _("document"), _evidence)
know_scope("evidence", _scopes)
know_about("participant", _about_participant)
know_about("unit", _about_unit)

_FIELDS = {
    "evidence": Field(_("Document"), kind="document"),
    "code": Field(_("Criterion")),
    "digest": Field(_("Hash of the file")),
    "url": Field(_("Address")),
}

know_actions(
    {
        "evidence.added": Action(
            _("Evidence added"), _("%(who)s added the document “%(evidence)s” at criterion %(code)s"), _FIELDS
        ),
        "evidence.put": Action(
            _("Evidence put to a criterion"),
            _("%(who)s put the document “%(evidence)s” to criterion %(code)s"),
            _FIELDS,
        ),
        "evidence.taken_away": Action(
            _("Evidence taken away"),
            _("%(who)s took the document “%(evidence)s” away from criterion %(code)s"),
            _FIELDS,
        ),
    }
)  # fmt: skip
