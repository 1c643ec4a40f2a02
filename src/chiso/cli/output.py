"""What the commands share in speaking: JSON and tables to stdout, faults and progress to stderr."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, Literal, Protocol, TypeVar

from chiso.cli.layout import harmless, json_pieces, table_lines
from chiso.cli.phrases import phrase

T = TypeVar("T")

#: Rows of a table that are fitted to the width of a terminal; more would take longer than anybody reads.
FITTED_ROWS = 1000

#: Seconds after which a progress bar appears.
PATIENCE = 1.0

#: Characters that a column of words keeps on a narrow terminal.
NARROWEST = 20


#: Faults of one kind that are told one by one: who has mended so many knows how.
SAID = 20


class Located(Protocol):
    """Anything wrong that knows how to say where."""

    @property
    def code(self) -> str:
        """Return what kind of fault it is."""

    def located(self, lang: str = ...) -> str:
        """Return it as one line."""


def print_json(data: Any) -> None:
    """Print JSON to stdout, readable and in UTF-8; an iterator in it is printed as a list, item by item."""
    for piece in json_pieces(data):
        sys.stdout.write(piece)


def print_text(text: str) -> None:
    """Print text to stdout."""
    sys.stdout.write(harmless(text) + "\n")


def say(text: str) -> None:
    """Tell the person something, on stderr."""
    sys.stderr.write(harmless(text) + "\n")


def say_faults(faults: Iterable[Located], lang: str) -> None:
    """Tell the person what was wrong, one line each: the first of each kind, and how many more there are."""
    met: dict[str, int] = {}
    for fault in faults:
        met[fault.code] = met.get(fault.code, 0) + 1
        if met[fault.code] <= SAID:
            say(fault.located(lang))
    for code, count in met.items():
        if count > SAID:
            say(phrase("faults.more", lang, code=code, count=count - SAID))


def print_table(headings: Sequence[str], rows: Sequence[Sequence[str]], right: Iterable[int] = ()) -> None:
    """Print a table to stdout; columns in ``right`` are aligned to the right, as numbers are.

    On a terminal the table fits its width, unless it is very long; elsewhere each row stays on one line.
    """
    if sys.stdout.isatty() and len(rows) <= FITTED_ROWS:
        _print_fitted(headings, rows, set(right))
        return
    for line in table_lines(headings, rows, right):
        sys.stdout.write(line + "\n")


def _print_fitted(headings: Sequence[str], rows: Sequence[Sequence[str]], right: set[int]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for index, heading in enumerate(headings):
        longest = max((len(row[index]) for row in rows), default=0)
        justify: Literal["left", "right"] = "right" if index in right else "left"
        table.add_column(
            Text(heading), justify=justify, no_wrap=index in right, min_width=min(longest, NARROWEST), overflow="fold"
        )
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    console = Console(file=sys.stdout, highlight=False)
    # A terminal too narrow for all columns breaks the lines; shrinking the table would lose columns.
    needed = table.__rich_measure__(console, console.options.update(max_width=10_000)).minimum
    console.width = max(console.width, needed)
    console.print(table)


@contextmanager
def progress_bar(words: str) -> Iterator[Callable[[int, int], None]]:
    """Lend a function to tell how much of how much is done; the bar appears as that of ``watched`` does."""
    if not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import Progress

    started = time.monotonic()
    progress = Progress(console=Console(stderr=True), transient=True)
    task = progress.add_task(words, total=None)

    def tell(done: int, total: int) -> None:
        if time.monotonic() - started > PATIENCE:
            progress.start()
        progress.update(task, completed=done, total=total)

    try:
        yield tell
    finally:
        progress.stop()


def watched(items: Iterable[T], words: str, total: int | None = None) -> Iterator[T]:
    """Yield items; show a progress bar on stderr once it takes more than a second and stderr is a terminal."""
    if not sys.stderr.isatty():
        yield from items
        return
    from rich.console import Console
    from rich.progress import Progress

    started = time.monotonic()
    progress: Progress | None = None
    try:
        for count, item in enumerate(items, start=1):
            if progress is None and time.monotonic() - started > PATIENCE:
                progress = Progress(console=Console(stderr=True), transient=True)
                progress.start()
                task = progress.add_task(words, total=total, completed=count)
            elif progress is not None:
                progress.update(task, completed=count)
            yield item
    finally:
        if progress is not None:
            progress.stop()
