"""Rows that a word numbers: "Tiêu chí 1" with "Chỉ tiêu 1", "Chỉ tiêu 2" below it become 1, 1.1 and 1.2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from chiso.decree.language.codes import Kind, RowCode, roman_text
from chiso.decree.language.letters import one_line
from chiso.decree.table.lines import Line

_LETTERS = re.compile(r"[A-ZĐ]{2,5}")


def number_by_words(lines: Sequence[Line]) -> None:
    """Give rows that are numbered behind a word numbers that say what stands below what.

    The word that is printed first is the outermost one. Where plain numbers stand below it, it becomes a Roman one.
    """
    words = list(dict.fromkeys(line.code.word for line in lines if line.code is not None and line.code.kind == "named"))
    inner = any(line.code is not None and line.code.kind == "arabic" for line in lines)
    path: list[str] = []
    for line in lines:
        if line.code is None or line.code.kind != "named":
            continue
        depth, number = words.index(line.code.word), line.code.text.rpartition(" ")[2]
        path = [*path[:depth], *["1"] * (depth - len(path)), number]
        line.code = _numbered(line.code, path, inner=inner)


def number_by_letters(lines: Sequence[Line]) -> None:
    """Take letters for the number of a row where others are numbered behind them: CQS above CQS1 and CQS2."""
    codes = [line.code.text for line in lines if line.code is not None]
    for line in lines:
        printed = one_line(line.text("code"))
        if line.code is None and _LETTERS.fullmatch(printed):
            inner = re.compile(rf"{re.escape(printed)}\.?\d")
            if sum(bool(inner.match(code)) for code in codes) > 1:
                line.code = RowCode(printed, "upper", printed)


def _numbered(code: RowCode, path: Sequence[str], *, inner: bool) -> RowCode:
    number = path[-1]
    if "." in number:
        return replace(code, text=number, kind="dotted")
    if len(path) > 1:
        return replace(code, text=".".join(path), kind="dotted")
    if number.isdigit() and inner:
        return replace(code, text=roman_text(int(number)), kind="roman")
    kind: Kind = "arabic" if number.isdigit() else "roman" if set(number) <= set("IVX") else "upper"
    return replace(code, text=number, kind=kind)
