"""Files that a hostile hand fills up to the limits: a few seconds, the first faults, and nothing more."""

from __future__ import annotations

import pytest

from chiso.framework.faults import MAX_FAULTS, FrameworkError, near_misses
from chiso.framework.loader import load_text

HEAD = (
    "format: 1\nid: x\nversion: '1'\ntitle: {vi: t, en: t}\nmax_points: 9\nunit_kinds: [commune]\n"
    "legal: {number: 1/QD, issuer: a, title: b, year: 2024}\n"
)


def rows(count: int, row: str) -> str:
    inner = ",".join(row.replace("#", str(at)) for at in range(count))
    return f"{HEAD}dimensions: [{{code: '1', title: t, criteria: [{inner}]}}]\n"


#: What fills a file, and the fault of each piece of it.
FILLED = {
    "lists for rows": (f"{HEAD}dimensions: [{'[],' * 90_000}]\n", "F057"),
    "empty rows": (f"{HEAD}dimensions: [{'{},' * 90_000}]\n", "F022"),
    "unknown keys": (rows(1, "{code: '1.1', title: t}") + "".join(f"k{at}: 1\n" for at in range(40_000)), "F021"),
    "unknown kinds of rules": (rows(6_000, "{code: '1.#', title: t, max_points: 0, rule: {kind: sums}}"), "F023"),
    "the same code": (rows(6_000, "{code: '1', title: t, max_points: 0, rule: {kind: manual}}"), "F101"),
    "unknown deadlines": (rows(6_000, "{code: '1.#', title: t, max_points: 0, due: d#}"), "F115"),
    "thousands of changes": (
        "extends: khanh-hoa-2023-district\nid: x\nversion: '1'\nchanges: {criteria: {"
        + ",".join(f"c{at}: {{title: t}}" for at in range(9_000))
        + "}}\n",
        "F141",
    ),
}


@pytest.mark.parametrize("name", FILLED)
def test_a_file_filled_up_to_the_limits_tells_its_first_faults(name: str) -> None:
    text, code = FILLED[name]
    with pytest.raises(FrameworkError) as error:
        load_text(text)
    codes = [fault.code for fault in error.value.faults]
    assert code in codes[:MAX_FAULTS]
    assert (len(codes), codes[-1]) == (MAX_FAULTS + 1, "F019")


def test_names_that_resemble_each_other_are_found_among_thousands() -> None:
    known = [f"deadline_{at}" for at in range(9_000)]
    assert near_misses("deadlin_8999", known)[0] == "deadline_8999"
