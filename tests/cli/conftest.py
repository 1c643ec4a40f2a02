"""What every test of the command line is given."""

from __future__ import annotations

import pytest

from tests.cli.command import Chiso, runner


@pytest.fixture
def chiso(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Chiso:
    """Run the command line within the test, in Vietnamese unless it is told otherwise."""
    monkeypatch.delenv("CHISO_LANG", raising=False)
    return runner(capsys)
