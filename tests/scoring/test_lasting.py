"""What was done once counts for so many calendar years, or so many months from its day (reading A25)."""

from __future__ import annotations

import datetime as dt

import pytest

from chiso.framework.loader import load
from chiso.framework.rules import CountsFor
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.facts import Facts, Origin, Unit
from chiso.scoring.lasting import counting, lasting
from chiso.scoring.score import score
from chiso.scoring.trace import explain

SET, CODE = "khung-2024-district", "II.11"


def facts(done: str, assessed: str = "", year: int | None = None) -> Facts:
    origins = {(0, "done"): Origin(as_of=done), (0, "whole"): Origin(as_of=assessed)}
    return Facts((Unit("u"),), {}, origins=origins, year=year)


@pytest.mark.parametrize(
    ("rule", "done", "assessed", "counts"),
    [
        ({"calendar_years": 2}, "2022-12-31", "2022-01-01", True),  # in the year of the inspection, also before its day
        ({"calendar_years": 2}, "2022-01-01", "2023-12-31", True),
        ({"calendar_years": 2}, "2022-12-31", "2024-01-01", False),
        ({"calendar_years": 2}, "2023-01-01", "2022-12-31", False),
        ({"calendar_years": 1}, "2022-06-01", "2023-01-01", False),
        ({"months": 24}, "2022-10-15", "2024-10-15", True),
        ({"months": 24}, "2022-10-15", "2024-10-16", False),
        ({"months": 24}, "2022-10-15", "2022-10-15", True),
        ({"months": 24}, "2022-10-15", "2022-10-14", False),  # not yet done
        ({"months": 24}, "2024-02-29", "2026-02-28", True),  # that month has no 29th
        ({"months": 24}, "2024-02-29", "2026-03-01", False),
        ({"months": 12}, "2023-12-31", "2024-12-31", True),
        ({"months": 1}, "2023-12-05", "2024-01-05", True),
        ({"months": 1}, "2023-12-05", "2024-01-06", False),
    ],
)
def test_the_first_and_the_last_day(rule: dict[str, int], done: str, assessed: str, counts: bool) -> None:
    told = facts(done, assessed)
    found = lasting(told, 0, "done", "whole", CountsFor(**rule))
    assert found is not None
    assert found.counts is counts
    assert counting(told, 0, 1, "done", "whole", CountsFor(**rule)).tolist() == [counts]


def test_the_last_day_of_the_reporting_year_stands_in_for_the_day_of_the_assessment() -> None:
    rule = CountsFor(months=24)
    found = lasting(facts("2022-12-31", year=2024), 0, "done", "whole", rule)
    assert found is not None
    assert (found.assessed, found.last, found.counts) == (dt.date(2024, 12, 31), dt.date(2024, 12, 31), True)
    assert lasting(facts("2022-12-31"), 0, "done", "whole", rule) is None
    assert lasting(facts("", year=2024), 0, "done", "whole", rule) is None


def test_days_at_the_end_of_the_calendar_are_no_error() -> None:
    for rule in ({"calendar_years": 2}, {"months": 24}):
        found = lasting(facts("9999-12-31", "9999-12-31"), 0, "done", "whole", CountsFor(**rule))
        assert found is not None
        assert found.counts


def read(as_of: str, year: int | None = 2024, option: str = "calendar_years") -> tuple[list[str], list[int], str]:
    """Return the codes of faults, the levels met by 4 of 5 systems inspected on a day, and the trace."""
    framework = load(SET, {"A25": option})
    reader = EntryReader(framework, year=year)
    told = reader.read(
        [Entry("Huyện A", CODE, "num", "4", as_of, place="f, row 2"), Entry("Huyện A", CODE, "den", "5")]
    )
    scores = score(framework, told)
    found = explain(scores, 0, CODE)
    trace = "\n".join(found.step_text(step, "en") for step in found.steps)
    return [one.code for one in reader.faults], scores.reached(0).measured(CODE).satisfied, trace


def test_an_inspection_of_the_year_before_counts_and_raises_no_warning() -> None:
    faults, levels, trace = read("2023-05-10")
    assert (faults, levels) == ([], [1, 2, 3, 4])
    assert "Done on 2023-05-10, counts from 2023-01-01 to 2024-12-31; assessed on 2024-12-31: still counts" in trace


def test_an_inspection_two_years_ago_counts_no_more_and_the_trace_says_why() -> None:
    faults, levels, trace = read("2022-05-10", option="months_24")
    assert (faults, levels) == ([], [])
    assert "Done on 2022-05-10, counts from 2022-05-10 to 2024-05-10; assessed on 2024-12-31: no longer counts" in trace


def test_the_last_day_of_a_year_tells_both_readings_apart_at_the_end_of_the_reporting_year() -> None:
    assert read("2022-12-31")[1] == []
    assert read("2022-12-31", option="months_24")[1] == [1, 2, 3, 4]


@pytest.mark.parametrize("as_of", ["2021", "Quý IV/2021", "31/02/2021"])
def test_what_is_no_day_is_reported_and_the_figure_used(as_of: str) -> None:
    faults, levels, _ = read(as_of)
    assert (faults, levels) == (["D128"], [1, 2, 3, 4])


class Uncounted(dict[tuple[int, str], Origin]):
    """Where figures come from, of so many units that nobody may count them for each unit again."""

    def __len__(self) -> int:
        raise AssertionError("counted")

    def __bool__(self) -> bool:
        return True


def test_units_are_asked_for_their_days_alone() -> None:
    origins = Uncounted({(0, "done"): Origin(as_of="2020-01-01"), (1, "done"): Origin(as_of="2023-01-01")})
    told = Facts((Unit("a"), Unit("b"), Unit("c")), {}, origins=origins, year=2023)

    assert counting(told, 0, 3, "done", "whole", CountsFor(calendar_years=2)).tolist() == [False, True, True]
    assert counting(told, 1, 2, "done", "whole", CountsFor(calendar_years=2)).tolist() == [True]
