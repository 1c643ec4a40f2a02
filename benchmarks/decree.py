"""How fast long decisions are read, and in how much memory: 100 pages of Word, 100 pages of PDF with dense tables.

Run by hand from the repository: ``python -m benchmarks.decree``. Each document is read by the command itself, in a
fresh process that starts Python, loads what it needs (compiled before, as it is in an installation) and writes its
files; the least of several runs counts. Beside it stands what the bare parser needs for the same file, expat for Word
and pdfium's text for PDF: a slow machine is told from a slow reader by it. No two wordings of the long document are
alike, so that nothing remembered helps; one framework printed again and again stands beside it, since the lines of real
decisions do recur.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.parsers import expat

import pypdfium2
from tests.decree.makers.docx import docx
from tests.decree.makers.pdf import pdf
from tests.decree.makers.printed import Block, PCell, PTable, foot, head, heading_rows, layout_of, printed
from tests.decree.wording.generator import worded

import chiso
from chiso.framework.model import Framework
from chiso.quantity import decimal_text

PAGES = 100
REPEATS = 5

#: Criteria of the long document, and of each of its dimensions: a little more than 100 pages of PDF.
CRITERIA, TOGETHER = 1_104, 12


def unlike(framework: Framework) -> list[Block]:
    """Return a decision whose criteria are worded by the generator of the tests, each from a seed of its own."""
    layout = layout_of(framework)
    agencies = itertools.cycle(one for one in framework.criteria.values() if one.lead)
    rows = heading_rows(framework, layout)

    def row(**words: str) -> list[PCell]:
        return [PCell(words.get(column, "")) for column in layout.columns]

    for number, first in enumerate(range(0, CRITERIA, TOGETHER), 1):
        wordings = [worded(seed) for seed in range(first, first + TOGETHER)]
        whole = decimal_text(sum(one.full for one in wordings))
        rows.append(row(code=str(number), title=f"Nhóm tiêu chí thứ {number}", max=whole))
        for place, one in enumerate(wordings, 1):
            beside = next(agencies)
            rows.append(
                row(
                    code=f"{number}.{place}",
                    title=one.title,
                    max=decimal_text(one.full),
                    rule=one.text,
                    lead="; ".join(beside.lead),
                    support="; ".join(beside.support),
                    due=beside.due or "",
                )
            )
    return [*head(framework), PTable(rows), *foot()]


def repeated(framework: Framework) -> list[Block]:
    """Return a framework printed again and again, until it fills the pages of a PDF."""
    blocks = list(printed(framework))
    return blocks * (PAGES // _pages(pdf(blocks)) + 1)


def _pages(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))


def documents() -> Iterator[tuple[str, str, bytes]]:
    """Yield each long document: what it is, the end of its name, its content."""
    framework = chiso.load("gia-lai-2023-province")
    blocks = unlike(framework)
    data = pdf(blocks)
    yield f"Word, {_pages(data)} pages", "docx", docx(blocks)
    yield f"PDF, {_pages(data)} pages", "pdf", data
    blocks = repeated(framework)
    data = pdf(blocks)
    yield f"Word, {_pages(data)} pages of one set", "docx", docx(blocks)
    yield f"PDF, {_pages(data)} pages of one set", "pdf", data


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


def measured(*command: str) -> tuple[float, float]:
    """Return the least processor time in seconds, and the largest peak in MiB, of a command run several times."""
    spent, peak = [], []
    for _ in range(REPEATS):
        process = subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        usage = os.wait4(process.pid, 0)[2]
        spent.append(usage.ru_utime + usage.ru_stime)
        peak.append(usage.ru_maxrss / 1024)
    return min(spent), max(peak)


def main(arguments: Sequence[str]) -> None:
    if arguments:
        plain(Path(arguments[0]))
        return
    with tempfile.TemporaryDirectory() as folder:
        # The first run keeps what it compiles for the next ones, also where Python is told to keep nothing.
        os.environ["PYTHONPYCACHEPREFIX"] = str(Path(folder, "compiled"))
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        for name, suffix, data in documents():
            path = Path(folder, f"long.{suffix}")
            path.write_bytes(data)
            spent, peak = measured("-m", "chiso.cli.main", "decree", "read", str(path), "--force", "-o", folder)
            base = measured("-m", "benchmarks.decree", str(path))[0] - measured("-c", "import benchmarks.decree")[0]
            print(f"{name:28s} {spent:5.2f} s, {spent / base:5.1f} x the bare parser ({base:.2f} s), {peak:.0f} MiB")
        for words in (["--help"], ["decree", "rule", "Tỷ lệ*Điểm tối đa"]):
            spent, peak = measured("-m", "chiso.cli.main", *words)
            print(f"{' '.join(words):28.28s} {spent:5.2f} s, {peak:.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
