"""Boxes for days and moments: what is read, what is refused and how, and how they look in a page."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from chiso.web.days import DayField, MomentField, moment_of

SOURCES = Path(__file__).parents[2] / "src/chiso/web"


class Both(forms.Form):
    day = DayField(label="Ngày")
    moment = MomentField(label="Hạn", required=False)


@pytest.mark.parametrize(
    "text",
    [
        "05/10/2024 17:30",
        "5-10-2024 17:30",
        "5/10/2024, 17h30",
        "5.10.2024 17 giờ 30",
        "17:30 05/10/2024",
        "17 giờ 30 phút ngày 5 tháng 10 năm 2024",
        "17h30, ngày 5/10/2024",
        "2024-10-05T17:30",
        "2024-10-05 17:30:00",
        "05102024 1730",
        "051020241730",
    ],
)
def test_a_moment_is_read_as_people_write_it(text: str) -> None:
    assert moment_of(text) == dt.datetime(2024, 10, 5, 17, 30)  # noqa: DTZ001


def test_a_whole_hour_needs_no_minutes() -> None:
    assert moment_of("5/10/2024 8h") == dt.datetime(2024, 10, 5, 8, 0)  # noqa: DTZ001


@pytest.mark.parametrize(
    "text", ["05/10/2024", "17:00", "5/10/2024 25:00", "31/02/2024 17:00", "5/10/2024 17", "x" * 70]
)
def test_what_names_no_moment_is_none(text: str) -> None:
    assert moment_of(text) is None


def test_a_form_reads_both_in_the_time_of_the_installation() -> None:
    form = Both({"day": "5.10.2024", "moment": "5/10/2024 17h"})
    assert form.is_valid()
    assert form.cleaned_data == {
        "day": dt.date(2024, 10, 5),
        "moment": dt.datetime(2024, 10, 5, 10, 0, tzinfo=dt.UTC),
    }


@pytest.mark.parametrize("text", ["10/25/2024", "5/10/24", "5/10/0204", "20101005", "hôm qua"])
def test_a_day_that_is_none_is_refused_with_an_example(text: str) -> None:
    with translation.override("vi"):
        errors = Both({"day": text}).errors
    assert errors["day"] == [f"“{text}” không phải là một ngày. Ghi ngày, tháng, năm, ví dụ 25/10/2026."]


def test_a_moment_without_a_time_is_refused_with_an_example() -> None:
    field = MomentField(label="")
    with translation.override("en"), pytest.raises(ValidationError) as told:
        field.clean("5/10/2024")
    with translation.override("en"):
        assert told.value.messages == ["“5/10/2024” is not a day with a time. Write both, such as 25/10/2026 17:00."]


@pytest.mark.parametrize(("lang", "hint"), [("vi", "ngày/tháng/năm"), ("en", "day/month/year")])
def test_the_box_shows_day_month_year_in_every_language(lang: str, hint: str) -> None:
    shown = {"day": dt.date(2024, 10, 5), "moment": dt.datetime(2024, 10, 5, 10, 0, tzinfo=dt.UTC)}
    with translation.override(lang), timezone.override("Asia/Ho_Chi_Minh"):
        form = Both(initial=shown)
        day, moment = str(form["day"]), str(form["moment"])
    assert 'type="text" name="day" value="05/10/2024"' in day
    assert 'type="text" name="moment" value="05/10/2024 17:00"' in moment
    assert (f'placeholder="{hint}"' in day, 'inputmode="numeric"' in day) == (True, True)


def test_no_page_has_a_box_of_the_browser_for_days() -> None:
    """Such a box shows the month first where the browser speaks English."""
    wanted = re.compile(r"""type=["']?(date|datetime-local|month|week)\b|forms\.Date(Time)?Field""")
    files = [path for end in ("html", "py") for path in SOURCES.rglob(f"*.{end}") if path.name != "days.py"]
    assert len(files) > 300
    assert [str(path) for path in files if wanted.search(path.read_text("utf-8"))] == []
