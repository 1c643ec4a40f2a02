"""Titles against what is counted: other people, other things, a larger area, staff that is not in the whole."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from chiso.framework.inputs import asked, every_rule
from chiso.framework.lint.finding import Finding, finding, joined
from chiso.framework.lint.printed import plain
from chiso.framework.lint.ratios import Sides, sides
from chiso.framework.lint.vocabulary import AREAS, EXCLUSIONS, POPULATIONS, STAFF, THINGS, without_quantifiers
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Levels, Ratio, Rule

_AGE = re.compile(r"từ (?:đủ )?(\d+) tuổi")
_ADULT_AGE = re.compile(r"trưởng thành từ (?:đủ )?(\d+) tuổi")
#: A title of fewer words may well stand twice.
_TELLING = 3
_ADULT = "trưởng thành"
_STAFF_SHORT = (("cbccvc", ("cán bộ", "công chức", "viên chức")), ("cbcc", ("cán bộ", "công chức")))


def findings(framework: Framework) -> Iterator[Finding]:
    """Yield titles and denominators that disagree, and terms used in two meanings."""
    for criterion in framework.criteria.values():
        found = list(sides(framework, criterion))
        if found:
            title = plain(criterion.detail or criterion.title)
            yield from _people(criterion, title, found)
            yield from _things(criterion, title, found)
            yield from _area(framework, criterion, title, found)
            yield from _staff(criterion, found)
            yield from _exclusion(criterion, title, found)
            yield from _unlike(criterion, found)
        yield from _no_age(framework, criterion)
    yield from _two_meanings(framework)
    yield from _same_title(framework)


@lru_cache(maxsize=2048)
def population(text: str) -> str | None:
    """Return which people a text speaks of; an age that is said outweighs any name."""
    if match := _AGE.search(text):
        return f"từ {match[1]} tuổi"
    return next((name for name, words in POPULATIONS.items() if any(word in text for word in words)), None)


@lru_cache(maxsize=2048)
def thing(text: str) -> str | None:
    """Return the class of what a text counts: what stands first after words such as ``Tỷ lệ`` or ``Tổng số``."""
    text = without_quantifiers(text)
    named = [(word, name) for name, words in THINGS.items() for word in words if _starts(text, word)]
    return max(named, key=lambda one: len(one[0]))[1] if named else None


def _starts(text: str, word: str) -> bool:
    return text.startswith(word) and not text[len(word) : len(word) + 1].isalnum()


def _people(criterion: Criterion, title: str, found: Sequence[Sides]) -> Iterator[Finding]:
    named = population(title.partition("/")[0])
    if named is None or thing(title) != "people":
        return
    for side in found:
        for text in side.under:
            other = population(text)
            if thing(text) == "people" and other not in (None, named):
                yield finding("L601", criterion.code, title=criterion.detail or criterion.title, denominator=text)
                return


def _things(criterion: Criterion, title: str, found: Sequence[Sides]) -> Iterator[Finding]:
    named = thing(title)
    for side in found:
        counted = [thing(text) for text in side.over]
        if named is not None and None not in counted and named not in counted:
            figures = {"title": criterion.detail or criterion.title, "counted": joined(side.over)}
            yield finding("L602", criterion.code, **figures)
            return


def _area(framework: Framework, criterion: Criterion, title: str, found: Sequence[Sides]) -> Iterator[Finding]:
    """Yield a ratio that names an area larger than the units that are assessed."""
    sizes = [kind for kind, _ in AREAS]
    if not all(kind in sizes for kind in framework.unit_kinds):
        return
    own = max(sizes.index(kind) for kind in framework.unit_kinds)
    texts = [title, *(text for side in found for text in (*side.over, *side.under))]
    for kind, words in AREAS[own + 1 :]:
        if any(words in text for text in texts):
            yield finding("L603", criterion.code, area=words, unit_kind=joined(framework.unit_kinds), area_kind=kind)
            return


def _staff(criterion: Criterion, found: Sequence[Sides]) -> Iterator[Finding]:
    for side in found:
        over, under = _kinds(side.over_words), _kinds(side.under_words)
        extra = [kind for kind in STAFF if kind in over - under]
        if extra and under:
            whole = joined(kind for kind in STAFF if kind in under)
            yield finding("L604", criterion.code, extra=joined(extra), whole=whole)
            return


def _exclusion(criterion: Criterion, title: str, found: Sequence[Sides]) -> Iterator[Finding]:
    """Yield a title that leaves something out which the denominator does not leave out."""
    matches = (re.search(rf"[(,;]\s*({word}\b[^(),;/]*)", title) for word in EXCLUSIONS)
    named = next((match[1] for match in matches if match), None)
    for side in found if named is not None else ():
        if not any(word in text for text in (*side.over_words, *side.under_words) for word in EXCLUSIONS):
            yield finding("L607", criterion.code, excluded=named, denominator=joined(side.under))
            return


def _unlike(criterion: Criterion, found: Sequence[Sides]) -> Iterator[Finding]:
    """Yield a share whose numerator counts other things than its denominator, and so is no part of it."""
    rule = criterion.effective_rule
    if not any(_is_share(node) for node in every_rule(rule)):
        return
    for side in found:
        over, under = ([thing(text) for text in texts] for texts in (side.over, side.under))
        if None not in (*over, *under) and not set(over) & set(under):
            yield finding("L609", criterion.code, over=joined(side.over), under=joined(side.under))
            return


def _is_share(node: Rule) -> bool:
    return (isinstance(node, Ratio) and node.part_of_whole) or (isinstance(node, Levels) and node.value == "share")


def _no_age(framework: Framework, criterion: Criterion) -> Iterator[Finding]:
    """Yield a criterion about adults that does not say from which age."""
    title = plain(criterion.detail or criterion.title)
    labels = [one.label for one in asked(framework, criterion)]
    texts = [criterion.title, criterion.detail or "", criterion.printed_rule or "", criterion.method or "", *labels]
    if _ADULT in title and not any(_AGE.search(plain(text)) for text in texts):
        yield finding("L608", criterion.code, title=criterion.detail or criterion.title)


def _kinds(texts: Sequence[str]) -> set[str]:
    found = {kind for kind in STAFF for text in texts if kind in text}
    for short, kinds in _STAFF_SHORT:
        if any(short in text for text in texts):
            found |= set(kinds)
    return found


def _two_meanings(framework: Framework) -> Iterator[Finding]:
    """Yield the second age from which a framework calls people adult."""
    ages: dict[str, str] = {}
    for criterion in framework.criteria.values():
        for match in _ADULT_AGE.finditer(plain(criterion.detail or criterion.title)):
            if ages and match[1] not in ages:
                age, first = next(iter(ages.items()))
                yield finding("L605", criterion.code, age=match[1], other_age=age, first=first)
            ages.setdefault(match[1], criterion.code)


def _same_title(framework: Framework) -> Iterator[Finding]:
    seen: dict[tuple[str, str], str] = {}
    for criterion in framework.criteria.values():
        key = (framework.parents[criterion.code], plain(f"{criterion.title} {criterion.detail or ''}"))
        if key in seen and len(key[1].split()) >= _TELLING:
            yield finding("L606", criterion.code, first=seen[key])
        seen.setdefault(key, criterion.code)
