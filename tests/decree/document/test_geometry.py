"""Letters that a page holds become lines, whatever the boxes of their shapes."""

from __future__ import annotations

from chiso.decree.document.geometry import Box, Letter, lines_of


def letters(text: str, base: float, size: float = 10.0) -> list[Letter]:
    """Return letters with the tight boxes that fonts of word processors have: a comma hangs below the line."""
    found = []
    for at, one in enumerate(text):
        if one == " ":
            continue
        left = at * size / 2
        top, bottom = (base - 0.1 * size, base + 0.15 * size) if one == "," else (base - 0.7 * size, base)
        found.append(Letter(one, Box(left, top, left + size / 2, bottom), size, opens=text[at - 1 : at] == " "))
    return found


def test_a_comma_belongs_to_its_line_where_no_other_letter_reaches_below_it() -> None:
    assert [line.text for line in lines_of(letters("12,5", 100))] == ["12,5"]


def test_lines_below_each_other_stay_apart() -> None:
    lines = lines_of([*letters("12,5", 100), *letters("0,25", 112)])
    assert [line.text for line in lines] == ["12,5", "0,25"]
