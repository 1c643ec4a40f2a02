"""What changed between two versions: found by code, in printed order, in words and as data."""

from __future__ import annotations

import datetime as dt
import json
import re
from fractions import Fraction
from pathlib import Path

import pytest

from chiso.framework.diff import Change, diff, value_text
from chiso.framework.diff_phrases import FIELDS, PARTS, PHRASES
from chiso.framework.loader import bundled, load, load_text
from chiso.framework.schema import json_schema
from tests.framework.samples import HEAD, maturity_text

TOP = """\
max_points: 30
policies: {rounding: {decimals: 1}}
valid_from: 2024-01-01
facts:
  towns: {label: {vi: Số thị trấn, en: Towns}, unit: commune, range: [0, 10]}
deadlines:
  Quý I: {kind: quarter, quarter: 1, year: 2024}
  Quý II: {kind: quarter, quarter: 2, year: 2024}
general_information:
  - {no: "1", label: Dân số, fact: population, type: count, provider: [Cục Thống kê]}
pillars:
  - {code: CQS, title: {vi: Chính quyền số, en: Government}, dimensions: ["1"], max_points: 20}
classes:
  - {id: good, name: {vi: Tốt, en: Good}, at_least: 80%}
left_out:
  - {code: "2.1", year: 2024, reason: Chưa có số liệu}
printed_counts:
  - {what: criteria, within: ["1"], printed: 3, clause: Điều 5}
readings:
  - id: A3
    clause: Dòng 1.1
    question: {vi: Tính thế nào?, en: How?}
    default: written
    options:
      written: {label: {vi: Như in, en: As printed}}
      other: {label: {vi: Khác, en: Other}, rules: {"1.1": {kind: manual}}, policies: {levels: cumulative}}
"""

ROWS = """\
dimensions:
  - code: "1"
    title: Nhận thức số
    max_points: 20
    criteria:
      - code: "1.1"
        title: Hộ có Internet
        max_points: 10
        inputs:
          - {name: a, label: Số hộ có Internet, unit: household}
          - {name: b, fact: households}
        rule: {kind: ratio, numerator: a, denominator: b, part_of_whole: true}
        lead: [Sở Thông tin và Truyền thông]
        due: Quý I
      - code: "1.2"
        title: Họp
        max_points: 10
        criteria:
          - {code: 1.2.1, title: Họp một, max_points: 4, rule: {kind: manual}}
          - {code: 1.2.2, title: Họp hai, max_points: 6, rule: {kind: manual}}
  - code: "2"
    title: Thể chế số
    max_points: 10
    criteria:
      - {code: "2.1", title: Kế hoạch, max_points: 10, rule: {kind: yes_no, input: "#1", label: Có}}
"""

TEXT = HEAD + TOP + ROWS


def changes(*pairs: tuple[str, str], text: str = TEXT) -> list[Change]:
    new = text
    for old_part, new_part in pairs:
        assert new.count(old_part) == 1, old_part
        new = new.replace(old_part, new_part)
    return diff(load_text(text), load_text(new))


def only(*pairs: tuple[str, str], text: str = TEXT) -> Change:
    (change,) = changes(*pairs, text=text)
    return change


def brief(change: Change) -> tuple[object, ...]:
    return (change.kind, change.part, change.code, change.field, change.old, change.new)


@pytest.mark.parametrize("name", bundled())
def test_a_framework_does_not_differ_from_itself(name: str) -> None:
    framework = load(name)
    assert diff(framework, framework) == []


@pytest.mark.parametrize(
    ("written", "again"),
    [
        ("at_least: 80%", "at_least: 4/5"),
        ("max_points: 30", "max_points: 30.0"),
        ("numerator: a,", "numerator: ( a ),"),
        ("part_of_whole: true", "full_at: 100%, part_of_whole: true"),
        ("        title: Họp\n", "        title: Họp\n        rule: {kind: sum}\n"),
        ("title: Nhận thức số", "title: 'Nhận thức số' # as printed"),
    ],
)
def test_what_means_the_same_is_no_change(written: str, again: str) -> None:
    assert changes((written, again)) == []


