"""The Excel form of a report: down, and up again with a preview of what would change."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chiso.web.audit.services import Actor
from chiso.web.collection import spreadsheet
from chiso.web.collection.cells import MOST_BESIDE
from chiso.web.collection.layout import GENERAL
from chiso.web.collection.models import Remark
from chiso.web.collection.opening import found_report, opened
from chiso.web.collection.permissions import may_report
from chiso.web.collection.queries import parts_behind
from chiso.web.collection.services import ClosedError, SubmittedError, Written, save_values
from chiso.web.collection.sheets import Opened, Said, open_remarks
from chiso.web.formats import language, time
from chiso.web.incoming import UnreadableError, json_of, plain
from chiso.web.people.access import Request, require
from chiso.web.uploads import too_large
from chiso.workbook.faults import TableError

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: A form that comes back is a few hundred KB; much more is something else. In bytes.
MAX_FORM = 4 * 1024 * 1024


@require_GET
@login_required
def page(request: Request, pk: int) -> HttpResponse:
    """Show how a report is filled in with Excel."""
    return _shown(request, opened(found_report(pk), request.access))


@require_GET
@login_required
def form(request: Request, pk: int) -> HttpResponse:
    """Hand out the form of a report."""
    found = opened(found_report(pk), request.access, compare=False)
    name = found.report.participant.name
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.xlsx")
        spreadsheet.write_form(path, found.framework, _own(found), language(), _remarks(found))
        content = path.read_bytes()
    file_name = f"{found.framework.id}-{slugify(name) or found.report.pk}.xlsx"
    told = {"Content-Disposition": f'attachment; filename="{file_name}"', "Cache-Control": "private, no-store"}
    return HttpResponse(content, content_type=_EXCEL, headers=told)


@require_POST
@login_required
def preview(request: Request, pk: int) -> HttpResponse:
    """Show what a form would change; nothing is changed yet."""
    found = opened(found_report(pk), request.access)
    require(allowed=may_report(request.access, found.report.participant))
    file = request.FILES.get("file")
    if too_large(request) or (file is not None and (file.size or 0) > MAX_FORM):
        refused = _("The file is larger than a form can be. Choose the form that was downloaded here.")
    elif file is None:
        refused = _("Choose the form that was filled in.")
    elif found.closed:
        refused = found.closed
    else:
        try:
            return _shown(request, found, preview_=_compared(found, file))
        except TableError as error:
            refused = error.text(language())
    return _shown(request, found, refused=refused)


def _shown(
    request: Request, found: Opened, *, refused: str = "", preview_: spreadsheet.Preview | None = None
) -> HttpResponse:
    told = {"opened": found, "refused": refused, "preview": preview_, "changes": _kept(preview_) if preview_ else ""}
    return render(request, "collection/spreadsheet.html", told, status=422 if refused else 200)


def _compared(found: Opened, file: IO[bytes]) -> spreadsheet.Preview:
    """Compare an uploaded form with the report.

    Raises:
        TableError: the file cannot be used.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "form.xlsx")
        with path.open("wb") as copy:
            shutil.copyfileobj(file, copy)
        return spreadsheet.preview(path, found.framework, _own(found), language())


def _own(found: Opened) -> spreadsheet.Own:
    report = found.report
    parts = len(parts_behind(report))
    return spreadsheet.Own(report.participant.name, report.values, found.values, report.number, parts)


def _remarks(found: Opened) -> dict[str, str]:
    """Return the open remarks in words, each with who made it and when, by criterion; "": general information."""
    return {
        "" if code == GENERAL else code: "\n".join(line for said in remarks for line in _lines(said))
        for code, remarks in open_remarks(found).items()
    }


def _lines(said: Said) -> Iterator[str]:
    kind = "" if said.remark.kind == Remark.Kind.REMARK else f" ({said.remark.get_kind_display()})"
    about = ": ".join(part for part in (said.figure, said.value) if part)
    yield f"{time(said.remark.at)} {said.by}{kind}: " + ". ".join(part for part in (about, said.remark.text) if part)
    for answer in said.answers:
        corrected = _("Corrected to %(value)s") % {"value": answer.value} if answer.value else ""
        words = ". ".join(part for part in (answer.remark.text, corrected) if part)
        yield f"→ {time(answer.remark.at)} {answer.by}: {words}"


def _kept(preview_: spreadsheet.Preview) -> str:
    """Return what the page holds until the change is wanted."""
    written = {fact: [one.text, one.as_of, one.source, one.note] for fact, one in preview_.written.items()}
    return json.dumps({"seen": preview_.number, "values": written}, ensure_ascii=False)


@require_POST
@login_required
def apply(request: Request, pk: int) -> HttpResponse:
    """Save what the preview showed; what somebody else changed meanwhile is left alone and said."""
    found = opened(found_report(pk), request.access, compare=False)
    require(allowed=may_report(request.access, found.report.participant))
    try:
        written = _written(request.POST.get("changes", ""))
        saved = save_values(
            report_id=pk,
            framework=found.framework,
            written=written,
            actor=Actor.of(request),
            on_behalf=found.on_behalf,
            reason="excel",
        )
    except (ClosedError, SubmittedError):
        messages.error(request, _("The report is closed now. Nothing was changed."))
        return redirect("collection_spreadsheet", pk)
    except (UnreadableError, KeyError):
        messages.error(request, _("The preview was damaged on its way. Choose the form again."))
        return redirect("collection_spreadsheet", pk)
    if saved.kept:
        messages.success(request, _("%(count)s values taken over from the form.") % {"count": len(saved.kept)})
    if saved.conflicts:
        told = {"count": len(saved.conflicts)}
        messages.error(
            request,
            _("%(count)s values were changed by somebody else meanwhile and stay. Give the form again to compare.")
            % told,
        )
    return redirect("collection_report" if saved.kept and not saved.conflicts else "collection_spreadsheet", pk)


def _written(text: str) -> dict[str, Written]:
    """Return what a preview held; every value is checked again when it is saved.

    Raises:
        UnreadableError: it is not what the preview made.
    """
    told = json_of(text)
    try:
        seen = int(told["seen"])
        return {fact: _one(parts, seen) for fact, parts in told["values"].items()}
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise UnreadableError from error


def _one(parts: list[object], seen: int) -> Written:
    value, as_of, source, note = (plain(str(part)) for part in parts)
    return Written(value, seen, as_of[:MOST_BESIDE], source[:MOST_BESIDE], note[:MOST_BESIDE])
