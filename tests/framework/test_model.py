"""What the model says of a framework by itself."""

from __future__ import annotations

from chiso.framework.loader import load_text
from tests.framework.samples import HEAD, LETTERS, maturity_text, points_text

TEXT = f"""{HEAD}max_points: 30
general_information:
  - {{no: "1", label: Dân số, fact: population}}
  - {{no: "", label: Ghi chú}}
dimensions:
  - code: "1"
    title: Một
    max_points: 10
    criteria:
      - code: "1.1"
        title: Một một
        detail: Dòng in không đánh số
        max_points: 10
        criteria:
          - code: 1.1.1
            title: Một một một
            max_points: 10
            inputs: [{LETTERS["a"].replace("}", ", row: true}")}, {LETTERS["b"]}]
            rule: {{kind: ratio, numerator: a, denominator: b, part_of_whole: true}}
  - code: "2"
    title: Hai
    max_points: 20
    criteria: [{{code: "2.1", title: Hai một, max_points: 20, rule: {{kind: manual}}}}]
"""


def test_criteria_are_listed_parents_first_in_printed_order() -> None:
    assert list(load_text(TEXT).criteria) == ["1.1", "1.1.1", "2.1"]


def test_every_criterion_knows_what_it_stands_below() -> None:
    assert load_text(TEXT).parents == {"1.1": "1", "1.1.1": "1.1", "2.1": "2"}


def test_printed_rows_are_information_dimensions_criteria_details_and_input_rows() -> None:
    assert load_text(TEXT).printed_rows() == 2 + 2 + 3 + 1 + 1


def test_a_framework_with_levels_is_a_maturity_framework() -> None:
    assert load_text(maturity_text("{kind: levels, value: share, targets: {1: 1%, 2: 2%, 3: 3%}}")).is_maturity
    assert not load_text(points_text("{kind: manual}")).is_maturity


def test_words_are_found_by_language() -> None:
    title = load_text(TEXT).title
    assert (title["vi"], title["en"]) == ("Bộ chỉ số mẫu", "Sample index")