@pytest.mark.parametrize(
    ("written", "again", "expected"),
    [
        ("max_points: 30", "max_points: 40", ("changed", "framework", "", "max_points", Fraction(30), Fraction(40))),
        ('version: "1.0"', 'version: "1.1"', ("changed", "framework", "", "version", "1.0", "1.1")),
        (
            "title: Ban hành",
            "title: Sửa đổi",
            ("changed", "framework", "", "legal.title", "Ban hành bộ chỉ số", "Sửa đổi bộ chỉ số"),
        ),
        ("decimals: 1", "decimals: 2", ("changed", "framework", "", "policies.rounding.decimals", 1, 2)),
        (
            "valid_from: 2024-01-01\n",
            "valid_from: 2024-02-01\n",
            ("changed", "framework", "", "valid_from", dt.date(2024, 1, 1), dt.date(2024, 2, 1)),
        ),
        ("title: Thể chế số", "title: Thể chế", ("changed", "dimension", "2", "title", "Thể chế số", "Thể chế")),
        (
            "title: Họp một, max_points: 4",
            "title: Họp một, max_points: 3",
            ("changed", "criterion", "1.2.1", "max_points", 4, 3),
        ),
        (
            "lead: [Sở Thông tin và Truyền thông]",
            "lead: [Sở Khoa học và Công nghệ, Văn phòng]",
            (
                "changed",
                "criterion",
                "1.1",
                "lead",
                ["Sở Thông tin và Truyền thông"],
                ["Sở Khoa học và Công nghệ", "Văn phòng"],
            ),
        ),
        ("        due: Quý I\n", "        due: Quý II\n", ("changed", "criterion", "1.1", "due", "Quý I", "Quý II")),
        ("        due: Quý I\n", "", ("changed", "criterion", "1.1", "due", "Quý I", None)),
        (
            "        due: Quý I\n",
            "        due: Quý I\n        support: [Sở Y tế]\n",
            ("changed", "criterion", "1.1", "support", None, ["Sở Y tế"]),
        ),
        (
            "{name: b, fact: households}",
            "{name: b, label: Số hộ, unit: household}",
            (
                "changed",
                "criterion",
                "1.1",
                "inputs.b",
                {"fact": "households"},
                {"label": "Số hộ", "unit": "household"},
            ),
        ),
        (
            "provider: [Cục Thống kê]",
            "provider: [Chi cục]",
            ("changed", "general_information", "1", "provider", ["Cục Thống kê"], ["Chi cục"]),
        ),
        (
            "range: [0, 10]",
            "range: [0, 20]",
            ("changed", "facts", "towns", "range", (Fraction(0), Fraction(10)), (Fraction(0), Fraction(20))),
        ),
        ("quarter: 2", "quarter: 3", ("changed", "deadlines", "Quý II", "quarter", 2, 3)),
        (
            'dimensions: ["1"], max_points: 20',
            'dimensions: ["1"], max_points: 19',
            ("changed", "pillars", "CQS", "max_points", Fraction(20), Fraction(19)),
        ),
        (
            "at_least: 80%",
            "at_least: 85%",
            ("changed", "classes", "good", "at_least", Fraction(4, 5), Fraction(17, 20)),
        ),
        (
            "reason: Chưa có số liệu",
            "reason: Đã bỏ",
            ("changed", "left_out", "2.1", "reason", "Chưa có số liệu", "Đã bỏ"),
        ),
        ("printed: 3", "printed: 4", ("changed", "printed_counts", "Điều 5: criteria 1", "printed", 3, 4)),
        (
            "levels: cumulative",
            "levels: own",
            ("changed", "readings", "A3", "options.other.policies.levels", "cumulative", "own"),
        ),
        ("default: written", "default: other", ("changed", "readings", "A3", "default", "written", "other")),
    ],
)
def test_a_changed_value_is_reported_with_both_values(written: str, again: str, expected: tuple[object, ...]) -> None:
    assert brief(only((written, again))) == expected


