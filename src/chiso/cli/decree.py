"""The commands of ``chiso decree``: from a decision document to a draft framework."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from chiso.cli.phrases import phrase

#: Makes a command with its help, under the subparsers given.
Command = Callable[[str, list[argparse.ArgumentParser], object], argparse.ArgumentParser]


def add_commands(actions: object, command: Command, table: argparse.ArgumentParser, lang: str) -> None:
    """Add the commands below ``chiso decree``."""
    rule = command("decree rule", [table], actions)
    rule.add_argument("--title", metavar="T", default="", help=phrase("help.decree.title", lang))
    rule.add_argument("--max", metavar="N", help=phrase("help.decree.max", lang))
    rule.add_argument("text", metavar="TEXT", help=phrase("help.decree.text", lang))
