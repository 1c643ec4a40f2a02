"""What the commands share in writing: a file takes its name once it is complete, and never that of what is read."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chiso.cli.main import UnusableError
from chiso.cli.phrases import phrase
from chiso.workbook.faults import TableError


def check_output(options: Namespace) -> None:
    """Make sure that the output is none of the files that are read.

    Raises:
        UnusableError: it is one, and would be lost.
    """
    output = Path(options.output)
    read = [*options.facts, *(getattr(options, name, None) or "" for name in ("units", "children", "id"))]
    for name in filter(None, read):
        path = Path(name)
        if output.exists() and path.exists() and output.samefile(path):
            raise UnusableError(phrase("output.is_read", options.lang, name=options.output))


@contextmanager
def new_file(options: Namespace) -> Iterator[Path]:
    """Lend the path to write to; what was written replaces the output at the end, and is gone if anything failed.

    Raises:
        UnusableError: the file cannot be written.
    """
    path = Path(options.output).resolve()
    # A pipe or a device cannot be replaced.
    part = path.with_name(f".{path.name}.part") if path.is_file() or not path.exists() else path
    try:
        try:
            yield part
            if part != path:
                part.replace(path)
        finally:
            if part != path:
                part.unlink(missing_ok=True)
    except TableError as error:
        named = TableError(error.code, path.name, error.near, **error.data)
        raise UnusableError(named.located(options.lang)) from error
    except OSError as error:
        raise UnusableError(phrase("file.write", options.lang, name=options.output, problem=error.strerror)) from error
