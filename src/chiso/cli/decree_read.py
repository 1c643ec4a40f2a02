"""``chiso decree read|review``: a document into drafts, the doubts of a draft one by one."""

from __future__ import annotations

import sys
from argparse import Namespace
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from chiso.cli.layout import json_pieces
from chiso.cli.main import DONE, WITH_FAULTS, UnusableError
from chiso.cli.output import print_json, print_table, print_text, progress_bar, say
from chiso.cli.phrases import phrase
from chiso.cli.streams import readable
from chiso.decree.document.faults import DocumentError
from chiso.decree.document.reader import read_file
from chiso.decree.draft import Draft, drafts_of
from chiso.decree.report.account import as_dict
from chiso.decree.report.page import page
from chiso.decree.report.phrases import named
from chiso.decree.report.review import Review
from chiso.framework.faults import FrameworkError
from chiso.quantity import local_text


def read_document(options: Namespace) -> int:
    """Read a document into draft frameworks with their reports."""
    drafts = _drafts(options)
    folder = Path(options.output)
    existing = [path.name for draft in drafts for path in _paths(draft, folder) if path.exists()]
    if existing and not options.force:
        raise UnusableError(phrase("decree.exists", options.lang, names=", ".join(existing)))
    _write({path: text for draft in drafts for path, text in _files(draft, folder, options.lang)}, options.lang)
    if options.format == "json":
        print_json([_summary(draft, options) for draft in drafts])
    else:
        _print_summaries(drafts, options)
    return WITH_FAULTS if any(_open(draft) for draft in drafts) else DONE


def _drafts(options: Namespace) -> list[Draft]:
    """Read the document, and choose the set that was asked for.

    Raises:
        UnusableError: it cannot be read, or has no such set.
    """
    lang = options.lang
    try:
        with readable(options.document, lang) as path, progress_bar(phrase("decree.reading", lang)) as tell:
            drafts = drafts_of(read_file(path, tell))
        if options.set is not None:
            if not 1 <= options.set <= len(drafts):
                raise DocumentError("R122", Path(options.document).name, count=len(drafts), number=options.set)
            drafts = [drafts[options.set - 1]]
    except DocumentError as error:
        raise UnusableError(error.text(lang)) from error
    return drafts


def _paths(draft: Draft, folder: Path) -> list[Path]:
    return [folder / f"{draft.id}.{end}" for end in ("yaml", "report.json", "report.html")]


def _files(draft: Draft, folder: Path, lang: str) -> Iterator[tuple[Path, str]]:
    texts = (draft.text, "".join(json_pieces(as_dict(draft, lang))), page(draft, lang))
    yield from zip(_paths(draft, folder), texts, strict=True)


def _write(files: dict[Path, str], lang: str) -> None:
    """Write all files or none: each is complete before it takes its name."""
    waiting: list[tuple[Path, Path]] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            waiting.append((part, path))
            part.write_text(text, "utf-8")
        for part, path in waiting:
            part.replace(path)
    except OSError as error:
        for part, _ in waiting:
            part.unlink(missing_ok=True)
        name = str(error.filename or "")
        raise UnusableError(phrase("file.write", lang, name=name, problem=error.strerror)) from error


def _open(draft: Draft) -> int:
    """Count what a person has to decide: fields that are not understood."""
    return sum(field.confidence == "low" for field in draft.fields)


def _doubtful(draft: Draft) -> int:
    return sum(field.confidence == "medium" for field in draft.fields)


def _summary(draft: Draft, options: Namespace) -> dict[str, Any]:
    return {
        "id": draft.id,
        "title": draft.framework.title.vi,
        "criteria": sum(not one.criteria for one in draft.framework.criteria.values()),
        "max_points": None if draft.framework.max_points is None else str(draft.framework.max_points),
        "fields": len(draft.fields),
        "medium": _doubtful(draft),
        "low": _open(draft),
        "findings": len(draft.findings),
        "files": [str(path) for path in _paths(draft, Path(options.output))],
    }


def _print_summaries(drafts: list[Draft], options: Namespace) -> None:
    rows = []
    for draft in drafts:
        most = draft.framework.max_points
        leaves = sum(not one.criteria for one in draft.framework.criteria.values())
        points = "" if most is None else local_text(most, options.lang)
        rows.append((draft.id, str(leaves), points, str(_doubtful(draft)), str(_open(draft)), str(len(draft.findings))))
    print_table(phrase("decree.headings", options.lang).split("|"), rows, right=range(1, 6))
    for draft in drafts:
        for path in _paths(draft, Path(options.output)):
            print_text(f"  {path}")


def review_draft(options: Namespace) -> int:
    """Walk the doubtful fields of a draft, and write each decision at once."""
    path = Path(options.draft)
    report = path.with_name(f"{path.name.removesuffix('.yaml')}.report.json")
    try:
        review = Review.of(path.read_text("utf-8"), report.read_text("utf-8"))
    except (OSError, ValueError, TypeError) as error:
        raise UnusableError(phrase("decree.review.files", options.lang, draft=path.name, report=report.name)) from error
    fields = list(review.open_fields())
    say(phrase("decree.review.start", options.lang, count=len(fields)))
    for number, field in enumerate(fields, 1):
        _show(review, field, (number, len(fields)), options.lang)
        answer = _answer(options.lang)
        if answer == "q":
            break
        if _decided(review, field, answer, options.lang):
            _write({path: review.text, report: review.report_text()}, options.lang)
    left = sum(1 for _ in review.open_fields())
    say(phrase("decree.review.left", options.lang, count=left))
    return WITH_FAULTS if left else DONE


def _show(review: Review, field: dict[str, Any], at: tuple[int, int], lang: str) -> None:
    """Print one doubtful field: whose it is, where it stands, what is printed, what the draft says and may say."""
    number, count = at
    called, sure = named(f"name.{field['name']}", lang, field["name"]), named(field["confidence"], lang, "")
    print_text("")
    row = named(f"row.{field['row']}", lang, field["row"])
    print_text(f"[{number}/{count}] {row} {review.title(field)}".rstrip())
    print_text(f"  {called}: {sure}; {field['where']}".rstrip("; "))
    _lines(phrase("decree.review.printed", lang), field["printed"].split("\n"))
    _lines(phrase("decree.review.draft", lang), review.in_words(field, lang))
    for doubt in field["doubts"]:
        print_text(f"  ! {doubt['message']}")
    for other in range(1, len(field["alternatives"]) + 1):
        _lines(f"{other})", review.in_words(field, lang, other))


def _lines(heading: str, lines: list[str]) -> None:
    """Print lines behind a heading, the later ones below the first."""
    heading = heading if heading.endswith(")") else f"{heading}:"
    for at, line in enumerate(lines):
        print_text(f"  {heading if not at else ' ' * len(heading)} {line}")


def _answer(lang: str) -> str:
    """Ask what to do; the end of the input is the wish to stop."""
    sys.stderr.write(phrase("decree.review.ask", lang))
    sys.stderr.flush()
    line = sys.stdin.readline()
    return line.strip().lower() if line else "q"


def _decided(review: Review, field: dict[str, Any], answer: str, lang: str) -> bool:
    """Carry out an answer; returns whether something was decided."""
    if answer == "k":
        review.keep(field)
        return True
    if answer.isdigit() and 1 <= int(answer) <= len(field["alternatives"]):
        try:
            review.take(field, int(answer))
        except FrameworkError as error:
            for fault in error.faults:
                say(fault.located(lang))
            return False
        return True
    return False
