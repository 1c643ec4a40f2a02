"""Evidence at a criterion, of a unit, and its files."""

from __future__ import annotations

import logging

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.errors import lost_file
from chiso.web.evidence import queries, services, store
from chiso.web.evidence.content import UnwantedFileError
from chiso.web.evidence.forms import EvidenceForm
from chiso.web.evidence.models import Evidence, EvidenceLink
from chiso.web.evidence.permissions import may_put_evidence, may_see_evidence, may_see_library
from chiso.web.evidence.phrases import TAKEN, UNWANTED, VERDICTS
from chiso.web.formats import date
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Request, require
from chiso.web.rounds.entry import is_open
from chiso.web.rounds.models import Participant
from chiso.web.rounds.permissions import may_see_participant
from chiso.web.uploads import limit, too_large

_LOG = logging.getLogger("chiso.evidence")

#: A file is only ever downloaded; where a browser shows it all the same, it may do nothing.
SANDBOX = "sandbox; default-src 'none'"
#: What the fields are called in the page of a criterion, which has others of its own.
_IDS = "evidence-%s"


@require_http_methods(["GET", "POST"])
@login_required
def at_criterion(request: Request, participant_pk: int, code: str) -> HttpResponse:
    """Show the evidence at a criterion; take in a file or a link."""
    participant = _participant(participant_pk, code)
    if request.method == "GET":
        require(allowed=may_see_participant(request.access, participant))
        return _shown(request, participant, code)
    require(allowed=may_put_evidence(request.access, participant))
    form = EvidenceForm(request.POST, request.FILES, auto_id=_IDS)
    if not form.is_valid():
        return _shown(request, participant, code, form=form)
    taken, refused = _take_in(form, request, participant, code)
    return _shown(request, participant, code, refused, form if refused else None, _said(taken))


@require_POST
@login_required
def put(request: Request, participant_pk: int, code: str) -> HttpResponse:
    """Put evidence that the unit has already given to a criterion."""
    participant = _participant(participant_pk, code)
    require(allowed=may_put_evidence(request.access, participant))
    chosen = get_object_or_404(Evidence, pk=_number(request, "evidence"), unit=participant.unit_id)
    try:
        services.put(participant=participant, evidence=chosen, code=code, actor=Actor.of(request))
    except services.ClosedError:
        return _shown(request, participant, code, [_closed()])
    return _shown(request, participant, code, done=_("“%(title)s” stands here now.") % {"title": chosen.title})


@require_POST
@login_required
def take_away(request: Request, participant_pk: int, code: str) -> HttpResponse:
    """Take evidence away from a criterion."""
    participant = _participant(participant_pk, code)
    require(allowed=may_put_evidence(request.access, participant))
    links = EvidenceLink.objects.select_related("evidence")
    link = get_object_or_404(links, pk=_number(request, "link"), participant=participant, code=code)
    try:
        services.take_away(link=link, actor=Actor.of(request))
    except services.ClosedError:
        return _shown(request, participant, code, [_closed()])
    done = _("“%(title)s” was taken away. The unit keeps it and can use it again.") % {"title": link.evidence.title}
    return _shown(request, participant, code, done=done)


@require_GET
@login_required
def document(request: Request, pk: int) -> HttpResponse:
    """Show one document: what identifies it, its signatures, and where it stands."""
    evidence = get_object_or_404(Evidence.objects.select_related("blob", "added_by"), pk=pk)
    require(allowed=may_see_evidence(request.access, evidence))
    links = evidence.links.filter(removed_at__isnull=True).select_related("participant__round", "linked_by")
    seen = [link for link in links if may_see_participant(request.access, link.participant)]
    told = {
        "evidence": evidence,
        "links": seen,
        "verdicts": VERDICTS,
        "sees_library": may_see_library(request.access, evidence.unit_id),
    }
    return render(request, "evidence/document.html", told)


