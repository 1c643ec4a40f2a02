"""The deadlines that a document prints for its criteria, beside the days of a round."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass

from django.utils import timezone

from chiso.framework.due import last_day
from chiso.framework.model import Framework
from chiso.web.rounds.models import Round


@dataclass(frozen=True, slots=True)
class Printed:
    """A printed deadline: for how many criteria it stands, and its last day; None where the document gives none.

    ``is_late`` says that the day comes after the due time: reports are in before what they report has to be done.
    """

    text: str
    criteria: int
    day: dt.date | None
    is_late: bool


def deadlines_of(framework: Framework, round_: Round) -> list[Printed]:
    """Return the deadlines that criteria of a framework have, in the order in which they are first printed."""
    counts = Counter(one.due for one in framework.criteria.values() if one.due)
    due_on = timezone.localdate(round_.due_at)
    found = []
    for text, count in counts.items():
        known = framework.deadlines.get(text)
        day = last_day(known, round_.year) if known is not None else None
        found.append(Printed(text, count, day, day is not None and day > due_on))
    return found
