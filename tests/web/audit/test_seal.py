"""A seal kept elsewhere shows what was cut off or changed, even where all traces in the database were removed."""

from __future__ import annotations

import datetime as dt
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.utils import timezone

from chiso.web.audit import seal as sealing
from chiso.web.audit.models import Entry, Strand
from chiso.web.audit.queries import Break, breaks
from chiso.web.audit.seal import SealError, broken, made, read
from chiso.web.audit.services import SYSTEM, record
from tests.web.audit.test_log import unguarded

pytestmark = pytest.mark.django_db

PAGE = Path(__file__).parents[3] / "docs/reference/log.md"


@pytest.fixture
def three() -> list[Entry]:
    return [record(strand="units", action="unit.changed", actor=SYSTEM, act=f"{n}/NQ-HĐND") for n in range(3)]


def cut(three: list[Entry]) -> None:
    """Cut the last entry off, and change what the application knows of the end."""
    unguarded("DELETE FROM audit_entry WHERE id = %s", three[2].pk)
    Strand.objects.filter(name="units").update(number=2, hash=three[1].hash)


def verified(*options: str) -> str:
    out = io.StringIO()
    call_command("verify_log", *options, stdout=out, stderr=out)
    return out.getvalue()


def test_a_seal_is_read_as_it_was_written(three: list[Entry]) -> None:
    seal = made()

    assert read(seal.text()) == seal
    assert seal.text().splitlines()[2] == f"units 3 {three[2].hash}"
    assert list(broken(seal)) == []


def test_work_that_went_on_since_breaks_no_seal(three: list[Entry]) -> None:
    seal = made()
    record(strand="units", action="unit.changed", actor=SYSTEM)

    assert list(broken(seal)) == []


def test_only_the_seal_shows_an_end_that_was_cut_with_all_traces(three: list[Entry]) -> None:
    seal = made()
    cut(three)

    assert list(breaks()) == []
    assert list(broken(seal)) == [Break("units", 3, "cut_since")]


def test_an_entry_put_in_the_place_of_another_is_shown(three: list[Entry]) -> None:
    seal = made()
    cut(three)
    record(strand="units", action="unit.changed", actor=SYSTEM, act="99/NQ-HĐND")

    assert list(breaks()) == []
    assert list(broken(seal)) == [Break("units", 3, "altered_since")]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("units 3", "units 2"),
        lambda text: text.replace("chiso-seal 1", "chiso-seal 2"),
        lambda text: "",
        lambda text: text.replace("units 3", "units x"),
        lambda text: "\n".join(text.splitlines()[:-1]),
        lambda text: re.sub("(?m)^units.*\n", "", text),
        lambda text: text.replace("at 2", "at y"),
    ],
)
def test_a_seal_that_was_changed_is_none(three: list[Entry], change) -> None:
    with pytest.raises(SealError):
        read(change(made().text()))


def test_the_command_writes_a_file_that_the_other_compares(three: list[Entry], tmp_path: Path) -> None:
    path = tmp_path / "seal.txt"
    call_command("seal_log", to=path, stderr=io.StringIO())
    logged = Entry.objects.get(action="log.sealed")

    assert logged.data == {"seal": read(path.read_text("utf-8")).hash, "strands": 1}
    assert verified("--against", str(path)) == "The log is whole: 4 entries.\n"
    with pytest.raises(CommandError, match="not there"):
        call_command("seal_log", to=path)
    cut(three)
    with pytest.raises(SystemExit):
        verified("--against", str(path))


def test_a_seal_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(CommandError):
            verified("--against", str(path))
    (tmp_path / "bytes.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(CommandError):
        verified("--against", str(tmp_path / "bytes.txt"))


def test_a_seal_is_sent_once_a_day_where_addresses_are_set(three: list[Entry], settings) -> None:
    settings.SEAL_TO = []
    assert not sealing.seal_daily()
    settings.SEAL_TO = ["luu-tru@example.org"]
    assert [sealing.seal_daily(), sealing.seal_daily()] == [True, False]
    assert sealing.seal_daily(now=timezone.now() + dt.timedelta(days=1, minutes=1))

    assert [one.to for one in mail.outbox] == [["luu-tru@example.org"]] * 2
    name, text, _kind = mail.outbox[0].attachments[0]
    assert (name.endswith(".txt"), list(broken(read(text)))) == (True, [])


def checked_by_hand() -> str:
    """Run the program of the reference page over what ``dump_log`` writes."""
    program = re.search(r"```py\n(.*?)```", PAGE.read_text("utf-8"), re.S)
    assert program is not None
    out = io.StringIO()
    call_command("dump_log", stdout=out)
    run = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program[1]],
        input=out.getvalue(),
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return run.stdout


def test_the_program_of_the_page_checks_the_log(three: list[Entry]) -> None:
    record(strand="people", action="account.changed", actor=SYSTEM, account=1, word='“Ưỡng”\n\\ "')
    assert checked_by_hand() == "whole\n"
    unguarded("UPDATE audit_entry SET address = '192.0.2.9' WHERE id = %s", three[1].pk)

    assert checked_by_hand() == "broken: units #2\n1 breaks\n"
