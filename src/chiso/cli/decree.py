"""The commands of ``chiso decree``: from a decision document to a draft framework."""

from __future__ import annotations

import argparse
from collections.abc import Callable

from chiso.cli.phrases import phrase

#: Makes a command with its help, under the subparsers given.
Command = Callable[[str, list[argparse.ArgumentParser], object], argparse.ArgumentParser]


def add_commands(actions: object, command: Command, table: argparse.ArgumentParser, lang: str) -> None:
    """Add the commands below ``chiso decree``."""
    read = command("decree read", [table], actions)
    read.add_argument("document", metavar="DOC", help=phrase("help.decree.document", lang))
    read.add_argument("-o", "--output", default=".", metavar="DIR", help=phrase("help.decree.output", lang))
    read.add_argument("--set", type=int, metavar="N", help=phrase("help.decree.set", lang))
    read.add_argument("--force", action="store_true", help=phrase("help.decree.force", lang))
    comparison = command("decree compare", [table], actions)
    comparison.add_argument("draft", metavar="DRAFT", help=phrase("help.decree.draft", lang))
    comparison.add_argument("framework", metavar="FRAMEWORK", help=phrase("help.decree.framework", lang))
    command("decree review", [], actions).add_argument("draft", metavar="DRAFT", help=phrase("help.decree.draft", lang))
    rule = command("decree rule", [table], actions)
    rule.add_argument("--title", metavar="T", default="", help=phrase("help.decree.title", lang))
    rule.add_argument("--max", metavar="N", help=phrase("help.decree.max", lang))
    rule.add_argument("text", metavar="TEXT", help=phrase("help.decree.text", lang))
