"""Checks a published table of points: sums, ceilings, reachability, rounding."""
