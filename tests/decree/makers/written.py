"""Decisions written down as paragraphs and rows in YAML, so that one text is read in every format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from tests.decree.makers.printed import Block, PCell, PParagraph, PTable


def blocks_of(path: Path) -> list[Block]:
    """Return the blocks of a file: lines of text, and ``table`` with its rows; ``+`` before words makes them bold."""
    return [_block(one) for one in yaml.safe_load(path.read_text("utf-8"))]


def _block(data: Any) -> Block:
    if isinstance(data, str):
        return PParagraph(data)
    if "table" in data:
        return PTable([[_cell(cell) for cell in row] for row in data["table"]], data.get("headings", 1))
    (look, text), *_ = data.items()
    return PParagraph(text, bold="bold" in look, centred="centred" in look)


def _cell(data: Any) -> PCell:
    if isinstance(data, dict):
        return PCell(str(data["text"]), data.get("columns", 1), data.get("rows", 1), bold=True)
    return PCell("" if data is None else str(data))
