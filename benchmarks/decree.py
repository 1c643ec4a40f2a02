"""How fast long decisions are read, and in how much memory: 100 pages of Word, 100 pages of PDF with dense tables.

Run by hand from the repository: ``python -m benchmarks.decree``. Each document is read and drafted in a process of its
own. Beside it stands what the bare parser needs for the same file, expat for Word and pdfium's text for PDF: a slow
machine is told from a slow reader by it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Sequence
from pathlib import Path
from xml.parsers import expat

import pypdfium2
from tests.decree.makers.docx import docx
from tests.decree.makers.pdf import pdf
from tests.decree.makers.printed import Block, printed

import chiso
from chiso.decree.document.reader import read_bytes
from chiso.decree.draft import drafts_of

PAGES = 100


def long_document() -> list[Block]:
    """Return the largest bundled framework printed again and again, until it fills the pages of a PDF."""
    blocks = list(printed(chiso.load("gia-lai-2023-province")))
    pages = len(pypdfium2.PdfDocument(pdf(blocks)))
    return blocks * (PAGES // pages + 1)


def plain(path: Path) -> None:
    """Parse a file without understanding anything."""
    if path.suffix == ".docx":
        expat.ParserCreate().Parse(zipfile.ZipFile(path).read("word/document.xml"), 1)
        return
    document = pypdfium2.PdfDocument(path)
    for page in document:
        text = page.get_textpage()
        text.get_text_bounded()
        for at in range(text.count_chars()):
            text.get_charbox(at)


def ours(path: Path) -> None:
    """Read a file and draft every set in it."""
    drafts_of(read_bytes(path.read_bytes(), path.name))


def measured(way: str, path: Path) -> list[float]:
    """Return the seconds and the peak of memory in MiB that one way needs, in a process of its own."""
    command = [sys.executable, "-m", "benchmarks.decree", way, str(path)]
    return [float(one) for one in subprocess.run(command, check=True, capture_output=True, text=True).stdout.split()]


def main(arguments: Sequence[str]) -> None:
    if arguments:
        way, path = arguments
        start = time.process_time()
        (ours if way == "ours" else plain)(Path(path))
        print(time.process_time() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
        return
    with tempfile.TemporaryDirectory() as folder:
        blocks = long_document()
        for suffix, data in (("docx", docx(blocks)), ("pdf", pdf(blocks))):
            path = Path(folder, f"long.{suffix}")
            path.write_bytes(data)
            spent, peak = measured("ours", path)
            base, _ = measured("plain", path)
            beside = f"{spent / base:.1f} x the bare parser ({base:.2f} s)"
            print(f"{suffix:4s} {len(data) / 1e6:5.1f} MB {spent:6.1f} s, {beside}, {peak:.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
