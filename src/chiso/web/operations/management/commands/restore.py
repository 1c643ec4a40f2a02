"""``restore FOLDER``: put a copy back into an empty installation."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chiso.web.operations import copies
from chiso.web.operations.databases import CopyError


class Command(BaseCommand):
    """Puts database and evidence back."""

    help = "Put a copy into an empty database, bring it up to date, verify the log and every file of evidence."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("folder", type=Path, help="a folder that back_up wrote")

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        """Put back, and say what was in the copy.

        Raises:
            CommandError: the copy cannot be put back.
        """
        try:
            about = copies.put_back(folder)
        except CopyError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            f"Put back the copy of {about.made_at}, with {about.files} files of evidence. The log is whole."
        )
