"""Which value counts: one's own, else the provider's, else the sum of the parts."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chiso.framework.loader import load_text
from chiso.web.collection.effective import Part, Total, addable, answered, effective, total, totals
from tests.web.factories import SMALL

FRAMEWORK = load_text(SMALL)
Cells = dict[str, dict[str, object]]
HOUSEHOLDS = addable(FRAMEWORK)["households"]


def cell(text: str, at: str = "2025-11-25T08:00:00+00:00") -> dict[str, object]:
    return {"v": text, "by": 1, "at": at, "n": 1}


def shown(cells: dict[str, dict[str, object]]) -> dict[str, tuple[object, object]]:
    return {fact: (one["v"], one.get("from")) for fact, one in cells.items()}


def part(name: str, **values: str) -> Part:
    facts = {"a": "1.1/a", "b": "households", "choice": "1.2/choice", "plan": "1.3/plan"}
    return Part(name, {facts[key]: cell(text) for key, text in values.items()})


def test_only_figures_that_can_be_added_add_up() -> None:
    assert sorted(addable(FRAMEWORK)) == ["1.1/a", "households"]


def test_ones_own_value_prevails() -> None:
    found = effective(FRAMEWORK, {"households": cell("5")}, {"households": cell("6"), "1.1/a": cell("2")})

    assert shown(found) == {"households": ("5", None), "1.1/a": ("2", "provider")}


def test_an_empty_value_does_not_hide_the_providers() -> None:
    found = effective(FRAMEWORK, {"households": cell("")}, {"households": cell("6")})

    assert shown(found) == {"households": ("6", "provider")}


def test_not_applicable_is_a_value_of_ones_own() -> None:
    found = effective(FRAMEWORK, {"households": cell("n/a")}, {"households": cell("6")})

    assert shown(found) == {"households": ("n/a", None)}


def test_parts_add_up_when_all_have_answered() -> None:
    parts = [part("Xã A", a="10", b="20"), part("Xã B", a="5", b="30")]

    assert shown(effective(FRAMEWORK, {}, None, parts)) == {"1.1/a": ("15", "parts"), "households": ("50", "parts")}


def test_who_has_not_answered_is_said_and_the_sum_does_not_count() -> None:
    parts = [part("Xã A", b="20"), part("Xã B"), part("Xã C", b="")]

    assert total(HOUSEHOLDS, parts) == Total("20", 1, ("Xã B", "Xã C"))
    assert effective(FRAMEWORK, {}, None, parts) == {}


def test_a_part_without_such_objects_adds_nothing() -> None:
    parts = [part("Xã A", b="20"), part("Xã B", b="n/a")]

    assert total(HOUSEHOLDS, parts) == Total("20", 1, ())
    assert shown(effective(FRAMEWORK, {}, None, parts)) == {"households": ("20", "parts")}


def test_zero_is_a_figure_and_nothing_anywhere_is_not_applicable() -> None:
    assert total(HOUSEHOLDS, [part("Xã A", b="0"), part("Xã B", b="0")]).text == "0"
    assert shown(effective(FRAMEWORK, {}, None, [part("Xã A", b="n/a"), part("Xã B", b="n/a")])) == {
        "households": ("n/a", "parts")
    }


def test_a_provider_stands_above_the_sum_of_the_parts() -> None:
    found = effective(FRAMEWORK, {}, {"households": cell("60")}, [part("Xã A", b="20"), part("Xã B", b="30")])

    assert shown(found) == {"households": ("60", "provider")}


@pytest.mark.parametrize("fact", ["1.2/choice", "1.3/plan"])
def test_answers_are_never_added(fact: str) -> None:
    assert fact not in totals(FRAMEWORK, [part("Xã A", choice="head", plan="yes")])


_TEXTS = st.sampled_from(["", "5", "n/a"])
_DOCUMENTS = st.dictionaries(st.sampled_from(["1.1/a", "households", "1.2/choice"]), _TEXTS.map(cell))


@given(_DOCUMENTS, _DOCUMENTS, st.lists(_DOCUMENTS.map(lambda values: Part("Xã", values)), max_size=3))
def test_what_is_answered_is_what_has_a_value(own: Cells, supplied: Cells, parts: list[Part]) -> None:
    found = effective(FRAMEWORK, own, supplied, parts)
    assert answered(FRAMEWORK, own, supplied, parts) == {fact for fact, one in found.items() if one["v"]}
