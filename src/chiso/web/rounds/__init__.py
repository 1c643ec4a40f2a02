"""Rounds: a framework version applied to units for a year, with groups, calendar and stages."""
