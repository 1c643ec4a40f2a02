"""How long it takes to write large results, beside writing the same cells without working anything out.

Run by hand: ``python benchmarks/writing.py``. It prints seconds of processor time, ratios and peak memory; the figures
of one machine stand in ``docs/explanation/exactness.md``. Each way runs in a process of its own.
"""

from __future__ import annotations

import argparse
import csv
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import python_calamine
import xlsxwriter

from chiso.cli.layout import json_pieces
from chiso.framework.loader import load
from chiso.scoring.result import head, unit_results
from chiso.scoring.score import Scores, score
from chiso.workbook.result_book import write_result
from chiso.workbook.result_csv import write_result_csv
from scoring import random_facts

WAYS = ("xlsx", "csv", "json")


def ours(scores: Scores, way: str, path: Path) -> None:
    """Write the result as the product does."""
    if way == "xlsx":
        write_result(scores, path)
    elif way == "csv":
        with path.open("w", encoding="utf-8", newline="") as stream:
            write_result_csv(scores, stream)
    else:
        with path.open("w", encoding="utf-8") as stream:
            stream.writelines(json_pieces({**head(scores), "units": unit_results(scores, "vi")}))


def plain(way: str, path: Path, copy: Path) -> Callable[[], None]:
    """Return a job that writes the same cells, already known, with the library alone."""
    if way == "xlsx":
        book = python_calamine.CalamineWorkbook.from_path(path)
        sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}

        def write_cells() -> None:
            with xlsxwriter.Workbook(copy) as target:
                for name, rows in sheets.items():
                    sheet = target.add_worksheet(name)
                    for at, row in enumerate(rows):
                        for column, cell in enumerate(row):
                            sheet.write(at, column, cell)

        return write_cells
    if way == "csv":
        with path.open(encoding="utf-8", newline="") as stream:
            rows = list(csv.reader(stream))

        def write_rows() -> None:
            with copy.open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)

        return write_rows
    data = json.loads(path.read_text("utf-8"))
    return lambda: copy.write_text(json.dumps(data, ensure_ascii=False), "utf-8") and None


def measure(way: str, whose: str, framework: str, units: int, folder: Path) -> None:
    """Run one way and print its seconds and peak memory."""
    path = folder / f"result.{way}"
    if whose == "ours":
        loaded = load(framework)
        scores = score(loaded, random_facts(loaded, units, 1, 0.01))

        def job() -> None:
            ours(scores, way, path)
    else:
        job = plain(way, path, folder / f"copy.{way}")
    start = time.process_time()
    job()
    spent = time.process_time() - start
    print(spent, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=10_600)
    parser.add_argument("--framework", default="gia-lai-2023-province")
    parser.add_argument("--one", nargs=3, metavar=("WAY", "WHOSE", "FOLDER"), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        way, whose, folder = arguments.one
        measure(way, whose, arguments.framework, arguments.units, Path(folder))
        return
    print(f"{arguments.framework}, {arguments.units} units")
    with tempfile.TemporaryDirectory() as folder:
        for way in WAYS:
            found = {}
            for whose in ("ours", "plain"):
                command = [sys.executable, __file__, "--one", way, whose, folder, "--framework", arguments.framework]
                command += ["--units", str(arguments.units)]
                out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
                found[whose] = [float(one) for one in out.split()]
            (spent, peak), (base, _) = found["ours"], found["plain"]
            print(f"{way:5s} {spent:6.1f} s   {spent / base:5.2f} x plain ({base:.1f} s)   peak memory {peak:.0f} MiB")


if __name__ == "__main__":
    main()
