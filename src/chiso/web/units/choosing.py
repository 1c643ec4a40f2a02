"""Choosing one unit of very many: by code, or by name; a browser offers what fits while one types."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from chiso.web.units.models import UnitVersion
from chiso.web.units.queries import listed, on_day, within
from chiso.web.vietnamese import folded

#: Stands between code and name where a unit is offered.
_BETWEEN = " — "

#: So many units are offered at a time.
OFFERED = 20


def words(version: UnitVersion) -> str:
    """Return a unit as it is offered and understood again."""
    return f"{version.code}{_BETWEEN}{version.name}"


def offered(day: dt.date, search: str, tops: Collection[int] | None) -> list[UnitVersion]:
    """Return the first units of a day that fit what was typed, of ``tops`` and what stands below (None: of all)."""
    found = listed(day, search=search.replace(_BETWEEN, " ")).select_related("parent")
    return list(_inside(found, day, tops)[:OFFERED])


def find(day: dt.date, text: str, tops: Collection[int] | None) -> UnitVersion:
    """Return the unit that was meant: by its code, with or without the name, or by a name that only one has.

    Raises:
        ValidationError: there is none, or there are several.
    """
    text = text.replace("\0", "").strip()
    possible = _inside(on_day(day), day, tops)
    by_code = possible.filter(code__in={text, text.partition(_BETWEEN)[0].strip()}).first()
    if by_code is not None:
        return by_code
    named = possible.filter(found_by__endswith=folded(text)).order_by("sorted_by")[: OFFERED * 5]
    same = [one for one in named if folded(one.name) == folded(text)]
    if len(same) == 1:
        return same[0]
    if same:
        codes = ", ".join(one.code for one in same[:5])
        raise forms.ValidationError(
            _("Several units are called so (%(codes)s). Enter the code of the one that you mean.") % {"codes": codes}
        )
    raise forms.ValidationError(
        _(
            "No unit for which you are responsible has this code or name. Type a part of the name and choose from "
            "the list."
        )
    )


def _inside(found: QuerySet[UnitVersion], day: dt.date, tops: Collection[int] | None) -> QuerySet[UnitVersion]:
    return found if tops is None else found.filter(unit__in=within(day, tops))
