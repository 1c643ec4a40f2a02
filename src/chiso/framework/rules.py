"""The closed set of rule nodes: how the points of a criterion follow from facts.

A rule is data. Each node says what it needs and how much of the criterion's maximum it can give; it is
computed by ``chiso.scoring`` and put into words by ``chiso.framework.words``. Nodes combine: an option of a
choice, a part, or a case may hold a rule of its own. Shares are fractions of the maximum, from 0 to 1.

Inputs are named by the letter that the document prints (``a``), or, where it prints none, by the name that
each node gives: ``num``/``den``, ``n``, ``choice``, ``days_late``, ``value``, ``points``; the inputs of parts
are ``#1``, ``#2``, ... in printed order.
"""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from chiso.framework.expression import Formula, Name
from chiso.quantity import Rational

Share = Annotated[Rational, Field(ge=0, le=1)]


class Node(BaseModel):
    """Base of everything written in a framework file: frozen, and unknown keys are errors.

    Each kind of node is completed when it is first used: most only stand inside others, which check them themselves.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, defer_build=True)


class Option(Node):
    """One printed line of a choice: its share of the maximum, or a rule of its own for the points."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    label: str
    share: Share | None = None
    rule: Rule | None = None

    @model_validator(mode="after")
    def _one_consequence(self) -> Option:
        if (self.share is None) == (self.rule is None):
            raise PydanticCustomError("F031", "an option has either a share or a rule")
        return self


class Choice(Node):
    """The unit says which printed line holds."""

    kind: Literal["choice"]
    input: str = "choice"
    options: Annotated[list[Option], Field(min_length=1)]


class YesNo(Node):
    """The whole maximum when the answer is yes, nothing when it is no."""

    kind: Literal["yes_no"]
    input: str
    label: str


class Ratio(Node):
    """``numerator / denominator``, full from ``full_at`` on, in proportion below.

    ``part_of_whole`` says whether the numerator is counted within the denominator: then a numerator above it is
    bad data, otherwise the points are capped at the maximum (reading A7).
    """

    kind: Literal["ratio"]
    numerator: Formula
    denominator: Formula
    full_at: Annotated[Rational, Field(gt=0)] = Fraction(1)
    part_of_whole: bool


class Line(Node):
    """One printed line of steps: exactly one bound, the share it gives, and its wording.

    The bound may be followed by a rule instead of a share ("below 1 %: ratio * maximum").
    """

    at_least: Rational | None = None
    above: Rational | None = None
    at_most: Rational | None = None
    below: Rational | None = None
    share: Share | None = None
    rule: Rule | None = None
    label: str

    @model_validator(mode="after")
    def _one_bound(self) -> Line:
        if sum(bound is not None for bound in (self.at_least, self.above, self.at_most, self.below)) != 1:
            raise PydanticCustomError("F032", "a line has exactly one of at_least, above, at_most, below")
        if (self.share is None) == (self.rule is None):
            raise PydanticCustomError("F031", "a line has either a share or a rule")
        return self

    @property
    def bound(self) -> tuple[str, Fraction]:
        """Return the one bound: its name and its value."""
        for name in ("at_least", "above", "at_most", "below"):
            value = getattr(self, name)
            if value is not None:
                return name, value
        raise AssertionError("checked when the line was made")


class Otherwise(Node):
    """What holds when no line above does."""

    share: Share | None = None
    rule: Rule | None = None
    label: str

    @model_validator(mode="after")
    def _one_consequence(self) -> Otherwise:
        if (self.share is None) == (self.rule is None):
            raise PydanticCustomError("F031", "the last line has either a share or a rule")
        return self


class Steps(Node):
    """The first line whose bound holds gives the points.

    ``unit`` names the unit of measure of the bounds; leave it out when the formula is a ratio (bounds are shares).
    ``part_of_whole``: the formula is a quotient whose numerator is counted within its denominator, so that a
    numerator above it is bad data (reading A7).
    """

    kind: Literal["steps"]
    of: Formula
    unit: str | None = None
    part_of_whole: bool = False
    lines: Annotated[list[Line], Field(min_length=1)]
    otherwise: Otherwise


