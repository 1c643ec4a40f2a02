"""``verify_log``: whether the log is what it was; prints the ends of its strands, to be kept elsewhere."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils.translation import override

from chiso.web.audit.models import Entry
from chiso.web.audit.phrases import BROKEN
from chiso.web.audit.queries import breaks, heads


class Command(BaseCommand):
    """Verifies the log."""

    help = "Recompute every chain of the log. Exit code 1 when something was altered, removed or cut off."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--strand", default="", help="verify one strand alone, such as people or report:12")
        parser.add_argument("--heads", action="store_true", help="print the end of every strand: keep it elsewhere")

    def handle(self, *args: Any, strand: str, heads: bool, **options: Any) -> None:
        """Verify, and leave with the exit code."""
        found = list(breaks(strand))
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
