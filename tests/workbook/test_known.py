"""Forms with figures that are known already: what stands in their cells, and what comes back untouched."""

from __future__ import annotations

import random
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chiso.framework.inputs import Asked, asked, collected, decided
from chiso.framework.loader import bundled, load
from chiso.framework.model import Framework
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.facts import Facts
from chiso.scoring.levels import REGISTERED, registered_input
from chiso.scoring.states import State
from chiso.workbook.entries import read_entries
from chiso.workbook.known import shown_as
from chiso.workbook.template import write_template
from tests.workbook.example import framework
from tests.workbook.test_form import FIRST, GENERAL, cell_at, form_map, row_of

A, B = "Huyện A", "Huyện B"


def facts_of(of: Framework, *entries: Entry) -> Facts:
    reader = EntryReader(of)
    facts = reader.read(entries)
    assert [fault for fault in reader.faults if fault.severity == "error"] == []
    return facts


def form_of(path: Path, of: Framework, facts: Facts, units: tuple[str, ...] = ()) -> Path:
    write_template(of, path, units or [unit.name for unit in facts.units], "vi", facts)
    return path


def told(facts: Facts) -> dict[tuple[str, str], Any]:
    """Return everything that facts say, in a form to compare: value or state, source, day and note."""
    found: dict[tuple[str, str], Any] = {}
    for at, unit in enumerate(facts.units):
        for fact, column in facts.columns.items():
            state = column.state(at)
            origin = facts.origins.get((at, fact))
            beside = (origin.source, origin.as_of, origin.note) if origin else ("", "", "")
            if state is not State.MISSING:
                found[unit.name, fact] = (column.value(at) if state is State.GIVEN else state, *beside)
            elif beside[2]:
                found[unit.name, fact] = (state, *beside)
    for (at, code), kind in facts.exemptions.items():
        grant = facts.grants[at, code]
        found[facts.units[at].name, f"{code}/exempt"] = (kind, grant.source, grant.as_of, grant.note)
    return found


def test_known_figures_stand_in_their_cells_with_source_day_and_note(tmp_path: Path) -> None:
    facts = facts_of(
        framework(),
        Entry(A, "", "households", "12040", "31/12/2023", "Niên giám", "số chính thức"),
        Entry(A, "1.1", "choice", "head"),
        Entry(A, "1.2", "a", "n/a", note="chưa có"),
        Entry(A, "1.3.1", "points", "7,5"),
        Entry(A, "2.10", "#1", "true"),
    )
    book = openpyxl.load_workbook(form_of(tmp_path / "f.xlsx", framework(), facts))
    general, first = book[GENERAL], book[FIRST]
    assert [cell.value for cell in general[5][3:7]] == [12040, "Niên giám", "31/12/2023", "số chính thức"]
    rows = {
        code: row_of(first, code, label)
        for code, label in [
            ("1.1", "Người đứng đầu là trưởng ban"),
            ("1.2", "Số hộ có máy tính"),
            ("1.3.1", "Điểm chấm"),
        ]
    }
    assert {code: [cell.value for cell in first[row][3:7]] for code, row in rows.items()} == {
        "1.1": ["Trưởng ban, là người đứng đầu", None, None, None],
        "1.2": ["n/a", None, None, "chưa có"],
        "1.3.1": [7.5, None, None, None],
    }
    second = book[next(one.sheet for one in form_map(book).asked if one.code == "2.10")]
    assert second.cell(row_of(second, "2.10", "Việc một"), 4).value == "Có"


def test_a_shared_figure_is_seen_again_before_any_program_computes(tmp_path: Path) -> None:
    facts = facts_of(framework(), Entry(A, "", "households", 12040))
    path = form_of(tmp_path / "f.xlsx", framework(), facts)
    label = framework().known_facts["households"].label.vi
    book = openpyxl.load_workbook(path, data_only=True)
    assert book[FIRST].cell(row_of(book[FIRST], "1.2", label), 4).value == 12040
    guide = {row[0].value: [cell.value for cell in row[2:5]] for row in book["Hướng dẫn"].iter_rows()}
    # The name is given; two households and people, and the screens; the contact is asked, too.
    assert (guide[GENERAL], guide[FIRST]) == ([4, 1, 3], [3, 0, 3])


