"""What the log says of accounts."""

from __future__ import annotations

from collections.abc import Collection

from django.utils.translation import gettext_lazy as _

from chiso.web.audit.words import Action, Field, Thing, know_actions, know_strand, know_things
from chiso.web.people.models import Role, User
from chiso.web.people.services import STRAND


def _people(keys: Collection[int]) -> dict[int, Thing]:
    return {pk: Thing(name) for pk, name in User.objects.filter(pk__in=keys).values_list("pk", "full_name")}


know_strand(STRAND, _("accounts and roles"))
know_things("person", _("account"), _people)

_FIELDS = {
    "account": Field(_("Account"), kind="person"),
    "role": Field(_("Role"), lambda value: str(Role(value).label)),
}

know_actions(
    {
        "account.changed": Action(
            _("Account changed"), _("%(who)s changed name, position or telephone of the account %(account)s"), _FIELDS
        ),
        "account.created": Action(
            _("Account made"), _("%(who)s made the account %(account)s as %(role)s"), _FIELDS
        ),
    }
)  # fmt: skip
