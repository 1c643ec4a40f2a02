"""The leader's pages: rounds, ranking by group, one participant."""

from __future__ import annotations

from fractions import Fraction
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from chiso.framework.model import Criterion, Framework
from chiso.scoring.unworded import worded
from chiso.web.audit.services import Actor
from chiso.web.collection.later import changed_behind
from chiso.web.collection.models import Result, ValueStage
from chiso.web.formats import language
from chiso.web.frameworks.services import loaded
from chiso.web.jobs.services import start
from chiso.web.people.access import Request, require
from chiso.web.people.permissions import ASSESSING
from chiso.web.results import board as board_
from chiso.web.results import charts, outdated, queries
from chiso.web.results.permissions import may_recalculate, may_see_result, may_see_results, sees_results
from chiso.web.rounds.models import Participant, RankingGroup
from chiso.web.rounds.permissions import may_run
from chiso.web.rounds.queries import found_round, with_framework

#: Rows of a ranking on one page.
ROWS = 100


@require_GET
@login_required
def rounds(request: Request) -> HttpResponse:
    """List the rounds whose results one may see."""
    require(allowed=sees_results(request.access))
    mine = with_framework().filter(assessor__in=request.access.units(*ASSESSING))
    return render(request, "results/rounds.html", {"rounds": mine})


@require_GET
@login_required
def round_results(request: Request, pk: int) -> HttpResponse:
    """Show how far a round is, and the provisional points and ranks of one of its groups."""
    round_ = found_round(pk)
    require(allowed=may_see_results(request.access, round_))
    framework = loaded(round_.framework, round_.readings)
    groups = queries.groups_of(round_)
    group = _chosen(groups, request.GET.get("group", ""))
    results = queries.ranking(round_, group)
    page = Paginator(results, ROWS).get_page(request.GET.get("page"))
    standings = [queries.standing(one, framework, language()) for one in page.object_list]
    means = [] if framework.is_maturity else queries.means(framework, results, language())
    worked_out_at = outdated.worked_out_at(round_)
    told = {
        "round": round_,
        "framework": framework,
        "groups": groups,
        "group": group,
        "page": page,
        "standings": standings,
        "ranked": any(one.rank for one in standings),
        "most": queries.common_most(standings),
        "dimensions": _scored_dimensions(framework),
        "states": queries.states(round_),
        "computed": results.first(),
        "worked_out_at": worked_out_at,
        "changed": outdated.changed_since(round_, worked_out_at) if worked_out_at else None,
        "means": means,
        "totals_chart": charts.totals(standings, _("points")),
        "means_chart": charts.shares(means),
        "lowest": queries.weakest(means),
        "may_recalculate": may_recalculate(request.access, round_),
        "behind": changed_behind(round_) if may_run(request.access, round_) else None,
    }
    return render(request, "results/round.html", told)


@require_GET
@login_required
def board(request: Request, pk: int) -> HttpResponse:
    """Show the coordinator how far every unit is, by dimension, and who is late."""
    round_ = found_round(pk)
    require(allowed=may_run(request.access, round_))
    framework = loaded(round_.framework, round_.readings)
    search, state = request.GET.get("q", "").strip()[:100], request.GET.get("state", "")
    page, found = board_.page_of(round_, search, state, request.GET.get("page", ""))
    now = timezone.now()
    rows = board_.rows(found, round_, [one.code for one in framework.dimensions], now)
    told = {
        "round": round_,
        "framework": framework,
        "page": page,
        "rows": rows,
        "now": now,
        "written": board_.written,
        "search": search,
        "state": state,
        "kept": urlencode({key: text for key, text in (("q", search), ("state", state)) if text}),
    }
    response = render(request, "results/board.html", told)
    # A template with macros refers to itself: what it was told would wait for the collector, a thousand cells a page.
    rows.clear()
    return response


@require_POST
@login_required
def recalculate(request: Request, pk: int) -> HttpResponse:
    """Work the results of a round out anew."""
    round_ = found_round(pk)
    require(allowed=may_recalculate(request.access, round_))
    job = start(kind="results.recalculate", actor=Actor.of(request), arguments={"round": round_.pk})
    return redirect("job", job.pk)


@require_GET
@login_required
def participant(request: Request, pk: int) -> HttpResponse:
    """Show what the engine made of one participant's values: every criterion with its points, or why it has none."""
    one = get_object_or_404(Participant.objects.select_related("round__framework", "group"), pk=pk)
    require(allowed=may_see_result(request.access, one))
    result = Result.objects.filter(participant=one, stage=ValueStage.SELF).first()
    framework = loaded(one.round.framework, one.round.readings)
    told = {
        "participant": one,
        "sees_round": may_see_results(request.access, one.round),
        "framework": framework,
        "result": result,
        "standing": queries.standing(result, framework, language()) if result else None,
        "climb": queries.climb(result) if result and framework.is_maturity else None,
        "changed": outdated.changed_since(one.round, result.at) if result else None,
        "may_recalculate": may_recalculate(request.access, one.round),
        "sections": _sections(framework, worded(result.data, framework, language())) if result else [],
        "chart": _profile(framework, result.data) if result else None,
    }
    return render(request, "results/participant.html", told)


def _chosen(groups: list[RankingGroup], text: str) -> RankingGroup | None:
    """Return the group that the address names, else the first one; None where the round has none."""
    return next((one for one in groups if str(one.pk) == text), groups[0] if groups else None)


def _scored_dimensions(framework: Framework) -> list[tuple[str, str, Fraction]]:
    return [
        (one.code, one.title_in(language()), one.max_points)
        for one in framework.dimensions
        if one.max_points is not None and not one.unscored
    ]


def _sections(framework: Framework, told: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the criteria by dimension with what the engine said of each, and how deep each stands."""
    criteria = told.get("criteria", {})
    return [
        {
            "dimension": dimension,
            "points": told.get("dimensions", {}).get(dimension.code),
            "rows": [
                (criterion, depth, criteria.get(criterion.code, {}))
                for top in dimension.criteria
                for criterion, depth in _deep(top)
            ],
        }
        for dimension in framework.dimensions
    ]


def _deep(criterion: Criterion, depth: int = 0) -> list[tuple[Criterion, int]]:
    return [(criterion, depth), *(pair for child in criterion.criteria for pair in _deep(child, depth + 1))]


def _profile(framework: Framework, told: dict[str, Any]) -> dict[str, Any] | None:
    rows = [
        queries.Mean(code, title, Fraction(points), most, 1)
        for code, title, most in _scored_dimensions(framework)
        if (points := told.get("dimensions", {}).get(code)) is not None
    ]
    return charts.shares(rows)
