"""``seal_log``: the ends of all strands under one hash, for keeping where the operators of the system cannot reach."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from chiso.web.audit import seal as sealing
from chiso.web.audit.services import SYSTEM


class Command(BaseCommand):
    """Seals the log."""

    help = "Write a seal of the log: to standard output, into a file, or by mail. `verify_log --against` compares it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--to", type=Path, help="the file to write; it must not exist yet")
        parser.add_argument("--mail", nargs="+", default=[], help="addresses to send it to")

    def handle(self, *args: Any, to: Path | None, mail: list[str], **options: Any) -> None:
        """Seal, hand the seal over, and only then record it."""
        seal = sealing.made()
        if to is not None:
            try:
                with to.open("x", encoding="utf-8", newline="\n") as file:
                    file.write(seal.text())
            except OSError as error:
                raise CommandError(
                    f"{to}: {error.strerror}. Name a file that can be written and is not there."
                ) from error
        if mail:
            sealing.send(seal, mail)
        if to is None and not mail:
            self.stdout.write(seal.text(), ending="")
        sealing.note_seal(seal=seal, actor=SYSTEM)
        self.stderr.write(f"sealed: {len(seal.ends)} strands, {seal.hash}")
