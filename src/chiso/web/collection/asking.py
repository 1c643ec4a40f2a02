"""What a report asks for: the figures of the framework, and text that no rule uses but the document collects.

Such text is kept beside the figures under names that no figure has (``chiso.workbook.words``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from chiso.framework.inputs import Asked, asked, collected, formulas, implied, nested_rules
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import BestOf, Choice, Lateness, Levels, Rule, Steps
from chiso.web.frameworks.prepared import once_each
from chiso.workbook.words import explanation_name, general_name

#: Types of which the answer is kept as it was written.
TEXTS = frozenset({"text", "date", "document"})

#: Groups of facts of each of which one suffices.
Needs = tuple[tuple[str, ...], ...]


@once_each
def all_asked(framework: Framework) -> Mapping[str, Asked]:
    """Return everything that a report of a framework may hold, by name; personal data are kept elsewhere."""
    found = dict(collected(framework))
    for position, row in enumerate(framework.general_information):
        name = general_name(position, row)
        if name not in found and not row.personal:
            found[name] = Asked(name, name, row.label, row.type)
    for criterion in framework.criteria.values():
        if not criterion.criteria:
            name = explanation_name(criterion.code)
            found[name] = Asked(name, name, criterion.title, "text", optional=True)
    return found


def needed(framework: Framework, criterion: Criterion) -> Needs:
    """Return what a criterion needs to be filled in; see :func:`_needs`."""
    return all_needs(framework)[criterion.code]


@once_each
def all_needs(framework: Framework) -> Mapping[str, Needs]:
    """Return what each criterion needs to be filled in."""
    return {code: _needs(framework, criterion) for code, criterion in framework.criteria.items()}


def _needs(framework: Framework, criterion: Criterion) -> Needs:
    """Return what a criterion needs to be filled in: groups of facts, of each of which one suffices.

    Figures that only one of several cases asks for are not needed: another case may hold. A share that may be stated
    in place of its numerator and denominator stands for both.
    """
    rule = criterion.effective_rule
    figures = [one for one in asked(framework, criterion) if not one.optional]
    instead = tuple(
        one.fact for one in asked(framework, criterion) if one.optional and isinstance(rule, Levels) and rule.numerator
    )
    certain = set(_certain(rule))
    needs = tuple((one.fact, *instead) for one in figures if one.name in certain)
    return needs or ((tuple(one.fact for one in figures),) if figures else ())


def _certain(rule: Rule) -> Iterator[str]:
    """Yield the names of the inputs that a rule always looks at."""
    inner = list(nested_rules(rule))
    inside = {one.name for nested in inner for one in implied(nested)}
    inside |= {name for nested in inner for formula in formulas(nested) for name in formula.names()}
    own = {one.name for one in implied(rule)} | {name for formula in formulas(rule) for name in formula.names()}
    yield from own - inside
    if not isinstance(rule, BestOf | Choice | Steps | Lateness):
        for nested in inner:
            yield from _certain(nested)
