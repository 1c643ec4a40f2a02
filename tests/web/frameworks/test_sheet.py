"""The page of a criterion: its rule in words, what it asks for, readings, worked points."""

from __future__ import annotations

import pytest

from chiso import load
from chiso.framework.loader import load_text
from chiso.web.frameworks.sheet import RuleLine, readings_of, rule_shown, sheet_of
from chiso.web.frameworks.worked import worked
from tests.web.factories import SMALL


def test_lines_of_a_rule_keep_how_deep_they_stand() -> None:
    assert rule_shown(["Chọn:", "- Có:", "    - Đủ: 5 điểm", "  a = Số hộ"]) == (
        RuleLine("Chọn:", 0, False),
        RuleLine("Có:", 0, True),
        RuleLine("Đủ: 5 điểm", 2, True),
        RuleLine("a = Số hộ", 1, False),
    )


def test_a_figure_has_its_letter_unit_and_the_other_criteria_that_use_it() -> None:
    framework = load("gia-lai-2023-province")
    shared = next(
        one for code in framework.criteria for one in sheet_of(framework, code, "vi").inputs if len(one.used_by) > 1
    )
    first, second = sheet_of(load_text(SMALL), "1.1", "vi").inputs

    assert (first.letter, first.unit, first.used_by) == ("a", "hộ", ())
    assert (second.letter, second.asked.fact) == ("b", "households")
    for code in shared.used_by:
        assert shared.asked.fact in {one.asked.fact for one in sheet_of(framework, code, "vi").inputs}


def test_criteria_lead_to_what_stands_before_and_after() -> None:
    framework = load_text(SMALL)

    assert [(sheet_of(framework, code, "vi").before, sheet_of(framework, code, "vi").after) for code in
            ("1.1", "1.2", "1.3")] == [("", "1.2"), ("1.1", "1.3"), ("1.2", "")]  # fmt: skip
    assert sheet_of(framework, "1.1", "vi").above == (("1", "Nền tảng", False),)


def test_a_reading_shows_the_rule_that_each_option_makes_of_the_criterion() -> None:
    framework = load("gia-lai-2023-province")
    (reading,) = (one for one in sheet_of(framework, "4.5", "vi").readings if one.reading.id == "A2")
    chosen, other = reading.options

    assert (chosen.is_default, chosen.is_chosen, chosen.rule) == (True, True, ())
    assert (other.is_default, other.is_chosen) == (False, False)
    assert other.rule[0].text == "Điểm = x ÷ cao nhất × 10 điểm, với x = (a + b + c + d)/(e + f)."


def test_a_chosen_reading_is_marked() -> None:
    framework = load("gia-lai-2023-province", {"A2": "share_of_best_for_all"})
    (reading,) = (one for one in readings_of(framework, "vi") if one.reading.id == "A2")

    assert [(one.is_default, one.is_chosen) for one in reading.options] == [(True, False), (False, True)]


def test_worked_points_are_those_of_the_engine() -> None:
    framework = load_text(SMALL)
    found = worked(framework, framework.criteria["1.1"], "vi")

    assert found is not None
    assert [one.name for one in found.inputs] == ["a", "b"]
    assert found.rows == ((("1.000", "1.000"), "20"), (("500", "1.000"), "10"), (("0", "1.000"), "0"))


@pytest.mark.parametrize("code", ["1.2", "1.3"])
def test_a_plain_choice_needs_no_worked_points(code: str) -> None:
    framework = load_text(SMALL)

    assert worked(framework, framework.criteria[code], "vi") is None


def test_rules_that_compare_with_peers_have_no_worked_points() -> None:
    framework = load("gia-lai-2023-province")

    assert worked(framework, framework.criteria["4.5"], "vi") is None


@pytest.mark.parametrize("name", ["gia-lai-2023-province", "khung-2024-commune", "an-giang-2024-district"])
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_every_criterion_has_a_page(name: str, lang: str) -> None:
    framework = load(name)

    for code in framework.criteria:
        assert sheet_of(framework, code, lang).rule, code
