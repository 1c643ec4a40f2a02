"""The command line: parses arguments, runs one command, answers with an exit code.

Exit codes: 0 done; 1 done with data faults, reported per row; 2 unusable arguments or files. Nothing is printed to
stdout but the result; everything said to the person goes to stderr.
"""

from __future__ import annotations

import argparse
import gc
import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import NoReturn, TextIO

from chiso.cli.decree import add_commands
from chiso.cli.output import say
from chiso.cli.phrases import phrase
from chiso.cli.usage import Parser, year
from chiso.phrases import LANGUAGES

DONE, WITH_FAULTS, UNUSABLE = 0, 1, 2

#: Commands and the module that carries each out, loaded only when it is used.
_COMMANDS = {
    "framework list": "frameworks:list_frameworks",
    "framework show": "frameworks:show_framework",
    "framework lint": "frameworks:lint_framework",
    "framework diff": "frameworks:diff_frameworks",
    "template": "forms:make_template",
    "score": "scores:score_units",
    "explain": "explanations:explain_criterion",
    "reconcile": "reconciliation:reconcile_table",
    "decree read": "decree_read:read_document",
    "decree rule": "decree_rule:read_wording",
    "decree compare": "decree_compare:compare_draft",
    "decree review": "decree_read:review_draft",
}


class UnusableError(Exception):
    """The arguments or files cannot be used: the sentence says why and what to do."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    parser = make_parser(_language_of(sys.argv[1:] if arguments is None else arguments))
    options = parser.parse_args(arguments)
    module, function = _COMMANDS[options.command].split(":")
    try:
        code: int = getattr(import_module(f"chiso.cli.{module}"), function)(options)
        sys.stdout.flush()
    except UnusableError as error:
        say(str(error))
        return UNUSABLE
    except KeyboardInterrupt:
        say(phrase("stopped", options.lang))
        return UNUSABLE
    except BrokenPipeError:
        # The reader of our output has gone; there is nobody left to tell.
        _drop_output()
        return DONE
    except OSError as error:
        _drop_output()
        say(phrase("output.failed", options.lang, problem=error.strerror or error))
        return UNUSABLE
    except MemoryError:
        say(phrase("output.memory", options.lang))
        return UNUSABLE
    return code


def _drop_output() -> None:
    """Send what is still to be written nowhere, so that Python does not try again when it leaves."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8")


def run() -> NoReturn:
    """Run the command line and leave with its exit code."""
    # A command makes many objects and hardly a cycle; looking for cycles took a twentieth of its time.
    gc.set_threshold(500_000)
    # A stream that the caller has closed is None.
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        # Vietnamese letters have no place in the old code pages that a pipe may fall back to.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main())


def make_parser(lang: str = "vi") -> argparse.ArgumentParser:
    """Return the parser of all commands, with its help in one language."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--lang", choices=LANGUAGES, default=lang, help=phrase("help.lang", lang))
    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument(
        "--reading", action="append", default=[], metavar="A1=OPTION", help=phrase("help.reading", lang)
    )
    table = argparse.ArgumentParser(add_help=False)
    table.add_argument("--format", choices=("table", "json"), default="table", help=phrase("help.format", lang))
    parser = Parser(prog="chiso", description=phrase("help.chiso", lang))
    parser.set_defaults(lang=lang)
    parser.add_argument("--version", action="version", version=_version())
    commands = parser.add_subparsers(dest="command_group", required=True, metavar="COMMAND")

    def command(name: str, parents: list[argparse.ArgumentParser], under: object = commands) -> argparse.ArgumentParser:
        words = phrase(f"help.{name}", lang)
        made: argparse.ArgumentParser = under.add_parser(  # type: ignore[attr-defined]
            name.split()[-1], parents=[common, *parents], help=words, description=words
        )
        made.set_defaults(command=name)
        return made

    framework = commands.add_parser("framework", help=phrase("help.framework", lang))
    framework.set_defaults(lang=lang)
    actions = framework.add_subparsers(dest="action", required=True, metavar="ACTION")
    command("framework list", [table], actions)
    command("framework show", [table, reading], actions).add_argument("id", metavar="ID")
    command("framework lint", [table, reading], actions).add_argument("id", metavar="ID-or-FILE")
    difference = command("framework diff", [table], actions)
    difference.add_argument("old", metavar="A")
    difference.add_argument("new", metavar="B")

    decree = commands.add_parser("decree", help=phrase("help.decree", lang))
    decree.set_defaults(lang=lang)
    add_commands(decree.add_subparsers(dest="action", required=True, metavar="ACTION"), command, table, lang)

    template = command("template", [reading])
    template.add_argument("id", metavar="ID")
    template.add_argument("-o", "--output", required=True, metavar="form.xlsx", help=phrase("help.output.form", lang))
    template.add_argument(
        "--unit", nargs="+", action="extend", default=[], metavar="NAME", help=phrase("help.unit", lang)
    )
    template.add_argument(
        "--facts", nargs="+", action="extend", default=[], metavar="FILE", help=phrase("help.known", lang)
    )
    template.set_defaults(units=None, children=None, year=None)

    scoring = command("score", [reading])
    scoring.add_argument("id", metavar="ID")
    _add_facts(scoring, lang)
    scoring.add_argument("--children", metavar="FILE", help=phrase("help.children", lang))
    scoring.add_argument("--format", choices=("table", "json", "csv"), help=phrase("help.format", lang))
    scoring.add_argument("-o", "--output", metavar="FILE", help=phrase("help.output", lang))

    explanation = command("explain", [reading, table])
    explanation.add_argument("id", metavar="ID")
    _add_facts(explanation, lang)
    explanation.add_argument("--children", metavar="FILE", help=phrase("help.children", lang))
    explanation.add_argument("--unit", required=True, metavar="NAME", help=phrase("help.one_unit", lang))
    explanation.add_argument("code", metavar="CODE")

    reconciliation = command("reconcile", [table, reading])
    reconciliation.add_argument("id", metavar="ID")
    reconciliation.add_argument("--points", metavar="FILE", help=phrase("help.points", lang))
    return parser


def _add_facts(parser: argparse.ArgumentParser, lang: str) -> None:
    parser.add_argument(
        "--facts", nargs="+", action="extend", required=True, metavar="FILE", help=phrase("help.facts", lang)
    )
    parser.add_argument("--units", metavar="FILE", help=phrase("help.units", lang))
    parser.add_argument("--year", metavar="YYYY", type=year, help=phrase("help.year", lang))


def _language_of(arguments: Sequence[str]) -> str:
    """Return the language asked for, so that even help and usage errors speak it."""
    for index, argument in enumerate(arguments):
        given = argument.partition("=")[2] if argument.startswith("--lang=") else ""
        if argument == "--lang" and index + 1 < len(arguments):
            given = arguments[index + 1]
        if given in LANGUAGES:
            return given
    wanted = os.environ.get("CHISO_LANG", "")
    return wanted if wanted in LANGUAGES else LANGUAGES[0]


def _version() -> str:
    from chiso import __version__

    return f"chiso {__version__}"


if __name__ == "__main__":
    # Started as a file this module is not the one that the commands know, and their errors would not be caught.
    import_module("chiso.cli.main").run()
