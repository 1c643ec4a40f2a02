"""The translations of the pages: collected from code and templates, one catalogue an app, compiled.

``python -m tests.web.translations`` (``make messages``) brings the catalogues up to date; what is new in them has to be
translated by hand. Code and templates speak English; Vietnamese is what people see first.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

import chiso.web

WEB = Path(chiso.web.__file__).parent
KEYWORDS = {"_": None, "gettext": None, "gettext_lazy": None, "pgettext": ((1, "c"), 2), "ngettext": (1, 2)}
METHODS = [("**/templates/**.html", "jinja2"), ("**.py", "python")]
OPTIONS = {"**/templates/**.html": {"extensions": "jinja2.ext.i18n,jinja2.ext.do", "trim_blocks": "true"}}

#: The same words give the same file on whatever day.
UNDATED: dict[str, Any] = dict.fromkeys(("creation_date", "revision_date"), dt.datetime(2026, 1, 1, tzinfo=dt.UTC))


def folders() -> list[Path]:
    """Return the folders that have a catalogue: the application itself, then its apps."""
    return [WEB, *sorted(path.parent for path in WEB.glob("*/apps.py"))]


def catalogue(folder: Path) -> Path:
    """Return the file in which a folder's words are translated."""
    return folder / "locale/vi/LC_MESSAGES/django.po"


def collected(folder: Path) -> Catalog:
    """Return what the code and templates of a folder say; the application's own leaves out its apps."""
    inner = set(folders()) - {folder}

    def below(path: str | Path) -> bool:
        return not any(Path(path) == one or one in Path(path).parents for one in inner) or folder != WEB

    found = Catalog(fuzzy=False)
    entries = extract_from_dir(
        folder,
        METHODS,
        OPTIONS,
        KEYWORDS,
        comment_tags=("Translators:",),
        directory_filter=below,
        strip_comment_tags=True,
    )
    for file, _, message, comments, context in sorted(entries, key=lambda entry: (entry[0], entry[1])):
        found.add(message, None, [(file, 1)], auto_comments=comments, context=context)
    return found


def kept(folder: Path) -> Catalog:
    """Return the translations of a folder as they stand; an empty catalogue where there are none yet."""
    path = catalogue(folder)
    if not path.is_file():
        return Catalog(locale="vi", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale="vi", domain="django")


def current(folder: Path) -> Catalog:
    """Return the translations of what a folder says now."""
    old, made = kept(folder), Catalog(locale="vi", header_comment="#", fuzzy=False, **UNDATED)
    for message in collected(folder):
        if message.id:
            known = old.get(message.id, message.context)
            files = sorted({(file, None) for file, _ in message.locations})
            made.add(
                message.id, known.string if known else None, files, message.flags,
                auto_comments=message.auto_comments, context=message.context,
            )  # fmt: skip
    return made


def compiled(translations: Catalog) -> bytes:
    """Return a catalogue as the application reads it."""
    buffer = BytesIO()
    write_mo(buffer, translations)
    return buffer.getvalue()


def written(translations: Catalog) -> bytes:
    """Return a catalogue as people translate it."""
    buffer = BytesIO()
    write_po(buffer, translations, width=110, omit_header=False, sort_output=True, include_lineno=False)
    lines = buffer.getvalue().split(b"\n")
    dated = (b'"POT-Creation-Date', b'"PO-Revision-Date', b'"Generated-By', b'"Last-Translator', b'"Language-Team',
             b'"Project-Id-Version', b'"Report-Msgid-Bugs-To')  # fmt: skip
    return b"\n".join(line for line in lines if not line.startswith(dated))


def missing(translations: Catalog) -> Iterator[str]:
    """Yield what is not translated yet."""
    for message in translations:
        strings = message.string if isinstance(message.string, tuple | list) else [message.string]
        if message.id and not all(strings):
            yield str(message.id)


def main() -> None:
    """Bring every catalogue up to date and compile it; say what is left to translate."""
    for folder in folders():
        translations = current(folder)
        if not len(translations):
            continue
        path = catalogue(folder)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(written(translations))
        path.with_suffix(".mo").write_bytes(compiled(translations))
        for text in missing(translations):
            sys.stdout.write(f"{path.relative_to(WEB)}: {text}\n")


if __name__ == "__main__":
    main()
