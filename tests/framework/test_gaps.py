"""All faults at once: those of the shape and those of the content, and no fault that is the echo of another one."""

from __future__ import annotations

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.faults import Fault, FrameworkError
from chiso.framework.loader import load_text
from tests.framework.samples import maturity_text, points_text

#: A sound framework with something in every section; each fault below changes one place of it.
SOUND = """\
format: 1
id: sample
version: "1.0"
title: {vi: Bộ chỉ số mẫu, en: Sample index}
legal: {number: 1/QĐ-UBND, year: 2024, issuer: Chủ tịch UBND tỉnh, title: Ban hành bộ chỉ số}
unit_kinds: [district]
max_points: 100
policies: {rounding: {decimals: 2}}
facts:
  towns: {label: {vi: Số thị trấn, en: Towns}, unit: commune}
  villages: {label: {vi: Số làng, en: Villages}, unit: hamlet}
deadlines:
  Quý I: {kind: quarter, quarter: 1, year: 2024}
  Quý II: {kind: quarter, quarter: 2, year: 2024}
general_information:
  - {no: "1", label: Tổng số hộ, fact: households}
  - {no: "2", label: Dân số, fact: population}
classes:
  - {id: good, name: {vi: Tốt, en: Good}, at_least: 1/2}
  - {id: poor, name: {vi: Kém, en: Poor}, at_least: 0}
pillars:
  - {code: K, title: {vi: Trụ cột, en: Pillar}, dimensions: ["1", "2"]}
groups:
  - {code: G, title: {vi: Nhóm, en: Group}, dimensions: ["2"]}
printed_counts:
  - {what: criteria, within: ["1"], printed: 4, clause: Dòng 1}
left_out:
  - {code: "2.2", year: 2024, reason: Chưa đo được}
readings:
  - id: A1
    clause: Dòng 1.1
    question: {vi: Tính thế nào?, en: How?}
    default: direct
    options:
      direct: {label: {vi: Thẳng, en: Direct}}
      other: {label: {vi: Khác, en: Other}, rules: {"2.1": {kind: manual}}}
dimensions:
  - code: "1"
    title: Nhận thức số
    max_points: 60
    criteria:
      - code: "1.1"
        title: Tỷ lệ hộ có Internet
        max_points: 20
        inputs:
          - {name: a, label: Số hộ có Internet, unit: household}
          - {name: b, fact: households}
        rule: {kind: ratio, numerator: a, denominator: b, part_of_whole: true}
      - code: "1.2"
        title: Họp
        max_points: 20
        due: Quý I
        inputs: [{name: n, label: Số cuộc họp, unit: meeting}]
        rule:
          kind: steps
          of: n
          unit: meeting
          lines: [{at_least: 4, share: 1, label: Từ 4 cuộc}]
          otherwise: {share: 0, label: Còn lại}
      - code: "1.3"
        title: Kế hoạch
        max_points: 10
        rule: {kind: choice, options: [{id: x, label: Có, share: 1}, {id: y, label: Không, share: 0}]}
      - code: "1.4"
        title: Đài truyền thanh
        max_points: 10
        rule: {kind: manual}
  - code: "2"
    title: Thể chế số
    max_points: 40
    criteria:
      - {code: "2.1", title: Chuyên mục, max_points: 30, rule: {kind: manual}, due: Quý II}
      - {code: "2.2", title: Nghị quyết, max_points: 10, rule: {kind: manual}}
"""


class Mistake(NamedTuple):
    """A place of the sound framework, what somebody wrote there instead, and the one fault that this is."""

    right: str
    wrong: str
    code: str
    key: str


FIRST, SECOND = "dimensions[0].criteria", "dimensions[1].criteria"

