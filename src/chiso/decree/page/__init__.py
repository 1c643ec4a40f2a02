"""The look of the report: one file that loads nothing from elsewhere, for closed networks and for printing."""
