"""A situation that no printed line covers: the unit answers "none of these", the verifier decides the points (A14)."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from chiso.framework.inputs import decided
from chiso.framework.model import Framework
from chiso.scoring.entries import DataFault, Entry, EntryReader
from chiso.scoring.result import result
from chiso.scoring.score import Scores, score
from chiso.scoring.states import State
from chiso.scoring.trace import explain
from tests.scoring.frameworks import Data, criterion_of, framework_of

HEAD: Data = {"id": "head", "label": "Người đứng đầu", "share": "1"}
NONE: Data = {"id": "none", "label": "Không ban hành", "share": "0"}
CHOICE: Data = {"kind": "choice", "options": [HEAD, {"id": "deputy", "label": "Cấp phó", "share": "1/2"}]}
STEPS: Data = {
    "kind": "steps",
    "of": "n",
    "unit": "meeting",
    "lines": [{"at_least": "4", "share": "1", "label": "Từ 4 cuộc"}],
    "otherwise": {"share": "0", "label": "Còn lại"},
}
LATENESS: Data = {
    "kind": "lateness",
    "lines": [{"at_most": "0", "share": "1", "label": "Đúng hạn"}],
    "otherwise": {"share": "0", "label": "Chậm"},
}
PARTS: Data = {
    "kind": "parts",
    "parts": [
        {"label": "x", "share": "1/2", "rule": {**CHOICE, "input": "#1"}},
        {"label": "y", "share": "1/2", "rule": {"kind": "yes_no", "input": "#2", "label": "y"}},
    ],
}
MEETINGS: list[Data] = [{"name": "n", "label": "Số cuộc họp", "unit": "meeting"}]


def framework(**fields: Any) -> Framework:
    return framework_of(
        criterion_of("1.1", CHOICE),
        criterion_of("1.2", STEPS, inputs=MEETINGS),
        criterion_of("1.3", LATENESS),
        criterion_of("1.4", PARTS),
        criterion_of("1.5", {"kind": "choice", "options": [HEAD, NONE]}),
        criterion_of("1.6", {"kind": "manual"}),
        **fields,
    )


def scored(*rows: tuple[str, str, str, str], note: str = "giải thích", **fields: Any) -> tuple[Scores, list[DataFault]]:
    reader = EntryReader(framework(**fields))
    facts = reader.read(Entry(*row, note=note, place=f"row {number}") for number, row in enumerate(rows, 1))
    return score(reader.framework, facts), reader.faults


def codes(faults: list[DataFault]) -> list[tuple[str, str, str]]:
    return [(fault.code, fault.place, fault.severity) for fault in faults]


@pytest.mark.parametrize("written", ["none", "None", "không thuộc trường hợp nào", "none of these"])
@pytest.mark.parametrize(("code", "name"), [("1.1", "choice"), ("1.2", "n"), ("1.3", "days_late"), ("1.4", "#1")])
def test_none_of_these_is_a_situation_of_its_own(code: str, name: str, written: str) -> None:
    scores, faults = scored(("A", code, name, written), ("A", "1.4", "#2", "có"))
    found = result(scores, "en")["units"][0]["criteria"][code]
    assert faults == []
    assert found["status"] == "undecided"
    assert found["message"] == "No printed case covers the situation: the verifier decides the points."
    assert (found["points"], found["exact"], "decided" in found) == (None, None, False)


@pytest.mark.parametrize("units", [1, 4])
def test_the_points_that_the_verifier_decides_are_used(units: int) -> None:
    rows = [(str(unit), "1.1", "choice", "none") for unit in range(units)]
    scores, faults = scored(*rows, ("0", "1.1", "decided", "7,25"))
    found = result(scores, "vi")["units"][0]
    assert faults == []
    assert found["criteria"]["1.1"] == {
        "status": "scored",
        "points": "7.25",
        "share": "0.725",
        "exact": "29/4",
        "max": "10",
        "message": "Điểm do người thẩm định quyết định, vì không thuộc trường hợp nào được in.",
        "decided": True,
    }
    assert scores.totals.total(0).points == Fraction(29, 4)
    assert scores.totals.published.tolist() == [725] + [0] * (units - 1)
    assert scores.states[0].tolist() == [State.GIVEN] + [State.UNDECIDED] * (units - 1)


def test_points_may_be_decided_after_all_others() -> None:
    scores, _ = scored(*((name, "1.1", "choice", "none") for name in "ABC"))
    scores.update(1, {"1.1/decided": Fraction(3)})
    assert [scores.exact(unit, "1.1").state for unit in range(3)] == [
        State.UNDECIDED,
        State.GIVEN,
        State.UNDECIDED,
    ]
    assert scores.totals.published.tolist() == [0, 300, 0]


@pytest.mark.parametrize("units", [1, 4])
def test_no_more_than_the_maximum_can_be_decided(units: int) -> None:
    rows = [(str(unit), "1.1", "choice", "none") for unit in range(units)]
    scores, _ = scored(*rows, ("0", "1.1", "decided", "10.01"))
    found = result(scores, "en")["units"][0]["criteria"]["1.1"]
    assert (found["status"], found["points"]) == ("error", None)
    assert found["message"] == "The points 10.01 exceed the maximum 10. Check them."


def test_decided_points_are_rounded_where_the_framework_rounds() -> None:
    policies = {"rounding": {"decimals": 1, "at": "criterion"}}
    scores, _ = scored(("A", "1.1", "choice", "none"), ("A", "1.1", "decided", "7.25"), policies=policies)
    found = result(scores)["units"][0]["criteria"]["1.1"]
    assert (found["points"], found["decided"]) == ("7.3", True)


@pytest.mark.parametrize("row", [("A", "1.1", "choice", "head"), ("A", "1.2", "n", "5"), ("A", "1.1", "choice", "n/a")])
def test_where_a_line_holds_nothing_is_decided(row: tuple[str, str, str, str]) -> None:
    scores, faults = scored(row, (row[0], row[1], "decided", "5"))
    assert codes(faults) == [("D119", "row 2", "error")]
    assert "decided" not in result(scores)["units"][0]["criteria"][row[1]]


def test_nothing_is_decided_before_the_unit_answers() -> None:
    scores, faults = scored(("A", "1.1", "decided", "5"))
    assert codes(faults) == [("D119", "row 1", "error")]
    assert scores.exact(0, "1.1").state is State.MISSING


def test_an_answer_without_explanation_is_used_and_mentioned() -> None:
    scores, faults = scored(("A", "1.1", "choice", "none"), note=" ")
    assert codes(faults) == [("D118", "row 1", "warning")]
    assert scores.exact(0, "1.1").state is State.UNDECIDED


def test_an_option_with_that_id_keeps_its_meaning() -> None:
    scores, _ = scored(("A", "1.5", "choice", "none"))
    assert scores.exact(0, "1.5").value == 0
    scores, _ = scored(("A", "1.5", "choice", "không thuộc trường hợp nào"))
    assert scores.exact(0, "1.5").state is State.UNDECIDED


@pytest.mark.parametrize(("code", "name", "fault"), [("1.6", "points", "D123"), ("1.4", "#2", "D122")])
def test_where_there_are_no_lines_to_choose_between_it_is_no_answer(code: str, name: str, fault: str) -> None:
    _, faults = scored(("A", code, name, "none"))
    assert codes(faults) == [(fault, "row 1", "error")]


def test_points_are_decided_only_where_there_are_lines() -> None:
    _, faults = scored(("A", "1.6", "decided", "5"))
    assert codes(faults) == [("D106", "row 1", "error")]
    assert decided(framework().criteria["1.6"]) is None


def test_a_shared_figure_says_nothing_about_the_lines_of_one_criterion() -> None:
    steps = {**STEPS, "of": "b", "unit": "household"}
    reader = EntryReader(framework_of(criterion_of("1.1", steps, inputs=[{"name": "b", "fact": "households"}])))
    reader.read([Entry("A", "1.1", "b", "none", note="x")])
    assert [fault.code for fault in reader.faults] == ["D123"]


def test_the_explanation_shows_what_was_answered_and_what_was_decided() -> None:
    scores, _ = scored(("A", "1.1", "choice", "none"), ("A", "1.1", "decided", "7.25"))
    found = explain(scores, 0, "1.1").as_dict("en")
    assert [(one["name"], one["status"], one["value"], one["note"]) for one in found["inputs"]] == [
        ("choice", "undecided", None, "giải thích"),
        ("decided", "given", "7.25 points", "giải thích"),
    ]
    assert [one["text"] for one in found["steps"]] == [
        "No printed case covers the situation; the verifier decided 7.25 points"
    ]
    assert (found["status"], found["exact"], found["decided"]) == ("scored", "29/4", True)


def test_without_a_decision_the_explanation_asks_for_none() -> None:
    scores, _ = scored(("A", "1.1", "choice", "head"))
    found = explain(scores, 0, "1.1").as_dict("en")
    assert ([one["name"] for one in found["inputs"]], found["decided"]) == (["choice"], False)


def test_totals_stay_provisional_until_it_is_decided() -> None:
    rows = [
        ("A", "1.2", "n", "4"),
        ("A", "1.3", "days_late", "0"),
        ("A", "1.4", "#1", "head"),
        ("A", "1.4", "#2", "có"),
    ]
    rows += [("A", "1.5", "choice", "head"), ("A", "1.6", "points", "10"), ("A", "1.1", "choice", "none")]
    scores, _ = scored(*rows)
    assert (scores.totals.provisional(0), scores.totals.total(0).points) == (True, 50)
    scores.update(0, {"1.1/decided": Fraction(0)})
    assert (scores.totals.provisional(0), scores.totals.total(0).points) == (False, 50)
