"""``chiso decree rule``: how one printed scoring rule is read."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from fractions import Fraction

from chiso.cli.main import DONE, WITH_FAULTS, UnusableError
from chiso.cli.output import print_json, print_table, print_text
from chiso.cli.phrases import phrase
from chiso.decree.wording import RuleReading
from chiso.decree.wording.reading import MAX_LENGTH, read_rule
from chiso.decree.wording.shown import Shown, as_dict
from chiso.quantity import parse_rational


def read_wording(options: Namespace) -> int:
    """Print how one wording is read."""
    most = _maximum(options)
    text = sys.stdin.read(MAX_LENGTH + 1) if options.text == "-" else options.text.replace("\\n", "\n")
    reading = read_rule(text, title=options.title, max_points=most)
    shown = Shown(reading, options.title, most)
    others = [Shown(one, options.title, most) for one in reading.alternatives]
    if options.format == "json":
        print_json({"text": text, **as_dict(shown, options.lang, alternatives=others)})
    else:
        for line in _lines(shown, options.lang):
            print_text(line)
        _table(shown, options.lang)
        for line in _rest(reading, others, options.lang):
            print_text(line)
    return WITH_FAULTS if reading.confidence == "low" else DONE


def _maximum(options: Namespace) -> Fraction | None:
    """Return the maximum that was given.

    Raises:
        UnusableError: it is not a number above 0.
    """
    if options.max is None:
        return None
    try:
        most = parse_rational(options.max.replace(",", "."))
    except ValueError:
        most = Fraction(0)
    if most <= 0:
        raise UnusableError(phrase("decree.max", options.lang, value=options.max[:40]))
    return most


def _lines(shown: Shown, lang: str) -> Iterator[str]:
    reading = shown.reading
    confidence = phrase(f"decree.confidence.{reading.confidence}", lang)
    yield f"{phrase('decree.confidence', lang)}: {confidence} ({reading.how})"
    yield from (f"- {doubt.text(lang)} [{doubt.code}]" for doubt in reading.doubts)
    yield ""
    yield phrase("decree.rule", lang)
    yield from (f"  {line}" for line in shown.file_text().splitlines())
    yield ""
    yield phrase("decree.words", lang)
    yield from (f"  {line}" for line in shown.words(lang))
    if reading.not_applicable:
        yield f"  {phrase(f'decree.not_applicable.{reading.not_applicable}', lang)}"


def _table(shown: Shown, lang: str) -> None:
    """Print some figures and the points that follow from them."""
    names, rows = shown.table(lang)
    if rows:
        print_text("")
        print_text(phrase("decree.examples", lang, most=shown.full))
        print_table([*names, phrase("decree.points", lang)], rows, right=range(len(names) + 1))


def _rest(reading: RuleReading, others: list[Shown], lang: str) -> Iterator[str]:
    if reading.left_over:
        yield ""
        yield phrase("decree.left_over", lang)
        yield from (f"  {line}" for line in reading.left_over)
    for other in others:
        yield ""
        yield phrase("decree.alternative", lang)
        yield from (f"  {line}" for line in other.words(lang))
