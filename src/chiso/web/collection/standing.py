"""What a report is worth so far, line by line: points or levels, and how far each line is filled in.

Everything here comes from the engine; it is put into words for the tree, the sum at the top and the pages to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from fractions import Fraction

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from chiso.framework.model import Criterion, Dimension
from chiso.framework.rules import Levels
from chiso.scoring.exact import Exact
from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.scoring.totals import Amount
from chiso.scoring.trace import parent_result
from chiso.web.collection.asking import Needs, all_needs
from chiso.web.collection.cells import Document
from chiso.web.collection.layout import Layout
from chiso.web.collection.progress import progress_in
from chiso.web.collection.shown import points_text


@dataclass(frozen=True, slots=True)
class Mark:
    """How a line stands: its state, one of those in :func:`state_words`, and its points as the page writes them."""

    state: str
    points: str

    @property
    def words(self) -> str:
        """The state in words."""
        return state_words(self.state)


_WORDS = {
    "empty": gettext_lazy("No figures yet"),
    "part": gettext_lazy("Partly filled in"),
    "done": gettext_lazy("Filled in"),
    "waiting": gettext_lazy("Filled in, waiting for other units"),
    "na": gettext_lazy("Not applicable"),
    "undecided": gettext_lazy("For the verifier to decide"),
    "unscored": gettext_lazy("Followed, without points"),
    "bad": gettext_lazy("To be mended"),
}


def state_words(state: str) -> str:
    """Return the state of a line in words."""
    return str(_WORDS[state])


_STATES = {
    State.GIVEN: "done",
    State.WAITING: "waiting",
    State.NOT_APPLICABLE: "na",
    State.UNDECIDED: "undecided",
    State.ERROR: "bad",
    State.UNSCORED: "unscored",
}


def marks(
    layout: Layout,
    scores: Scores,
    values: Document,
    codes: Iterable[str] | None = None,
    known: dict[str, Mark] | None = None,
) -> dict[str, Mark]:
    """Return how criteria stand: all of them, or some and what stands above them.

    ``known``: those that are worked out already; what is worked out here is added.
    """
    framework = layout.framework
    chosen = framework.criteria if codes is None else dict.fromkeys(codes)
    marker = _Marker(layout, scores, values, all_needs(framework), {} if known is None else known)
    return {code: marker.mark(framework.criteria[code]) for code in chosen}


@dataclass
class _Marker:
    """Works marks out; remembers those of criteria that stand above others, and below them."""

    layout: Layout
    scores: Scores
    values: Document
    needs: Mapping[str, Needs]
    made: dict[str, Mark]

    def mark(self, criterion: Criterion) -> Mark:
        found = self.made.get(criterion.code)
        if found is None:
            found = self.made[criterion.code] = self._sum(criterion) if criterion.criteria else self._single(criterion)
        return found

    def _sum(self, criterion: Criterion) -> Mark:
        framework, scores = self.layout.framework, self.scores
        below = [self.mark(one) for one in criterion.criteria]
        known = parent_result(scores, 0, criterion).known or any(one.points for one in below)
        amount = scores.totals.criterion(0, criterion.code).points if known and not framework.is_maturity else None
        return Mark(_joined([one.state for one in below]), points_text(amount, framework, self.layout.lang))

    def _single(self, criterion: Criterion) -> Mark:
        framework, values = self.layout.framework, self.values
        result = result_of(self.scores, criterion)
        filled = [any(values[fact]["v"] for fact in group if fact in values) for group in self.needs[criterion.code]]
        if result.state is State.MISSING or (result.state is State.UNSCORED and not all(filled)):
            state = "part" if any(filled) else "empty"
        else:
            state = _STATES[result.state]
        if isinstance(criterion.effective_rule, Levels):
            return Mark(state, _levels(self.scores, criterion) if result.known else "")
        return Mark(state, points_text(result.value, framework, self.layout.lang) if result.known else "")


def result_of(scores: Scores, criterion: Criterion) -> Exact:
    """Return what the engine says of a criterion without sub-criteria."""
    if isinstance(criterion.effective_rule, Levels):
        leaf = scores.plan.leaves[scores.plan.rows[criterion.code]]
        if leaf.left_out is not None:
            return Exact(State.NOT_APPLICABLE)
        return scores.reached(0).value(criterion.code)
    return scores.exact(0, criterion.code)


def _levels(scores: Scores, criterion: Criterion) -> str:
    met = scores.reached(0).satisfied[criterion.code]
    return _("level %(level)s") % {"level": met[-1]} if met else _("no level")


def _joined(states: list[str]) -> str:
    """Return the state of what is made of several: trouble first, then what is not yet filled in."""
    if "bad" in states:
        return "bad"
    unfilled = [state for state in states if state in ("empty", "part")]
    if unfilled:
        return "empty" if len(unfilled) == len(states) and "part" not in unfilled else "part"
    for state in ("undecided", "waiting", "done", "unscored"):
        if state in states:
            return state
    return "na" if states else "empty"


@dataclass(frozen=True, slots=True)
class Part:
    """A dimension in the sum: its points or, of a maturity framework, nothing; and the maximum that applies.

    ``amount``: the same, exactly. ``has_points``: something that counts in it has points already.
    """

    code: str
    title: str
    points: str
    most: str
    filled: int
    needed: int
    amount: Amount | None = None
    has_points: bool = False

    @property
    def exact(self) -> Fraction | None:
        """The exact points, where there are any yet."""
        return self.amount.points if self.amount is not None and self.has_points else None


@dataclass(slots=True)
class Known:
    """What has been worked out of a report and put in the words of one language, by code, and still holds."""

    marks: dict[str, Mark] = field(default_factory=dict)
    parts: dict[str, Part] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Target:
    """The level that a unit has registered, and the criteria that it lacks for it."""

    number: int
    name: str
    lacking: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Standing:
    """The sum so far. ``level`` stands for points in a maturity framework; ``lacking``: criteria of the next level."""

    points: str
    most: str
    provisional: bool
    parts: tuple[Part, ...]
    level: str = ""
    lacking: tuple[str, ...] = ()
    exact: Fraction | None = None
    target: Target | None = None

    @property
    def filled(self) -> int:
        """How many figures are filled in; one that serves several dimensions counts in each."""
        return sum(part.filled for part in self.parts)

    @property
    def needed(self) -> int:
        """How many figures are needed."""
        return sum(part.needed for part in self.parts)


def standing(
    layout: Layout,
    scores: Scores,
    filled: AbstractSet[str],
    registered: int | None = None,
    known: dict[str, Part] | None = None,
) -> Standing:
    """Return the sum so far, and what is lacking for the level that the unit has registered.

    ``filled``: the facts that have a value. ``known``: dimensions that are worked out already; others are added.
    """
    framework, lang = layout.framework, layout.lang
    known = {} if known is None else known
    for dimension in framework.dimensions:
        if dimension.code not in known:
            known[dimension.code] = _part(layout, scores, dimension, filled)
    parts = tuple(known[dimension.code] for dimension in framework.dimensions)
    if framework.is_maturity:
        return replace(_maturity(layout, scores, parts), target=_target(layout, scores, registered))
    total = scores.totals.total(0, {part.code: part.amount for part in parts if part.amount is not None})
    is_known = any(part.points for part in parts)
    return Standing(
        points_text(total.points, framework, lang) if is_known else "",
        points_text(total.most, framework, lang),
        scores.totals.provisional(0),
        parts,
        exact=total.points if is_known else None,
    )


def _part(layout: Layout, scores: Scores, dimension: Dimension, filled: AbstractSet[str]) -> Part:
    framework, lang, code = layout.framework, layout.lang, dimension.code
    title = dimension.title_in(lang)
    done, needed = progress_in(framework, code, filled)
    if framework.is_maturity:
        return Part(code, title, "", "", done, needed)
    amount, has_points = scores.totals.dimension(0, code), scores.totals.known(0, code)
    points = points_text(amount.points, framework, lang) if has_points else ""
    return Part(code, title, points, points_text(amount.most, framework, lang), done, needed, amount, has_points)


def _maturity(layout: Layout, scores: Scores, parts: tuple[Part, ...]) -> Standing:
    reached = scores.reached(0)
    names = {level.number: level.name[layout.lang] for level in layout.framework.levels}
    higher = [number for number in sorted(names) if number > reached.number]
    level = f"{reached.number} ({names[reached.number]})" if reached.number else _("none yet")
    lacking = tuple(reached.unmet[higher[0]]) if higher else ()
    return Standing("", "", bool(reached.open), parts, level, lacking)


def _target(layout: Layout, scores: Scores, registered: int | None) -> Target | None:
    framework = layout.framework
    level = next((one for one in framework.levels if one.number == registered), None)
    if level is None:
        return None
    unmet = scores.reached(0).unmet
    numbers = [level.number]
    if framework.policies.levels == "cumulative":
        numbers = [one.number for one in framework.levels if one.number <= level.number]
    wanted = {code for number in numbers for code in unmet[number]}
    return Target(level.number, level.name[layout.lang], tuple(code for code in framework.criteria if code in wanted))
