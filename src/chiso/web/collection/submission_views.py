"""What is missing, submission with its receipt, the head's page, sign-off, contacts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chiso.web.audit.services import Actor
from chiso.web.collection import reading, submission
from chiso.web.collection.cells import Document
from chiso.web.collection.contacts import save_contacts
from chiso.web.collection.forms import WordForm
from chiso.web.collection.lacking import lacking, moved
from chiso.web.collection.layout import layout_of
from chiso.web.collection.models import HELD, Receipt, ReportState
from chiso.web.collection.opening import found_report, opened, why_closed
from chiso.web.collection.permissions import may_read, may_report, may_sign_off, may_submit
from chiso.web.collection.receipts import hash_of
from chiso.web.collection.script_words import script_words
from chiso.web.collection.services import ClosedError, SubmittedError
from chiso.web.collection.sheets import Opened, returned_word, sum_of
from chiso.web.collection.shown import shown_text
from chiso.web.evidence.phrases import VERDICTS
from chiso.web.formats import language
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Request, require
from chiso.web.rounds.permissions import may_run


def _told(found: Opened) -> dict[str, Any]:
    with found.live() as live:
        return {
            "opened": found,
            "report": found.report,
            "participant": found.report.participant,
            "lacking": lacking(found, live.scores),
            "total": sum_of(found, live),
            "moved": moved(found, live.scores),
            "returned": returned_word(found.report),
        }


@require_GET
@login_required
def missing(request: Request, pk: int) -> HttpResponse:
    """Show what is missing, and offer to submit."""
    found = opened(found_report(pk), request.access)
    told = _told(found) | {"says": script_words(found.layout.lang)}
    return render(request, "collection/missing.html", told)


@require_POST
@login_required
def submit(request: Request, pk: int) -> HttpResponse:
    """Submit the report to the head."""
    found = opened(found_report(pk), request.access, compare=False)
    require(allowed=may_submit(request.access, found.report.participant))
    try:
        receipt = submission.submit(
            report_id=pk,
            framework=found.framework,
            actor=Actor.of(request),
            seen=_number(request.POST.get("seen", "")),
            on_behalf=found.on_behalf,
        )
    except submission.ChangedError:
        messages.error(request, _("Values have changed since this page was opened. Read it again, then submit."))
        return redirect("collection_missing", pk)
    except (ClosedError, SubmittedError):
        messages.error(request, why_closed(found_report(pk)))
        return redirect("collection_missing", pk)
    messages.success(request, _("Submitted. The receipt is below; the head has been given the report to sign."))
    return redirect("collection_receipt", pk, receipt.hash)


@require_GET
@login_required
def review(request: Request, pk: int) -> HttpResponse:
    """Show the head one page to read, with the two things to do."""
    found = opened(found_report(pk), request.access)
    participant = found.report.participant
    waiting = found.report.state == ReportState.SUBMITTED
    receipt = found.report.receipts.select_related("by").order_by("-at").first()
    told = _told(found)
    told |= _figures(found, told, request.GET.get("only", "")) | {
        "later": _later(found),
        "receipt": receipt,
        "all_open": "open" in request.GET,
        "may_sign": waiting and may_sign_off(request.access, participant),
        "may_reopen": may_run(request.access, participant.round) and found.report.state in HELD,
        "form": WordForm(),
    }
    return render(request, "collection/review.html", told)


def _later(found: Opened) -> list[tuple[str, str, str, str]]:
    """Return what others have changed since the submission: place, figure, what was submitted, what it is now."""
    fields, lang = found.layout.fields, found.layout.lang

    def shown(fact: str, values: Document) -> str:
        cell = values.get(fact)
        return shown_text(fields[fact].asked, cell["v"], lang) if cell else ""

    return [
        (found.layout.where[fact], fields[fact].label, shown(fact, found.values), shown(fact, found.later.values))
        for fact in fields
        if fact in found.later.values
    ]


def _figures(found: Opened, told: dict[str, Any], only: str) -> dict[str, Any]:
    """Return every figure of a report, or ``only`` those to look at."""
    points = {one.code: (one.points, one.most) for one in told["total"].parts}
    bare = {one.code for one in told["lacking"].evidence}
    with found.live() as live:
        sections = reading.report_read(found, live, points, bare)
    counts = {kind: sum(one.count(kind) for one in sections) for kind in (reading.DIFFERING, reading.DOUBTFUL)}
    only = only if only in counts else ""
    return {
        "sections": reading.narrowed(sections, only),
        "counts": counts,
        "only": only,
        "compared": found.previous.values is not None,
        "verdicts": VERDICTS,
    }


@require_POST
@login_required
def decide(request: Request, pk: int) -> HttpResponse:
    """Sign a submission off, or send it back with a word."""
    found = opened(found_report(pk), request.access, compare=False)
    require(allowed=may_sign_off(request.access, found.report.participant))
    receipt, actor = request.POST.get("receipt", ""), Actor.of(request)
    try:
        if request.POST.get("decision") == "sign":
            submission.sign_off(report_id=pk, receipt_hash=receipt, actor=actor)
            messages.success(request, _("Signed off."))
            return redirect("collection_review", pk)
        form = WordForm(request.POST)
        if not form.is_valid():
            messages.error(request, _("Say what is to be mended, so that the officer knows."))
            return redirect("collection_review", pk)
        submission.send_back(report_id=pk, receipt_hash=receipt, word=form.cleaned_data["word"], actor=actor)
    except (submission.NotSubmittedError, submission.ChangedError):
        messages.error(request, _("The report has changed since this page was opened. Read it again, then decide."))
        return redirect("collection_review", pk)
    messages.success(request, _("Sent back. The officer sees your word on every page of the report."))
    return redirect("collection_review", pk)


@require_POST
@login_required
def reopen(request: Request, pk: int) -> HttpResponse:
    """Let a submitted report be changed again, by the coordinator and with a reason."""
    found = opened(found_report(pk), request.access, compare=False)
    require(allowed=may_run(request.access, found.report.participant.round))
    form = WordForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Give the reason."))
        return redirect("collection_review", pk)
    try:
        submission.reopen(report_id=pk, reason=form.cleaned_data["word"], actor=Actor.of(request))
    except submission.NotSubmittedError:
        messages.info(request, _("The report is open already."))
    else:
        messages.success(request, _("Reopened. The officer sees your reason on every page of the report."))
    return redirect("collection_review", pk)


@require_GET
@login_required
def receipt(request: Request, pk: int, digest: str) -> HttpResponse:
    """Show a receipt, to be printed."""
    found = _receipt(request, pk, digest)
    # In the words of the framework that it was made with.
    framework = loaded(found.report.participant.round.framework, found.content["framework"]["readings"])
    told = {
        "receipt": found,
        "content": found.content,
        "is_whole": hash_of(found.content) == found.hash,
        "sign_off": getattr(found, "sign_off", None),
        "report": found.report,
        "participant": found.report.participant,
        "framework": framework,
        "sections": reading.receipt_read(found, layout_of(framework, language())),
        "all_open": "open" in request.GET,
        "verdicts": VERDICTS,
    }
    return render(request, "collection/receipt.html", told)


@require_GET
@login_required
def receipt_file(request: Request, pk: int, digest: str) -> HttpResponse:
    """Hand out a receipt as JSON, for ``verify_receipt``."""
    found = _receipt(request, pk, digest)
    name = f"receipt-{found.report.participant.unit.code}-{found.hash[:12]}.json"
    response = JsonResponse(
        {"hash": found.hash, "content": found.content}, json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def contacts(request: Request, pk: int) -> HttpResponse:
    """Keep whom to reach about the report."""
    found = opened(found_report(pk), request.access, compare=False)
    require(allowed=may_report(request.access, found.report.participant))
    told = {name: request.POST.get(f"contact:{name}", "").strip()[:300] for name, _label in found.layout.personal}
    save_contacts(report_id=pk, contacts=told, actor=Actor.of(request))
    messages.success(request, _("The contact is kept."))
    return redirect("collection_place", pk, "general")


def _receipt(request: Request, pk: int, digest: str) -> Receipt:
    receipts = Receipt.objects.select_related(
        "report__participant__round__framework", "report__participant__unit", "by"
    )
    receipts = receipts.defer(
        "report__participant__round__framework__text", "report__participant__round__framework__bases"
    )
    found = get_object_or_404(receipts.select_related("sign_off__by"), report=pk, hash=digest)
    require(allowed=may_read(request.access, found.report.participant))
    return found


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else -1
