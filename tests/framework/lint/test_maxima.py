"""Maxima, sums of maxima and counts in the prose."""

from __future__ import annotations

from tests.framework.lint.sample import criterion, dimension, findings, framework, lint, places

DONE = {"kind": "unscored", "rule": {"kind": "yes_no", "input": "#1", "label": "Có"}}


def test_a_blank_maximum_that_the_sums_force_is_inferred() -> None:
    (found,) = findings(criterion(printed_max="blank", inferred="20 − 10 = 10"), criterion("1.2", "Có kế hoạch"))
    assert (found.code, found.place, found.severity) == ("L102", "1.1", "warning")
    assert found.figures == {"inferred": "10", "equation": "20 − 10 = 10"}


def test_a_maximum_in_brackets_is_not_blank() -> None:
    assert findings(criterion(printed_max="(10)")) == []


def test_a_blank_maximum_of_a_dimension_is_inferred() -> None:
    rows = dimension("1", [criterion()], printed_max="blank", inferred="10 = 10")
    assert places(lint(framework(rows))) == [("L102", "1")]


def test_an_unscored_dimension_without_maximum_is_blank_once_for_all_its_rows() -> None:
    rows = [criterion("2.1", max_points=None, rule=DONE), criterion("2.2", "Kế hoạch", max_points=None, rule=DONE)]
    unscored = dimension("2", rows, max_points=None, unscored=True)
    (found,) = lint(framework(dimension("1", [criterion()]), unscored))
    assert (found.code, found.place) == ("L101", "2")
    assert found.figures == {"rows": "3", "codes": "2.1, 2.2"}


def test_a_single_row_without_maximum_is_blank_by_itself() -> None:
    found = findings(criterion(), criterion("1.2", "Có kế hoạch", max_points=None, rule=DONE))
    assert places(found) == [("L101", "1.2")]


def test_a_dimension_above_the_sum_of_its_criteria_is_reported_with_both_numbers() -> None:
    rows = dimension("1", [criterion(), criterion("1.2", "Có kế hoạch")], max_points=50)
    (found,) = lint(framework(rows))
    assert (found.code, found.place, found.severity) == ("L103", "1", "error")
    assert found.figures == {"printed": "50", "children": "20", "difference": "30"}


def test_a_criterion_above_the_sum_of_its_children_is_reported() -> None:
    parent = criterion("1.1", rule=None, max_points=20, criteria=[criterion("1.1.1", "Có kế hoạch")])
    (found,) = findings(parent)
    assert (found.code, found.place, found.figures["difference"]) == ("L103", "1.1", "10")


def test_a_total_above_the_sum_of_the_dimensions_is_reported() -> None:
    (found,) = lint(framework(dimension("1", [criterion()]), max_points="12.5"))
    assert (found.code, found.place) == ("L104", "total")
    assert found.figures == {"printed": "12.5", "children": "10", "difference": "2.5"}


def test_an_unscored_dimension_is_no_part_of_the_total() -> None:
    scored, unscored = dimension("1", [criterion()]), dimension("2", [criterion("2.1")], unscored=True)
    assert lint(framework(scored, unscored)) == []


def test_a_pillar_that_is_not_the_sum_of_its_dimensions_is_reported() -> None:
    pillar = {"code": "P", "title": {"vi": "Trụ cột", "en": "Pillar"}, "dimensions": ["1"], "max_points": 15}
    (found,) = findings(criterion(), pillars=[pillar])
    assert (found.code, found.place) == ("L105", "P")
    assert found.figures == {"printed": "15", "children": "10", "difference": "5"}


def test_a_group_that_is_not_the_sum_of_its_dimensions_is_reported() -> None:
    group = {"code": "I", "title": {"vi": "Nhóm", "en": "Group"}, "dimensions": ["1"], "max_points": 5}
    assert places(findings(criterion(), groups=[group])) == [("L105", "I")]


def test_a_pillar_that_is_the_sum_of_its_dimensions_is_quiet() -> None:
    pillar = {"code": "P", "title": {"vi": "Trụ cột", "en": "Pillar"}, "dimensions": ["1"], "max_points": 10}
    assert findings(criterion(), pillars=[pillar]) == []


def test_a_number_of_dimensions_that_is_not_the_rows_is_reported_at_its_clause() -> None:
    (found,) = findings(criterion(), printed_counts=[{"what": "dimensions", "printed": 6, "clause": "Điều 5.2"}])
    assert (found.code, found.place) == ("L106", "Điều 5.2")
    assert (found.figures["printed"], found.figures["rows"], found.figures["difference"]) == ("6", "1", "5")


def test_a_number_of_criteria_within_dimensions_that_is_not_the_rows_is_reported() -> None:
    count = {"what": "criteria", "within": ["1"], "printed": 3, "clause": "Điều 5"}
    (found,) = findings(criterion(), criterion("1.2", "Có kế hoạch"), printed_counts=[count])
    assert (found.code, found.figures["rows"], found.figures["within"]) == ("L106", "2", "1")


def test_a_number_of_criteria_may_count_those_that_are_scored() -> None:
    children = [criterion("1.1.1", "Có kế hoạch"), criterion("1.1.2", "Có báo cáo")]
    parent = criterion("1.1", rule=None, max_points=20, criteria=children)
    assert findings(parent, printed_counts=[{"what": "criteria", "printed": 2, "clause": "Điều 5"}]) == []
    assert findings(parent, printed_counts=[{"what": "criteria", "printed": 1, "clause": "Điều 5"}]) == []


def test_points_in_the_prose_that_are_not_the_sum_are_reported() -> None:
    (found,) = findings(criterion(), printed_counts=[{"what": "points", "printed": 12, "clause": "Điều 5"}])
    assert (found.code, found.place) == ("L107", "Điều 5")
    assert (found.figures["printed"], found.figures["rows"], found.figures["difference"]) == ("12", "10", "2")


def test_a_dimension_whose_maximum_is_left_out_has_what_its_criteria_add_up_to() -> None:
    blank = dimension("1", [criterion(), criterion("1.2", "Có kế hoạch", max_points="2.5")], max_points=None)
    (found,) = lint(framework(blank, max_points="12.5"))
    assert (found.code, found.place) == ("L102", "1")
    assert found.figures == {"inferred": "12.5", "equation": "10 + 2.5 = 12.5"}


MEAN = {"kind": "weighted_mean"}


def test_a_weighted_mean_is_not_a_sum() -> None:
    pillar = {"code": "P", "title": {"vi": "Trụ cột", "en": "Pillar"}, "dimensions": ["1"], "max_points": 1}
    averaged = dimension("1", [criterion(), criterion("1.2", "Có kế hoạch")], max_points=100, aggregation=MEAN)
    top = {"total": MEAN, "max_points": 1000, "pillars": [{**pillar, "aggregation": MEAN}]}
    assert lint(framework(averaged, **top)) == []


def test_a_pillar_without_a_printed_maximum_is_quiet() -> None:
    pillar = {"code": "P", "title": {"vi": "Trụ cột", "en": "Pillar"}, "dimensions": ["1"]}
    assert findings(criterion(), pillars=[pillar]) == []


def test_a_maximum_is_inferred_if_either_column_says_so() -> None:
    assert places(findings(criterion(printed_max="blank"))) == [("L102", "1.1")]
    assert places(findings(criterion(inferred="10 = 10"))) == [("L102", "1.1")]