MISTAKES = [
    # Shape
    Mistake("format: 1", "format: 2", "F023", "format"),
    Mistake("year: 2024, issuer", "year: x, issuer", "F052", "legal.year"),
    Mistake("unit_kinds: [district]", "unit_kinds: district", "F056", "unit_kinds"),
    Mistake("decimals: 2", "decimals: 9", "F055", "policies.rounding.decimals"),
    Mistake("en: Towns}", "en: Towns}, colour: red", "F021", "facts.towns.colour"),
    Mistake("quarter: 1,", "quarter: 5,", "F055", "deadlines.Quý I.quarter"),
    Mistake('no: "2"', "no: 2", "F051", "general_information[1].no"),
    Mistake("at_least: 1/2", "at_least: 3/2", "F055", "classes[0].at_least"),
    Mistake("{vi: Trụ cột, en: Pillar}", "Trụ cột", "F057", "pillars[0].title"),
    Mistake("printed: 4", "printed: bốn", "F052", "printed_counts[0].printed"),
    Mistake("what: criteria", "what: rows", "F023", "printed_counts[0].what"),
    Mistake("default: direct", "default: dirict", "F036", "readings[0]"),
    Mistake("title: Tỷ lệ hộ có Internet", "colour: red", "F022", "dimensions[0].criteria[0]"),
    Mistake("title: Họp", "title: 5", "F051", "dimensions[0].criteria[1].title"),
    Mistake("title: Kế hoạch", "title: Kế hoạch\n        colour: red", "F021", "dimensions[0].criteria[2].colour"),
    Mistake("label: Có, share: 1", "label: Có, share: 2", "F055", f"{FIRST}[2].rule.options[0].share"),
    Mistake("title: Đài truyền thanh", "title: x\n        title: y", "F009", "dimensions[0].criteria[3].title"),
    Mistake("Chuyên mục, max_points: 30", "Chuyên mục, max_points: ba", "F044", f"{SECOND}[0].max_points"),
    # Content
    Mistake("unit: hamlet", "unit: hamlets", "F124", "facts.villages.unit"),
    Mistake("fact: population", "fact: populace", "F122", "general_information[1].fact"),
    Mistake("id: poor", "id: good", "F101", "classes[0].id"),
    Mistake('dimensions: ["2"]', 'dimensions: ["3"]', "F141", "groups[0].dimensions"),
    Mistake('within: ["1"]', 'within: ["9"]', "F141", "printed_counts[0].within"),
    Mistake('{code: "2.2", year', '{code: "2.9", year', "F141", "left_out[0].code"),
    Mistake('rules: {"2.1"', 'rules: {"2.7"', "F141", "readings[0].options.other.rules.2.7"),
    Mistake("label: Số hộ có Internet, unit: household", "label: Số người, unit: person", "F132", f"{FIRST}[0].rule"),
    Mistake("due: Quý I\n", "due: Quý IX\n", "F115", "dimensions[0].criteria[1].due"),
    Mistake("unit: meeting\n", "unit: person\n", "F133", "dimensions[0].criteria[1].rule"),
    Mistake("{id: y, label: Không", "{id: x, label: Không", "F102", "dimensions[0].criteria[2].rule"),
    Mistake("    max_points: 60", "    max_points: 50", "F116", "dimensions[0].max_points"),
    Mistake("max_points: 100", "max_points: 80", "F116", "max_points"),
]  # fmt: skip

#: A misspelt or missing key makes two faults, a name that is given twice one at each of its places.
ALSO = {
    MISTAKES[12]: [("F021", "dimensions[0].criteria[0].colour")],
    MISTAKES[20]: [("F101", "classes[1].id")],
}


def faults_of(text: str) -> list[Fault]:
    with pytest.raises(FrameworkError) as error:
        load_text(text)
    return list(error.value.faults)


def found(text: str) -> list[tuple[str, str]]:
    return [(fault.code, fault.key) for fault in faults_of(text)]


def test_the_sound_framework_has_no_fault() -> None:
    assert load_text(SOUND).max_points == 100
    assert all(SOUND.count(mistake.right) == 1 for mistake in MISTAKES)


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: f"{mistake.code} {mistake.key}")
def test_each_mistake_is_the_fault_that_it_is(mistake: Mistake) -> None:
    text = SOUND.replace(mistake.right, mistake.wrong)
    assert sorted(found(text)) == sorted([(mistake.code, mistake.key), *ALSO.get(mistake, [])])


