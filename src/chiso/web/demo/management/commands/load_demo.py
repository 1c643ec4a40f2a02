"""Loads the demonstration and prints who can sign in."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from chiso.web.demo.content import ACCOUNTS, PASSWORD, load


class Command(BaseCommand):
    """``python -m chiso.web load_demo --examples examples``."""

    help = "Loads the demonstration: sample units, people, rounds and figures."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Ask where the sample figures are."""
        parser.add_argument("--examples", type=Path, default=Path("examples"), help="folder with the sample figures")

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        """Load what is not there yet."""
        load(options["examples"])
        width = max(len(account.email) for account in ACCOUNTS)
        self.stdout.write(f"Password of every account: {PASSWORD}")
        for account in ACCOUNTS:
            self.stdout.write(f"  {account.email:{width}}  {account.position}")
