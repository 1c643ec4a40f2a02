"""Django's management commands: ``python -m chiso.web migrate``."""

from __future__ import annotations

import os

from django.core.management import execute_from_command_line


def run() -> None:
    """Run a management command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "chiso.web.settings")
    execute_from_command_line()


if __name__ == "__main__":
    run()
