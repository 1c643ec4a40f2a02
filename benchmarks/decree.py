"""How fast long decisions are read, and in how much memory: a hundred pages of Word and of PDF.

Run by hand from the repository: ``python -m benchmarks.decree``; needs LibreOffice (Debian: ``libreoffice-writer``).

Two documents are laid out by LibreOffice as offices lay out annexes (A4 across, letters of 12 points, the margins of
Decree 30/2020/NĐ-CP), read as the Word file and as the PDF that it writes: one framework printed again and again, and
criteria no two of which are worded alike, so that nothing remembered helps. Beside them stands the latter in small
print without margins, eleven criteria a page, which is more than any decision that we know has.

Each document is read by the command itself, in a fresh process that starts Python, loads what it needs (compiled
before, as it is in an installation) and writes its files; the least of several runs counts. Beside it stands what the
bare parser needs for the same file, expat for Word and pdfium's text for PDF: a slow machine is told from a slow reader
by it.
"""

from __future__ import annotations

import itertools
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.parsers import expat

import pypdfium2
from tests.decree.makers.docx import Paper, docx
from tests.decree.makers.pdf import pdf
from tests.decree.makers.printed import Block, PCell, PTable, foot, head, heading_rows, layout_of, printed
from tests.decree.wording.generator import worded

import chiso
from chiso.framework.model import Framework
from chiso.quantity import decimal_text

PAGES = 100
REPEATS = 5

#: Criteria of each dimension of the long document; so many criteria fill a little more than 100 pages in small print.
TOGETHER, SMALL_PRINT = 12, 1_104
#: Letters of 12 points; names and rules share most of the width.
PAPER = Paper(12, (5, 23, 6, 6, 33, 10, 10, 9))


def unlike(framework: Framework, criteria: int) -> list[Block]:
    """Return a decision whose criteria are worded by the generator of the tests, each from a seed of its own."""
    layout = layout_of(framework)
    agencies = itertools.cycle(one for one in framework.criteria.values() if one.lead)
    rows = heading_rows(framework, layout)

    def row(**words: str) -> list[PCell]:
        return [PCell(words.get(column, "")) for column in layout.columns]

    for number, first in enumerate(range(0, criteria, TOGETHER), 1):
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


@dataclass(frozen=True)
class Long:
    """A long document: what it is, the end of its name, its content."""

    name: str
    suffix: str
    content: bytes


def documents() -> Iterator[Long]:
    """Yield each long document."""
    framework = chiso.load("gia-lai-2023-province")
    yield from laid_out("unlike", lambda times: unlike(framework, times * TOGETHER))
    yield from laid_out("one set", lambda times: list(printed(framework)) * times)
    blocks = unlike(framework, SMALL_PRINT)
    small = pdf(blocks)
    yield Long(f"Word, {_pages(small)} pages of small print", "docx", docx(blocks))
    yield Long(f"PDF, {_pages(small)} pages of small print", "pdf", small)


def laid_out(name: str, blocks: Callable[[int], list[Block]]) -> Iterator[Long]:
    """Lay a document out, repeated as often as it takes to fill the pages, and yield it as LibreOffice writes it."""
    times = 4
    while (count := _pages(written(docx(blocks(times), PAPER), "pdf"))) < PAGES:
        times = max(times + 1, times * PAGES // count)
    for suffix, called in (("docx", "Word"), ("pdf", "PDF")):
        yield Long(f"{called}, {count} pages, {name}", suffix, written(docx(blocks(times), PAPER), suffix))


def written(document: bytes, suffix: str) -> bytes:
    """Return a Word document as LibreOffice writes it anew."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "long.docx").write_bytes(document)
        target = Path(folder, "written")
        home = f"-env:UserInstallation={Path(folder, 'office').as_uri()}"
        command = ["soffice", home, "--headless", "--convert-to", suffix, "--outdir", str(target)]
        subprocess.run([*command, str(Path(folder, "long.docx"))], check=True, capture_output=True)
        return Path(target, f"long.{suffix}").read_bytes()


def _pages(data: bytes) -> int:
    return len(pypdfium2.PdfDocument(data))


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
        for long in documents():
            path = Path(folder, f"long.{long.suffix}")
            path.write_bytes(long.content)
            spent, peak = measured("-m", "chiso.cli.main", "decree", "read", str(path), "--force", "-o", folder)
            base = measured("-m", "benchmarks.decree", str(path))[0] - measured("-c", "import benchmarks.decree")[0]
            print(
                f"{long.name:36s} {spent:5.2f} s, {spent / base:5.1f} x the bare parser ({base:.2f} s), {peak:.0f} MiB"
            )
        for words in (["--help"], ["decree", "rule", "Tỷ lệ*Điểm tối đa"]):
            spent, peak = measured("-m", "chiso.cli.main", *words)
            print(f"{' '.join(words):36.36s} {spent:5.2f} s, {peak:.0f} MiB")


if __name__ == "__main__":
    main(sys.argv[1:])
