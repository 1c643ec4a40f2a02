"""Tables made to hurt: peers a hair apart, most of them exempt, totals on halves, classes on their threshold."""

from __future__ import annotations

from fractions import Fraction
from random import Random

from hypothesis import example, given, settings
from hypothesis import strategies as st

from chiso.framework.model import Framework
from tests.scoring.agreement import check
from tests.scoring.frameworks import Data, criterion_of, framework_of
from tests.scoring.rational import Figure
from tests.scoring.rational_points import Table

SEEDS = st.integers(0, 2**32)
MANY = settings(max_examples=settings().max_examples * 2)

#: Whole numbers around which quotients differ by less than float64 can hold, or just can.
SIZES = (1, 2, 3, 7, 10**3, 10**6, 10**7, 94_906_267, 10**8, 10**12, 10**15)

CODES = ("1.1", "1.2", "2.1", "2.2")


def peers_framework(random: Random) -> Framework:
    """Return a framework of peers' rules, sums and means, with classes where totals fall."""
    formulas = ("n", "n/m", "n-m", "n/m-m/n", "(n-m)/m", "n*m")
    rules: list[Data] = [
        {"kind": random.choice(("min_max", "share_of_best")), "of": random.choice(formulas)} for _ in CODES
    ]
    if random.randrange(2):
        rules[3] = {"kind": "parts", "parts": [
            {"label": "1", "share": "1/3", "rule": rules[2]},
            {"label": "2", "share": "2/3", "rule": {"kind": "min_max", "of": "m"}},
        ]}  # fmt: skip
    criteria = [
        {**criterion_of(code, rule, random.choice(("1", "1/3", "0.5", "10", "0.01"))),
         "not_applicable": random.choice((None, "full", "leave_out"))}
        for code, rule in zip(CODES, rules, strict=True)
    ]  # fmt: skip
    mean: Data = {"kind": "weighted_mean", "weights": {"1": "500", "2": random.choice(("200", "150", "1/3"))}}
    dimensions = [
        {"code": "1", "title": "1", "criteria": criteria[:2]},
        {"code": "2", "title": "2", "criteria": criteria[2:], "max_points": "100",
         "aggregation": random.choice(({"kind": "sum"}, {"kind": "weighted_mean"}))},
    ]  # fmt: skip
    return framework_of(
        dimensions=dimensions,
        total=random.choice((mean, {"kind": "sum"}, {"kind": "weighted_mean"})),
        max_points=random.choice((None, "1000")),
        policies={
            "rounding": {"decimals": random.randrange(3), "at": random.choice(("total", "criterion"))},
            "ranking": {"by": random.choice(("points", "share")), "ties": random.choice(("skip", "dense"))},
            "not_applicable": random.choice(("undecided", "full", "leave_out")),
            "exemption": random.choice(("grant", "grant", "leave_out")),
        },
        classes=[
            {"id": f"c{number}", "name": {"vi": "", "en": ""}, "at_least": bound}
            for number, bound in enumerate(("0", "1/3", "1/2", "1"))
        ],
        left_out=[{"code": random.choice(CODES), "year": 2024, "reason": ""}] if random.randrange(3) == 0 else [],
    )


def peers_table(random: Random) -> Table:
    """Return figures a hair apart, with outside values at and beside the extremes, and chains of exempt units."""
    units = random.randrange(2, 9)
    groups = tuple(random.choice(("", "b")) if random.randrange(2) else "" for _ in range(units))
    size = random.choice(SIZES)
    figures: dict[tuple[int, str], Figure] = {}
    for code in CODES:
        for unit in range(units):
            for name in ("n", "m"):
                near = size + random.choice((-2, -1, 0, 0, 1, 2))
                figures[unit, f"{code}/{name}"] = (
                    random.choice(("missing", "not_applicable", "error"))
                    if random.randrange(12) == 0
                    else Fraction(max(near, 0))
                )
    references: dict[str, dict[str, Fraction]] = {}
    for pseudo in ("@best", "@lowest"):
        for code in CODES:
            if random.randrange(3) == 0:
                near = Fraction(max(size + random.choice((-3, -1, 0, 1, 3)), 0))
                own = {f"{code}/value": near}
                letters = {f"{code}/n": near, f"{code}/m": Fraction(size)}
                references.setdefault(pseudo, {}).update(random.choice((own, letters)))
    exempt = random.choice((0, 1, units - 1, units, 2 * units))
    exemptions = {
        (random.randrange(units), random.choice(CODES)): random.choice(("peers_best", "peers_best", "full"))
        for _ in range(exempt)
    }
    absent = frozenset(unit for unit in range(units) if random.randrange(6) == 0)
    return Table(groups, figures, references, exemptions, {}, absent)


@MANY
@example(seed=10_000_176)  # values from outside that contradict one another, and a unit that no longer exists
@given(seed=SEEDS)
def test_peers_a_hair_apart_and_chains_of_exempt_units(seed: int) -> None:
    random = Random(seed)
    check(peers_framework(random), peers_table(random))


@MANY
@given(seed=SEEDS)
def test_totals_on_halves_and_on_thresholds_of_classes(seed: int) -> None:
    random = Random(seed)
    decimals = random.randrange(4)
    half = Fraction(1, 2 * 10**decimals)
    pieces = random.choice((1, 3, 7, 9))
    ratio: Data = {"kind": "ratio", "numerator": "num", "denominator": "den", "part_of_whole": False}
    full = random.choice((half * pieces, Fraction(1), Fraction(10), Fraction(1, 3)))
    criteria = [criterion_of(f"1.{number}", ratio, str(full)) for number in range(1, pieces + 1)]
    framework = framework_of(
        *criteria,
        policies={
            "rounding": {"decimals": decimals, "at": random.choice(("total", "total", "criterion"))},
            "ranking": {"by": random.choice(("points", "share"))},
        },
        classes=[
            {"id": f"c{number}", "name": {"vi": "", "en": ""}, "at_least": str(Fraction(number, pieces))}
            for number in range(pieces + 1)
        ],
    )
    figures: dict[tuple[int, str], Figure] = {}
    units = random.randrange(1, 6)
    for unit in range(units):
        # Thirds, sevenths and ninths that add up to what lies on a half, in any order.
        parts = [random.randrange(4) for _ in range(pieces)]
        for number, part in enumerate(parts, 1):
            grown = random.choice((1, 2, 7, 10**9))
            figures[unit, f"1.{number}/num"] = Fraction(part * grown + random.choice((0, 0, 0, 0, 1)))
            figures[unit, f"1.{number}/den"] = Fraction(pieces * grown)
    check(framework, Table(("",) * units, figures))
