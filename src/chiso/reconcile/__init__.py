"""Checks a published table of points: sums, ceilings, reachability, rounding; and what the figures force.

>>> from chiso import load
>>> from chiso.reconcile import load_published, reconcile
>>> framework = load("gia-lai-2023-province")
>>> [finding.place for finding in reconcile(framework, load_published(framework)) if finding.severity == "error"]
['4', '4.2', '7']
"""

from __future__ import annotations

from chiso.reconcile.finding import PublishedError, PublishedFinding
from chiso.reconcile.published import Published, load_published
from chiso.reconcile.report import reconcile
from chiso.reconcile.table import read_points

__all__ = ["Published", "PublishedError", "PublishedFinding", "load_published", "read_points", "reconcile"]
