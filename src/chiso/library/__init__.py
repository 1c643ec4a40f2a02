"""The bundled frameworks: one folder each, with worked cases and published results."""
