"""What units there are, on which day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from chiso.web.units.models import UnitVersion


def on_day(day: dt.date) -> QuerySet[UnitVersion]:
    """Return what every unit is on a day; units that do not exist then are not among them."""
    lasting = Q(valid_to__isnull=True) | Q(valid_to__gte=day)
    return UnitVersion.objects.filter(lasting, valid_from__lte=day).select_related("unit")


def names_on(day: dt.date, units: Iterable[int]) -> dict[int, str]:
    """Return the names of units on a day, by their primary keys."""
    return dict(on_day(day).filter(unit__in=units).values_list("unit_id", "name"))
