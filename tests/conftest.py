"""Profiles of Hypothesis: the same moderate examples each time, or many new ones with HYPOTHESIS_PROFILE=thorough."""

from __future__ import annotations

import os

from hypothesis import HealthCheck, Phase, settings

_PHASES = [phase for phase in Phase if phase is not Phase.explain]
_SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]

_COMMON = settings(deadline=None, suppress_health_check=_SLOW, phases=_PHASES)

settings.register_profile("ci", _COMMON, derandomize=True, max_examples=60)
settings.register_profile("thorough", _COMMON, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
