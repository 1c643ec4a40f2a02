"""Where the strands of reports end, and what their entries come to: the reports themselves know it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from chiso.web.audit.chain import Head
from chiso.web.audit.models import FREQUENT, Entry
from chiso.web.audit.strands import parsed
from chiso.web.collection.models import Report


class Values:
    """The values of a report as the entries of its strand have them."""

    def __init__(self, strand: str) -> None:
        self._key, self._number = parsed(strand)[1], 0
        self._cells: dict[str, Any] = {}

    def read(self, entry: Entry) -> None:
        """Take the cells of a save over; an entry that was tampered with may hold anything."""
        self._number = entry.number
        changes = entry.data.get("values") if entry.action == FREQUENT and isinstance(entry.data, dict) else None
        for fact, change in changes.items() if isinstance(changes, dict) else ():
            self._cells[fact] = change.get("new") if isinstance(change, dict) else None

    def differs(self) -> bool:
        """Say whether the report holds other values; people go on working while the log is read."""
        found = Report.objects.filter(pk=self._key).values_list("values", "number").first()
        if found is None:
            return False
        values, number = found
        since = Entry.objects.filter(strand=f"report:{self._key}", number__gt=self._number, number__lte=number)
        for entry in since.order_by("number"):
            self.read(entry)
        return bool(values != self._cells)


def ends_of_reports(strand: str) -> Iterator[tuple[str, Head]]:
    """Yield the ends of all reports that hold something, or of one; one that is gone has taken its end with it."""
    begun = Report.objects.filter(Q(number__gt=0) | ~Q(values={}))
    if strand:
        begun = begun.filter(pk=parsed(strand)[1])
    for pk, number, digest in begun.values_list("pk", "number", "hash").iterator():
        yield f"report:{pk}", Head(number, digest)
