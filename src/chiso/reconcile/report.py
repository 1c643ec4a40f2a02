"""The one door of this room: a framework and a table of points in, everything that does not fit together out."""

from __future__ import annotations

from chiso.framework.model import Framework
from chiso.reconcile.finding import PublishedError, PublishedFinding
from chiso.reconcile.forced import forced
from chiso.reconcile.published import Published
from chiso.reconcile.rows import known_codes, rows
from chiso.reconcile.stated import Stated
from chiso.reconcile.sums import sums


def reconcile(framework: Framework, published: Published) -> list[PublishedFinding]:
    """Return all findings: faults of the table's rows first, then place by place in printed order. Changes nothing.

    Raises:
        PublishedError: the framework gives no points.
    """
    if framework.is_maturity:
        raise PublishedError("R912", framework.id)
    stated = Stated(framework, published)
    order = {code: number for number, code in enumerate(known_codes(stated))}
    found = [*rows(stated), *sums(stated), *forced(stated)]
    found.sort(key=lambda one: (order.get(one.place, -1), one.code))
    return [*published.faults, *found]
