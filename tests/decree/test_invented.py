"""Decisions that nobody issued, in layouts that offices use; every expectation is derived from their words by hand."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import cache
from pathlib import Path

import pytest

from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import Draft, drafts_of
from chiso.decree.wording.agreement import points_of
from chiso.framework.model import Criterion
from tests.decree.makers.docx import docx
from tests.decree.makers.html import html
from tests.decree.makers.pdf import pdf
from tests.decree.makers.printed import Block
from tests.decree.makers.written import blocks_of

HERE = Path(__file__).parent / "invented"


#: How a decision that is written down as paragraphs and rows becomes a document.
MADE: dict[str, Callable[[list[Block]], bytes]] = {
    "docx": docx,
    "html": lambda blocks: html(blocks).encode(),
    "pdf": pdf,
    "pdf without lines": lambda blocks: pdf(blocks, ruled=False),
    "pdf without lines, words in the middle": lambda blocks: pdf(blocks, ruled=False, middle=True),
}


@cache
def draft(name: str, form: str = "docx") -> Draft:
    path = HERE / name
    data = MADE[form](blocks_of(path)) if path.suffix == ".yaml" else path.read_bytes()
    (only,) = drafts_of(read_bytes(data, name))
    return only


def criteria(name: str) -> dict[str, Criterion]:
    return {one.code: one for dimension in draft(name).framework.dimensions for one in dimension.walk()}


REFORM, DIGITAL, GUIDANCE = "reform-departments.html", "digital-communes.html", "guidance-communes.html"
MINISTRIES, OFFICES = "reform-ministries.html", "list-offices.txt"
COMPETITIVE, MET = "competitiveness-departments.yaml", "met-communes.yaml"

#: Rows and their maxima; "" is the whole.
MAXIMA = {
    REFORM: {
        "": 20,
        "1.1": 3,
        "1.1.1": 1,
        "1.1.2": 2,
        "1.2": "7/2",
        "1.2.1": "3/2",
        "1.2.2": 2,
        "1.3": 3,
        "2.1": 5,
        "2.2": "5/2",
        "2.3": 3,
    },
    DIGITAL: {"": 100, "1": 10, "2": 20, "3": 15, "4": 5, "5": 10, "6": 10, "7": 5, "8": 15, "9": 10},
    GUIDANCE: {"": 30, "1": 5, "2": 4, "3": 3, "3.1": 2, "3.2": 1, "4": 10, "5": 8},
    MINISTRIES: {"": 10, "1.1": "5/2", "1.2": 5, "2.1": "5/2"},
    OFFICES: {"": 100, "I.1": 10, "I.2": 20, "II.1": 30, "II.2": 40},
    COMPETITIVE: {"": 100, "I.1": 4, "I.2": 3, "I.3": 3, "II.1": 4, "II.2": 6, "III.1": 5, "III.2": 3, "III.3": 2},
    MET: {
        "": 100,
        "I.1": 10,
        "I.2": 20,
        "I.2.1": 10,
        "I.2.2": 10,
        "II.1": 10,
        "II.2": 10,
        "II.2.a": 6,
        "II.2.b": 4,
        "III.1": 10,
        "III.2": 20,
        "IV.1": 8,
        "IV.2": 12,
    },
}


@pytest.mark.parametrize("name", MAXIMA)
def test_rows_and_maxima(name: str) -> None:
    found = {code: one.max_points for code, one in criteria(name).items()}
    wanted = {code: Fraction(value) for code, value in MAXIMA[name].items() if code}
    assert (draft(name).framework.max_points, found) == (Fraction(MAXIMA[name][""]), wanted)


#: Criterion, values of its inputs, points.
POINTS = [
    (REFORM, "1.1.1", {"choice": 0}, "1"),
    (REFORM, "1.1.1", {"choice": 1}, "1/2"),
    (REFORM, "1.1.1", {"choice": 2}, "0"),
    (REFORM, "1.1.2", {"num": 10, "den": 10}, "2"),
    (REFORM, "1.1.2", {"num": 8, "den": 10}, "1"),
    (REFORM, "1.1.2", {"num": 7, "den": 10}, "0"),
    (REFORM, "1.2.1", {"num": 3, "den": 10}, "3/2"),
    (REFORM, "1.2.1", {"num": 2, "den": 10}, "1"),
    (REFORM, "1.2.2", {"num": 10, "den": 10}, "2"),
    (REFORM, "1.2.2", {"num": 7, "den": 10}, "7/5"),
    (REFORM, "1.2.2", {"num": 6, "den": 10}, "0"),
    (REFORM, "1.3", {"n": 3}, "3"),
    (REFORM, "1.3", {"n": 1}, "3/2"),
    (REFORM, "1.3", {"n": 0}, "0"),
    (REFORM, "2.1", {"num": 98, "den": 100}, "5"),
    (REFORM, "2.1", {"num": 90, "den": 100}, "3"),
    (REFORM, "2.2", {"#1": 1, "#2": 0}, "3/2"),
    (REFORM, "2.3", {"num": 4, "den": 4, "n": 0}, "3"),
    (DIGITAL, "1", {"a": 8, "b": 10}, "7"),
    (DIGITAL, "2", {"num": 3, "den": 4}, "15"),
    (DIGITAL, "3", {"num": 45, "den": 100}, "15/2"),
    (DIGITAL, "3", {"num": 9, "den": 10}, "15"),
    (DIGITAL, "5", {"n": 3}, "6"),
    (DIGITAL, "5", {"n": 7}, "10"),
    (DIGITAL, "7", {"days_late": 2}, "3"),
    (DIGITAL, "8", {"num": 1, "den": 3}, "5"),
    (DIGITAL, "9", {"n": 11}, "5"),
    (GUIDANCE, "1", {"num": 5, "den": 10}, "3"),
    (GUIDANCE, "2", {"choice": 1}, "2"),
    (GUIDANCE, "4", {"num": 8, "den": 10}, "6"),
    (GUIDANCE, "4", {"num": 81, "den": 100}, "10"),
    (GUIDANCE, "4", {"num": 0, "den": 10}, "0"),
    (GUIDANCE, "5", {"num": 1, "den": 4}, "2"),
    (MINISTRIES, "1.1", {"num": 8, "den": 10}, "3/2"),
    (MINISTRIES, "1.2", {"a": 10, "b": 10}, "5"),
    (MINISTRIES, "1.2", {"a": 10, "b": 8}, "4"),
    (MINISTRIES, "1.2", {"a": 10, "b": 7}, "0"),
    (MINISTRIES, "2.1", {"choice": 2}, "1/2"),
    (OFFICES, "I.1", {"choice": 1}, "5"),
    (OFFICES, "I.2", {"n": 4}, "8"),
    (OFFICES, "II.1", {"num": 2, "den": 3}, "20"),
    (OFFICES, "II.2", {"#1": 1, "#2": 0}, "20"),
    (COMPETITIVE, "I.1", {"num": 95, "den": 100}, "2"),
    (COMPETITIVE, "I.2", {"n": 2}, "1"),
    (COMPETITIVE, "I.3", {"days_late": 4}, "3/2"),
    (COMPETITIVE, "I.3", {"days_late": 5}, "0"),
    (COMPETITIVE, "II.1", {"n": 3}, "3/2"),
    (COMPETITIVE, "II.1", {"n": 9}, "4"),
    (COMPETITIVE, "II.2", {"num": 1, "den": 2}, "3"),
    (COMPETITIVE, "III.1", {"n": 1}, "5/2"),
    (COMPETITIVE, "III.3", {"choice": 1}, "3/2"),
    (MET, "I.1", {"choice": 0}, "10"),
    (MET, "I.2.2", {"num": 60, "den": 100}, "5"),
    (MET, "II.1", {"choice": 0}, "10"),
    (MET, "II.1", {"choice": 1}, "0"),
    (MET, "II.2.a", {"choice": 0}, "6"),
    (MET, "III.1", {"#1": 1, "#2": 0}, "4"),
    (MET, "III.2", {"#1": 1, "#2": 0, "#3": 1}, "10"),
    (MET, "IV.1", {"num": 10, "den": 10}, "8"),
    (MET, "IV.1", {"num": 5, "den": 10}, "4"),
    (MET, "IV.1", {"num": 4, "den": 10}, "0"),
    (MET, "IV.2", {"n": 3}, "6"),
    (MET, "IV.2", {"n": 1}, "0"),
]


@pytest.mark.parametrize(("name", "code", "values", "points"), POINTS)
def test_rules_give_the_points_of_their_words(name: str, code: str, values: dict[str, int], points: str) -> None:
    one = criteria(name)[code]
    assert one.max_points is not None
    result = points_of(one.effective_rule, one.max_points, {key: Fraction(value) for key, value in values.items()})
    assert result.known
    assert result.value == Fraction(points)


def test_the_best_of_all_communes_is_what_the_others_are_measured_against() -> None:
    assert criteria(DIGITAL)["6"].effective_rule.kind == "share_of_best"


#: Number, date and issuer; the letterhead is a table in three of them.
HEADS = {
    REFORM: ("1234/QĐ-UBND", "2025-08-15", "Chủ tịch Ủy ban nhân dân tỉnh Mẫu Sơn"),
    DIGITAL: ("88/2026/QĐ-UBND", "2026-03-05", "Ủy ban nhân dân tỉnh Mẫu Hải"),
    GUIDANCE: ("45/HD-STTTT", "2025-04-02", "UBND tỉnh Mẫu Long"),
    MINISTRIES: ("77/QĐ-BNV", "2024-12-20", "Bộ trưởng Bộ nội vụ"),
    OFFICES: ("321/QĐ-UBND", "2024-09-10", "Ủy ban nhân dân huyện Mẫu An"),
    COMPETITIVE: ("456/QĐ-UBND", "2025-05-12", "Ủy ban nhân dân tỉnh Mẫu Giang"),
    MET: ("2025/QĐ-UBND", "2025-06-20", "Ủy ban nhân dân tỉnh Mẫu Bình"),
}


@pytest.mark.parametrize("name", HEADS)
def test_head(name: str) -> None:
    legal = draft(name).framework.legal
    assert (legal.number, str(legal.date), legal.issuer) == HEADS[name]


def test_what_a_decision_is_grounded_on_and_replaces() -> None:
    legal = draft(REFORM).framework.legal
    assert [one[:24] for one in legal.based_on] == ["Luật Tổ chức chính quyền", "Nghị quyết số 76/NQ-CP n"]
    assert legal.replaces == ["Quyết định số 567/QĐ-UBND ngày 20/5/2022"]


def test_acronyms_stay_large_in_titles_that_are_shouted() -> None:
    assert draft(REFORM).framework.dimensions[0].title == "Công tác chỉ đạo, điều hành CCHC"


def test_the_foot_of_a_document_is_no_criterion() -> None:
    assert "Nơi nhận" not in draft(OFFICES).text


#: Criteria whose points nobody can compute from what is printed.
BY_HAND = {GUIDANCE: ["3.1", "3.2"], COMPETITIVE: ["III.2"]}


@pytest.mark.parametrize("name", MAXIMA)
def test_every_rule_is_read(name: str) -> None:
    manual = [code for code, one in criteria(name).items() if not one.criteria and one.effective_rule.kind == "manual"]
    assert manual == BY_HAND.get(name, [])


@pytest.mark.parametrize("form", [form for form in MADE if form != "docx"])
@pytest.mark.parametrize("name", [COMPETITIVE, MET])
def test_every_format_gives_the_same_draft(name: str, form: str) -> None:
    one, other = (
        [row.model_dump(exclude={"printed_rule", "criteria"}) for row in draft(name, which).framework.criteria.values()]
        for which in ("docx", form)
    )
    assert one == other


def test_weights_of_sub_indices_make_the_total_a_mean() -> None:
    total = draft(COMPETITIVE).framework.total
    assert (total.kind, total.weights) == ("weighted_mean", {"I": 30, "II": 40, "III": 30})


def test_what_the_prose_counts_is_held_against_what_it_is_called_here() -> None:
    counts = [(one.what, one.printed) for one in draft(COMPETITIVE).framework.printed_counts]
    assert counts == [("dimensions", 3), ("criteria", 8)]  # 100 points are a mean, not a sum


@pytest.mark.parametrize(
    ("name", "kind"), [(MET, "commune"), (DIGITAL, "commune"), (COMPETITIVE, "department"), (REFORM, "department")]
)
def test_whom_a_set_assesses(name: str, kind: str) -> None:
    assert draft(name).framework.unit_kinds == [kind]


def test_groups_above_the_dimensions_are_kept() -> None:
    assert [(one.code, one.dimensions) for one in draft(MET).framework.groups] == [
        ("A", ["I", "II"]),
        ("B", ["III", "IV"]),
    ]
