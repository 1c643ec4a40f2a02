"""What an index is: a versioned set of criteria, issued by a decision (one word per thing: the glossary).

Every class here is a part of a framework file and of its published JSON Schema. Text is Vietnamese as printed;
``Words`` holds what the product itself says in both languages.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cached_property
from typing import Annotated, Any, Literal

from pydantic import Field, PrivateAttr, model_validator
from pydantic_core import PydanticCustomError

from chiso.framework.rules import Node, Rule, Share, Sum
from chiso.quantity import Rational

#: Version of the file format that this code reads.
FORMAT = 1

#: Codes as printed: ``7.5.2``, ``I.1``, ``III``.
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-zĐđ]+(\.[0-9A-Za-zĐđ]+)*$")]

#: Identifiers of frameworks, facts and units of measure; never derived from display names.
Id = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_-]*$")]

FactType = Literal[
    "count", "number", "amount", "share", "yes_no", "choice", "days", "points", "date", "text", "document"
]


class Words(Node):
    """The product's own words, in both languages."""

    vi: str
    en: str

    def __getitem__(self, lang: str) -> str:
        return self.vi if lang == "vi" else self.en


class LegalReference(Node):
    """The document that issues a framework, what it rests on, replaces and is corrected by."""

    number: str = Field(description="as printed; a blank number is written as printed, e.g. /QĐ-BTTTT")
    date: dt.date | None = Field(None, description="date of issue, left out where the document leaves it blank")
    year: int
    issuer: str
    title: str
    based_on: list[str] = []
    replaces: list[str] = []
    errata: list[str] = []


class Correction(Node):
    """A recognition or printing error that was put right: what stood there, what stands now, and why."""

    field: str
    printed: str
    corrected: str
    reason: str


class Fact(Node):
    """A named input, defined once and used by every criterion that needs it."""

    label: Words
    type: FactType = "count"
    unit: str = Field("", description="unit of measure, an id of measures.yaml; empty when the type has none")
    range: tuple[Rational, Rational] | None = Field(None, description="plausible values, both ends included")
    adds_up: Literal["sum", "none"] = Field("sum", description="how it adds up over child units")
    provider: str | None = None
    as_of: str | None = Field(None, description="the day or period it is stated for, e.g. 31/12")

    @model_validator(mode="after")
    def _range_ascends(self) -> Fact:
        if self.range is not None and self.range[0] > self.range[1]:
            raise PydanticCustomError("F037", "the range ends before it starts")
        return self


class Input(Node):
    """An input of a criterion: a shared fact, or a figure of this criterion alone.

    ``name`` is the printed letter or, where none is printed, the name the rule uses. ``row`` marks an input that
    the document prints as a row of its own, with its agencies.
    """

    name: str
    fact: Id | None = None
    label: str | None = Field(None, description="as printed; needed when there is no fact")
    type: FactType = "count"
    unit: str = ""
    row: bool = False
    lead: list[str] = []
    support: list[str] = []
    due: str | None = None


class Criterion(Node):
    """What is scored; may have sub-criteria to any depth."""

    code: Code
    title: str
    detail: str | None = Field(None, description="the unnumbered row printed below a numbered title row (A21)")
    max_points: Annotated[Rational, Field(ge=0)] | None = None
    printed_max: str | None = Field(None, description="as printed where it differs, e.g. (10) or blank")
    inferred: str | None = Field(None, description="why the maximum, left blank, must be what is written (A20)")
    previous: Annotated[Rational, Field(ge=0)] | None = Field(None, description="last year's points as printed")
    printed_rule: str | None = Field(None, description="the scoring rule as printed, line by line")
    rule: Rule | None = Field(None, description="left out: the sum of the sub-criteria")
    own_rule: bool = Field(False, description="the operator's own rule where the document prints none (A16)")
    inputs: list[Input] = []
    lead: list[str] = []
    support: list[str] = []
    due: str | None = Field(None, description="as printed; a key of deadlines")
    unit: str | None = Field(None, description="the unit column, as printed (maturity frameworks)")
    method: str | None = Field(None, description="method and source of data, as printed")
    legal_basis: list[str] = []
    evidence: list[str] = []
    clause: str | None = None
    not_applicable: Literal["undecided", "full", "leave_out"] | None = None
    notes: list[str] = []
    corrections: list[Correction] = []
    criteria: list[Criterion] = []

    @property
    def effective_rule(self) -> Rule:
        """Return the rule, or the sum of the sub-criteria when none is written."""
        return self.rule if self.rule is not None else Sum(kind="sum")

    def walk(self) -> Iterator[Criterion]:
        """Yield this criterion and everything below it, in printed order."""
        yield self
        for child in self.criteria:
            yield from child.walk()


