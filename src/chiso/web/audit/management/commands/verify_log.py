"""``verify_log``: whether the log is what it was; prints the ends of its strands, to be kept elsewhere."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import override

from chiso.web.audit.models import Entry
from chiso.web.audit.phrases import BROKEN
from chiso.web.audit.queries import breaks, heads
from chiso.web.audit.seal import Seal, SealError, broken, read


def _seal(path: Path) -> Seal:
    try:
        return read(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, SealError) as error:
        raise CommandError(f"{path}: {error}") from error


class Command(BaseCommand):
    """Verifies the log."""

    help = "Recompute every chain of the log. Exit code 1 when something was altered, removed or cut off."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--strand", default="", help="verify one strand alone, such as people or report:12")
        parser.add_argument("--heads", action="store_true", help="print the end of every strand: keep it elsewhere")

        parser.add_argument("--against", type=Path, help="a seal that was kept elsewhere, to compare the log with")

    def handle(self, *args: Any, strand: str, heads: bool, against: Path | None, **options: Any) -> None:
        """Verify, and leave with the exit code."""
        seal = _seal(against) if against is not None else None
        found = list(breaks(strand))
        if seal is not None:
            found += broken(seal)
        with override("en"):
            for one in found:
                self.stderr.write(f"{one.strand} #{one.number}: {BROKEN[one.code]}")
        if heads:
            self._print_heads(strand)
        if found:
            sys.exit(1)
        entries = Entry.objects.filter(strand=strand) if strand else Entry.objects.all()
        self.stdout.write(f"The log is whole: {entries.count()} entries.")

    def _print_heads(self, strand: str) -> None:
        for name, head in heads(strand):
            self.stdout.write(f"{name} {head.number} {head.hash}")
