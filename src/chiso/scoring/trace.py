"""Why a number is what it is: clause, rule in words, inputs with their source, each step, result."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from chiso.framework.inputs import Asked, asked, decided
from chiso.framework.measures import known_units
from chiso.framework.model import Criterion, Framework, Words
from chiso.framework.rules import Levels
from chiso.quantity import decimal_text, local_text, percent_text, plain
from chiso.scoring.exact import Exact, ExactArithmetic, Step
from chiso.scoring.facts import Origin
from chiso.scoring.levels import measure
from chiso.scoring.phrases import phrase
from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.scoring.totals import Amount

#: Reasons that say of one input why it has no value.
_OF_ONE_FIGURE = frozenset({"S101", "S102", "S103"})

#: Data of a reason that hold names of inputs, or formulas of them.
_FORMULAS = frozenset({"name", "part", "whole"})
#: Those of a step.
_IN_STEPS = frozenset({"name", "text"})

#: A name within a formula.
_NAME = re.compile(r"#\d+|[^\W\d]\w*")
_SIGN = re.compile(r"(?<=\S)[-+*/](?=\S)")

_NO_FIGURES: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Supplied:
    """One input of a criterion as it was supplied: its state, exact value and origin."""

    asked: Asked
    label: Words
    state: State
    value: Fraction | None
    origin: Origin


@dataclass(frozen=True, slots=True)
class Trace:
    """The explanation of one criterion of one unit; words are made from it in either language."""

    unit: str
    criterion: Criterion
    supplied: tuple[Supplied, ...]
    steps: tuple[Step, ...]
    result: Exact
    levels: tuple[int, ...] = ()
    granted: Origin | None = None

    def as_dict(self, lang: str) -> dict[str, Any]:
        """Return the explanation for JSON: exact numbers as ``p/q`` beside the words."""
        return {
            "unit": self.unit,
            "code": self.criterion.code,
            "title": self.criterion.title,
            "clause": self.criterion.clause,
            "inputs": [self._input(one, lang) for one in self.supplied],
            "steps": [
                {"code": one.code, "data": plain(one.data), "text": self.step_text(one, lang)} for one in self.steps
            ],
            "status": self.result.state.word,
            "exact": str(self.result.value) if self.result.known else None,
            "message": self.reason(lang),
            "own_rule": self.criterion.own_rule,
            "decided": self.result.known and self.result.code == "S119",
            "granted": None if self.granted is None else asdict(self.granted),
        }

    def _input(self, one: Supplied, lang: str) -> dict[str, Any]:
        origin = one.origin
        return {
            "name": one.asked.name,
            "fact": one.asked.fact,
            "label": one.label[lang],
            "unit": one.asked.unit,
            "status": "given" if one.value is not None else one.state.word,
            "value": None if one.value is None else value_text(one.asked, one.value, lang),
            "source": origin.source,
            "as_of": origin.as_of,
            "note": origin.note,
            "place": origin.place,
        }

    def reason(self, lang: str) -> str | None:
        """Return why there are no points, or why they were granted, as a sentence."""
        return reason(self.result, lang, self._figures(lang))

    def _figures(self, lang: str) -> dict[str, str]:
        """Return what to call each input; see :func:`figure_names`."""
        inputs = {one.asked.name: _called_as(one.asked, one.label[lang]) for one in self.supplied}
        return {"reference": phrase("reference", lang), **inputs}

    def step_text(self, step: Step, lang: str) -> str:
        """Return one step in words."""
        data = {key: _shown(value, lang) for key, value in step.data.items()}
        data |= {key: _called(str(data[key]), self._figures(lang)) for key in _IN_STEPS & data.keys()}
        if step.code in ("T123", "T142"):
            data["share"] = percent_text(step.data["share"], lang)
        if step.code == "T124":
            data["parts"] = " + ".join(number_text(part, lang) for part in step.data["parts"])
        if step.code == "T140":
            data["value"] = self._measured(step.data, lang)
        if step.code == "T114":
            data["option"] = self._option(step.data, lang)
        if "kind" in data:
            data["kind"] = phrase(str(step.data["kind"]), lang)
        if "met" in data:
            words = {True: "met", False: "not_met", None: "undecided"}
            data["met"] = phrase(words[step.data["met"]], lang)
        return phrase(step.code, lang, **data)

    def _measured(self, data: Mapping[str, Any], lang: str) -> str:
        if data["kind_of_value"] == "share":
            return percent_text(data["value"], lang)
        if data["kind_of_value"] == "yes_no":
            return _answer(int(data["value"]), lang)
        return number_text(data["value"], lang)

    def _option(self, data: Mapping[str, Any], lang: str) -> str:
        position = int(data["option"])
        for one in self.supplied:
            if one.asked.name == data["name"] and one.asked.options:
                return one.asked.options[position].label
            if one.asked.name == data["name"]:
                return f"{one.asked.label}: {_answer(position, lang)}"
        return str(position + 1)


def explain(scores: Scores, unit: int, code: str) -> Trace:
    """Return the explanation of one criterion of one unit.

    Raises:
        KeyError: no such criterion.
    """
    criterion = scores.framework.criteria[code]
    inputs = asked(scores.framework, criterion)
    by_verifier = decided(criterion)
    if by_verifier is not None and scores.facts.column(by_verifier.fact).state(unit) is not State.MISSING:
        inputs = (*inputs, by_verifier)
    supplied = tuple(_supplied(scores, unit, one) for one in inputs)
    name = scores.facts.units[unit].name
    if criterion.criteria:
        result = parent_result(scores, unit, criterion)
        return Trace(name, criterion, supplied, tuple(_parent_steps(scores, unit, criterion)), result)
    rule = criterion.effective_rule
    if isinstance(rule, Levels):
        leaf = scores.plan.leaves[scores.plan.rows[code]]
        names = {fact: name for name, fact in leaf.scope.facts.items()}
        arithmetic = ExactArithmetic(scores.facts, unit, names, scores.peers, trace=True)
        measured = measure(leaf, scores.facts, unit, scores.peers, arithmetic)
        return Trace(name, criterion, supplied, tuple(arithmetic.steps), measured.value, tuple(measured.satisfied))
    result, steps = scores.explained(unit, code)
    return Trace(name, criterion, supplied, tuple(steps), result, granted=scores.facts.grants.get((unit, code)))


def parent_result(scores: Scores, unit: int, criterion: Criterion) -> Exact:
    """Return the exact points of a sum, known only when everything below it is."""
    leaves = scores.plan.below(scores.framework, criterion.code)
    states = scores.states_of(unit)
    open_ = [leaf for leaf in leaves if states[leaf.row] != State.GIVEN and not scores.left_out(unit, leaf)]
    if open_:
        worst = max(states[leaf.row] for leaf in open_)
        return Exact(State(worst), code="S113", data={"codes": ", ".join(leaf.code for leaf in open_)})
    amount: Amount = scores.totals.criterion(unit, criterion.code)
    if not amount.most:
        worst = max((states[leaf.row] for leaf in leaves), default=State.UNSCORED)
        return Exact(State(worst), code="S110" if worst == State.UNSCORED else "S112")
    return Exact(State.GIVEN, amount.points)


def _parent_steps(scores: Scores, unit: int, criterion: Criterion) -> list[Step]:
    points = {child.code: scores.totals.criterion(unit, child.code).points for child in criterion.criteria}
    steps = [Step("T151", {"code": code, "points": part}) for code, part in points.items()]
    return [*steps, Step("T152", {"points": scores.totals.criterion(unit, criterion.code).points})]


def _supplied(scores: Scores, unit: int, one: Asked) -> Supplied:
    column = scores.facts.columns.get(one.fact)
    state = State.MISSING if column is None else column.state(unit)
    value = column.value(unit) if column is not None and state is State.GIVEN else None
    origin = scores.facts.origins.get((unit, one.fact), Origin())
    return Supplied(one, label_of(scores.framework, one), state, value, origin)


def reason(result: Exact, lang: str, figures: Mapping[str, str] = _NO_FIGURES) -> str | None:
    """Return why there are no points, or why they were granted, as a sentence; None when there is nothing to say.

    ``figures``: what to call the inputs of the criterion, see :func:`figure_names`.
    """
    return reason_words(result.code, result.data, lang, figures) if result.code else None


def reason_words(code: str, data: Mapping[str, Any], lang: str, figures: Mapping[str, str] = _NO_FIGURES) -> str:
    """Return the sentence of a reason; see :func:`reason`."""
    shown = {key: _shown(value, lang) for key, value in data.items()}
    if code in _OF_ONE_FIGURE:
        shown["name"] = figures.get(shown["name"], shown["name"])
    else:
        shown |= {key: _called(str(shown[key]), figures) for key in _FORMULAS & shown.keys()}
    return phrase(code, lang, **shown)


def figure_names(framework: Framework, criterion: Criterion, lang: str) -> dict[str, str]:
    """Return what to call each input of a criterion when speaking to people."""
    return {one.name: _called_as(one, label_of(framework, one)[lang]) for one in asked(framework, criterion)}


def label_of(framework: Framework, one: Asked) -> Words:
    """Return the words of an input: of a shared fact in both languages; what only this criterion asks, as printed."""
    fact = framework.known_facts.get(one.fact)
    return Words(vi=one.label, en=one.label if fact is None else fact.label.en)


def _called_as(one: Asked, label: str) -> str:
    """Return the printed letter with its label; names that only we know give way to the label."""
    words = " ".join(label.split()).rstrip(".;:")
    letter = one.name if words == one.name else f"{one.name} ({words})"
    return letter if _is_letter(one.name) else f"“{words}”"


def _is_letter(name: str) -> bool:
    """Say whether a name is a letter that the document prints; a count without one is called ``n``."""
    return len(name) == 1 and name != "n"


def _called(formula: str, figures: Mapping[str, str]) -> str:
    """Return a formula whose inputs are called what people call them; printed letters stand for themselves."""
    if not all(_is_letter(name) for name in _NAME.findall(formula)):
        formula = _SIGN.sub(r" \g<0> ", formula)  # between words signs need room
    return _NAME.sub(lambda name: name[0] if _is_letter(name[0]) else figures.get(name[0], name[0]), formula)


def value_text(one: Asked, value: Fraction, lang: str) -> str:
    """Write a supplied value for people, with its unit of measure."""
    if one.type == "choice":
        return one.options[int(value)].label if one.options else str(int(value) + 1)
    if one.type == "yes_no":
        return _answer(int(value), lang)
    if one.type == "share":
        return percent_text(value, lang)
    unit = known_units().get(one.unit, {}).get(lang, "")
    return f"{local_text(value, lang)} {unit}".rstrip()


def number_text(value: Fraction, lang: str) -> str:
    """Write an exact number for people: as a decimal where it ends, else as a fraction with its decimal beside it."""
    if Fraction(decimal_text(value)) == value:
        return local_text(value, lang)
    return f"{value} ≈ {local_text(value, lang)}"


def _answer(value: int, lang: str) -> str:
    return {"vi": ("không", "có"), "en": ("no", "yes")}[lang][value]


def _shown(value: Any, lang: str) -> Any:
    if isinstance(value, dt.date):
        return f"{value:%d/%m/%Y}" if lang == "vi" else value.isoformat()
    return number_text(value, lang) if isinstance(value, Fraction) else value
