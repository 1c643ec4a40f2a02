"""The reporting year: who is ranked, what is left out, and figures of other years."""

from __future__ import annotations

from typing import Any

import pytest

from chiso.scoring.entries import DataFault, Entry, EntryReader
from chiso.scoring.facts import Column, Facts, Unit
from chiso.scoring.result import result
from chiso.scoring.score import Scores
from tests.scoring.frameworks import Data, criterion_of, framework_of
from tests.scoring.worth import both, figure, manual, plain

ENDED = Unit("ended", valid_to="2024-06-30")
LATER = Unit("later", valid_from="2025-01-01")
STAYS = Unit("stays", valid_from="2020-01-01", valid_to="2024-12-31")
ALWAYS = Unit("always")
UNITS = (ENDED, STAYS, ALWAYS, LATER)


def scored(rule: Data, values: dict[str, list[Any]], year: int | None, **fields: Any) -> Scores:
    columns = {f"1.1/{name}": Column.build([figure(one) for one in cells]) for name, cells in values.items()}
    exemptions = fields.pop("exemptions", {})
    told = Facts(UNITS, columns, exemptions=exemptions, year=year)
    return both(framework_of(criterion_of("1.1", rule), **fields), told)


def ranks(scores: Scores) -> list[int | None]:
    return [scores.totals.rank(unit) for unit in range(len(UNITS))]


def points(scores: Scores) -> list[str]:
    return [str(plain(scores.exact(unit, "1.1"))) for unit in range(len(UNITS))]


@pytest.mark.parametrize(
    ("unit", "year", "code"),
    [
        (ENDED, None, None),
        (ENDED, 2023, None),
        (ENDED, 2024, "S116"),
        (ENDED, 2025, "S116"),
        (STAYS, 2024, None),
        (STAYS, 2025, "S116"),
        (STAYS, 2019, "S117"),
        (STAYS, 2020, None),
        (LATER, 2024, "S117"),
        (LATER, 2025, None),
        (Unit("x", valid_from="2024-12-31"), 2024, None),
        (Unit("x", valid_to="2024-12-30"), 2024, "S116"),
        (ALWAYS, 2024, None),
    ],
)
def test_the_last_day_of_the_year_decides(unit: Unit, year: int | None, code: str | None) -> None:
    found = unit.absence(year)
    assert (found and found[0]) == code


def test_a_unit_that_does_not_exist_then_is_scored_but_not_ranked() -> None:
    scores = scored({"kind": "manual"}, {"points": [9, 7, 8, 10]}, 2024)

    assert points(scores) == ["9", "7", "8", "10"]
    assert ranks(scores) == [None, 2, 1, None]


@pytest.mark.parametrize(
    ("year", "expected"), [(None, [2, 4, 3, 1]), (2023, [1, 3, 2, None]), (2025, [None, None, 2, 1])]
)
def test_another_year_ranks_others(year: int | None, expected: list[int | None]) -> None:
    assert ranks(scored({"kind": "manual"}, {"points": [9, 7, 8, 10]}, year)) == expected


def test_it_is_no_peer_and_is_held_against_the_others() -> None:
    # Those that exist have 2 and 6: 1 lies below, 7 above.
    assert points(scored({"kind": "min_max", "of": "n"}, {"n": [1, 2, 6, 7]}, 2024)) == ["0", "0", "10", "10"]
    assert points(scored({"kind": "min_max", "of": "n"}, {"n": [3, 2, 6, 5]}, 2024)) == ["5/2", "0", "10", "15/2"]
    assert points(scored({"kind": "min_max", "of": "n"}, {"n": [1, 2, 6, 7]}, None)) == ["0", "5/3", "25/3", "10"]


def test_beside_peers_that_are_all_equal() -> None:
    assert points(scored({"kind": "min_max", "of": "n"}, {"n": [1, 2, 2, 3]}, 2024)) == ["0", "10", "10", "10"]


def test_its_share_of_the_best_is_at_most_all() -> None:
    assert points(scored({"kind": "share_of_best", "of": "n"}, {"n": [1, 2, 4, 9]}, 2024)) == ["5/2", "5", "10", "10"]
    assert points(scored({"kind": "share_of_best", "of": "n"}, {"n": [0, 0, 0, 9]}, 2024)) == ["10", "10", "10", "10"]
    assert points(scored({"kind": "share_of_best", "of": "n-9"}, {"n": [1, 9, 7, 10]}, 2024)) == ["0", "10", "0", "10"]


