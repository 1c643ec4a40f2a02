"""``back_up FOLDER``: a copy of the installation, made while it is in use."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chiso.web.operations import copies
from chiso.web.operations.databases import CopyError


class Command(BaseCommand):
    """Copies database and evidence."""

    help = "Copy the database and all files of evidence into a new folder, while people go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("folder", type=Path, help="a folder that does not exist yet")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Copy, and say what is in the copy.

        Raises:
            CommandError: the copy cannot be made.
        """
        try:
            about = copies.make(folder)
        except CopyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{folder}: the database and {about.files} files of evidence.")