@given(st.sets(st.sampled_from(MISTAKES), min_size=1))
def test_mistakes_that_have_nothing_to_do_with_each_other_add_up(mistakes: set[Mistake]) -> None:
    text, expected = SOUND, []
    for mistake in mistakes:
        text = text.replace(mistake.right, mistake.wrong)
        expected += [(mistake.code, mistake.key), *ALSO.get(mistake, [])]
    assert sorted(found(text)) == sorted(expected)


def test_all_mistakes_together_are_reported_in_the_order_of_the_file() -> None:
    text = SOUND
    for mistake in MISTAKES:
        text = text.replace(mistake.right, mistake.wrong)
    lines = [fault.line for fault in faults_of(text)]
    assert len(lines) == len(MISTAKES) + 2
    assert lines == sorted(lines, key=lambda line: line or 0)


LAST_ROWS = """
      - {code: "2.1", title: Chuyên mục, max_points: 30, rule: {kind: manual}, due: Quý II}
      - {code: "2.2", title: Nghị quyết, max_points: 10, rule: {kind: manual}}
"""
QUARTERS = """
  Quý I: {kind: quarter, quarter: 1, year: 2024}
  Quý II: {kind: quarter, quarter: 2, year: 2024}
"""
RATIO = "{kind: ratio, numerator: a, denominator: b, part_of_whole: true}"


@pytest.mark.parametrize(
    ("right", "wrong", "code"),
    [
        # The criterion
        ('code: "1.1"', "code: 1.1", "F051"),
        ('      - code: "1.1"\n', "      - \n", "F022"),
        ("        max_points: 20\n        inputs:\n", "        max_points: x\n        inputs:\n", "F044"),
        ("        max_points: 20\n        inputs:\n", "        max_pionts: 20\n        inputs:\n", "F021"),
        (f"rule: {RATIO}", "rule: 5", "F057"),
        (f"rule: {RATIO}", "rule: {kind: ratoi, numerator: a, denominator: b, part_of_whole: true}", "F023"),
        (f"rule: {RATIO}", f"rool: {RATIO}", "F021"),
        ("numerator: a,", "numerator: a b,", "F042"),
        ("numerator: a,", "numerater: a,", "F021"),
        ("part_of_whole: true", "part_of_whole: may be", "F062"),
        ("{name: a, label: Số hộ có Internet, unit: household}", "a", "F057"),
        ("{name: a, label: Số hộ có Internet, unit: household}", "{name: 1, label: x, unit: household}", "F051"),
        ("{name: a, label: Số hộ có Internet, unit: household}", "{name: a, lable: x, unit: household}", "F021"),
        ("{name: a, label: Số hộ có Internet, unit: household}", "{name: a, label: x, units: household}", "F021"),
        ("{name: b, fact: households}", "{name: b, fact: Households!}", "F060"),
        ("        inputs:\n", "        input:\n", "F021"),
        ("          lines: [{at_least: 4, share: 1, label: Từ 4 cuộc}]\n", "          lines: 4\n", "F056"),
        ("{at_least: 4, share: 1, label: Từ 4 cuộc}", "{at_least: 4, above: 3, share: 1, label: x}", "F032"),
        ("{at_least: 4, share: 1, label: Từ 4 cuộc}", "{at_least: 4, label: x}", "F031"),
        ("          unit: meeting\n", "          unit: 5\n", "F051"),
        # What others refer to
        ("dimensions:\n", "dimensons:\n", "F021"),
        ("    criteria:\n      - {code", "    criterias:\n      - {code", "F021"),
        (LAST_ROWS, " 5\n", "F056"),
        ('{code: "2.2", title: Nghị quyết, max_points: 10, rule: {kind: manual}}', "x", "F057"),
        ('{code: "2.2", title', "{code: 2.2, title", "F051"),
        ('  - code: "2"\n', "  - code: 2\n", "F051"),
        ("deadlines:\n", "deadlinse:\n", "F021"),
        (QUARTERS, " 5\n", "F057"),
        ("max_points: 100\n", "max_points: x\n", "F044"),
        ("max_points: 100\n", "max_point: 100\n", "F021"),
        ("{vi: Trụ cột, en: Pillar}, dimensions: [", "{vi: x, en: y}, dimension: [", "F021"),
        ('rules: {"2.1": {kind: manual}}', 'rules: {"2.1": {kind: manuel}}', "F023"),
        ("direct: {label: {vi: Thẳng, en: Direct}}", "Direct: {label: {vi: Thẳng, en: Direct}}", "F060"),
    ],
)  # fmt: skip
def test_a_fault_of_the_shape_has_no_echo_in_the_content(right: str, wrong: str, code: str) -> None:
    assert SOUND.count(right) == 1
    codes = {fault.code for fault in faults_of(SOUND.replace(right, wrong))}
    # What is missing under its right name is said with what stands there under a wrong one.
    assert codes - {"F022"} <= {code}, codes
    assert code in codes


