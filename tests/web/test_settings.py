"""Settings: all are documented, wrong ones are refused with what to write, and a server's pass Django's own check."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs/reference/settings.md").read_text("utf-8")
GUIDE = (ROOT / "docs/how-to/run-a-server.md").read_text("utf-8")
KEY = "k3y-of-this-test-" + "".join(chr(97 + at % 26) for at in range(50))


def run(*arguments: str, **given: str) -> subprocess.CompletedProcess[str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("CHISO_", "DJANGO_"))}
    command = [sys.executable, "-m", "chiso.web", *arguments]
    return subprocess.run(command, env=kept | given, capture_output=True, text=True, check=False)


def test_every_setting_is_documented_and_none_that_is_not_there() -> None:
    sources = "".join(path.read_text("utf-8") for path in (ROOT / "src/chiso/web").rglob("*.py"))
    used = set(re.findall(r'"(CHISO_[A-Z0-9_]+)"', sources))
    documented = set(re.findall(r"^\| `(CHISO_[A-Z0-9_]+)` \|", PAGE, re.M))
    assert used == documented
    assert len(documented) > 30


def test_the_settings_of_the_guide_pass_the_check_of_a_deployment(tmp_path: Path) -> None:
    (block,) = re.findall(r"```sh\n(CHISO_SECRET_KEY_FILE=.*?)```", GUIDE, re.S)
    given = dict(line.partition("=")[::2] for line in block.splitlines())
    (tmp_path / "key").write_text(KEY, "utf-8")
    given |= {"CHISO_SECRET_KEY_FILE": str(tmp_path / "key"), "CHISO_DATA": str(tmp_path)}
    done = run("check", "--deploy", "--fail-level", "WARNING", **given)
    assert (done.returncode, done.stdout) == (0, "System check identified no issues (0 silenced).\n"), done.stderr


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "CHISO_SECRET_KEY is not set. Put at least 50 random characters into it"),
        ({"CHISO_SECRET_KEY": KEY, "CHISO_HTTPS": "yes"}, "CHISO_HTTPS is 'yes'; write 1 for on or 0 for off."),
        ({"CHISO_SECRET_KEY": KEY, "CHISO_PROXIES": "one"}, "CHISO_PROXIES is 'one'; write a whole number."),
        ({"CHISO_SECRET_KEY": KEY, "CHISO_REMINDER_DAYS": "7;3"}, "write whole numbers with commas, such as 7,3,1."),
        ({"CHISO_SECRET_KEY": KEY, "CHISO_S3_BUCKET": "b"}, "CHISO_S3_ACCESS_KEY is not set."),
        ({"CHISO_SECRET_KEY": KEY, "CHISO_OIDC_SERVER": "https://a"}, "CHISO_OIDC_SECRET is not set."),
        ({"CHISO_SECRET_KEY": KEY, "CHISO_MAIL": "pigeon"}, "CHISO_MAIL is 'pigeon'; write smtp, file or console."),
    ],
)
def test_a_wrong_setting_is_refused_with_what_to_write(given: dict[str, str], said: str) -> None:
    done = run("check", **given)
    assert done.returncode != 0
    assert said in done.stderr


def test_keys_of_the_past_are_read_one_a_line(tmp_path: Path) -> None:
    (tmp_path / "old").write_text(f"{KEY}1\n{KEY}2\n", "utf-8")
    code = "from chiso.web import settings; print(settings.SECRET_KEY_FALLBACKS)"
    given = {"CHISO_SECRET_KEY": KEY, "CHISO_OLD_SECRET_KEYS_FILE": str(tmp_path / "old")}
    done = subprocess.run(
        [sys.executable, "-c", code], env={**os.environ, **given}, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"{[KEY + '1', KEY + '2']}\n"
