"""Tables fit a terminal, faults go to stderr, and a progress bar appears only where somebody waits."""

from __future__ import annotations

import io
import re
import sys
import time
from collections.abc import Iterator

import pytest

from chiso.cli import output
from chiso.cli.output import print_json, print_table, print_text, say, watched

#: How a terminal is told to draw.
_STYLE = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")

ROWS = [["Tỉnh A", "một tên rất dài " * 6, "10,50"], ["B", "ngắn", "9,00"]]


class Terminal(io.StringIO):
    """A stream that a person looks at."""

    def isatty(self) -> bool:
        return True


def terminal(monkeypatch: pytest.MonkeyPatch, width: int = 60) -> Terminal:
    """Let stdout be a terminal of that width; not as a fixture, since pytest takes stdout back before the test."""
    monkeypatch.setenv("COLUMNS", str(width))
    monkeypatch.setenv("NO_COLOR", "1")
    found = Terminal()
    monkeypatch.setattr(sys, "stdout", found)
    return found


def test_json_is_printed_with_its_end_of_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_json({"a": [1]})

    assert capsys.readouterr().out == '{\n  "a": [1]\n}\n'


def test_text_goes_to_stdout_and_what_is_said_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    print_text("kết quả \x1b")
    say("lời nhắn \x1b")

    assert capsys.readouterr() == ("kết quả \\u001b\n", "lời nhắn \\u001b\n")


def test_elsewhere_than_on_a_terminal_a_row_is_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    print_table(["Tên", "Ghi chú", "Điểm"], ROWS, right=[2])

    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 6
    assert lines[3].endswith("   10,50")
    assert lines[4].endswith("    9,00")


def test_on_a_terminal_a_table_fits_its_width(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)

    print_table(["Tên", "Ghi chú", "Điểm"], ROWS, right=[2])

    lines = _STYLE.sub("", shown.getvalue()).splitlines()
    assert max(map(len, lines)) <= 60
    assert len(lines) > 6


def test_a_narrow_terminal_breaks_lines_and_loses_no_column(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch, 10)

    print_table(["Tên", "Ghi chú", "Điểm"], ROWS, right=[2])

    assert "10,50" in shown.getvalue()
    assert "9,00" in shown.getvalue()


def test_a_long_table_is_not_fitted(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)

    print_table(["a"], [["x" * 100]] * (output.FITTED_ROWS + 1))

    assert shown.getvalue().count("x" * 100) == output.FITTED_ROWS + 1


def test_a_fitted_table_obeys_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = terminal(monkeypatch)

    print_table(["a"], [["\x1b[2J"]])

    assert "\\u001b[2J" in shown.getvalue()


def bar(stderr: io.StringIO, monkeypatch: pytest.MonkeyPatch, pause: float) -> str:
    """Return what is shown while three items are gone through, with a pause before each."""
    monkeypatch.setattr(sys, "stderr", stderr)
    monkeypatch.setattr(output, "PATIENCE", 0.05)
    monkeypatch.setenv("TERM", "xterm")

    def items() -> Iterator[int]:
        for number in range(3):
            time.sleep(pause)
            yield number

    assert list(watched(items(), "Đang đọc", 3)) == [0, 1, 2]
    return _STYLE.sub("", stderr.getvalue())


def test_a_bar_appears_when_somebody_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "Đang đọc" in bar(Terminal(), monkeypatch, 0.06)


def test_nothing_appears_when_it_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bar(Terminal(), monkeypatch, 0) == ""


def test_nothing_appears_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    assert bar(io.StringIO(), monkeypatch, 0.06) == ""


def test_the_bar_stops_when_the_items_break_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(output, "PATIENCE", -1.0)

    def broken() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        list(watched(broken(), "Đang đọc"))


def test_a_bar_takes_a_second() -> None:
    assert output.PATIENCE == 1.0