@pytest.mark.parametrize(
    ("broken", "code"),
    [
        ("number: 1,", "F051"),
        ("number: x,", "F052"),
    ],
)
def test_a_level_without_number_has_no_echo_in_the_targets(broken: str, code: str) -> None:
    rule = "{kind: levels, value: share, targets: {1: 50%, 2: 60%, 3: 100%}}"
    text = maturity_text(rule).replace("number: 1,", "" if code == "F051" else broken)
    assert [fault.code for fault in faults_of(text)] == ["F022" if code == "F051" else code]


@pytest.mark.parametrize(
    ("targets", "codes"),
    [
        ("{1: 50%, 2: x, 3: 100%}", ["F044"]),
        ("{1: 50%, 2: {printed: x}, 3: {printed: y, has: true}}", ["F035", "F120"]),
        ("{1: 50%, zwei: 60%, 3: 100%}", ["F052"]),
        ("{1: 50%, 2: {printed: x, att_least: 1}, 4: 100%}", ["F021", "F117", "F118"]),
    ],
)
def test_targets_are_checked_one_by_one(targets: str, codes: list[str]) -> None:
    text = maturity_text(f"{{kind: levels, value: share, targets: {targets}}}")
    assert sorted(fault.code for fault in faults_of(text)) == codes


def test_what_stands_around_a_faulty_rule_is_checked() -> None:
    text = points_text("{kind: count, of: n, target: 0}", "n", ", due: Quý I")
    text = text.replace("unit: meeting", "unit: meetings")
    assert {fault.code for fault in faults_of(text)} == {"F054", "F115", "F124"}


def test_a_fault_that_another_one_hid_is_reported_too() -> None:
    rule = (
        "{kind: steps, of: n, unit: meeting, lines: [{at_least: 4, above: 3, share: 2, label: x}], "
        "otherwise: {share: 0, label: y}}"
    )
    key = "dimensions[0].criteria[0].rule.lines[0]"
    assert found(points_text(rule, "n")) == [("F055", f"{key}.share"), ("F032", key)]


def test_the_gaps_of_a_rule_leave_its_other_parts_checked() -> None:
    rule = (
        "{kind: parts, parts: [{label: x, share: 60%, rule: {kind: ratio, numerator: a, denominator: n, "
        "part_of_whole: true}}, {label: 5, share: 60%, rule: {kind: choice, input: '#2', options: ["
        "{id: p, label: p, share: 1}, {id: p, label: q, share: 0}]}}]}"
    )
    key = "dimensions[0].criteria[0].rule"
    codes = [("F051", f"{key}.parts[1].label"), ("F114", key), ("F132", key), ("F102", key)]
    assert sorted(found(points_text(rule, "a n"))) == sorted(codes)


def test_a_file_of_which_nothing_can_be_made_still_shows_its_shape() -> None:
    codes = [fault.code for fault in faults_of("id: 5\ntitle: x\n")]
    assert set(codes) == {"F022", "F051", "F057", "F151"}


def test_a_name_that_fills_a_gap_is_shown_to_nobody() -> None:
    text = points_text("{kind: ratio, numerator: a, denominator: b, part_of_whole: true}", "a b")
    text = text.replace("{name: a, label: Số hộ có Internet, unit: household}", "{unit: household}")
    text += "      - {}\n"
    faults = faults_of(text)
    expected = ["F022", "F022", "F022", "F112", "F113", "F123"]
    assert sorted(fault.code for fault in faults) == expected
    assert {fault.data["name"] for fault in faults if fault.code > "F100"} == {"?"}