def test_an_added_row_comes_with_its_children() -> None:
    row = """\
      - code: "1.3"
        title: Thêm
        max_points: 0
        criteria:
          - {code: 1.3.1, title: Thêm một, max_points: 0, rule: {kind: manual}}
"""
    found = changes(('  - code: "2"\n', row + '  - code: "2"\n'))
    assert [brief(one) for one in found] == [
        ("added", "criterion", "1.3", "", None, None),
        ("added", "criterion", "1.3.1", "", None, None),
    ]


def test_a_removed_row_is_reported_where_it_stood() -> None:
    found = changes(
        ("          - {code: 1.2.1, title: Họp một, max_points: 4, rule: {kind: manual}}\n", ""),
        ("title: Hộ có Internet", "title: Hộ dùng Internet"),
        ("title: Họp hai", "title: Họp khác"),
    )
    assert [(one.kind, one.code) for one in found] == [("changed", "1.1"), ("removed", "1.2.1"), ("changed", "1.2.2")]


def test_what_was_removed_from_the_start_comes_first() -> None:
    found = changes(("{id: good, name: {vi: Tốt, en: Good}", "{id: fair, name: {vi: Khá, en: Fair}"))
    assert [(one.kind, one.code, one.title) for one in found] == [("removed", "good", "Tốt"), ("added", "fair", "Khá")]


def test_a_moved_row_keeps_its_code() -> None:
    row = '      - {code: "2.1", title: Kế hoạch, max_points: 10, rule: {kind: yes_no, input: "#1", label: Có}}\n'
    more = '      - {code: "2.9", title: Khác, max_points: 10, rule: {kind: manual}}\n'
    moved = row.replace("max_points: 10", "max_points: 0")
    found = changes(
        (row, more),
        (
            "          - {code: 1.2.1, title: Họp một",
            moved.replace("      -", "          -") + "          - {code: 1.2.1, title: Họp một",
        ),
    )
    assert [brief(one) for one in found if one.code == "2.1" and one.part == "criterion"] == [
        ("moved", "criterion", "2.1", "", "2", "1.2"),
        ("changed", "criterion", "2.1", "max_points", 10, 0),
    ]


def test_a_changed_rule_is_told_as_data_and_in_words() -> None:
    change = only(("part_of_whole: true}", "full_at: 80%, part_of_whole: true}"))
    assert (change.code, change.field) == ("1.1", "rule")
    told = change.as_dict("vi")
    assert told["old"] == {"kind": "ratio", "numerator": "a", "denominator": "b", "part_of_whole": True}
    assert told["new"] == {**told["old"], "full_at": "4/5"}
    assert told["old_text"].splitlines()[0] == "Điểm = a/b × 10 điểm."
    assert told["new_text"].splitlines()[0] == "Điểm = a/b ÷ 80 % × 10 điểm; từ 80 % trở lên được điểm tối đa."


def test_a_changed_rule_of_one_line_stays_in_the_sentence() -> None:
    change = only(('kind: yes_no, input: "#1", label: Có', "kind: manual"))
    assert change.text("vi") == (
        "Tiêu chí 2.1 (Kế hoạch): cách tính điểm đổi từ “Có: 10 điểm (điểm tối đa); không: 0 điểm.” thành "
        "“Văn bản không quy định cách tính; điểm được chấm và nhập trực tiếp, từ 0 đến 10 điểm.”."
    )


def test_a_changed_rule_of_several_lines_is_written_out_below() -> None:
    lines = only(("part_of_whole: true}", "part_of_whole: false}")).text("en").splitlines()
    assert lines[:3] == ["Criterion 1.1 (Hộ có Internet): rule changed.", "  Before:", "    Points = a/b × 10 points."]
    assert lines[lines.index("  Now:") + 2] == "    The points never exceed 10 points."


def test_a_changed_maximum_alone_does_not_change_the_rule() -> None:
    found = changes(("title: Hộ có Internet\n        max_points: 10", "title: Hộ có Internet\n        max_points: 9"))
    assert [one.field for one in found] == ["max_points"]


