"""Each of the 26 readings on the bundled sets: what its default gives, and what each other option that computes gives.

The figures are worked out from the words of the documents. ``docs/reference/readings.md`` names each test here.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from chiso.framework.lint import lint
from chiso.framework.loader import bundled, load
from chiso.framework.rules import Children, Levels, Manual
from chiso.scoring.entries import Entry, EntryReader
from chiso.scoring.facts import Unit
from chiso.scoring.result import result
from chiso.scoring.score import Scores, score

KH, GL = "khanh-hoa-2023-district", "gia-lai-2023-province"
AG, AG_DISTRICT, YD = "an-giang-2024-department", "an-giang-2024-district", "yen-dinh-2023-district"
COMMUNE, DISTRICT = "khung-2024-commune", "khung-2024-district"

#: Rows of figures: code, input, value; those of one unit.
Rows = list[tuple[str, str, str]]


def scored(name: str, *units: Rows, chosen: dict[str, str] | None = None, outside: Rows | None = None) -> Scores:
    """Score units of one ranking group, each with its rows."""
    framework = load(name, chosen)
    reader = EntryReader(framework, [Unit(f"u{number}") for number in range(len(units))])
    entries = [Entry(f"u{number}", *row) for number, rows in enumerate(units) for row in rows]
    return score(framework, reader.read([*entries, *(Entry("@best", *row) for row in outside or [])]))


def points(name: str, code: str, *units: Rows, chosen: dict[str, str] | None = None) -> list[Fraction | str]:
    """Return the points of every unit in a criterion, or the state it is in."""
    found = [scored(name, *units, chosen=chosen).exact(unit, code) for unit in range(len(units))]
    return [one.value if one.known else one.state.word for one in found]


def ratio(code: str, over: int, under: int, names: tuple[str, str] = ("num", "den")) -> Rows:
    return [(code, names[0], str(over)), (code, names[1], str(under))]


def test_a1_below_one_per_cent_the_points_rise_evenly_or_jump() -> None:
    below, at = ratio("10.2", 5, 1000), ratio("10.2", 10, 1000)
    assert points(KH, "10.2", below, at) == [5, 10]
    assert points(KH, "10.2", below, at, chosen={"A1": "literal"}) == [Fraction(1, 20), 10]


def test_a2_min_max_or_the_share_of_the_best() -> None:
    def shares(*over: int) -> list[Rows]:
        return [
            [("4.5", name, str(one if name == "a" else 100 if name == "e" else 0)) for name in "abcdef"] for one in over
        ]

    full = load(GL).criteria["4.5"].max_points
    assert full is not None
    assert points(GL, "4.5", *shares(20, 30, 40)) == [0, full / 2, full]
    chosen = {"A2": "share_of_best_for_all"}
    assert points(GL, "4.5", *shares(20, 30, 40), chosen=chosen) == [full / 2, full * 3 / 4, full]
    assert points(GL, "4.5", *shares(30, 30)) == [full, full]
    assert points(GL, "4.5", *shares(30)) == ["waiting"]


def test_a3_the_part_is_divided_by_all() -> None:
    assert points(KH, "7.8.6", ratio("7.8.6", 8, 6, ("a", "b"))) == [Fraction(15, 2)]


def test_a4_an_exempt_criterion_gets_the_best_of_the_others_or_is_left_out() -> None:
    def unit(number: str) -> Rows:
        return [("6.4", "points", number), ("6.5", "points", number)]

    exempt: Rows = [("6.4", "points", "6"), ("6.5", "exempt", "peers_best")]
    assert points(AG, "6.5", unit("5"), unit("8"), exempt) == [5, 8, 8]
    left_out = {"A4": "leave_out"}
    assert points(AG, "6.5", unit("5"), unit("8"), exempt, chosen=left_out)[2] == "not_applicable"
    granted = scored(AG, unit("5"), unit("8"), exempt)
    rescaled = scored(AG, unit("5"), unit("8"), exempt, chosen=left_out)
    assert granted.totals.total(2).most - rescaled.totals.total(2).most == 10
    assert points(AG, "6.5", [("6.5", "exempt", "full")]) == [10]


def test_a5_an_incident_leaves_a_quarter_for_each_of_two_steps() -> None:
    def incident(first: str, second: str) -> Rows:
        return [("5.5", "choice", "incident"), ("5.5", "#1", first), ("5.5", "#2", second)]

    quiet: Rows = [("5.5", "choice", "none")]
    found = points(KH, "5.5", quiet, incident("có", "không"), incident("có", "có"), incident("không", "không"))
    assert found == [10, Fraction(5, 2), 5, 0]


def test_a6_two_halves_or_one() -> None:
    both: Rows = [("6.4", "#1", "có"), ("6.4", "#2", "có")]
    one: Rows = [("6.4", "#1", "có"), ("6.4", "#2", "không")]
    assert points(GL, "6.4", both, one) == [5, Fraction(5, 2)]
    assert points(GL, "6.4", [("6.4", "choice", "both")], [], chosen={"A6": "one_half"})[1] == "missing"
    assert load(GL, {"A6": "one_half"}).criteria["6.4"].rule != load(GL).criteria["6.4"].rule


def test_a7_points_never_exceed_the_maximum() -> None:
    assert points(KH, "7.1", ratio("7.1", 9, 8), ratio("7.1", 8, 8)) == ["error", 10]
    assert points(GL, "3.6", [("3.6", "a", "9"), ("3.6", "c", "9")]) == [20]
    assert points(AG, "1.1", [("1.1", "points", "11")], [("1.1", "points", "10")]) == ["error", 10]


def test_a8_each_half_is_capped_on_its_own() -> None:
    assert points(GL, "3.6", [("3.6", "a", "14"), ("3.6", "c", "0")]) == [10]


def test_a9_numerator_and_denominator_come_from_the_title() -> None:
    title = load(KH).criteria["7.1"].detail or ""
    first, second = (one.label or "" for one in load(KH).criteria["7.1"].inputs)
    assert first.removeprefix("Số ").casefold() in title.casefold()
    assert second.casefold() in title.casefold()
    assert points(KH, "7.1", ratio("7.1", 3, 4)) == [Fraction(15, 2)]


def test_a10_the_printed_denominator_counts_and_the_linter_says_so() -> None:
    told = [one for one in lint(load(DISTRICT)) if one.code in ("L601", "L602") and "II.8" in one.place]
    assert told, "the title counts civil servants, the method computers"
    facts = [one.fact for one in load(DISTRICT).criteria["II.8"].inputs]
    assert facts == ["workstations_networked_with_antivirus", "workstations"]


def level(chosen: dict[str, str] | None, fails: set[int]) -> int:
    """Return the level of a commune that meets every target, apart from those of one criterion if there are any."""
    framework = load(COMMUNE, chosen)
    rows: Rows = []
    for criterion in framework.criteria.values():
        rule = criterion.effective_rule
        assert isinstance(rule, Levels)
        value = {"share": "100", "count": "1000", "yes_no": "có", "children": ""}[rule.value]
        rows.append((criterion.code, "value", value))
        if any(target and (target.all_of_total or target.any_of) for target in rule.targets.values()):
            rows.append((criterion.code, "total", "1000"))
    failing = "I.9"  # levels 1 and 2 do not ask it
    kept = [row for row in rows if not (fails and row[0] == failing)]
    return scored(COMMUNE, [*kept, *([(failing, "value", "0")] if fails else [])], chosen=chosen).reached(0).number


def test_a11_a_level_needs_its_own_criteria_or_those_of_the_lower_levels_too() -> None:
    assert level(None, set()) == level({"A11": "cumulative"}, set()) == 5
    asks = {number for number, target in _targets("I.9").items() if target}
    assert level(None, asks) == level({"A11": "cumulative"}, asks) == min(asks) - 1


def _targets(code: str) -> dict[int, object]:
    rule = load(COMMUNE).criteria[code].effective_rule
    assert isinstance(rule, Levels)
    return dict(rule.targets)


NOTHING: Rows = [("7.1", "num", "n/a"), ("7.1", "den", "n/a")]


def test_a12_nothing_to_count_is_undecided_full_or_left_out() -> None:
    zero = ratio("7.1", 0, 0)
    assert points(KH, "7.1", zero, NOTHING) == ["error", "not_applicable"]
    assert points(KH, "7.1", zero, NOTHING, chosen={"A12": "full"}) == ["error", 10]
    left_out = scored(KH, NOTHING, chosen={"A12": "leave_out"})
    assert left_out.totals.total(0).most == scored(KH, NOTHING).totals.total(0).most - 10


def test_a13_nothing_is_not_applicable_without_the_unit_saying_so() -> None:
    assert points(KH, "7.1", ratio("7.1", 0, 0), []) == ["error", "missing"]
    assert points(KH, "7.1", NOTHING) == ["not_applicable"]


def test_a14_the_verifier_decides_what_no_line_covers() -> None:
    asked: Rows = [("1.1", "choice", "none of these")]
    decided = scored(KH, [*asked, ("1.1", "decided", "4")])
    assert points(KH, "1.1", asked) == ["undecided"]
    assert decided.exact(0, "1.1").value == 4


def test_a15_rounded_at_the_total_or_at_each_criterion() -> None:
    third = [*ratio("7.1", 1, 3), *ratio("7.2", 1, 3)]
    assert scored(KH, third).totals.total(0).points == Fraction(20, 3)
    assert scored(KH, third, chosen={"A15": "criterion"}).totals.total(0).points == Fraction(666, 100)


def test_a16_points_are_entered_or_an_own_rule_is_marked() -> None:
    for name in (AG, AG_DISTRICT, YD):
        leaves = [one for one in load(name).criteria.values() if not one.criteria]
        assert all(isinstance(one.rule, Manual) for one in leaves), name
    assert points(AG, "1.1", [("1.1", "points", "7.5")]) == [Fraction(15, 2)]


def ranks(chosen: dict[str, str] | None) -> list[int | None]:
    """Return the ranks of departments with 9, 8, 8 and 7 points; of the two the latter has more in the first index."""
    units: list[Rows] = [
        [("1.1", "points", "4"), ("2.1", "points", "5")],
        [("1.1", "points", "4"), ("2.1", "points", "4")],
        [("1.1", "points", "5"), ("2.1", "points", "3")],
        [("1.1", "points", "4"), ("2.1", "points", "3")],
    ]
    found = scored(AG, *units, chosen=chosen)
    return [found.totals.rank(unit) for unit in range(4)]


def test_a17_ties_share_a_rank_and_the_next_is_skipped_or_not_or_an_index_decides() -> None:
    assert ranks(None) == [1, 2, 2, 4]
    assert ranks({"A17": "dense"}) == [1, 2, 2, 3]
    assert ranks({"A17": "by_dimensions"}) == [1, 3, 2, 4]


def test_a18_the_level_reached_and_whether_the_registered_one_is_met_are_both_told() -> None:
    registered = scored(COMMUNE, [("", "registered_level", "3")]).reached(0)
    assert (registered.number, registered.registered, registered.registered_met) == (0, 3, False)


@pytest.mark.parametrize("name", [KH, GL, AG, AG_DISTRICT, YD])
def test_a19_missing_is_not_zero(name: str) -> None:
    nothing = scored(name, [])
    assert result(nothing)["units"][0]["total"] is None
    assert nothing.totals.provisional(0)
    code = next(leaf.code for leaf in nothing.plan.leaves if leaf.counted)
    assert nothing.exact(0, code).state.word == "missing"


def test_a20_what_the_sums_force_is_marked_and_index_9_stays_unscored() -> None:
    inferred = [one.code for one in load(KH).criteria.values() if one.inferred]
    assert inferred
    assert all(load(KH).criteria[code].max_points is not None for code in inferred)
    assert [one.code for one in load(GL).dimensions if one.unscored] == ["9"]


DETAILS = ["7.1", "7.2", "7.3", "7.4", "7.8.6"]


def test_a21_title_row_and_unnumbered_row_are_one_criterion_or_parent_and_child() -> None:
    default, divided = load(KH), load(KH, {"A21": "parent_and_child"})
    assert [one.code for one in default.criteria.values() if one.detail] == DETAILS
    assert [code for code in divided.criteria if code not in default.criteria] == [f"{code}.0" for code in DETAILS]
    child = divided.criteria["7.1.0"]
    assert child.title == default.criteria["7.1"].detail
    assert (child.max_points, divided.parents["7.1.0"], divided.criteria["7.1"].rule) == (10, "7.1", None)
    assert divided.printed_rows() == default.printed_rows() - len(DETAILS) + len(DETAILS)


def test_a21_gives_the_same_points_whichever_way_it_is_read() -> None:
    one = scored(KH, ratio("7.1", 3, 4))
    two = scored(KH, ratio("7.1.0", 3, 4), chosen={"A21": "parent_and_child"})
    assert one.exact(0, "7.1").value == two.exact(0, "7.1.0").value == Fraction(15, 2)
    assert one.totals.total(0) == two.totals.total(0)
    criteria = result(two)["units"][0]["criteria"]
    assert (criteria["7.1"]["exact"], criteria["7.1.0"]["exact"]) == ("15/2", "15/2")
    assert two.totals.total(0).most == one.totals.total(0).most


def test_a22_once_a_week_is_52_and_once_a_month_12_times_a_year() -> None:
    assert points(KH, "6.5", *[[("6.5", "n", n)] for n in ("52", "51", "12", "11")]) == [10, 5, 5, 0]


def test_a23_equality_counts_and_levels_of_communes_are_the_recognised_ones() -> None:
    rule = load(DISTRICT).criteria["I.1"].effective_rule
    assert isinstance(rule, Levels)
    second = rule.targets[2]
    assert second is not None
    assert second.children == Children(all_at_least=1, share=Fraction(1, 2), at_least=2)


def test_a24_pillars_overlap_and_the_total_is_not_their_sum() -> None:
    framework = load(AG_DISTRICT)
    rows: Rows = [(code, "points", "10") for code, one in framework.criteria.items() if one.max_points == 10]
    found = scored(AG_DISTRICT, rows)
    pillars = found.totals.pillars(found.totals.dimensions(0))
    assert sum(one.points for one in pillars.values()) > found.totals.total(0).points
    assert found.totals.total(0).most == 700


@pytest.mark.parametrize(("name", "code"), [(COMMUNE, "I.11"), (DISTRICT, "II.11")])
def test_a25_two_calendar_years_or_24_months(name: str, code: str) -> None:
    def met(option: str) -> bool:
        framework = load(name, {"A25": option})
        reader = EntryReader(framework)
        told = reader.read([Entry("u", code, "num", "5", "2022-10-15"), Entry("u", code, "den", "5", "2024-09-30")])
        return 5 in score(framework, told).reached(0).measured(code).satisfied

    assert (met("calendar_years"), met("months_24")) == (False, True)


@pytest.mark.parametrize("name", bundled())
def test_a26_a_result_names_the_version_and_the_readings_it_was_made_with(name: str) -> None:
    framework = load(name)
    told = result(scored(name, []))
    assert told["framework"] == {"id": name, "version": framework.version, "hash": framework.hash}
    chosen = {"A12": "leave_out"}
    assert result(scored(name, [], chosen=chosen))["readings"] == chosen