class Count(Node):
    """A count against a target: in proportion, full from the target on."""

    kind: Literal["count"]
    of: Formula
    target: Annotated[Rational, Field(gt=0)]


class PerItem(Node):
    """So many points for each item, at most the maximum ("mỗi ... 1 điểm, không quá ...")."""

    kind: Literal["per_item"]
    of: Formula
    points: Annotated[Rational, Field(gt=0)]


class Part(Node):
    """A share of the maximum that has a rule of its own."""

    label: str
    share: Annotated[Rational, Field(gt=0, le=1)]
    rule: Rule


class Parts(Node):
    """Weighted parts whose points add up; each part is capped on its own (reading A8)."""

    kind: Literal["parts"]
    parts: Annotated[list[Part], Field(min_length=1)]


class LateLine(Node):
    """Done at most so many days late gives this share."""

    at_most: Annotated[Rational, Field(ge=0)]
    share: Share
    label: str


class Lateness(Node):
    """Points fall with the days of delay. Inputs: ``days_late`` (0 = on time) and, optionally, ``done`` (yes/no)."""

    kind: Literal["lateness"]
    input: str = "days_late"
    done: str = "done"
    lines: Annotated[list[LateLine], Field(min_length=1)]
    otherwise: Otherwise


class MinMax(Node):
    """``(x - lowest) / (highest - lowest)`` over the peers, the unit included; all equal gives all of it."""

    kind: Literal["min_max"]
    of: Formula


class ShareOfBest(Node):
    """``x / highest`` over the peers, the unit included; all equal gives all of it."""

    kind: Literal["share_of_best"]
    of: Formula


class Relative(Node):
    """``x / reference``, capped at the maximum; the reference is a constant or given from outside.

    A reference given from outside is entered once for all units, as the value of ``reference`` of the unit
    ``@reference``.
    """

    kind: Literal["relative"]
    of: Formula
    constant: Annotated[Rational, Field(gt=0)] | None = None
    given: Annotated[str, Field(description="what the reference from outside is")] | None = None

    @model_validator(mode="after")
    def _one_reference(self) -> Relative:
        if (self.constant is None) == (self.given is None):
            raise PydanticCustomError("F033", "a relative rule has either a constant or a given reference")
        return self


class Case(Node):
    """One of several ways to earn the points."""

    label: str
    rule: Rule


class BestOf(Node):
    """The case that gives most counts ("trường hợp nào có điểm cao nhất")."""

    kind: Literal["best_of"]
    cases: Annotated[list[Case], Field(min_length=2)]


class Adjustment(Node):
    """Points added or taken away for each unit of ``of`` (a yes/no input counts 1 or 0), at most ``at_most``."""

    label: str
    of: Formula
    points: Annotated[Rational, Field(gt=0)]
    at_most: Annotated[Rational, Field(gt=0)] | None = None


class Adjusted(Node):
    """A base rule with deductions and bonuses, kept between ``floor`` and ``ceiling`` (shares of the maximum)."""

    kind: Literal["adjusted"]
    base: Rule
    bonuses: list[Adjustment] = []
    deductions: list[Adjustment] = []
    floor: Share = Fraction(0)
    ceiling: Share = Fraction(1)


class Answer(Node):
    """One possible answer of a survey: the input holding its count, and its weight."""

    input: str
    label: str
    weight: Share


class Survey(Node):
    """The mean weight of all answers: ``sum(weight * count) / sum(count)``."""

    kind: Literal["survey"]
    answers: Annotated[list[Answer], Field(min_length=2)]


class Sum(Node):
    """The points of the sub-criteria added up."""

    kind: Literal["sum"]