def test_the_rule_of_a_reading_is_told_in_words() -> None:
    change = only(('rules: {"1.1": {kind: manual}}', 'rules: {"1.1": {kind: unscored}}'))
    assert (change.part, change.code, change.field) == ("readings", "A3", "options.other.rules.1.1")
    assert value_text(change.new, "en") == "Followed, not scored yet."


LEVELS = maturity_text("{kind: levels, value: share, targets: {1: Không áp dụng, 2: 40%, 3: 60%}}")


def test_thresholds_are_compared_level_by_level() -> None:
    found = changes(("{1: Không áp dụng, 2: 40%, 3: 60%}", "{1: 20%, 2: 40%, 3: 70%}"), text=LEVELS)
    assert [(one.code, one.field, value_text(one.old, "vi"), value_text(one.new, "vi")) for one in found] == [
        ("I.1", "target.1", "không áp dụng", "từ 20 % trở lên"),
        ("I.1", "target.3", "từ 60 % trở lên", "từ 70 % trở lên"),
    ]
    assert (
        found[0].text("vi")
        == "Tiêu chí I.1 (Tiêu chí mẫu): yêu cầu của mức 1 đổi từ “không áp dụng” thành “từ 20 % trở lên”."
    )
    assert found[1].as_dict()["new"] == {"printed": "70%", "at_least": "7/10"}
    assert found[0].as_dict()["old"] is None


def test_the_way_a_level_is_measured_is_a_change_of_the_rule() -> None:
    found = changes(
        (
            "value: share, targets: {1: Không áp dụng, 2: 40%, 3: 60%}",
            "value: count, targets: {1: null, 2: 40%, 3: 60%}",
        ),
        text=LEVELS,
    )
    assert [one.field for one in found if one.old != one.new][-1] == "rule"


def test_names_of_levels_are_compared() -> None:
    change = only(("name: {vi: Khởi động, en: Initial}", "name: {vi: Bắt đầu, en: Initial}"), text=LEVELS)
    assert brief(change) == ("changed", "levels", "1", "name.vi", "Khởi động", "Bắt đầu")


@pytest.mark.parametrize(
    ("change", "vi", "en"),
    [
        (
            Change("changed", "criterion", "1.1", "Họp", "max_points", Fraction(10), Fraction(25, 2)),
            "Tiêu chí 1.1 (Họp): điểm tối đa đổi từ “10” thành “12,5”.",
            'Criterion 1.1 (Họp): maximum points changed from "10" to "12.5".',
        ),
        (
            Change("changed", "criterion", "1.1", "Họp", "due", None, "Quý I"),
            "Tiêu chí 1.1 (Họp): thêm thời hạn: “Quý I”.",
            'Criterion 1.1 (Họp): deadline added: "Quý I".',
        ),
        (
            Change("changed", "criterion", "1.1", "Họp", "lead", ["Sở A", "Sở B"], None),
            "Tiêu chí 1.1 (Họp): bỏ cơ quan chủ trì: “Sở A; Sở B”.",
            'Criterion 1.1 (Họp): lead agencies removed: "Sở A; Sở B".',
        ),
        (
            Change("changed", "framework", "", "", "valid_from", dt.date(2024, 1, 2), dt.date(2024, 3, 4)),
            "Bộ chỉ số: có hiệu lực từ đổi từ “02/01/2024” thành “04/03/2024”.",
            'Framework: valid from changed from "2024-01-02" to "2024-03-04".',
        ),
        (
            Change("changed", "framework", "", "", "policies.rounding.decimals", 1, 2),
            "Bộ chỉ số: quy định chung (rounding.decimals) đổi từ “1” thành “2”.",
            'Framework: policy (rounding.decimals) changed from "1" to "2".',
        ),
        (
            Change("changed", "criterion", "1.1", "Họp", "inputs.a", None, {"fact": "households", "row": True}),
            "Tiêu chí 1.1 (Họp): thêm số liệu a: “fact: households, row: có”.",
            'Criterion 1.1 (Họp): input a added: "fact: households, row: yes".',
        ),
        (Change("added", "criterion", "1.1", "Họp"), "Tiêu chí 1.1 (Họp): thêm mới.", "Criterion 1.1 (Họp): added."),
        (Change("removed", "deadlines", "Quý I"), "Thời hạn Quý I: bỏ.", "Deadline Quý I: removed."),
        (
            Change("moved", "criterion", "1.1", "Họp", "", "1", "2"),
            "Tiêu chí 1.1 (Họp): chuyển từ 1 sang 2.",
            "Criterion 1.1 (Họp): moved from 1 to 2.",
        ),
    ],
)  # fmt: skip
def test_a_change_is_a_sentence(change: Change, vi: str, en: str) -> None:
    assert (change.text("vi"), change.text("en")) == (vi, en)


