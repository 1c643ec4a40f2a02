"""Draws the picture of the README from what the command really prints: ``python -m tests.docs.picture``."""

from __future__ import annotations

import io
import re
import tempfile
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.text import Text

from tests.docs.pages import ROOT, prepare, run

PICTURE = ROOT / "docs/pictures/explain.svg"
COMMAND = (
    'chiso explain gia-lai-2023-province --facts examples/gia-lai-sample-facts.csv --unit "Tỉnh mẫu B" 7.10 --lang en'
)
WIDTH = 104

#: Rich's frame without the font that it would load from elsewhere.
_FONT = re.compile(r"@font-face \{\{.*?\}\}\s*", re.S)
_FRAME = _FONT.sub("", CONSOLE_SVG_FORMAT).replace("Fira Code, monospace", "monospace")


def drawn(folder: Path) -> str:
    """Return the picture of the command and what it prints."""
    _, printed = run(COMMAND, folder, WIDTH)
    console = Console(record=True, width=WIDTH, file=io.StringIO(), legacy_windows=False)
    console.print(Text(f"$ {COMMAND}", style="green"))
    for line in printed.splitlines():
        console.print(Text(line, style="" if line.startswith(" ") else "bold"))
    return console.export_svg(title="ChiSo", code_format=_FRAME, unique_id="chiso")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        PICTURE.write_text(drawn(prepare(Path(made))), "utf-8")
