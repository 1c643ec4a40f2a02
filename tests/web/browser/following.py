"""Reads a tutorial as a newcomer does, and does on the page what it says.

Whatever the text says in one of these ways is done, or looked for, in the order in which it stands:

- ``**Tên**: `Tỉnh mẫu F` ``: this is entered in the field of that label; a choice is chosen, a file handed over;
- ``**Ghi nhận**``: the button, link, tab or box of that name is pressed, the only one, or all lead to the same page;
- ``“Đã lưu”``: the page shows these words now, or the last command printed them;
- ``đăng nhập `EMAIL`, mật khẩu `...` ``: somebody signs in;
- ``thư gửi `EMAIL` ``: the link in the newest mail to that address is opened;
- ``sh`` blocks are commands, carried out in the folder of the project;
- a picture shows the page as it is there: it is taken anew where that is asked for.
"""

from __future__ import annotations

import re
import subprocess
import sys
import time
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from functools import reduce
from pathlib import Path

from playwright.sync_api import Download, Error, Locator, Page, expect

from tests.docs.pages import ROOT
from tests.web.browser.demonstration import environment

_SAID = re.compile(
    r"```sh\n(?P<commands>.*?)```"
    r"|!\[[^\]]*\]\([./]*pictures/(?P<picture>[\w-]+\.png)\)"
    r"|\*\*(?P<label>[^*]+)\*\*:\s+`(?P<value>[^`]+)`"
    r"|\*\*(?P<name>[^*]+)\*\*"
    r"|“(?P<words>[^”]+)”"
    r"|đăng nhập\s+`(?P<email>[^`]+@[^`]+)`,\s+mật khẩu\s+`(?P<password>[^`]+)`"
    r"|thư gửi\s+`(?P<invited>[^`]+)`",
    re.S | re.I,
)

#: What can be pressed.
_ROLES = ("button", "link", "radio", "checkbox")

#: Seconds in which a page, a worker or a mail has to be there.
PATIENCE = 60


@dataclass
class Reader:
    """Somebody who follows a tutorial on the demonstration at an address, whose data lie in a folder."""

    page: Page
    address: str
    data: Path
    printed: str = ""
    #: Where the pictures of the text are written, if they are.
    pictures: Path | None = None
    #: How often something was entered, pressed, seen, opened or run.
    done: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Keep what is downloaded beside the data."""
        self.page.on("download", self._keep)

    def follow(self, text: str) -> None:
        """Do what a text says, from top to bottom."""
        for said in _SAID.finditer(text):
            told = {key: " ".join(value.split()) for key, value in said.groupdict().items() if value is not None}
            try:
                self._do(said, told)
            except (AssertionError, Error) as error:
                line = text.count("\n", 0, said.start()) + 1
                raise AssertionError(f"line {line}: {said[0]}\non {self.page.url}\n{error}") from error

    def _do(self, said: re.Match[str], told: dict[str, str]) -> None:
        self.done[next(iter(told))] = self.done.get(next(iter(told)), 0) + 1
        match told:
            case {"commands": _}:
                self._run(said["commands"])
            case {"label": label, "value": value}:
                self._enter(label, value)
            case {"name": name}:
                self._only(name).click()
                self.page.wait_for_load_state()
            case {"words": words}:
                self._see(words)
            case {"email": email, "password": password}:
                self._sign_in(email, password)
            case {"picture": picture}:
                self._take(picture)
            case {"invited": email}:
                self.page.goto(self._link_to(email))

    def _run(self, commands: str) -> None:
        """Carry commands out; those that make and serve the demonstration have been already."""
        if commands.startswith("make demo"):
            self.page.goto(self.address)
            return
        here = commands.replace("demo/data", str(self.data)).replace(".venv/bin/python", sys.executable)
        here = here.replace("~/Downloads", str(self.data))
        told = {"cwd": ROOT, "env": environment(self.data), "capture_output": True, "text": True}
        ran = subprocess.run(["bash", "-ec", here], **told)
        assert ran.returncode == 0, ran.stderr
        self.printed = ran.stdout

    def _enter(self, label: str, value: str) -> None:
        found = self._field(label)
        if not found.count():
            # What is not in sight is looked for further down, where it may only then be loaded.
            self.page.evaluate("scrollTo(0, document.body.scrollHeight)")
        kind = found.evaluate("it => it.type")
        if kind == "select-one":
            found.select_option(label=value)
        elif kind == "file":
            found.set_input_files(ROOT / value)
        else:
            found.fill(value)

    def _field(self, label: str) -> Locator:
        """Return the field of a label, or of the letter by which the document calls it."""
        labelled = self.page.get_by_label(_named(label, r"( \(.*\))?$"))
        lettered = self.page.locator("label", has=self.page.locator(".letter").get_by_text(label, exact=True))
        return labelled.or_(self.page.locator(".field", has=lettered).locator("[data-value]")).locator("visible=true")

    def _only(self, name: str) -> Locator:
        """Return the one thing of a name: in the content before the frame, of that name before one that begins so."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for within in (self.page.locator("main"), self.page.locator("body")):
                for end in ("$", r"\b"):
                    found = _pressable(within, _named(name, end))
                    led = {one.get_attribute("href") for one in found.all()}
                    if found.count() == 1 or len(led - {None}) == 1 == len(led):
                        return found.first
                    assert not led, f"{found.count()} things are called so"
            time.sleep(0.1)
        raise AssertionError("nothing is called so")

    def _see(self, words: str) -> None:
        if words not in self.printed:
            expect(self.page.locator("body")).to_contain_text(words, use_inner_text=True, timeout=PATIENCE * 1000)

    def _sign_in(self, email: str, password: str) -> None:
        self._enter("Thư điện tử", email)
        self._enter("Mật khẩu", password)
        self._only("Đăng nhập").click()
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Việc của tôi")

    def _take(self, picture: str) -> None:
        """Take a picture of the page, if pictures are written, and see that there is one."""
        if self.pictures:
            self.page.wait_for_load_state("networkidle")
            self.page.screenshot(path=self.pictures / picture)
        assert (ROOT / "docs/pictures" / picture).exists(), picture

    def _link_to(self, email: str) -> str:
        """Return the link in the newest mail to somebody, once it is there."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            for path in sorted((self.data / "mail").glob("*"), reverse=True):
                mail = message_from_bytes(path.read_bytes(), policy=policy.default)
                links = re.findall(r"http\S+", mail.get_content()) if mail["To"] == email else []
                if links:
                    return links[0]
            time.sleep(0.2)
        raise AssertionError("no mail came")

    def _keep(self, download: Download) -> None:
        download.save_as(self.data / download.suggested_filename)


def _named(name: str, end: str) -> re.Pattern[str]:
    """Return a pattern for a name; Playwright writes patterns between slashes, and forgets those within."""
    return re.compile("^" + re.escape(name).replace("/", r"\/") + end)


def _pressable(within: Locator, name: re.Pattern[str]) -> Locator:
    named = [within.get_by_role(role, name=name) for role in _ROLES]
    named.append(within.locator("summary").filter(has_text=name))
    return reduce(Locator.or_, named).locator("visible=true")
