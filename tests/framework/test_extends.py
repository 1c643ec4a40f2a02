"""A framework that extends another and states only its differences."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from chiso.framework.faults import Fault, FrameworkError
from chiso.framework.loader import load, load_text
from chiso.framework.model import Framework
from chiso.framework.words import rule_lines
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.result import result
from chiso.scoring.score import score
from chiso.scoring.trace import explain

BASE = """\
format: 1
id: base
version: "1.0"
title: {vi: Bộ chỉ số gốc, en: Base}
legal: {number: 1/QĐ-UBND, year: 2023, issuer: Chủ tịch UBND tỉnh, title: Ban hành}
unit_kinds: [district]
max_points: 30
policies: {rounding: {decimals: 1, at: criterion}, ranking: {ties: dense}}
facts:
  towns: {label: {vi: Số thị trấn, en: Towns}, unit: commune}
deadlines:
  Quý I: {kind: quarter, quarter: 1, year: 2023}
dimensions:
  - code: "1"
    title: Nhận thức số
    max_points: 20
    criteria:
      - {code: "1.1", title: Một, max_points: 10, rule: {kind: manual}, due: Quý I, previous: 5}
      - code: "1.2"
        title: Hai
        max_points: 10
        criteria:
          - {code: 1.2.1, title: Hai một, max_points: 4, rule: {kind: manual}}
          - {code: 1.2.2, title: Hai hai, max_points: 6, rule: {kind: manual}}
  - code: "2"
    title: Thể chế số
    max_points: 10
    criteria:
      - {code: "2.1", title: Ba, max_points: 10, rule: {kind: manual}}
"""

CHILD = """\
id: child
version: "2.0"
extends: base
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "base.yaml").write_text(BASE, "utf-8")
    return tmp_path


def load_child(folder: Path, more: str) -> Framework:
    (folder / "child.yaml").write_text(CHILD + more, "utf-8")
    return load(str(folder / "child.yaml"))


def faults_of_child(folder: Path, more: str) -> list[Fault]:
    with pytest.raises(FrameworkError) as error:
        load_child(folder, more)
    return list(error.value.faults)


def test_what_is_not_stated_is_that_of_the_base(folder: Path) -> None:
    child, base = load_child(folder, ""), load(str(folder / "base.yaml"))
    assert (child.id, child.version, child.extends) == ("child", "2.0", "base")
    assert child.dimensions == base.dimensions
    assert child.legal == base.legal


def test_what_is_stated_replaces_that_of_the_base(folder: Path) -> None:
    child = load_child(folder, "title: {vi: Mới, en: New}\nunit_kinds: [commune]\n")
    assert (child.title.vi, child.unit_kinds) == ("Mới", ["commune"])


def test_facts_and_deadlines_are_joined_entry_by_entry(folder: Path) -> None:
    child = load_child(
        folder,
        "facts: {villages: {label: {vi: Số làng, en: Villages}, unit: hamlet}}\n"
        "deadlines: {Quý I: {kind: date, date: 2024-03-31}, Quý II: {kind: quarter, quarter: 2, year: 2024}}\n",
    )
    assert list(child.facts) == ["towns", "villages"]
    assert (child.deadlines["Quý I"].kind, child.deadlines["Quý I"].quarter) == ("date", None)
    assert child.deadlines["Quý II"].quarter == 2


def test_policies_are_joined_value_by_value(folder: Path) -> None:
    child = load_child(folder, "policies: {rounding: {decimals: 3}, exemption: leave_out}\n")
    assert (child.policies.rounding.decimals, child.policies.rounding.at) == (3, "criterion")
    assert (child.policies.ranking.ties, child.policies.exemption) == ("dense", "leave_out")


def test_a_changed_row_keeps_the_keys_it_does_not_state(folder: Path) -> None:
    child = load_child(folder, 'changes: {criteria: {"1.1": {title: Khác, max_points: 8, previous: null}}}\n')
    row = child.criteria["1.1"]
    assert (row.title, row.max_points, row.previous, row.due) == ("Khác", Fraction(8), None, "Quý I")


