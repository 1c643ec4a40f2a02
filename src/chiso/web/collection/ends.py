"""Where the strands of reports end: the reports themselves know it."""

from __future__ import annotations

from collections.abc import Iterator

from chiso.web.audit.chain import Head
from chiso.web.audit.strands import parsed
from chiso.web.collection.models import Report


def ends_of_reports(strand: str) -> Iterator[tuple[str, Head]]:
    """Yield the ends of all reports, or of one; a report that is gone has taken its end with it."""
    begun = Report.objects.filter(number__gt=0)
    if strand:
        begun = begun.filter(pk=parsed(strand)[1])
    for pk, number, digest in begun.values_list("pk", "number", "hash").iterator():
        yield f"report:{pk}", Head(number, digest)
