"""Plain text as extraction from a scan leaves it: with tabs, pipes, one cell a line; broken over pages, with noise."""

from __future__ import annotations

import random
from collections.abc import Sequence

from tests.decree.makers.printed import Block, PParagraph, PTable


def grid(table: PTable) -> list[list[str]]:
    """Return the words of a table on its full grid; merged cells have theirs at their first place."""
    hanging: dict[int, int] = {}
    found = []
    for cells in table.rows:
        row: list[str] = []
        pending = list(cells)
        while pending or len(row) in hanging:
            column = len(row)
            if column in hanging:
                row.append("")
                hanging[column] -= 1
                if not hanging[column]:
                    del hanging[column]
                if pending and pending[0].rows == 0:
                    pending.pop(0)
                continue
            cell = pending.pop(0)
            row.extend([cell.text, *[""] * (cell.columns - 1)])
            if cell.rows > 1:
                hanging.update({column + offset: cell.rows - 1 for offset in range(cell.columns)})
        found.append(row)
    return found


def tabbed(blocks: Sequence[Block], *, lines: bool = False) -> str:
    """Write tables with tabs; ``lines`` keeps the lines of a cell, otherwise they are joined."""
    found = []
    for block in blocks:
        if isinstance(block, PParagraph):
            found.append(block.text)
            continue
        rows = ["\t".join(_words(cell, lines=lines) for cell in row) for row in grid(block)]
        found.append("\n".join(rows))
    return "\n\n".join(found) + "\n"


def piped(blocks: Sequence[Block]) -> str:
    """Write tables with pipes, as Markdown does."""
    found = []
    for block in blocks:
        if isinstance(block, PParagraph):
            found.append(block.text)
            continue
        rows = [f"| {' | '.join(_words(cell, lines=False) for cell in row)} |" for row in grid(block)]
        rows.insert(1, "|" + "---|" * len(grid(block)[0]))
        found.append("\n".join(rows))
    return "\n\n".join(found) + "\n"


def one_a_line(blocks: Sequence[Block], mark: str = "|") -> str:
    """Write one cell a line, with a mark behind or a tab before it."""
    found = []
    for block in blocks:
        if isinstance(block, PParagraph):
            found.append(block.text)
            continue
        cells = [cell for row in grid(block) for cell in row]
        found.append("\n".join(f"{cell} |" if mark == "|" else f"\t{cell}" for cell in cells))
    return "\n\n".join(found) + "\n"


def paged(blocks: Sequence[Block], seed: int) -> str:
    """Write tables with tabs, broken over pages: rows torn, headings repeated, signatures and numbers between."""
    source = random.Random(seed)
    found = []
    for block in blocks:
        if isinstance(block, PParagraph):
            found.append(block.text)
        else:
            found.append(_paged_table(block, source))
    return "\n\n".join(found) + "\n"


def _paged_table(table: PTable, source: random.Random) -> str:
    rows = grid(table)
    heading, body = rows[: table.headings], rows[table.headings :]
    lines = ["\t".join(_words(cell, lines=False) for cell in row) for row in heading]
    for at, row in enumerate(body):
        words = [_words(cell, lines=False) for cell in row]
        if at and at % 9 == 0:
            torn = source.random() < 0.6 and any(len(word.split()) > 3 for word in words[1:])
            first, rest = _torn(words, source) if torn else (words, None)
            lines.append("\t".join(first))
            lines += ["", *source.choice([[], ["Trần"], ["12"], ["", "Nguyễn"]]), ""]
            if source.random() < 0.7 or rest is None:
                lines += ["\t".join(_words(cell, lines=False) for cell in row_) for row_ in heading]
            if rest is not None:
                lines.append("\t".join(rest))
            continue
        lines.append("\t".join(words))
    return "\n".join(lines)


def _torn(words: list[str], source: random.Random) -> tuple[list[str], list[str]]:
    """Tear the longer cells of a row between two words."""
    first, rest = [], []
    for at, text in enumerate(words):
        parts = text.split(" ")
        if at == 0 or len(parts) < 4:
            first.append(text)
            rest.append("")
            continue
        cut = source.randrange(2, len(parts) - 1)
        first.append(" ".join(parts[:cut]))
        rest.append(" ".join(parts[cut:]))
    return first, rest


def noisy(text: str, seed: int, share: float = 0.004) -> str:
    """Misread some letters, as recognition does: a mark lost, a letter taken for another. Numbers and marks stay."""
    source = random.Random(seed)
    swaps = {"ể": "ê", "ổ": "ô", "ị": "i", "ạ": "a", "ấ": "á", "ở": "ơ", "ũ": "ú", "đ": "d", "ệ": "ê", "ả": "á"}
    return "".join(swaps[letter] if letter in swaps and source.random() < share else letter for letter in text)


def misread_digits(text: str, seed: int, share: float = 0.01) -> str:
    """Misread some digits as letters."""
    source = random.Random(seed)
    return "".join({"1": "l", "0": "O"}[one] if one in "10" and source.random() < share else one for one in text)


def with_edges(text: str, seed: int, share: float = 0.15) -> str:
    """Put what a page prints at its edge between rows, as recognition of a table over pages does."""
    source = random.Random(seed)
    edges = ["CÔNG BÁO/Số 12 + 13/Ngày 15-7-2025", "12", "Trang 3/9", "- 4 -", "Người ký: Ủy ban nhân dân tỉnh"]
    found = []
    for line in text.split("\n"):
        found.append(line)
        if "\t" in line and source.random() < share:
            found.append(source.choice(edges))
    return "\n".join(found)


def torn(text: str, seed: int, share: float = 0.25) -> str:
    """Break rows over two lines between any two words."""
    source = random.Random(seed)
    found = []
    for line in text.split("\n"):
        words = line.split(" ")
        if "\t" in line and len(words) > 4 and source.random() < share:
            cut = source.randrange(2, len(words) - 1)
            line = f"{' '.join(words[:cut])}\n{' '.join(words[cut:])}"
        found.append(line)
    return "\n".join(found)


def as_list(table: PTable, order: Sequence[str]) -> str:
    """Write a table as a list: ``1.1. Tên (10đ)``, the rule in the lines below."""
    code, title, most = order.index("code"), order.index("title"), order.index("max")
    rule = order.index("rule") if "rule" in order else None
    found = []
    for row in grid(table)[table.headings :]:
        points = f" ({row[most]}đ)" if row[most] else ""
        number = f"{row[code]}. " if row[code] else ""
        found.append(f"{number}{row[title]}{points}")
        if rule is not None and row[rule]:
            found.append(row[rule])
    return "\n".join(found) + "\n"


def _words(text: str, *, lines: bool) -> str:
    return text if lines else " ".join(text.split())
