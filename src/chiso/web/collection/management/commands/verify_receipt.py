"""``verify_receipt FILE``: compute the points and the hash of a receipt again, and compare."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from chiso.framework.loader import bundled, load, load_text
from chiso.framework.model import Framework
from chiso.web.collection.frozen import reported_on
from chiso.web.collection.models import Receipt
from chiso.web.collection.receipts import engine, hash_of, result_of
from chiso.web.frameworks.models import FrameworkVersion


class Command(BaseCommand):
    """Checks a receipt that was downloaded as JSON."""

    help = "Compute the points and the hash of a receipt (JSON) again, and compare."

    def add_arguments(self, parser: argparse.ArgumentParser) -> None:
        """Take the file."""
        parser.add_argument("file", type=Path, metavar="FILE", help="a receipt as it was downloaded")

    def handle(self, *args: Any, **options: Any) -> None:
        """Check one receipt; every fault is an error with exit code 1."""
        content, digest = _read(options["file"])
        if hash_of(content) != digest:
            raise CommandError("The content does not have the hash of the receipt: it was changed after submission.")
        known = Receipt.objects.filter(hash=digest).exists()
        framework = _framework(content["framework"])
        if content["engine"] != engine():
            self.stdout.write(f"Submitted with {content['engine']}, computed again with {engine()}.")
        round_ = content["round"]
        again = result_of(framework, round_["year"], reported_on(content), round_["references"], -1)
        if again != content["result"]:
            raise CommandError("The points differ from those of the receipt:\n" + "\n".join(_differing(content, again)))
        self.stdout.write(f"{content['unit']['name']}, {round_['title']}: hash and points are right.")
        if not known:
            self.stdout.write("This installation does not know the receipt: it was issued elsewhere.")


def _read(path: Path) -> tuple[dict[str, Any], str]:
    try:
        file = json.loads(path.read_text("utf-8"))
        return dict(file["content"]), str(file["hash"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise CommandError(f"{path} is not a receipt: download it as JSON from its page.") from error


def _framework(told: Mapping[str, Any]) -> Framework:
    version = FrameworkVersion.objects.filter(hash=told["hash"]).first()
    if version is not None:
        return load_text(version.text, readings=told["readings"])
    if told["id"] in bundled():
        found = load(told["id"], readings=told["readings"])
        if found.hash == told["hash"]:
            return found
    raise CommandError(f"The framework {told['id']} {told['version']} with hash {told['hash'][:12]} is not known here.")


def _differing(content: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    before, now = content["result"]["criteria"], again["criteria"]
    codes = [code for code in before if before[code] != now.get(code)]
    return [
        f"{code}: {before[code]['exact']} on the receipt, {now[code]['exact']} now" for code in codes if code in now
    ]
