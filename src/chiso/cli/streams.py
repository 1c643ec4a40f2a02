"""Files that can be read only once, such as pipes: copied, since tables are looked through before they are read."""

from __future__ import annotations

import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chiso.cli.main import UnusableError
from chiso.cli.phrases import phrase

#: Most that is taken from a pipe, in bytes: enough for every office of the country, and less than a device gives.
MAX_PIPED = 512 << 20

_BLOCK = 1 << 20


@contextmanager
def readable(name: str, lang: str) -> Iterator[Path]:
    """Lend a path that can be read again and again; what cannot be opened is left to the reader to complain about.

    Raises:
        UnusableError: a pipe or device breaks off, or does not end.
    """
    path = Path(name)
    if not _is_stream(path):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="chiso-") as folder:
        copy = Path(folder, path.name)
        try:
            _copy(path, copy, lang)
        except OSError as error:
            raise UnusableError(phrase("file.open", lang, name=name, problem=error.strerror)) from error
        yield copy


def _is_stream(path: Path) -> bool:
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError):
        return False
    return not (stat.S_ISREG(mode) or stat.S_ISDIR(mode))


def _copy(path: Path, copy: Path, lang: str) -> None:
    taken = 0
    with path.open("rb") as stream, copy.open("wb") as target:
        while block := stream.read(_BLOCK):
            taken += len(block)
            if taken > MAX_PIPED:
                raise UnusableError(phrase("file.endless", lang, name=path.name, limit=MAX_PIPED >> 20))
            target.write(block)
