"""The page of a criterion: what is printed, what it means, what it asks for, and what is unclear about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from chiso.framework.inputs import Asked, asked, collected
from chiso.framework.measures import known_units
from chiso.framework.model import Criterion, Fact, Framework, Reading
from chiso.framework.words import lines_under, rule_lines
from chiso.quantity import local_text, percent_text
from chiso.web.frameworks.prepared import once_each
from chiso.web.frameworks.worked import Worked, worked
from chiso.workbook.questions import letter


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A line of a rule in words: how deep it is set in, and whether it is one of several cases."""

    text: str
    depth: int
    is_case: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """An input as the page shows it. ``used_by`` are the other criteria that use the same figure."""

    asked: Asked
    letter: str
    unit: str
    providers: tuple[str, ...]
    as_of: str
    range: str
    used_by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Option:
    """One way to read an unclear clause, and the rule of the criterion under it; no rule: it stays as it is."""

    words: str
    is_default: bool
    is_chosen: bool
    rule: tuple[RuleLine, ...]


@dataclass(frozen=True, slots=True)
class ReadingShown:
    """A reading that concerns a criterion, or all of them."""

    reading: Reading
    question: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that the page of a criterion shows."""

    criterion: Criterion
    above: tuple[tuple[str, str, bool], ...]
    rule: tuple[RuleLine, ...]
    inputs: tuple[Shown, ...]
    readings: tuple[ReadingShown, ...]
    worked: Worked | None
    before: str
    after: str


def sheet_of(framework: Framework, code: str, lang: str) -> Sheet:
    """Return the page of a criterion."""
    criterion = framework.criteria[code]
    codes = list(framework.criteria)
    at = codes.index(code)
    return Sheet(
        criterion,
        tuple(_above(framework, code, lang)),
        rule_shown(rule_lines(framework, criterion, lang, lettered=True)),
        tuple(_inputs(framework, criterion, lang)),
        tuple(_reading(framework, one, lang, code) for one in framework.readings if _concerns(one, code)),
        worked(framework, criterion, lang),
        codes[at - 1] if at else "",
        codes[at + 1] if at + 1 < len(codes) else "",
    )


def readings_of(framework: Framework, lang: str) -> list[ReadingShown]:
    """Return the readings of a framework with the words of their options."""
    return [_reading(framework, one, lang) for one in framework.readings]


def rule_shown(lines: Iterable[str]) -> tuple[RuleLine, ...]:
    """Return the lines of a rule in words as a page sets them: how deep each stands, and whether it is a case."""
    found = []
    for line in lines:
        bare = line.lstrip(" ")
        depth = min((len(line) - len(bare)) // 2, _DEEPEST)
        found.append(RuleLine(bare.removeprefix("- "), depth, bare.startswith("- ")))
    return tuple(found)


#: Deeper lines are not set in further.
_DEEPEST = 6


def _above(framework: Framework, code: str, lang: str) -> Iterator[tuple[str, str, bool]]:
    """Yield what a criterion stands below, from the top: code, title, whether it is a criterion."""
    path = []
    while (code := framework.parents.get(code, "")) in framework.criteria:
        path.append((code, framework.criteria[code].title, True))
    yield from ((one.code, one.title_in(lang), False) for one in framework.dimensions if one.code == code)
    yield from reversed(path)


def _inputs(framework: Framework, criterion: Criterion, lang: str) -> Iterator[Shown]:
    users = users_of(framework)
    for one in asked(framework, criterion):
        fact = framework.known_facts.get(one.fact)
        declared = tuple(one.declared.lead) if one.declared else ()
        providers = declared or ((fact.provider,) if fact and fact.provider else ())
        used_by = tuple(code for code in users.get(one.fact, ()) if code != criterion.code)
        unit = "%" if one.type == "share" else known_units().get(one.unit, {}).get(lang, "")
        as_of = fact.as_of if fact and fact.as_of else ""
        yield Shown(one, letter(criterion, one), unit, providers, as_of, _range(fact, lang), used_by)


@once_each
def users_of(framework: Framework) -> dict[str, tuple[str, ...]]:
    """Return the criteria that use each fact, in printed order."""
    found: dict[str, list[str]] = {fact: [] for fact in collected(framework)}
    for code, criterion in framework.criteria.items():
        for one in asked(framework, criterion):
            found[one.fact].append(code)
    return {fact: tuple(dict.fromkeys(codes)) for fact, codes in found.items()}


def _range(fact: Fact | None, lang: str) -> str:
    if fact is None or fact.range is None:
        return ""
    low, high = (percent_text(one, lang) if fact.type == "share" else local_text(one, lang) for one in fact.range)
    return f"{low} – {high}"


def _concerns(reading: Reading, code: str) -> bool:
    """Say whether a reading is about a criterion: it changes its rule, or its clause names the row."""
    named = set(re.findall(r"[0-9A-ZĐ]+(?:\.[0-9A-Z]+)+", reading.clause))
    return code in named or any(code in option.rules for option in reading.options.values())


def _reading(framework: Framework, reading: Reading, lang: str, code: str = "") -> ReadingShown:
    chosen = framework.chosen_readings.get(reading.id, reading.default)
    options = tuple(
        Option(
            option.label[lang],
            name == reading.default,
            name == chosen,
            rule_shown(lines_under(framework, framework.criteria[code], option.rules[code], lang, lettered=True))
            if code in option.rules
            else (),
        )
        for name, option in reading.options.items()
    )
    return ReadingShown(reading, reading.question[lang], options)
