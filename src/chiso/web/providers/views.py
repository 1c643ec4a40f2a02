"""A provider's pages: rounds to supply figures for, and the grid of units and figures."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.collection.supplying import NotSuppliedError
from chiso.web.formats import language
from chiso.web.frameworks.services import loaded
from chiso.web.jobs.services import start
from chiso.web.people.access import Request, require
from chiso.web.providers import grid as grid_
from chiso.web.providers.forms import OriginForm, written_in
from chiso.web.providers.opening import Supplying, opened
from chiso.web.providers.permissions import supplies
from chiso.web.providers.queries import supplies_of
from chiso.web.providers.reminding import last_reminded
from chiso.web.providers.services import Taken, take, tell_origin
from chiso.web.providers.suppliers import suppliers_in
from chiso.web.rounds.models import Round, Stage
from chiso.web.rounds.permissions import may_run, may_see_round


@require_GET
@login_required
def rounds(request: Request) -> HttpResponse:
    """List the rounds for which one supplies figures: how far each figure is, and what is contested."""
    require(allowed=supplies(request.access))
    found = supplies_of(request.access, *(stage for stage in Stage if stage != Stage.PREPARING))
    return render(request, "providers/rounds.html", {"supplies": found})


@require_http_methods(["GET", "POST"])
@login_required
def grid(request: Request, pk: int) -> HttpResponse:
    """Show a page of the grid; take in one that comes back as a plain form."""
    found = opened(pk, request.access)
    if request.method == "GET":
        return _shown(request, found)
    try:
        taken = take(opened=found, written=written_in(request.POST), actor=Actor.of(request))
    except NotSuppliedError as error:
        raise Http404 from error
    if taken.refused or taken.conflicts:
        return _shown(request, found, taken, status=422)
    messages.success(request, _("%(count)s figures kept.") % {"count": len(taken.kept)})
    return redirect(request.get_full_path())


def _shown(request: Request, found: Supplying, taken: Taken | None = None, status: int = 200) -> HttpResponse:
    get = request.GET
    search, show, chosen = get.get("q", "").strip()[:100], get.get("show", ""), get.get("fact", "")
    facts = [chosen] if chosen in found.figures else list(found.figures)
    parts = [facts[at : at + grid_.COLUMNS] for at in range(0, len(facts), grid_.COLUMNS)]
    part = _within(get.get("part", ""), len(parts))
    facts = parts[part - 1] if parts else []
    page = Paginator(grid_.members(found, facts, search, show), grid_.ROWS).get_page(get.get("page"))
    kept = {"q": search, "show": show if show in grid_.SHOWN else "", "fact": chosen if chosen in found.figures else ""}
    told: dict[str, Any] = {
        "opened": found,
        "round": found.round,
        "columns": grid_.columns(found, facts),
        "rows": grid_.rows(found, list(page.object_list), facts),
        "units": found.round.participants.count(),
        "page": page,
        "parts": parts,
        "part": part,
        "kept": urlencode(
            {key: text for key, text in (*kept.items(), ("part", str(part) if part > 1 else "")) if text}
        ),
        "kept_without_part": urlencode({key: text for key, text in kept.items() if text}),
        "search": search,
        "show": kept["show"],
        "chosen": kept["fact"],
        "taken": taken,
        "written": request.POST if taken is not None else {},
    }
    response = render(request, "providers/grid.html", told, status=status)
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _within(text: str, most: int) -> int:
    """Return a number from the address, between 1 and the last part."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else 1
    return max(1, min(number, most))


@require_POST
@login_required
def origin(request: Request, pk: int) -> HttpResponse:
    """Keep where a column comes from."""
    found = opened(pk, request.access)
    form = OriginForm(request.POST)
    if not form.is_valid() or form.cleaned_data["fact"] not in found.figures:
        messages.error(request, _("The source could not be kept: it is too long. Nothing was changed."))
    else:
        told = form.cleaned_data
        before = tell_origin(round_=found.round, actor=Actor.of(request), **told)
        if "spread" in request.POST and not found.closed:
            replaced = [before.source, before.as_of] if before is not None else ["", ""]
            arguments = {"round": pk, "fact": told["fact"], "replaced": replaced}
            return redirect("job", start(kind="providers.origin", actor=Actor.of(request), arguments=arguments).pk)
        messages.success(request, _("Kept. Figures supplied from now on carry this source and date."))
    return redirect(f"{reverse('supply_grid', args=[pk])}?{request.GET.urlencode()}")


@require_GET
@login_required
def agencies(request: Request, pk: int) -> HttpResponse:
    """Show those who work for the assessor which agencies a round needs figures of, and how far each is."""
    round_ = get_object_or_404(Round.objects.select_related("framework"), pk=pk)
    require(allowed=may_see_round(request.access, round_))
    found, unnamed = suppliers_in(round_, loaded(round_.framework, round_.readings), language())
    told = {
        "round": round_,
        "suppliers": found,
        "unnamed": unnamed,
        "units": round_.participants.count(),
        "may_run": may_run(request.access, round_),
        "reminded": last_reminded(round_),
        "is_open": round_.stage == Stage.OPEN,
    }
    return render(request, "providers/suppliers.html", told)


@require_POST
@login_required
def remind(request: Request, pk: int) -> HttpResponse:
    """Have the agencies reminded that still owe figures."""
    round_ = get_object_or_404(Round, pk=pk)
    require(allowed=may_run(request.access, round_))
    return redirect("job", start(kind="providers.remind", actor=Actor.of(request), arguments={"round": pk}).pk)
