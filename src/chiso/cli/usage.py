"""What is wrong with arguments, said in the language of the reader: Python itself only says it in English."""

from __future__ import annotations

import argparse
import re
from typing import NoReturn

from chiso.cli.layout import harmless
from chiso.cli.phrases import phrase
from chiso.phrases import LANGUAGES

#: Sentences of argparse by the code of ours.
_SENTENCES = {
    "usage.required": re.compile(r"the following arguments are required: (?P<names>.+)"),
    "usage.unknown": re.compile(r"unrecognized arguments: (?P<names>.+)"),
    "usage.choice": re.compile(r"argument (?P<name>.+?): invalid choice: (?P<value>.+) \(choose from (?P<known>.+)\)"),
    "usage.value": re.compile(r"argument (?P<name>.+?): invalid year value: (?P<value>.+)"),
    "usage.empty": re.compile(r"argument (?P<name>.+?): expected (?:one|at least one) argument"),
    "usage.unclear": re.compile(r"ambiguous option: (?P<name>.+) could match (?P<known>.+)"),
}


class Parser(argparse.ArgumentParser):
    """A parser that complains in the language which its default for ``lang`` names."""

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments and where help is, and leave with exit code 2."""
        lang = self.get_default("lang") or LANGUAGES[0]
        self.exit(2, harmless(f"{self.format_usage()}{self.prog}: {in_words(message, lang)}\n"))


def year(text: str) -> int:
    """Return the year that an argument names.

    Raises:
        ValueError: it is none, or one that no index reports.
    """
    if not re.fullmatch(r"(?:19|20)\d\d", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def in_words(message: str, lang: str) -> str:
    """Return a sentence of argparse in the language asked for; one that is not known stays as it is."""
    for code, pattern in _SENTENCES.items():
        match = pattern.fullmatch(message)
        if match is not None:
            return phrase(code, lang, **match.groupdict())
    return message
