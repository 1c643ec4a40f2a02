"""Settings from the environment say what is wrong with them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ImproperlyConfigured

from chiso.web import environment


@pytest.mark.parametrize(("told", "meant"), [(None, [7, 3, 1]), ("10, 5,1", [10, 5, 1]), ("", []), ("2", [2])])
def test_whole_numbers_with_commas(monkeypatch: pytest.MonkeyPatch, told: str | None, meant: list[int]) -> None:
    if told is not None:
        monkeypatch.setenv("CHISO_REMINDER_DAYS", told)

    assert environment.numbers("CHISO_REMINDER_DAYS", "7,3,1") == meant


@pytest.mark.parametrize("told", ["7;3", "seven", "-1", "1.5", "٣"])
def test_anything_else_is_refused(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("CHISO_REMINDER_DAYS", told)
    with pytest.raises(ImproperlyConfigured, match="write whole numbers with commas, such as 7,3,1"):
        environment.numbers("CHISO_REMINDER_DAYS", "7,3,1")
