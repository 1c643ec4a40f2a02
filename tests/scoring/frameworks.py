"""Small frameworks for tests: made from rule data, or drawn by Hypothesis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from chiso.framework.inputs import formulas, implied
from chiso.framework.model import Criterion, Framework
from chiso.framework.rules import Levels

Data = dict[str, Any]

#: Names of inputs that formulas use.
LETTERS = "abcde"

_SHARES = st.sampled_from(["0", "1/4", "1/3", "1/2", "0.125", "2/3", "0.9", "1"])
_BOUNDS = st.sampled_from(["0", "1/3", "0.5", "0.8", "1", "2", "3", "7", "10", "0.000001", "100", "1000000"])
_AMOUNTS = st.sampled_from(["1/3", "0.5", "0.8", "1", "2", "3", "7", "12.5", "0.000001", "1000000"])
_MAXIMA = st.sampled_from(["0", "0.1", "1/3", "1", "2.5", "5", "10", "12.86", "100"])
_SPLITS = st.sampled_from([["1"], ["1/2", "1/2"], ["1/3", "1/3", "1/3"], ["0.2", "0.3", "0.5"], ["1/4", "1/2"]])

#: Formulas by the letters they take: sums, quotients, differences that vanish, products beyond 2**53.
_FORMULAS = (
    "{0}", "{0}", "{0}/{1}", "{0}/{1}", "{0}/{1}", "{0}+{1}", "({0}+{1})/({2}+{3})", "{0}-{1}", "{0}*{1}",
    "{0}*{1}/{2}", "{0}/{1}-{2}/{3}", "({0}-{1})/{2}", "100*{0}/{1}", "{0}/({1}-{2})", "{0}/({1}/{2}-{3}/{4})",
    "{0}*{1}-{2}*{3}", "-{0}", "0.5*{0}+{1}/7", "{0}/3", "7", "{0}/{0}", "{0}-{0}",
)  # fmt: skip


class Asks:
    """Gives out names of inputs that no other rule of the criterion uses."""

    def __init__(self) -> None:
        self.count = 0

    def name(self) -> str:
        """Return the next name."""
        self.count += 1
        return f"#{self.count}"


def framework_of(*criteria: Data, **fields: Any) -> Framework:
    """Return a framework with one dimension that holds these criteria; ``fields`` replace parts of it."""
    dimensions = fields.pop("dimensions", [{"code": "D1", "title": "Dimension", "criteria": list(criteria)}])
    base = {
        "id": "test",
        "version": "1",
        "title": {"vi": "Thử", "en": "Test"},
        "legal": {"number": "1/QĐ", "year": 2024, "issuer": "UBND", "title": "Thử"},
        "unit_kinds": ["district"],
        "max_points": "100",
        "dimensions": dimensions,
    }
    return Framework.model_validate({**base, **fields})


def criterion_of(code: str, rule: Data | None, max_points: str | None = "10", **fields: Any) -> Data:
    """Return the data of a criterion; the inputs of its formulas are declared as plain numbers."""
    if rule is None:
        return {"code": code, "title": code, "max_points": max_points, **fields}
    parsed = Criterion.model_validate({"code": code, "title": code, "rule": rule}).effective_rule
    by_rule = {one.name for one in implied(parsed)}
    names = dict.fromkeys(name for formula in formulas(parsed) for name in formula.names() if name not in by_rule)
    inputs = [{"name": name, "label": name, "type": "number"} for name in names]
    if isinstance(parsed, Levels):
        max_points = None
    return {"code": code, "title": code, "max_points": max_points, "rule": rule, "inputs": inputs, **fields}


@st.composite
def formula_texts(draw: st.DrawFn) -> str:
    """Draw a formula over the letters a to e."""
    letters = draw(st.permutations(LETTERS))
    return draw(st.sampled_from(_FORMULAS)).format(*letters)


@st.composite
def _consequences(draw: st.DrawFn, asks: Asks, depth: int) -> Data:
    if depth and draw(st.integers(0, 3)) == 0:
        return {"rule": draw(rules(asks, depth - 1))}
    return {"share": draw(_SHARES)}


@st.composite
def _choices(draw: st.DrawFn, asks: Asks, depth: int) -> Data:
    options = [
        {"id": f"o{number}", "label": f"option {number}", **draw(_consequences(asks, depth))}
        for number in range(draw(st.integers(1, 4)))
    ]
    return {"kind": "choice", "input": asks.name(), "options": options}


@st.composite
def _steps(draw: st.DrawFn, asks: Asks, depth: int) -> Data:
    kinds = st.sampled_from(["at_least", "above", "at_most", "below"])
    lines = [
        {draw(kinds): draw(_BOUNDS), "label": f"line {number}", **draw(_consequences(asks, depth))}
        for number in range(draw(st.integers(1, 3)))
    ]
    otherwise = {"label": "otherwise", **draw(_consequences(asks, depth))}
    of = draw(formula_texts())
    if draw(st.booleans()):
        of = f"({of})/({draw(formula_texts())})"
        return {"kind": "steps", "of": of, "part_of_whole": True, "lines": lines, "otherwise": otherwise}
    return {"kind": "steps", "of": of, "lines": lines, "otherwise": otherwise}


@st.composite
def _lateness(draw: st.DrawFn, asks: Asks, depth: int) -> Data:
    lines = [
        {"at_most": str(days), "share": draw(_SHARES), "label": f"{days} days"}
        for days in sorted(draw(st.sets(st.sampled_from([0, 1, 5, 10, 30]), min_size=1, max_size=3)))
    ]
    return {"kind": "lateness", "lines": lines, "otherwise": {"label": "later", **draw(_consequences(asks, depth))}}


@st.composite
def _parts(draw: st.DrawFn, asks: Asks, depth: int) -> Data:
    shares = draw(_SPLITS)
    return {
        "kind": "parts",
        "parts": [{"label": "part", "share": one, "rule": draw(rules(asks, depth - 1))} for one in shares],
    }


@st.composite
def _best_of(draw: st.DrawFn, asks: Asks, depth: int) -> Data:
    cases = [{"label": "case", "rule": draw(rules(asks, depth - 1))} for _ in range(draw(st.integers(2, 3)))]
    return {"kind": "best_of", "cases": cases}


@st.composite
def _adjustments(draw: st.DrawFn) -> list[Data]:
    found: list[Data] = []
    for _ in range(draw(st.integers(0, 2))):
        one: Data = {"label": "change", "of": draw(formula_texts()), "points": draw(_AMOUNTS)}
        if draw(st.booleans()):
            one["at_most"] = draw(_AMOUNTS)
        found.append(one)
    return found


@st.composite
def _adjusted(draw: st.DrawFn, asks: Asks, depth: int) -> Data:
    return {
        "kind": "adjusted",
        "base": draw(rules(asks, depth - 1)),
        "bonuses": draw(_adjustments()),
        "deductions": draw(_adjustments()),
        "floor": draw(st.sampled_from(["0", "0.1"])),
        "ceiling": draw(st.sampled_from(["1", "0.8"])),
    }


@st.composite
def _relative(draw: st.DrawFn) -> Data:
    reference = draw(st.sampled_from([{"given": "reference"}, {"constant": "7"}, {"constant": "1/3"}]))
    return {"kind": "relative", "of": draw(formula_texts()), **reference}


@st.composite
def _survey(draw: st.DrawFn) -> Data:
    answers = [
        {"input": letter, "label": letter, "weight": draw(_SHARES)} for letter in LETTERS[: draw(st.integers(2, 4))]
    ]
    return {"kind": "survey", "answers": answers}


@st.composite
def _ratio(draw: st.DrawFn) -> Data:
    return {
        "kind": "ratio",
        "numerator": draw(formula_texts()),
        "denominator": draw(formula_texts()),
        "full_at": draw(_AMOUNTS),
        "part_of_whole": draw(st.booleans()),
    }


def _of(kind: str, **fields: st.SearchStrategy[Any]) -> st.SearchStrategy[Data]:
    of = formula_texts()
    if kind in ("min_max", "share_of_best"):
        of = of.filter(lambda text: any(letter in text for letter in LETTERS))  # a constant compares nothing
    return st.fixed_dictionaries({"kind": st.just(kind), "of": of, **fields})


_NESTING: dict[str, Callable[[Asks, int], st.SearchStrategy[Data]]] = {
    "parts": _parts,
    "best_of": _best_of,
    "adjusted": _adjusted,
}

_PLAIN: dict[str, Callable[[Asks, int], st.SearchStrategy[Data]]] = {
    "choice": _choices,
    "yes_no": lambda asks, depth: st.builds(lambda: {"kind": "yes_no", "input": asks.name(), "label": "done"}),
    "ratio": lambda asks, depth: _ratio(),
    "steps": _steps,
    "count": lambda asks, depth: _of("count", target=_AMOUNTS),
    "per_item": lambda asks, depth: _of("per_item", points=_AMOUNTS),
    "lateness": _lateness,
    "min_max": lambda asks, depth: _of("min_max"),
    "share_of_best": lambda asks, depth: _of("share_of_best"),
    "relative": lambda asks, depth: _relative(),
    "survey": lambda asks, depth: _survey(),
    "manual": lambda asks, depth: st.just({"kind": "manual"}),
    "unscored": lambda asks, depth: st.just({"kind": "unscored"}),
}

#: Every kind of rule that gives points.
KINDS = (*_PLAIN, *_NESTING)


@st.composite
def rules(draw: st.DrawFn, asks: Asks, depth: int) -> Data:
    """Draw a rule of any kind, nested to a depth."""
    kinds = [kind for kind in (*_PLAIN, *(_NESTING if depth else ())) if kind != "unscored" or depth < 2]
    return draw(rules_of(draw(st.sampled_from(kinds)), asks, depth))


def rules_of(kind: str, asks: Asks, depth: int) -> st.SearchStrategy[Data]:
    """Draw a rule of one kind; what it holds may be of any."""
    return {**_PLAIN, **_NESTING}[kind](asks, depth)


@st.composite
def policies(draw: st.DrawFn) -> Data:
    """Draw what a framework says where its rows are silent."""
    return {
        "rounding": {"decimals": draw(st.integers(0, 3)), "at": draw(st.sampled_from(["total", "criterion"]))},
        "ranking": {
            "by": draw(st.sampled_from(["points", "share"])),
            "ties": draw(st.sampled_from(["skip", "dense"])),
        },
        "not_applicable": draw(st.sampled_from(["undecided", "full", "leave_out"])),
        "exemption": draw(st.sampled_from(["grant", "leave_out"])),
    }


@st.composite
def one_criterion(draw: st.DrawFn, kind: str) -> Framework:
    """Draw a framework that has one criterion with a rule of a kind."""
    rule = draw(rules_of(kind, Asks(), 2))
    data = criterion_of("1.1", rule, draw(_MAXIMA))
    return framework_of(data, policies=draw(policies()))


@st.composite
def _criteria(draw: st.DrawFn, code: str, depth: int) -> Data:
    if depth and draw(st.integers(0, 3)) == 0:
        children = [draw(_criteria(f"{code}.{number}", depth - 1)) for number in range(1, draw(st.integers(2, 3)))]
        return {"code": code, "title": code, "criteria": children, "max_points": draw(_MAXIMA)}
    data = criterion_of(code, draw(rules(Asks(), 1)), draw(_MAXIMA))
    data["not_applicable"] = draw(st.sampled_from([None, None, "undecided", "full", "leave_out"]))
    return data


@st.composite
def _aggregations(draw: st.DrawFn, codes: list[str]) -> Data:
    if draw(st.booleans()):
        return {"kind": "sum"}
    if draw(st.booleans()):
        return {"kind": "weighted_mean"}
    weights = st.sampled_from(["0", "1", "2", "500", "0.5", "1/3"])
    return {"kind": "weighted_mean", "weights": {code: draw(weights) for code in codes}}


@st.composite
def frameworks(draw: st.DrawFn) -> Framework:
    """Draw a small framework: sub-criteria, overlapping pillars, weighted means, classes, what is left out."""
    dimensions: list[Data] = []
    for number in range(1, draw(st.integers(1, 3)) + 1):
        criteria = [draw(_criteria(f"{number}.{one}", 1)) for one in range(1, draw(st.integers(1, 3)) + 1)]
        dimensions.append(
            {
                "code": str(number),
                "title": str(number),
                "criteria": criteria,
                "max_points": draw(st.sampled_from([None, "100", "0.5"])),
                "aggregation": draw(_aggregations([one["code"] for one in criteria])),
                "unscored": draw(st.sampled_from([False, False, False, True])),
            }
        )
    codes = [one["code"] for one in dimensions]
    pillars = [
        {
            "code": f"P{number}",
            "title": {"vi": "Trụ cột", "en": "Pillar"},
            "dimensions": (members := draw(st.lists(st.sampled_from(codes), min_size=1, unique=True))),
            "aggregation": draw(_aggregations(members)),
            "max_points": draw(st.sampled_from([None, "50"])),
        }
        for number in range(draw(st.integers(0, 2)))
    ]
    every = [one["code"] for dimension in dimensions for one in _below(dimension)]
    classes = [
        {"id": f"c{number}", "name": {"vi": "Hạng", "en": "Class"}, "at_least": share}
        for number, share in enumerate(draw(st.lists(st.sampled_from(["0", "1/3", "0.5", "0.9", "1"]), max_size=3)))
    ]
    return framework_of(
        dimensions=dimensions,
        pillars=pillars,
        total=draw(_aggregations([str(one["code"]) for one in pillars] or codes)),
        max_points=draw(st.sampled_from([None, "100", "1000"])),
        policies=draw(policies()),
        classes=classes,
        left_out=[
            {"code": code, "year": 2024, "reason": "not yet measured"}
            for code in draw(st.lists(st.sampled_from(every), max_size=1))
        ],
    )


def _below(row: Data) -> list[Data]:
    return [below for one in row.get("criteria", ()) for below in (one, *_below(one))]


_LEVEL_NUMBERS = (1, 2, 3)


@st.composite
def _targets(draw: st.DrawFn, value: str, *, alternatives: bool) -> Data:
    if value == "yes_no":
        return {"printed": "has", "has": True}
    if value == "children":
        share = {"share": draw(st.sampled_from(["0", "1/3", "50%", "1"])), "at_least": draw(st.integers(1, 3))}
        some = share if draw(st.booleans()) else {}
        return {"printed": "communes", "children": {"all_at_least": draw(st.integers(1, 3)), **some}}
    if value == "count" and draw(st.integers(0, 2)) == 0:
        return {"printed": "all", "all_of_total": True}
    if alternatives and draw(st.booleans()):
        several = st.lists(_targets(value, alternatives=False), min_size=1, max_size=3)
        return {"printed": "one of", "any_of": draw(several)}
    bounds = _SHARES if value == "share" else st.sampled_from(["0", "1", "2", "3", "10"])
    return {"printed": "at least", "at_least": draw(bounds)}


@st.composite
def levels_rules(draw: st.DrawFn) -> Data:
    """Draw a rule with a target per level, or none at some."""
    value = draw(st.sampled_from(["share", "share", "count", "yes_no", "children"]))
    targets: Data = {}
    for number in _LEVEL_NUMBERS:
        applies = draw(st.integers(0, 3))
        targets[str(number)] = draw(_targets(value, alternatives=True)) if applies else "Không áp dụng"
    rule: Data = {"kind": "levels", "value": value, "targets": targets}
    if value == "share" and draw(st.booleans()):
        rule |= {"numerator": draw(formula_texts()), "denominator": draw(formula_texts())}
        rule["part_of_whole"] = draw(st.booleans())
        if draw(st.booleans()):
            kind = draw(st.sampled_from(["calendar_years", "months"]))
            lasting = {kind: draw(st.sampled_from([1, 2, 24]))}
            rule |= {"numerator": "a", "denominator": "b", "counts_for": lasting}
    return rule


def levels_of(*numbers: int) -> list[Data]:
    """Return the data of maturity levels."""
    return [{"number": one, "name": {"vi": f"Mức {one}", "en": f"Level {one}"}, "description": ""} for one in numbers]


@st.composite
def maturity_frameworks(draw: st.DrawFn) -> Framework:
    """Draw a small maturity framework."""
    criteria = []
    for number in range(1, draw(st.integers(1, 4)) + 1):
        data = criterion_of(f"I.{number}", draw(levels_rules()))
        data["not_applicable"] = draw(st.sampled_from([None, None, "undecided", "full", "leave_out"]))
        criteria.append(data)
    return framework_of(
        *criteria,
        max_points=None,
        levels=levels_of(*_LEVEL_NUMBERS),
        policies={"levels": draw(st.sampled_from(["own", "cumulative"]))},
        left_out=[{"code": "I.1", "year": 2024, "reason": "no"}] if draw(st.integers(0, 5)) == 0 else [],
    )