class Aggregation(Node):
    """How values are joined: points added up, or normalised values (0..1) averaged with weights."""

    kind: Literal["sum", "weighted_mean"] = "sum"
    weights: dict[Code, Annotated[Rational, Field(ge=0)]] = Field({}, description="by code; equal when left out")


class Dimension(Node):
    """First level below the framework; holds criteria."""

    code: Code
    title: str
    title_en: str | None = None
    max_points: Annotated[Rational, Field(ge=0)] | None = None
    printed_max: str | None = None
    inferred: str | None = None
    previous: Annotated[Rational, Field(ge=0)] | None = None
    aggregation: Aggregation = Aggregation()
    unscored: bool = Field(False, description="followed, but not part of the total yet")
    clause: str | None = None
    notes: list[str] = []
    corrections: list[Correction] = []
    criteria: list[Criterion] = []

    def title_in(self, lang: str) -> str:
        """Return the title in a language; in Vietnamese, as it is printed, where the file knows no other."""
        return self.title_en if lang == "en" and self.title_en else self.title

    def walk(self) -> Iterator[Criterion]:
        """Yield every criterion below, in printed order."""
        for criterion in self.criteria:
            yield from criterion.walk()


class Pillar(Node):
    """Dimensions reported together; one dimension may count in several pillars (A24)."""

    code: Code
    title: Words
    dimensions: Annotated[list[Code], Field(min_length=1)]
    aggregation: Aggregation = Aggregation()
    max_points: Annotated[Rational, Field(ge=0)] | None = None
    clause: str | None = None


class PrintedCount(Node):
    """A number of rows or points that the prose states, kept to be checked against the rows."""

    what: Literal["dimensions", "criteria", "points"]
    within: list[Code] = Field([], description="dimensions counted; empty: all")
    printed: int
    clause: str


class InformationRow(Node):
    """A row of general information: collected, not scored."""

    no: str = Field(description="number as printed; empty for an unnumbered row")
    label: str
    fact: Id | None = None
    type: FactType = "text"
    provider: list[str] = []
    support: list[str] = []
    note: str | None = None
    personal: bool = Field(False, description="personal data, never published")


class Deadline(Node):
    """What a printed deadline means."""

    kind: Literal[
        "done",
        "date",
        "quarter",
        "year",
        "yearly",
        "half_yearly",
        "quarterly",
        "monthly",
        "continuous",
        "relative",
        "statistics",
    ]
    date: dt.date | None = None
    year: int | None = None
    quarter: Annotated[int, Field(ge=1, le=4)] | None = None
    month: Annotated[int, Field(ge=1, le=12)] | None = Field(None, description="of a yearly deadline")
    day: Annotated[int, Field(ge=1, le=31)] | None = Field(
        None, description="of the month, of a period's last month where it comes back; left out: its last day"
    )
    months: int | None = Field(None, description="months after the event of a relative deadline")
    event: str | None = None


class MaturityLevel(Node):
    """A level, reached when every criterion that applies at it is met."""

    number: Annotated[int, Field(ge=1)]
    name: Words
    description: str


class ScoreClass(Node):
    """A band of the total, by share of the maximum."""

    id: Id
    name: Words
    at_least: Share


class Rounding(Node):
    """Half-up rounding for display and ranking; arithmetic stays exact throughout (A15)."""

    decimals: Annotated[int, Field(ge=0, le=6)] = 2
    at: Literal["total", "criterion"] = "total"


class RankingPolicy(Node):
    """How units of a ranking group are ordered."""

    by: Literal["points", "share"] = "points"
    ties: Literal["skip", "dense"] = "skip"
    tie_break: list[Code] = Field(
        [], description="dimensions or criteria whose exact points decide among equals, in this order (A17)"
    )


class Policies(Node):
    """What the framework says, or a reading decides, where the rows themselves are silent."""

    rounding: Rounding = Rounding()
    ranking: RankingPolicy = RankingPolicy()
    not_applicable: Literal["undecided", "full", "leave_out"] = "undecided"
    exemption: Literal["grant", "leave_out"] = Field("grant", description="grant the points, or rescale (A4)")
    levels: Literal["own", "cumulative"] = Field("own", description="must lower levels hold too? (A11)")
    detail: Literal["one_criterion", "parent_and_child"] = Field(
        "one_criterion", description="what a title row and the unnumbered row below it are (A21)"
    )


class LeftOut(Node):
    """A criterion left out for a year; the denominator is rescaled and the reason recorded."""

    code: Code
    year: int
    reason: str