def test_with_one_peer_left_everybody_waits() -> None:
    assert points(scored({"kind": "min_max", "of": "n"}, {"n": [1, 2, "missing", 7]}, 2024)) == [
        "waiting", "waiting", "missing", "waiting",
    ]  # fmt: skip


def test_an_exempt_unit_gets_the_best_of_those_that_exist() -> None:
    scores = scored({"kind": "manual"}, {"points": [9, 0, 8, 10]}, 2024, exemptions={(1, "1.1"): "peers_best"})

    assert points(scores) == ["9", "8", "8", "10"]


@pytest.mark.parametrize(("year", "most"), [(None, "10"), (2024, "10"), (2023, "20"), (2025, "20")])
def test_what_is_left_out_for_a_year_is_left_out_in_that_year_alone(year: int | None, most: str) -> None:
    framework = framework_of(
        manual("1.1"), manual("1.2"), left_out=[{"code": "1.2", "year": 2024, "reason": "chưa đo"}]
    )
    told = Facts((ALWAYS,), {f"1.{n}/points": Column.build([figure(n)]) for n in (1, 2)}, year=year)
    found = result(both(framework, told))["units"][0]

    assert found["max"] == most
    assert found["criteria"]["1.2"]["status"] == ("not_applicable" if most == "10" else "scored")
    assert found["total"] == ("1" if most == "10" else "3")


def test_the_result_says_why() -> None:
    found = result(scored({"kind": "manual"}, {"points": [9, 7, 8, 10]}, 2024), "en")

    assert found["year"] == 2024
    assert [(one["total"], one["rank"], one["not_ranked"]) for one in found["units"]] == [
        ("9", None, "The unit ended on 2024-06-30, before the end of 2024: scored, but not ranked."),
        ("7", 2, None),
        ("8", 1, None),
        ("10", None, "The unit starts on 2025-01-01, after 2024: scored, but not ranked."),
    ]


def test_after_a_change_it_is_still_not_ranked() -> None:
    scores = scored({"kind": "min_max", "of": "n"}, {"n": [1, 2, 6, 7]}, 2024)
    scores.update(0, {"1.1/n": figure(4)})

    assert (points(scores), ranks(scores)) == (["5", "0", "10", "10"], [None, 2, 1, None])


# -- figures of other years


def read(*as_of: str, year: int | None = 2023) -> tuple[Facts, list[DataFault]]:
    reader = EntryReader(framework_of(manual("1.1")), year=year)
    rows = [Entry(f"u{number}", "1.1", "points", "5", one, place=f"dòng {number}") for number, one in enumerate(as_of)]
    return reader.read(rows), reader.faults


@pytest.mark.parametrize(
    "as_of",
    ["", "2023", "2023-12-31", "31/12/2023", "Quý IV/2023", "2022-2023", "2022-2024", "quý IV", "1/1/23", "12023"],
)
def test_figures_of_the_year_or_of_none_raise_no_warning(as_of: str) -> None:
    assert read(as_of)[1] == []


@pytest.mark.parametrize("as_of", ["2022", "2024-01-01", "31.12.2021", "Quý I/2024", "2021-2022"])
def test_figures_of_another_year_are_used_and_mentioned(as_of: str) -> None:
    told, faults = read(as_of)

    assert told.column("1.1/points").value(0) == 5
    assert [(one.code, one.severity, one.data["count"], one.data["as_of"]) for one in faults] == [
        ("D117", "warning", 1, as_of)
    ]


def test_those_of_one_day_are_mentioned_together() -> None:
    faults = read("2022", "2023", "2022", "2021", "2022")[1]

    assert [(one.place, one.data["as_of"], one.data["count"]) for one in faults] == [
        ("dòng 0", "2022", 3),
        ("dòng 3", "2021", 1),
    ]
    assert faults[0].located("en") == (
        'dòng 0: 3 figures are stated for "2022", outside 2023; they were used. Check the reporting year. [D117]'
    )


def test_without_a_reporting_year_no_figure_is_of_another() -> None:
    assert read("1999", year=None)[1] == []


def test_a_faulty_figure_is_an_error() -> None:
    reader = EntryReader(framework_of(manual("1.1")))
    reader.read([Entry("u", "1.1", "points", "x")])

    assert [one.severity for one in reader.faults] == ["error"]
