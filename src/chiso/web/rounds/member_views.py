"""The units of a round: listed, added, put into groups, taken out."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from chiso.web.audit.services import Actor
from chiso.web.formats import language
from chiso.web.people.access import Request
from chiso.web.rounds import groups, members, queries, steps
from chiso.web.rounds.codes import codes_in
from chiso.web.rounds.forms import AddForm
from chiso.web.rounds.models import RankingGroup, Round, Stage
from chiso.web.rounds.phrases import REFUSED
from chiso.web.rounds.preparing_views import number_in, run_by, step_page
from chiso.web.rounds.services import RoundError
from chiso.web.units.models import Kind
from chiso.web.uploads import too_large, too_large_words
from chiso.workbook.faults import TableError

#: Units on one page.
ROWS = 100

#: Codes that nobody has: so many are named.
_NAMED = 20


@require_http_methods(["GET", "POST"])
@login_required
def units(request: Request, pk: int) -> HttpResponse:
    """List the units of a round, and add some."""
    round_ = run_by(request, pk)
    found = groups.of_round(round_)
    names = [group for group, _count in found]
    form = AddForm(
        request.POST or None, request.FILES or None, groups=names, is_opened=round_.opened_at is not None
    )  # fmt: skip
    if request.method == "POST" and too_large(request):
        form.errors.clear()  # nobody forgot to choose
        form.add_error("file", too_large_words())
    elif request.method == "POST" and form.is_valid() and _added(request, round_, form):
        return redirect("round_units", pk)
    search, group = request.GET.get("q", "").strip()[:100], request.GET.get("within", "")
    listed = queries.named(round_, search).select_related("group", "part_of", "unit")
    if group == "parts":
        listed = listed.filter(part_of__isnull=False)
    elif any(str(one.pk) == group for one in names):
        listed = listed.filter(group=int(group))
    told = {
        "form": form,
        "groups": found,
        "parts": round_.participants.filter(part_of__isnull=False).count(),
        "page": Paginator(listed, ROWS).get_page(request.GET.get("page")),
        "search": search,
        "within": group,
        "kept": urlencode({key: text for key, text in (("q", search), ("within", group)) if text}),
        "next": steps.after(round_, "units") if round_.stage == Stage.PREPARING else None,
    }
    return step_page(request, round_, "units", told)


def _added(request: Request, round_: Round, form: AddForm) -> bool:
    """Add what the form chooses; say what came of it, or in the form why nothing did."""
    told = form.cleaned_data
    try:
        chosen = _chosen(round_, form)
        if chosen is None:
            return False
        count = members.add(
            round_id=round_.pk,
            units=chosen,
            place=form.place_chosen(),
            reason=told.get("reason", "").strip(),
            actor=Actor.of(request),
        )
    except RoundError as error:
        form.add_error(None, str(REFUSED[error.code]))
        return False
    words = ngettext("%(num)s unit was added.", "%(num)s units were added.", count) % {"num": count}
    if there := len(chosen) - count:
        stayed = ngettext(
            "%(num)s took part already and stayed as it was.",
            "%(num)s took part already and stayed as they were.",
            there,
        )
        words += " " + stayed % {"num": there}
    messages.success(request, words)
    return True


def _chosen(round_: Round, form: AddForm) -> list[members.Candidate] | None:
    """Return the units that a form chooses; None when it asks for something that is not there, which it then says."""
    told = form.cleaned_data
    found: dict[int, members.Candidate] = {}
    codes = list(told["codes"])
    if told["file"] is not None:
        try:
            codes += codes_in(told["file"])
        except TableError as error:
            form.add_error("file", error.text(language()))
            return None
    if codes:
        by_code = members.of_codes(round_, codes)
        if by_code.unknown:
            form.add_error("codes", _unknown(by_code.unknown))
            return None
        found |= {one.unit: one for one in by_code.units}
    if told["kinds"]:
        under = None
        if told["under"]:
            above = members.of_codes(round_, [told["under"]])
            if above.unknown:
                form.add_error("under", _unknown(above.unknown))
                return None
            under = above.units[0].unit
        found |= {one.unit: one for one in members.of_kinds(round_, [Kind(kind) for kind in told["kinds"]], under)}
    if not found:
        form.add_error("kinds", _("No unit of these kinds stands there on that day. Choose other kinds."))
        return None
    return list(found.values())


def _unknown(codes: list[str]) -> str:
    told = {"codes": ", ".join(codes[:_NAMED]) + (" …" if len(codes) > _NAMED else ""), "num": len(codes)}
    return ngettext(
        "%(num)s code belongs to no unit below the assessing unit on that day: %(codes)s. Nothing was added.",
        "%(num)s codes belong to no unit below the assessing unit on that day: %(codes)s. Nothing was added.",
        len(codes),
    ) % told  # fmt: skip


@require_POST
@login_required
def units_change(request: Request, pk: int) -> HttpResponse:
    """Put the chosen units into a group, or take them out."""
    round_ = run_by(request, pk)
    chosen = [number for one in request.POST.getlist("chosen") if (number := number_in(one)) is not None]
    if not chosen:
        messages.error(request, _("Tick the units first."))
    else:
        try:
            messages.success(request, _changed(request, round_, chosen))
        except RoundError as error:
            messages.error(request, str(REFUSED[error.code]))
    answer = redirect("round_units", pk)
    back = {name: request.POST[name][:100] for name in ("q", "within", "page") if request.POST.get(name)}
    if back:
        answer["Location"] += f"?{urlencode(back)}"  # to the place in the list from which one came
    return answer


def _changed(request: Request, round_: Round, chosen: list[int]) -> str:
    """Do what was asked with the chosen units, and say what came of it."""
    actor = Actor.of(request)
    if request.POST.get("do") == "remove":
        reason = request.POST.get("reason", "").strip()[:1000]
        count = members.take_out(round_id=round_.pk, participants=chosen, reason=reason, actor=actor)
        return ngettext("%(num)s unit was taken out.", "%(num)s units were taken out.", count) % {"num": count}
    number = number_in(request.POST.get("group", ""))
    group = RankingGroup.objects.filter(round=round_, pk=number).first() if number is not None else None
    if group is None:
        raise RoundError("group")
    count = members.put_into(round_id=round_.pk, participants=chosen, group=group, actor=actor)
    return ngettext("%(num)s unit was moved.", "%(num)s units were moved.", count) % {"num": count}
