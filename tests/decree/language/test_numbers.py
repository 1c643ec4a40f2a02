"""Points as cells of a table print them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.decree.language.numbers import points


@pytest.mark.parametrize(
    ("printed", "value"),
    [
        ("10", Fraction(10)),
        ("(10)", Fraction(10)),
        ("63,33", Fraction(6333, 100)),
        ("63,3\n3", Fraction(6333, 100)),
        ("12,\n86", Fraction(1286, 100)),
        ("10 điểm", Fraction(10)),
        ("1.000", Fraction(1000)),
        ("10\n20", None),
        ("1,5 20", None),
        ("10%", None),
    ],
)
def test_points_are_read_also_where_a_narrow_column_breaks_them(printed: str, value: Fraction | None) -> None:
    assert points(printed) == value