@require_GET
@login_required
def download(request: Request, pk: int) -> HttpResponseBase:
    """Hand out a file, piece by piece, always to be saved and never to be shown within our pages."""
    evidence = get_object_or_404(Evidence.objects.select_related("blob"), pk=pk, blob__isnull=False)
    require(allowed=may_see_evidence(request.access, evidence))
    assert evidence.blob is not None, "the query asks for one"
    try:
        file = store.opened(evidence.blob.digest)
    except FileNotFoundError:
        _LOG.error("the file of evidence %s is not in its store: %s", pk, evidence.blob.digest)
        return lost_file(request, reverse("evidence_document", args=(pk,)))
    response = FileResponse(
        file, as_attachment=True, filename=evidence.file_name, content_type=evidence.blob.media_type
    )
    response.headers["Content-Security-Policy"] = SANDBOX
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_GET
@login_required
def library(request: Request, unit_pk: int) -> HttpResponse:
    """Show all the evidence of a unit, with a search."""
    require(allowed=may_see_library(request.access, unit_pk))
    words = request.GET.get("words", "")[:200]
    page = Paginator(queries.library(unit_pk, words), 50).get_page(request.GET.get("page"))
    return render(request, "evidence/library.html", {"page": page, "words": words, "unit_pk": unit_pk})


def _participant(pk: int, code: str) -> Participant:
    """Return a participant whose framework has such a criterion."""
    participant = get_object_or_404(Participant.objects.select_related("round__framework"), pk=pk)
    if code not in loaded(participant.round.framework).criteria:
        raise Http404
    return participant


def _take_in(
    form: EvidenceForm, request: Request, participant: Participant, code: str
) -> tuple[list[services.Taken], list[str]]:
    """Take in what a form offers; return what became of the documents, and why others were not taken."""
    told, actor, files = form.cleaned_data, Actor.of(request), request.FILES.getlist("file")
    taken = []
    refused = [str(UNWANTED["large"])] if too_large(request) else []
    try:
        for file in files:
            name = file.name or ""
            try:
                of_one = form.about(name, is_one_of_many=len(files) > 1)
                one = services.add_file(
                    participant=participant, code=code, file=file, file_name=name, about=of_one, actor=actor
                )
                taken.append(one)
            except UnwantedFileError as error:
                refused.append(f"{name}: {UNWANTED[error.code]}")
        if told["url"]:
            told_of = form.about()
            taken.append(
                services.add_link(participant=participant, code=code, url=told["url"], about=told_of, actor=actor)
            )
    except services.ClosedError:
        refused.append(_closed())
    return taken, refused or ([] if taken else [str(UNWANTED["none"])])


def _said(taken: list[services.Taken]) -> str:
    """Return what became of the documents of a form, in words."""
    added = sum(one.evidence != one.before for one in taken)
    words = [ngettext("%(num)s document was added.", "%(num)s documents were added.", added) % {"num": added}]
    known = [
        str(TAKEN[one.how]) % {"title": one.before.title, "day": date(one.before.added_at)}
        for one in taken
        if one.before is not None
    ]
    return " ".join([*(words if added else []), *known])


def _shown(
    request: Request,
    participant: Participant,
    code: str,
    refused: list[str] | None = None,
    form: EvidenceForm | None = None,
    done: str = "",
) -> HttpResponse:
    """Show the evidence at a criterion, as a part of a page or as a page of its own, and what came of an act."""
    words = request.GET.get("words", "")[:200]
    told = {
        "participant": participant,
        "code": code,
        "criterion": loaded(participant.round.framework).criteria[code],
        "links": queries.links_of(participant, code),
        "offered": queries.offered(participant, code, words),
        "words": words,
        "sees_library": may_see_library(request.access, participant.unit_id),
        "may_put": may_put_evidence(request.access, participant) and is_open(participant),
        "form": form or EvidenceForm(auto_id=_IDS),
        "refused": refused or [],
        "done": done,
        "limit": limit() // (1024 * 1024),
        "verdicts": VERDICTS,
    }
    part = request.headers.get("HX-Request") == "true"
    template = "evidence/part_criterion.html" if part else "evidence/criterion.html"
    # htmx shows an answer only where it is 200; a form that was refused is shown again with what to mend.
    return render(request, template, told, status=422 if (refused or form) and not part else 200)


def _closed() -> str:
    return _("The report is closed now: it is with the head, or the time is over. Nothing was changed.")


def _number(request: Request, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else -1