def test_a_changed_dimension_keeps_its_rows(folder: Path) -> None:
    child = load_child(folder, 'changes: {dimensions: {"2": {title: Dữ liệu số}}}\n')
    assert child.dimensions[1].title == "Dữ liệu số"
    assert list(child.criteria) == ["1.1", "1.2", "1.2.1", "1.2.2", "2.1"]


def test_a_row_below_a_changed_row_can_change_too(folder: Path) -> None:
    child = load_child(folder, 'changes: {criteria: {"1.2": {max_points: 9}, "1.2.1": {max_points: 3}}}\n')
    assert child.criteria["1.2"].max_points == 9
    assert child.criteria["1.2.1"].max_points == 3


def test_codes_can_be_exchanged(folder: Path) -> None:
    child = load_child(folder, 'changes: {criteria: {"1.1": {code: "2.1"}, "2.1": {code: "1.1"}}}\n')
    assert [child.criteria["2.1"].title, child.criteria["1.1"].title] == ["Một", "Ba"]


def test_rows_are_added_last_at_every_depth(folder: Path) -> None:
    rows = "".join(
        f'    - {{under: "{under}", criterion: {{code: {code}, title: x, max_points: 0, rule: {{kind: manual}}}}}}\n'
        for under, code in (("1", '"1.3"'), ("1.2", "1.2.3"), ("1", '"1.4"'), ("2", '"2.2"'))
    )
    child = load_child(folder, "changes:\n  add:\n" + rows)
    assert list(child.criteria) == ["1.1", "1.2", "1.2.1", "1.2.2", "1.2.3", "1.3", "1.4", "2.1", "2.2"]


def test_a_row_without_children_can_get_some(folder: Path) -> None:
    child = load_child(
        folder,
        'changes:\n  criteria: {"1.1": {rule: null}}\n'
        '  add: [{under: "1.1", criterion: {code: 1.1.1, title: x, max_points: 10, rule: {kind: manual}}}]\n',
    )
    assert [row.code for row in child.criteria["1.1"].criteria] == ["1.1.1"]


def test_rows_and_dimensions_are_removed(folder: Path) -> None:
    child = load_child(folder, 'changes: {remove: ["2", 1.2.1, "1.1"]}\n')
    assert list(child.criteria) == ["1.2", "1.2.2"]
    assert [dimension.code for dimension in child.dimensions] == ["1"]


def test_a_parent_and_its_child_can_be_removed_together(folder: Path) -> None:
    child = load_child(folder, 'changes: {remove: ["1.2", 1.2.1]}\n')
    assert list(child.criteria) == ["1.1", "2.1"]


def test_the_base_stays_as_it_is(folder: Path) -> None:
    before = load(str(folder / "base.yaml"))
    load_child(folder, 'changes: {remove: ["2"], criteria: {"1.1": {max_points: 1}}}\n')
    assert load(str(folder / "base.yaml")) == before


def test_a_framework_may_extend_one_that_extends_another(folder: Path) -> None:
    load_child(folder, 'changes: {criteria: {"1.1": {max_points: 8}}}\n')
    (folder / "third.yaml").write_text('id: third\nversion: "3"\nextends: child\nchanges: {remove: ["2"]}\n', "utf-8")
    third = load(str(folder / "third.yaml"))
    assert (third.criteria["1.1"].max_points, list(third.criteria)) == (8, ["1.1", "1.2", "1.2.1", "1.2.2"])


def test_the_hash_follows_the_base(folder: Path) -> None:
    before = load_child(folder, "").hash
    (folder / "base.yaml").write_text(BASE.replace("Ban hành", "Sửa đổi"), "utf-8")
    assert load_child(folder, "").hash != before