class ReadingOption(Node):
    """One way to read an unclear clause, as differences to the framework."""

    label: Words
    rules: dict[Code, Rule] = Field({}, description="rules that replace the written ones")
    policies: Policies = Field(Policies(), description="what is written here replaces the framework's own policy")

    @property
    def computes(self) -> bool:
        """Whether choosing it changes how points are computed; a reading of pure process does not."""
        return bool(self.rules or self.policies.model_fields_set)


class Reading(Node):
    """An unclear clause as a visible setting; ``default`` is what ships."""

    id: Annotated[str, Field(pattern=r"^A[0-9]+$")]
    clause: str
    question: Words
    default: Id
    options: Annotated[dict[Id, ReadingOption], Field(min_length=1)]

    @model_validator(mode="after")
    def _default_exists(self) -> Reading:
        if self.default not in self.options:
            context = {"name": self.default, "known": sorted(self.options)}
            raise PydanticCustomError("F036", "the default is not one of the options", context)
        return self


class Framework(Node):
    """A versioned definition, issued by a decision: criteria, rules, maxima, responsibilities."""

    format: Literal[1] = 1
    id: Id
    version: str
    extends: Id | None = None
    title: Words
    legal: LegalReference
    unit_kinds: Annotated[list[str], Field(min_length=1)]
    valid_from: dt.date | None = None
    valid_to: dt.date | None = None
    max_points: Annotated[Rational, Field(gt=0)] | None = None
    total: Aggregation = Aggregation()
    policies: Policies = Policies()
    facts: dict[Id, Fact] = {}
    deadlines: dict[str, Deadline] = {}
    general_information: list[InformationRow] = []
    levels: list[MaturityLevel] = []
    classes: list[ScoreClass] = []
    pillars: list[Pillar] = []
    groups: list[Pillar] = Field([], description="dimensions printed under a common heading, without a result")
    printed_counts: list[PrintedCount] = []
    left_out: list[LeftOut] = []
    readings: list[Reading] = []
    notes: list[str] = []
    dimensions: Annotated[list[Dimension], Field(min_length=1)]

    _hash: str = PrivateAttr("")
    _chosen: dict[str, str] = PrivateAttr(default_factory=dict)
    _shared_facts: dict[str, Fact] = PrivateAttr(default_factory=dict)
    #: What each criterion asks for, filled by ``chiso.framework.inputs``.
    _asked: dict[str, Any] = PrivateAttr(default_factory=dict)
    #: How it is worked out, by reporting year, filled by ``chiso.scoring.plan``.
    _plans: dict[int | None, Any] = PrivateAttr(default_factory=dict)
    #: Everything that is collected, by fact; filled by ``chiso.framework.inputs`` too.
    _collected: dict[str, Any] = PrivateAttr(default_factory=dict)

    @property
    def hash(self) -> str:
        """SHA-256 of what the file, and what it extends, says: comments and layout do not change it."""
        return self._hash

    @property
    def chosen_readings(self) -> dict[str, str]:
        """Readings that were chosen other than by default: id -> option."""
        return dict(self._chosen)

    @cached_property
    def criteria(self) -> dict[str, Criterion]:
        """Every criterion by its code, parents before children, in printed order."""
        return {criterion.code: criterion for dimension in self.dimensions for criterion in dimension.walk()}

    @cached_property
    def parents(self) -> dict[str, str]:
        """Code of what each criterion stands below: another criterion or a dimension."""
        found: dict[str, str] = {}
        for dimension in self.dimensions:
            found.update((criterion.code, dimension.code) for criterion in dimension.criteria)
            for criterion in dimension.walk():
                found.update((child.code, criterion.code) for child in criterion.criteria)
        return found

    @cached_property
    def known_facts(self) -> dict[str, Fact]:
        """Every shared fact that a criterion may use: the catalogue's and the framework's own."""
        return {**self._shared_facts, **self.facts}

    @property
    def is_maturity(self) -> bool:
        """Whether the result is a level and not a total of points."""
        return bool(self.levels)

    def printed_rows(self) -> int:
        """Count the rows that the document prints: general information, dimensions, criteria, details and inputs."""
        rows = len(self.general_information) + len(self.dimensions)
        for criterion in self.criteria.values():
            rows += 1 + (criterion.detail is not None) + sum(item.row for item in criterion.inputs)
        return rows


class Addition(Node):
    """A criterion that an extending framework adds, after the others below ``under``."""

    under: Code
    criterion: Criterion


class Changes(Node):
    """What a framework that extends another does to its rows; a changed row states only the keys that change."""

    criteria: dict[Code, dict[str, Any]] = {}
    dimensions: dict[Code, dict[str, Any]] = {}
    add: list[Addition] = []
    remove: list[Code] = []