class Manual(Node):
    """No rule is printed: points are entered against the maximum (reading A16)."""

    kind: Literal["manual"]


class Unscored(Node):
    """Followed, but no points are given yet; the printed rule is kept for the day they are."""

    kind: Literal["unscored"]
    rule: Rule | None = None


class Children(Node):
    """A condition on the levels that child units have reached (reading A23: equality counts)."""

    all_at_least: Annotated[int, Field(ge=1)]
    share: Share | None = None
    at_least: Annotated[int, Field(ge=1)] | None = None

    @model_validator(mode="after")
    def _both_or_none(self) -> Children:
        if (self.share is None) != (self.at_least is None):
            raise PydanticCustomError("F034", "share and at_least belong together")
        return self


class Target(Node):
    """What a criterion asks at one maturity level: one condition, or one of several."""

    printed: str
    at_least: Rational | None = None
    has: Literal[True] | None = None
    all_of_total: Literal[True] | None = Field(None, description="the count equals the input `total`")
    children: Children | None = None
    any_of: list[Target] | None = None

    @model_validator(mode="after")
    def _one_condition(self) -> Target:
        given = (self.at_least, self.has, self.all_of_total, self.children, self.any_of)
        if sum(condition is not None for condition in given) != 1:
            raise PydanticCustomError(
                "F035", "a level has exactly one of at_least, has, all_of_total, children, any_of"
            )
        return self


#: How a framework file writes that a criterion does not apply at a level.
NOT_APPLIED = "Không áp dụng"


def _target(value: Any) -> Any:
    """Let a file write ``50%`` for a threshold and ``Không áp dụng`` for a level without one."""
    if value == NOT_APPLIED:
        return None
    if isinstance(value, str | int | Decimal):
        return {"printed": str(value), "at_least": value}
    return value


_BareTarget = Annotated[
    Target | None,
    BeforeValidator(_target, json_schema_input_type=Literal["Không áp dụng"] | Rational | Target | None),
]


class CountsFor(Node):
    """How long what was done goes on counting; its day stands as the ``as_of`` of the numerator (reading A25)."""

    calendar_years: Annotated[int, Field(ge=1, le=100)] | None = Field(
        None, description="so many calendar years, that of the day included"
    )
    months: Annotated[int, Field(ge=1, le=1200)] | None = Field(None, description="so many months from the day")

    @model_validator(mode="after")
    def _one_of_both(self) -> CountsFor:
        if (self.calendar_years is None) == (self.months is None):
            raise PydanticCustomError("F038", "either calendar_years or months")
        return self


class Levels(Node):
    """A target per maturity level; ``value`` is what the unit reports.

    ``value``: ``share`` (entered as a percentage, or computed from ``numerator`` and ``denominator``), ``count``,
    ``yes_no``, or ``children`` (taken from the levels of the child units). A level without target does not apply.
    """

    kind: Literal["levels"]
    value: Literal["share", "count", "yes_no", "children"]
    numerator: Formula | None = None
    denominator: Formula | None = None
    part_of_whole: bool = Field(True, description="the numerator is counted within the denominator (A7)")
    counts_for: CountsFor | None = Field(None, description="how long the numerator counts after its day (A25)")
    targets: dict[int, _BareTarget]

    @model_validator(mode="after")
    def _one_figure_has_a_day(self) -> Levels:
        single = all(isinstance(one and one.term, Name) for one in (self.numerator, self.denominator))
        if self.counts_for is not None and not single:
            raise PydanticCustomError("F039", "counts_for needs single figures")
        return self


Rule = Annotated[
    Choice
    | YesNo
    | Ratio
    | Steps
    | Count
    | PerItem
    | Parts
    | Lateness
    | MinMax
    | ShareOfBest
    | Relative
    | BestOf
    | Adjusted
    | Survey
    | Sum
    | Manual
    | Unscored
    | Levels,
    Field(discriminator="kind"),
]
