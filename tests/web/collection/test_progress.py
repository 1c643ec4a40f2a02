"""How far a report has come is counted by dimension, from what the rules always look at."""

from __future__ import annotations

import chiso
from chiso.framework.loader import load_text
from chiso.web.collection.asking import all_asked, needed
from chiso.web.collection.progress import needs_of, progress_of
from tests.web.factories import SMALL

KNOWN = load_text(SMALL)


def cell(text: str) -> dict[str, str]:
    return {"v": text}


def test_an_empty_report_needs_every_figure_once() -> None:
    assert progress_of(KNOWN, {}) == {"1": [0, 4]}


def test_not_applicable_counts_and_a_value_taken_back_does_not() -> None:
    values = {"households": cell("12"), "1.1/a": cell("n/a"), "1.3/plan": cell("")}

    assert progress_of(KNOWN, values) == {"1": [2, 4]}


def test_a_shared_figure_counts_in_every_dimension_that_uses_it() -> None:
    framework = chiso.load("gia-lai-2023-province")
    before, after = progress_of(framework, {}), progress_of(framework, {"households": cell("400000")})

    raised = {code for code in before if after[code][0] > before[code][0]}
    used = {code for code, groups in needs_of(framework).items() if ("households",) in groups}
    assert raised == used
    assert len(used) > 1


def test_an_option_with_a_rule_of_its_own_asks_only_for_the_choice() -> None:
    framework = load_text(
        SMALL.replace(
            "- {id: deputy, label: Cấp phó, share: 1/2}",
            "- {id: deputy, label: Cấp phó, rule: {kind: yes_no, input: told, label: Có báo cáo}}",
        )
    )

    assert needed(framework, framework.criteria["1.2"]) == (("1.2/choice",),)


def test_of_several_cases_one_figure_is_enough() -> None:
    framework = load_text(
        SMALL.replace(
            "rule: {kind: yes_no, input: plan, label: Có kế hoạch}",
            "rule: {kind: best_of, cases: [{label: A, rule: {kind: yes_no, input: one, label: A}}, "
            "{label: B, rule: {kind: yes_no, input: two, label: B}}]}",
        )
    )

    assert needed(framework, framework.criteria["1.3"]) == (("1.3/one", "1.3/two"),)
    assert progress_of(framework, {"1.3/two": cell("no")})["1"] == [1, 4]


def test_text_of_the_document_is_asked_for_beside_the_figures() -> None:
    framework = chiso.load("an-giang-2024-department")
    asked = all_asked(framework)
    personal = [row for row in framework.general_information if row.personal]

    assert {one.type for fact, one in asked.items() if fact.startswith("general#")} == {"text"}
    assert personal
    assert not {row.label for row in personal} & {one.label for one in asked.values()}


def test_a_share_stands_for_its_numerator_and_denominator() -> None:
    framework = chiso.load("khung-2024-commune")

    assert needed(framework, framework.criteria["I.3"]) == (
        ("documents_processed_online", "I.3/value"),
        ("documents_in_and_out", "I.3/value"),
    )
