"""Whether the document can be cited."""

from __future__ import annotations

import pytest

from tests.framework.lint.sample import criterion, findings

LEGAL = {"year": 2024, "issuer": "Bộ", "title": "Khung mẫu"}


@pytest.mark.parametrize("number", ["/QĐ-BTTTT", " /UBND-VHTT"])
def test_a_number_that_stands_blank_is_noted(number: str) -> None:
    (found,) = findings(criterion(), legal={"number": number, **LEGAL})
    assert (found.code, found.place, found.severity) == ("L902", "legal", "note")
    assert found.figures == {"number": number, "year": "2024"}


@pytest.mark.parametrize("number", ["922/QĐ-BTTTT", "12 /KH-UBND", "Luật Giao dịch điện tử"])
def test_a_number_that_is_printed_is_quiet(number: str) -> None:
    assert findings(criterion(), legal={"number": number, **LEGAL}) == []
