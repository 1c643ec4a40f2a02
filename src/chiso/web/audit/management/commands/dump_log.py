"""``dump_log``: all entries as JSON, a line each, for whoever computes the chains with a program of their own."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from chiso.web.audit.models import Entry


class Command(BaseCommand):
    """Writes the log out."""

    help = "Write every entry of the log as a line of JSON, strand by strand, as docs/reference/log.md describes it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--strand", default="", help="one strand alone, such as people or report:12")

    def handle(self, *args: Any, strand: str, **options: Any) -> None:
        """Write entry by entry."""
        entries = Entry.objects.filter(strand=strand) if strand else Entry.objects.all()
        for entry in entries.order_by("strand", "number").iterator(chunk_size=2000):
            told = {
                "strand": entry.strand,
                "number": entry.number,
                "previous": entry.previous,
                "at": entry.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
                "action": entry.action,
                "by": entry.by_id,
                "address": entry.address,
                "data": entry.data,
                "hash": entry.hash,
            }
            self.stdout.write(json.dumps(told, ensure_ascii=False))
