"""The ``chiso`` command."""
