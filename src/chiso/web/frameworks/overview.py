"""A framework at a glance: its rows with maxima, the thresholds of its levels, and what of it words are found in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from chiso.framework.inputs import asked
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Levels
from chiso.framework.words import rule_lines, target_line
from chiso.web.frameworks.prepared import once_each
from chiso.web.vietnamese import folded

#: Deeper rows are not set in further.
_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension or criterion. ``targets``: what each level asks for; ``found_by``: its words without diacritics."""

    code: str
    title: str
    depth: int
    most: Fraction | None
    is_dimension: bool = False
    lead: tuple[str, ...] = ()
    due: str = ""
    is_unscored: bool = False
    targets: tuple[str, ...] = ()
    found_by: str = ""


@once_each
def rows_of(framework: Framework, lang: str) -> tuple[Row, ...]:
    """Return the rows of a framework in printed order."""
    return tuple(_rows(framework, lang))


def search(framework: Framework, words: str, lang: str) -> list[Row]:
    """Return the criteria in which every one of some words is found: in title, rule, inputs, agencies or notes."""
    wanted = folded(words).split()
    return [
        row for row in rows_of(framework, lang) if not row.is_dimension and all(one in row.found_by for one in wanted)
    ]


def _rows(framework: Framework, lang: str) -> Iterator[Row]:
    for dimension in framework.dimensions:
        title = dimension.title_in(lang)
        yield Row(dimension.code, title, 0, dimension.max_points, is_dimension=True, is_unscored=dimension.unscored)
        for top in dimension.criteria:
            yield from _below(framework, top, lang, 1)


def _below(framework: Framework, criterion: Criterion, lang: str, depth: int) -> Iterator[Row]:
    yield Row(
        criterion.code,
        criterion.title,
        min(depth, _DEEPEST),
        criterion.max_points,
        lead=tuple(criterion.lead),
        due=criterion.due or "",
        is_unscored=criterion.effective_rule.kind == "unscored",
        targets=_targets(framework, criterion, lang),
        found_by=_found_by(framework, criterion, lang),
    )
    for child in criterion.criteria:
        yield from _below(framework, child, lang, depth + 1)


def _targets(framework: Framework, criterion: Criterion, lang: str) -> tuple[str, ...]:
    rule = criterion.effective_rule
    if not isinstance(rule, Levels):
        return ()
    return tuple(
        target_line(framework, criterion, rule, rule.targets.get(level.number), lang) for level in framework.levels
    )


def _found_by(framework: Framework, criterion: Criterion, lang: str) -> str:
    told = [criterion.code, criterion.title, criterion.detail, criterion.printed_rule, criterion.clause, criterion.due]
    told += [*criterion.lead, *criterion.support, *criterion.evidence, *criterion.notes, *criterion.legal_basis]
    told += [one.label for one in asked(framework, criterion)]
    told += rule_lines(framework, criterion, lang)
    return folded(" \n ".join(text for text in told if text))
