"""Frameworks as people read them: which there are, one of them, one of its criteria, its file."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from chiso.framework.model import Framework
from chiso.web.formats import language
from chiso.web.frameworks import findings as findings_
from chiso.web.frameworks import overview, queries, sheet
from chiso.web.frameworks.changes import changed
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.permissions import may_add_frameworks, may_see_frameworks, may_withdraw
from chiso.web.frameworks.phrases import NOT_APPLICABLE, SEVERITIES, TIES, TYPES
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Access, Request, require
from chiso.web.people.permissions import ASSESSING
from chiso.web.units.models import Kind

#: Characters of a search that are looked at.
_LONGEST = 100


@require_GET
@login_required
def frameworks(request: Request) -> HttpResponse:
    """List the frameworks with their versions, and the rounds that use them."""
    require(allowed=may_see_frameworks(request.access))
    search = _searched(request)
    told = {
        "search": search,
        "groups": queries.listed(search, _mine(request.access)),
        "kinds": dict(Kind.choices),
        "may_add": may_add_frameworks(request.access),
    }
    return render(request, "frameworks/list.html", told)


@require_GET
@login_required
def framework(request: Request, pk: int) -> HttpResponse:
    """Show a version: its document, its rows, and what holds for all of them; or the rows in which words are found."""
    version, shown = _opened(request, pk)
    search, lang = _searched(request), language()
    told = {
        "version": version,
        "framework": shown,
        "search": search,
        "found": overview.search(shown, search, lang) if search else None,
        "rows": overview.rows_of(shown, lang),
        "readings": sheet.readings_of(shown, lang),
        "counts": findings_.counts(shown),
        "severities": SEVERITIES,
        "siblings": queries.siblings(version),
        "may_withdraw": may_withdraw(request.access, version),
        "base": queries.base_of(shown.extends),
        "uses": queries.uses_of(version, _mine(request.access)),
        "kinds": dict(Kind.choices),
        "types": TYPES,
        "not_applicable": NOT_APPLICABLE,
        "ties": TIES,
    }
    return render(request, "frameworks/framework.html", told)


@require_GET
@login_required
def criterion(request: Request, pk: int, code: str) -> HttpResponse:
    """Show a criterion: the rule as printed and in words, inputs, agencies, what is unclear; as a round reads it."""
    version, shown = _opened(request, pk)
    number = _number(request.GET.get("round", ""))
    round_ = version.rounds.filter(pk=number).first() if number is not None else None
    if round_ is not None:
        shown = loaded(version, round_.readings)
    if code not in shown.criteria:
        raise Http404
    told = {
        "version": version,
        "framework": shown,
        "round": round_,
        "sheet": sheet.sheet_of(shown, code, language()),
        "findings": findings_.at(shown, code),
        "severities": SEVERITIES,
        "types": TYPES,
        "not_applicable": NOT_APPLICABLE,
    }
    return render(request, "frameworks/criterion.html", told)


@require_GET
@login_required
def findings(request: Request, pk: int) -> HttpResponse:
    """Show what a sceptical reader stops at in a version, and what to do about it."""
    version, shown = _opened(request, pk)
    severity = request.GET.get("severity", "")
    told = {
        "version": version,
        "framework": shown,
        "severity": severity,
        "severities": SEVERITIES,
        "counts": findings_.counts(shown),
        "findings": [one for one in findings_.findings_of(shown) if severity in ("", one.severity)],
    }
    return render(request, "frameworks/findings.html", told)


@require_GET
@login_required
def changes(request: Request, pk: int) -> HttpResponse:
    """Show what differs between a version and another one that the address names."""
    require(allowed=may_see_frameworks(request.access))
    version = get_object_or_404(queries.versions(), pk=pk)
    others = queries.others(version)
    number = _number(request.GET.get("from", ""))
    old = next((one for one in others if one.pk == number), None)
    only = request.GET.get("only", "") == "scoring"
    told = {
        "version": version,
        "others": others,
        "old": old,
        "only": only,
        "changes": changed(old, version, language(), only_scoring=only) if old is not None else [],
    }
    return render(request, "frameworks/changes.html", told)


@require_GET
@login_required
def file(request: Request, pk: int) -> HttpResponse:
    """Give the framework file."""
    require(allowed=may_see_frameworks(request.access))
    version = get_object_or_404(FrameworkVersion, pk=pk)
    answer = HttpResponse(version.text, content_type="application/yaml; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{version.framework}-{version.hash[:8]}.yaml"'
    return answer


def _opened(request: Request, pk: int) -> tuple[FrameworkVersion, Framework]:
    """Return a version and what its text says, with the readings that it ships with."""
    require(allowed=may_see_frameworks(request.access))
    version = get_object_or_404(queries.versions(), pk=pk)
    return version, loaded(version)


def _mine(access: Access) -> frozenset[int]:
    return access.units(*ASSESSING)


def _searched(request: Request) -> str:
    return request.GET.get("q", "").strip()[:_LONGEST]


def _number(text: str) -> int | None:
    """Return the number that an address names; None where it names none."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < _DIGITS else None


#: Keys have fewer digits than this.
_DIGITS = 19
