"""Two rules agree when they compute the same points; a difference names figures that show it."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from chiso.decree.wording.agreement import difference, points_of
from tests.decree.wording.engine import made

TEN = Fraction(10)
RATIO = {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}
STEPS = {
    "kind": "steps",
    "of": "a/b",
    "part_of_whole": True,
    "lines": [{"at_least": "80%", "share": 1, "label": "x"}],
    "otherwise": {"share": 0, "label": "x"},
}


def choice(*shares: str) -> dict[str, Any]:
    return {
        "kind": "choice",
        "options": [{"id": f"o{n}", "label": "x", "share": share} for n, share in enumerate(shares)],
    }


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RATIO, RATIO | {"numerator": "num", "denominator": "den"}),
        (RATIO, RATIO | {"full_at": "100%"}),
        ({"kind": "count", "of": "n", "target": 4}, {"kind": "per_item", "of": "m", "points": "2.5"}),
        ({"kind": "yes_no", "input": "#1", "label": "x"}, choice("1", "0")),
        ({"kind": "min_max", "of": "n"}, {"kind": "min_max", "of": "n"}),
        ({"kind": "unscored", "rule": RATIO}, RATIO),
        ({"kind": "manual"}, {"kind": "manual"}),
        (RATIO | {"numerator": "n"}, RATIO | {"numerator": "c+d"}),
    ],
)
def test_agree(first: dict[str, Any], second: dict[str, Any]) -> None:
    assert difference(made(first), made(second), TEN) is None


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (RATIO, RATIO | {"full_at": "99%"}),
        (RATIO, RATIO | {"part_of_whole": False}),
        (RATIO, RATIO | {"numerator": "b", "denominator": "a"}),
        (STEPS, STEPS | {"lines": [{"above": "80%", "share": 1, "label": "x"}]}),
        (choice("1", "1/2", "0"), choice("1", "0")),
        (choice("1", "1/2", "0"), choice("1", "1/4", "0")),
        ({"kind": "min_max", "of": "n"}, {"kind": "share_of_best", "of": "n"}),
        ({"kind": "per_item", "of": "n", "points": 1}, {"kind": "per_item", "of": "n", "points": 2}),
        ({"kind": "manual"}, RATIO),
        ({"kind": "sum"}, {"kind": "unscored"}),
    ],
)
def test_differ(first: dict[str, Any], second: dict[str, Any]) -> None:
    found = difference(made(first), made(second), TEN)
    assert found is not None
    assert found.first != found.second


def test_points_are_those_of_the_engine() -> None:
    result = points_of(
        made({"kind": "min_max", "of": "n"}), TEN, {"n": Fraction(3)}, [{"n": Fraction(1)}, {"n": Fraction(9)}]
    )
    assert result.value == Fraction(5, 2)
    assert not points_of(made(RATIO), TEN, {"a": Fraction(1), "b": Fraction(0)}).known