@pytest.mark.parametrize("place", ["base.yaml", "base/framework.yaml", "../base/framework.yaml"])
def test_the_base_stands_beside_the_file(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "own"
    for path, text in ((folder / place, BASE), (folder / "child.yaml", CHILD)):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    assert load(str(folder / "child.yaml")).max_points == 30


def test_a_bundled_framework_can_be_extended_by_text() -> None:
    text = CHILD.replace("base", "khanh-hoa-2023-district") + 'changes: {criteria: {"1.1": {title: Khác}}}\n'
    child, base = load_text(text), load("khanh-hoa-2023-district")
    assert child.criteria["1.1"].title == "Khác"
    assert base.criteria["1.1"].title != "Khác"
    assert list(child.criteria) == list(base.criteria)


def test_text_reads_no_file_beside_it(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    with pytest.raises(FrameworkError) as error:
        load_text(CHILD)
    assert [(fault.code, fault.line) for fault in error.value.faults] == [("F010", 3)]


def test_a_circle_is_told_with_its_files(folder: Path) -> None:
    (folder / "base.yaml").write_text('id: base\nversion: "1"\nextends: child\n', "utf-8")
    (fault,) = faults_of_child(folder, "")
    names = [str(folder / name) for name in ("child.yaml", "base.yaml", "child.yaml")]
    assert (fault.code, fault.file, fault.line) == ("F011", str(folder / "base.yaml"), 3)
    assert fault.data == {"chain": " -> ".join(names)}


def test_a_framework_that_extends_itself_is_a_circle(tmp_path: Path) -> None:
    path = tmp_path / "self.yaml"
    path.write_text('id: self\nversion: "1"\nextends: self\n', "utf-8")
    with pytest.raises(FrameworkError) as error:
        load(str(path))
    assert [fault.code for fault in error.value.faults] == ["F011"]


def test_id_and_version_must_be_its_own(folder: Path) -> None:
    (folder / "child.yaml").write_text("extends: base\n", "utf-8")
    with pytest.raises(FrameworkError) as error:
        load(str(folder / "child.yaml"))
    assert [(fault.code, fault.line, fault.data["name"]) for fault in error.value.faults] == [
        ("F022", 1, "id"),
        ("F022", 1, "version"),
    ]


def test_every_code_that_is_not_there_is_reported_with_its_line(folder: Path) -> None:
    more = """\
changes:
  criteria:
    "1.11": {max_points: 3}
  dimensions:
    "9": {max_points: 3}
  add:
    - {under: "7", criterion: {code: "7.1", title: x}}
  remove:
    - "2.2"
    - "2.1"
"""
    found = [(fault.code, fault.line, fault.key, fault.near[:1]) for fault in faults_of_child(folder, more)]
    assert found == [
        ("F141", 6, "changes.criteria.1.11", ("1.1",)),
        ("F141", 8, "changes.dimensions.9", ()),
        ("F141", 10, "changes.add[0].under", ()),
        ("F141", 12, "changes.remove[0]", ("1.2.2",)),
    ]


@pytest.mark.parametrize(
    ("changes", "code", "key"),
    [
        ("5", "F057", "changes"),
        ("[a]", "F057", "changes"),
        ("null", "F057", "changes"),
        ("{criterions: {}}", "F021", "changes.criterions"),
        ("{criteria: [a]}", "F057", "changes.criteria"),
        ('{criteria: {"1.1": 5}}', "F057", "changes.criteria.1.1"),
        ("{remove: 5}", "F056", "changes.remove"),
        ("{remove: [1.1]}", "F051", "changes.remove[0]"),
        ("{add: [5]}", "F057", "changes.add[0]"),
        ('{add: [{under: "1"}]}', "F022", "changes.add[0]"),
        ('{add: [{under: "1", criterion: 5}]}', "F057", "changes.add[0].criterion"),
    ],
)
def test_changes_of_the_wrong_shape_are_refused(folder: Path, changes: str, code: str, key: str) -> None:
    (fault,) = faults_of_child(folder, f"changes: {changes}\n")
    assert (fault.code, fault.line, fault.key) == (code, 4, key)


def test_an_unknown_section_of_changes_has_near_misses(folder: Path) -> None:
    (fault,) = faults_of_child(folder, "changes: {criterions: {}}\n")
    assert fault.near[0] == "criteria"


def test_a_fault_in_a_change_stands_where_it_was_written(folder: Path) -> None:
    more = 'changes:\n  criteria:\n    "1.1":\n      due: Quý IV\n      max_points: -1\n'
    found = [(fault.code, fault.file, fault.line, fault.key) for fault in faults_of_child(folder, more)]
    assert found == [
        ("F115", str(folder / "child.yaml"), 7, "dimensions[0].criteria[0].due"),
        ("F053", str(folder / "child.yaml"), 8, "dimensions[0].criteria[0].max_points"),
    ]


def test_a_fault_of_the_content_stands_where_it_was_written(folder: Path) -> None:
    (fault,) = faults_of_child(folder, 'changes:\n  criteria:\n    "2.1":\n      due: Quý IV\n')
    assert (fault.code, fault.file, fault.line) == ("F115", str(folder / "child.yaml"), 7)


def test_a_fault_of_the_base_names_the_base(folder: Path) -> None:
    (folder / "base.yaml").write_text(BASE.replace("due: Quý I,", "due: Quý V,"), "utf-8")
    (fault,) = faults_of_child(folder, "")
    assert (fault.code, fault.file, fault.line) == ("F115", str(folder / "base.yaml"), 18)


def test_a_base_that_is_not_yaml_names_the_base(folder: Path) -> None:
    (folder / "base.yaml").write_text("a: [", "utf-8")
    (fault,) = faults_of_child(folder, "")
    assert (fault.code, fault.file) == ("F003", str(folder / "base.yaml"))


def test_an_added_row_keeps_its_line(folder: Path) -> None:
    row = '{code: "2.1", title: x, max_points: 0, rule: {kind: manual}}'
    more = f'changes:\n  add:\n    - under: "2"\n      criterion: {row}\n'
    found = [(fault.code, fault.file, fault.line) for fault in faults_of_child(folder, more)]
    assert found == [("F101", str(folder / "base.yaml"), 29), ("F101", str(folder / "child.yaml"), 7)]


def test_a_base_of_the_wrong_shape_is_refused_and_does_not_crash(folder: Path) -> None:
    (folder / "base.yaml").write_text('id: base\nversion: "1"\ndimensions: 5\n', "utf-8")
    faults = faults_of_child(folder, 'changes: {remove: ["1"]}\n')
    found = sorted({(fault.code, fault.key, str(fault.data.get("name", ""))) for fault in faults})
    assert found == [
        ("F022", "", "legal"),
        ("F022", "", "title"),
        ("F022", "", "unit_kinds"),
        ("F056", "dimensions", ""),
        ("F151", "dimensions", ""),
    ]


def test_faults_of_the_changes_are_reported_with_those_of_what_they_change(folder: Path) -> None:
    more = """\
colour: red
changes:
  criteria:
    "1.11": {due: x}
    "1.1": {max_points: x, due: Quý IX}
    "2.1": 5
  add:
    - {under: "2", criterion: {code: "2.9", max_points: 0, rule: {kind: manual}}}
    - {under: "2", criterion: {code: "2.8", title: x, due: Quý X, max_points: 0, rule: {kind: manual}}}
  remove: ["2.9", 5]
left_out: [{code: "2.9", year: 2024, reason: x}]
"""
    found = [(fault.code, fault.line, fault.key, fault.near[:1]) for fault in faults_of_child(folder, more)]
    assert found == [
        ("F021", 4, "colour", ()),
        ("F141", 7, "changes.criteria.1.11", ("1.1",)),
        ("F044", 8, "dimensions[0].criteria[0].max_points", ()),
        ("F115", 8, "dimensions[0].criteria[0].due", ("Quý I",)),
        ("F057", 9, "changes.criteria.2.1", ()),
        ("F022", 11, "changes.add[0].criterion", ()),
        ("F115", 12, "dimensions[1].criteria[1].due", ("Quý I",)),
        ("F051", 13, "changes.remove[1]", ()),
    ]


def test_an_unknown_base_is_reported_with_the_faults_of_the_text(folder: Path) -> None:
    (folder / "child.yaml").write_text('extends: bass\nid: child\nid: other\nversion: "2"\n', "utf-8")
    with pytest.raises(FrameworkError) as error:
        load(str(folder / "child.yaml"))
    assert [(fault.code, fault.line) for fault in error.value.faults] == [("F009", 3), ("F010", 1)]


def test_duplicate_keys_of_both_files_are_reported_together(folder: Path) -> None:
    (folder / "base.yaml").write_text(BASE + "max_points: 30\n", "utf-8")
    found = [(fault.code, Path(fault.file).name, fault.line) for fault in faults_of_child(folder, "id: x\n")]
    assert found == [("F009", "base.yaml", 30), ("F009", "child.yaml", 4)]


def own_marks(framework: Framework) -> list[str]:
    return [code for code, criterion in framework.criteria.items() if criterion.own_rule]


@pytest.mark.parametrize(
    ("fields", "more", "marked"),
    [
        ("rule: {kind: count, of: n, target: 4}", "", ["2.1"]),
        ("rule: {kind: count, of: n, target: 4}, own_rule: false", "", []),
        ("rule: {kind: count, of: n, target: 4}, printed_rule: n/4", "", []),
        ("rule: {kind: count, of: n, target: 4}", "legal: {number: '2', year: 2024, issuer: x, title: y}\n", []),
        ("title: Khác", "", []),
    ],
)
def test_a_rule_where_none_is_printed_is_the_operators_own(
    folder: Path, fields: str, more: str, marked: list[str]
) -> None:
    inputs = "inputs: [{name: n, label: Số cuộc họp, unit: meeting}]" if "rule:" in fields else "notes: []"
    child = load_child(folder, f'{more}changes: {{criteria: {{"2.1": {{{fields}, {inputs}}}}}}}\n')
    assert own_marks(child) == marked


def test_a_rule_in_place_of_a_printed_one_is_not_taken_for_one_where_none_is_printed(folder: Path) -> None:
    (folder / "base.yaml").write_text(BASE.replace("title: Ba, max_points: 10, rule: {kind: manual}", CHOSEN), "utf-8")
    assert own_marks(load_child(folder, 'changes: {criteria: {"2.1": {rule: {kind: manual}}}}\n')) == []


CHOSEN = "title: Ba, max_points: 10, rule: {kind: choice, options: [{id: x, label: x, share: 1}]}"


@pytest.mark.parametrize("name", ["an-giang-2024-department", "an-giang-2024-district", "yen-dinh-2023-district"])
def test_the_sets_without_rules_take_rules_of_the_operators_own(tmp_path: Path, name: str) -> None:
    code = next(code for code, one in load(name).criteria.items() if one.rule is not None and one.rule.kind == "manual")
    rule = "{kind: choice, options: [{id: x, label: Có, share: 1}, {id: y, label: Không, share: 0}]}"
    path = tmp_path / "own.yaml"
    path.write_text(f'id: own\nversion: "1"\nextends: {name}\nchanges: {{criteria: {{"{code}": {{rule: {rule}}}}}}}\n')
    framework = load(str(path))
    assert own_marks(framework) == [code]
    words = rule_lines(framework, framework.criteria[code], "en")
    assert words[0] == "A rule of the operator's own, not of the document:"
    scores = score(framework, EntryReader(framework).read([Entry("A", code, "choice", "x")]))
    found = result(scores)["units"][0]["criteria"]
    assert (found[code]["status"], found[code]["own_rule"]) == ("scored", True)
    assert [other for other, one in found.items() if "own_rule" in one] == [code]
    assert explain(scores, 0, code).as_dict("vi")["own_rule"] is True