def test_what_differs_between_units_stands_in_remarks_and_comes_back(tmp_path: Path) -> None:
    facts = facts_of(
        framework(),
        Entry(A, "", "households", 7, "2023", "Thống kê A"),
        Entry(B, "", "households", 9, "2022", "Thống kê B", "ước tính"),
        Entry(A, "", "screens", 1, source="chung"),
        Entry(B, "", "screens", 2, source="chung"),
    )
    path = form_of(tmp_path / "f.xlsx", framework(), facts)
    general = openpyxl.load_workbook(path)[GENERAL]
    remarks = [cell.comment.text for cell in general[5][3:5]]
    beside = "Nguồn, tài liệu kiểm chứng: {}\nThời điểm số liệu: {}"
    assert remarks == [
        beside.format("Thống kê A", "2023"),
        beside.format("Thống kê B", "2022") + "\nGhi chú, giải trình: ước tính",
    ]
    assert [cell.value for cell in general[9][3:6]] == [1, 2, "chung"]
    entries, faults = read_entries(path, framework())
    assert faults == []
    assert [(one.unit, one.input, one.value, one.as_of, one.source, one.note) for one in entries] == [
        (A, "households", 7, "2023", "Thống kê A", ""),
        (A, "screens", 1, "", "chung", ""),
        (B, "households", 9, "2022", "Thống kê B", "ước tính"),
        (B, "screens", 2, "", "chung", ""),
    ]


def test_a_figure_that_was_changed_no_longer_comes_from_where_it_came(tmp_path: Path) -> None:
    facts = facts_of(
        framework(),
        Entry(A, "", "households", 7, "2023", "Thống kê A"),
        Entry(B, "", "households", 9, "2022", "Thống kê B"),
    )
    path = form_of(tmp_path / "f.xlsx", framework(), facts)
    book = openpyxl.load_workbook(path)
    book[GENERAL]["E5"] = 10
    book.save(path)
    entries, _ = read_entries(path, framework())
    assert [(one.unit, one.value, one.source) for one in entries] == [(A, 7, "Thống kê A"), (B, 10, "")]


def test_a_remark_beside_a_figure_that_is_missing_is_kept(tmp_path: Path) -> None:
    facts = facts_of(framework(), Entry(A, "1.2", "a", None, note="chưa thống kê"), Entry(A, "", "households", 7))
    path = form_of(tmp_path / "f.xlsx", framework(), facts)
    entries, faults = read_entries(path, framework())
    assert faults == []
    assert [(one.code, one.input, one.value, one.note) for one in entries] == [
        ("", "households", 7, ""),
        ("1.2", "a", None, "chưa thống kê"),
    ]


def test_units_that_are_not_known_stay_empty(tmp_path: Path) -> None:
    facts = facts_of(framework(), Entry(A, "", "households", 7))
    path = form_of(tmp_path / "f.xlsx", framework(), facts, (B, A))
    entries, faults = read_entries(path, framework())
    assert [(one.unit, one.value) for one in entries if one.value is not None] == [(A, 7)]
    assert [(one.code, one.unit) for one in faults] == [("W206", B)]


def test_decisions_and_exemptions_have_cells_on_a_sheet_of_their_own(tmp_path: Path) -> None:
    of = framework()
    facts = facts_of(
        of,
        Entry(A, "1.1", "choice", "none", note="chưa kiện toàn"),
        Entry(A, "1.1", "decided", 4),
        Entry(A, "1.2", "exempt", "peers_best", "20/11/2023", "Hội đồng thẩm định", "Biên bản số 4"),
        Entry(A, "1.3", "exempt", "full"),
    )
    path = form_of(tmp_path / "f.xlsx", of, facts)
    sheet = openpyxl.load_workbook(path)["Dành cho bên thẩm định"]
    assert {row[0].value: row[3].value for row in sheet.iter_rows(min_row=4) if row[3].value and row[0].value} == {
        "1.2": "Miễn: nhận điểm cao nhất của các đơn vị khác",
        "1.3.1": "Miễn: nhận điểm tối đa",
        "1.3.2": "Miễn: nhận điểm tối đa",
    }
    decision = row_of(sheet, "1.1", "Điểm quyết định khi đơn vị trả lời “Không thuộc trường hợp nào”")
    assert sheet.cell(decision, 4).value == 4
    again = facts_of(of, *read_entries(path, of)[0])
    assert told(again) == told(facts)


def test_an_exemption_in_words_that_nobody_knows_is_refused(tmp_path: Path) -> None:
    of = framework()
    write_template(of, tmp_path / "f.xlsx", [A])
    book = openpyxl.load_workbook(tmp_path / "f.xlsx")
    one = next(one for one in form_map(book).asked if (one.code, one.input) == ("1.2", "exempt"))
    cell_at(book[one.sheet], one.cell).value = "Miễn hết"
    book.save(tmp_path / "f.xlsx")
    reader = EntryReader(of)
    reader.read(read_entries(tmp_path / "f.xlsx", of)[0])
    assert [(fault.code, fault.data["value"]) for fault in reader.faults] == [("D108", "Miễn hết")]


