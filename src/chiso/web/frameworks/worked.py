"""Some figures for a rule and the points that the engine gives for them, so that a reader sees what the rule does."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from django.utils.translation import gettext as _

from chiso.decree.wording.examples import Example, examples
from chiso.framework.inputs import Asked, asked, every_rule, nested_rules
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Choice, Count, Lateness, Parts, PerItem, Ratio, Steps, YesNo
from chiso.quantity import local_text, percent_text

#: Rules whose points follow from a unit's own figures alone, and from few of them.
_SIMPLE = (Choice, Count, Lateness, Parts, PerItem, Ratio, Steps, YesNo)

#: More inputs than this make a table that explains nothing.
_MOST_INPUTS = 5


@dataclass(frozen=True, slots=True)
class Worked:
    """A table of points: the inputs it varies, and rows of their values with the points that follow."""

    inputs: tuple[Asked, ...]
    rows: tuple[tuple[tuple[str, ...], str], ...]


def worked(framework: Framework, criterion: Criterion, lang: str) -> Worked | None:
    """Return worked points of a criterion with a simple rule; None where there are none to show."""
    rule = criterion.effective_rule
    if criterion.max_points is None or not all(isinstance(one, _SIMPLE) for one in every_rule(rule)):
        return None
    if isinstance(rule, Choice | YesNo) and not any(True for _inner in nested_rules(rule)):
        return None  # its words are that table already
    known = {one.name: one for one in asked(framework, criterion)}
    found = [one for one in examples(rule, criterion.max_points) if one.points.known]
    names = {name for one in found for name in one.values}
    if not names or len(names) > _MOST_INPUTS or not known.keys() >= names:
        return None
    inputs = tuple(one for name, one in known.items() if name in names)
    return Worked(inputs, tuple(_row(one, inputs, lang) for one in found))


def _row(example: Example, inputs: tuple[Asked, ...], lang: str) -> tuple[tuple[str, ...], str]:
    values = tuple(_value(one, example.values[one.name], lang) if one.name in example.values else "" for one in inputs)
    return values, local_text(example.points.value, lang)


def _value(one: Asked, value: Fraction, lang: str) -> str:
    if one.type == "choice":
        return one.options[int(value)].label
    if one.type == "yes_no":
        return _("Yes") if value else _("No")
    return percent_text(value, lang) if one.type == "share" else local_text(value, lang)