def test_a_long_list_has_a_line_for_each_entry() -> None:
    notes = ["x" * 80, "y" * 80]
    assert Change("changed", "framework", "", "", "notes", None, notes).text("en").splitlines() == [
        "Framework: notes changed.", "  Before:", "    –", "  Now:", "    " + notes[0], "    " + notes[1],
    ]  # fmt: skip


def test_as_data_a_change_holds_exact_numbers_and_words() -> None:
    change = only(("title: Họp một, max_points: 4", "title: Họp một, max_points: 1/3"))
    assert change.as_dict("en") == {
        "kind": "changed",
        "part": "criterion",
        "code": "1.2.1",
        "title": "Họp một",
        "field": "max_points",
        "old": "4",
        "new": "1/3",
        "old_text": "4",
        "new_text": "1/3",
        "message": 'Criterion 1.2.1 (Họp một): maximum points changed from "4" to "1/3".',
    }


def test_every_difference_between_bundled_frameworks_has_words_and_data() -> None:
    frameworks = [load(name) for name in bundled()]
    for old, new in zip(frameworks, frameworks[1:] + frameworks[:1], strict=True):
        found = diff(old, new)
        assert {one.kind for one in found} >= {"added", "changed"}
        assert json.dumps([one.as_dict("vi") for one in found]) != json.dumps([one.as_dict("en") for one in found])


def test_what_one_direction_adds_the_other_removes() -> None:
    old, new = load("khung-2024-commune"), load("khung-2024-district")
    forth, back = diff(old, new), diff(new, old)
    added = {(one.part, one.code) for one in forth if one.kind == "added"}
    assert added == {(one.part, one.code) for one in back if one.kind == "removed"}
    assert len(forth) == len(back)


def test_an_extending_framework_differs_only_in_what_it_states(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(
        'id: own\nversion: "2"\nextends: khanh-hoa-2023-district\nchanges: {criteria: {"1.1": {title: Khác}}, remove: '
        '["1.2"]}\n',
        "utf-8",
    )
    found = diff(load("khanh-hoa-2023-district"), load(str(path)))
    assert [(one.kind, one.code, one.field) for one in found] == [
        ("changed", "", "id"),
        ("changed", "", "version"),
        ("changed", "", "extends"),
        ("changed", "1.1", "title"),
        ("removed", "1.2", ""),
    ]


def test_every_field_of_the_format_has_a_name() -> None:
    definitions = json_schema()["$defs"]
    models = (
        "Framework",
        "Dimension",
        "Criterion",
        "Pillar",
        "MaturityLevel",
        "ScoreClass",
        "LeftOut",
        "Reading",
        "InformationRow",
        "Deadline",
        "Fact",
    )
    fields = {name for model in models for name in definitions[model]["properties"]} | {"target"}
    apart = {
        "code",
        "criteria",
        "no",
        "number",
        "facts",
        "deadlines",
        "general_information",
        "levels",
        "classes",
        "pillars",
    }
    assert sorted(fields - apart - {"groups", "printed_counts", "left_out", "readings"} - set(FIELDS.codes())) == []


@pytest.mark.parametrize("table", [PHRASES, PARTS, FIELDS])
def test_both_languages_use_the_same_data(table: object) -> None:
    texts = table._table  # type: ignore[attr-defined]
    for vi_text, en_text in texts.values():
        assert set(re.findall(r"{(\w+)}", vi_text)) == set(re.findall(r"{(\w+)}", en_text))