def test_the_registered_level_is_asked_in_words(tmp_path: Path) -> None:
    of = load("khung-2024-commune")
    facts = facts_of(of, Entry(A, "", REGISTERED, "3"))
    path = form_of(tmp_path / "f.xlsx", of, facts)
    book = openpyxl.load_workbook(path)
    one = next(one for one in form_map(book).asked if one.input == REGISTERED)
    assert cell_at(book[GENERAL], one.cell).value == of.levels[2].name.vi
    assert told(facts_of(of, *read_entries(path, of)[0])) == {(A, REGISTERED): (Fraction(2), "", "", "")}


@pytest.mark.parametrize(
    ("written", "shown"),
    [("12,5", 12.5), ("1.234.567", 1234567), ("0,1", 0.1), ("123456789012.345", 123456789012.345), ("0", 0)],
)
def test_numbers_are_numbers(written: str, shown: object) -> None:
    of = framework()
    target = next(one for one in asked(of, of.criteria["1.3.1"]))
    facts = facts_of(of, Entry(A, "1.3.1", "points", written))
    assert shown_as(facts.column(target.fact).value(0), target, "vi") == shown


def test_a_number_that_floating_point_cannot_hold_is_text() -> None:
    target = Asked("n", "n", "n", "number")
    assert shown_as(Fraction("0.1234567890123456789"), target, "vi") == "0.1234567890123456789"


def _written(one: Asked, chance: random.Random) -> object:
    """Return one of the ways in which people answer a question."""
    if one.type == "choice":
        option = chance.choice(one.options)
        return chance.choice([option.id, option.label])
    if one.type == "yes_no":
        return chance.choice(["có", "không", "true", "no"])
    if one.type in ("count", "days"):
        return chance.choice([0, 7, "12", "1.234.567", chance.randrange(10**9)])
    if one.type == "share":
        return chance.choice([0, "12,5", "99.9%", 100, f"{chance.randrange(1000)}.125"[-6:]])
    return chance.choice([0, "0,75", "12.345", 2.5, chance.randrange(10**6) / 8])


def _random_entries(of: Framework, unit: str, chance: random.Random) -> list[Entry]:
    everything = list(collected(of).values()) + ([registered_input(of)] if of.is_maturity else [])
    found: dict[str, Entry] = {}
    codes = {one.fact: (c.code, one.name) for c in of.criteria.values() for one in asked(of, c)}
    for one in everything:
        code, name = codes.get(one.fact, ("", one.name)) if one.fact not in of.known_facts else ("", one.fact)
        beside = [chance.choice(["", "", text]) for text in ("31/12/2023", "Báo cáo số 12/BC-UBND", "đã đối chiếu")]
        kind = chance.random()
        value = _written(one, chance) if kind < 0.7 else None if kind < 0.8 else "n/a"
        if kind > 0.95 and one.lines:
            value = "không thuộc trường hợp nào"
        if one.fact == REGISTERED and value == "n/a":
            value = None
        if value is not None or beside[2]:
            found[one.fact] = Entry(unit, code, name, value, beside[0], beside[1], beside[2])
    for criterion in of.criteria.values():
        by_verifier = decided(criterion)
        undecided = any(
            one.fact in found and found[one.fact].value == "không thuộc trường hợp nào" for one in asked(of, criterion)
        )
        if by_verifier is not None and undecided and chance.random() < 0.5:
            found[by_verifier.fact] = Entry(unit, criterion.code, "decided", "0,5", source="Biên bản")
        scored = not criterion.criteria and criterion.effective_rule.kind not in ("unscored", "levels")
        if scored and chance.random() < 0.1:
            kind_of = chance.choice(["peers_best", "full"])
            found[f"{criterion.code}/exempt"] = Entry(unit, criterion.code, "exempt", kind_of)
    return list(found.values())


@pytest.mark.parametrize("name", bundled())
@given(seed=st.integers(0, 2**32), units=st.sampled_from([(A,), (A, B), ("=cmd()", "Xã B", "+1")]))
@settings(max_examples=4)
def test_an_untouched_form_says_what_was_known(
    tmp_path_factory: pytest.TempPathFactory, name: str, seed: int, units: tuple[str, ...]
) -> None:
    of, chance = load(name), random.Random(seed)
    facts = facts_of(of, *(entry for unit in units for entry in _random_entries(of, unit, chance)))
    path = form_of(tmp_path_factory.mktemp("forms") / "f.xlsx", of, facts)
    entries, faults = read_entries(path, of)
    assert faults == []
    assert told(facts_of(of, *entries)) == told(facts)
