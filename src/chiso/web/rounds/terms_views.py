"""The pages on which the terms of a round are chosen: readings, values from outside, rounds below."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from chiso.framework.inputs import asked
from chiso.framework.model import Framework
from chiso.quantity import local_text
from chiso.scoring.outside import Outside, outside_values
from chiso.scoring.phrases import PHRASES
from chiso.web.audit.services import Actor
from chiso.web.formats import language
from chiso.web.frameworks.services import loaded
from chiso.web.frameworks.sheet import readings_of
from chiso.web.people.access import Request
from chiso.web.rounds import terms
from chiso.web.rounds.models import Round, Stage
from chiso.web.rounds.phrases import REFUSED
from chiso.web.rounds.preparing_views import number_in, onward, run_by, step_page
from chiso.web.rounds.services import RoundError

#: Characters of a number that are looked at.
_LONGEST = 60


@require_http_methods(["GET", "POST"])
@login_required
def readings(request: Request, pk: int) -> HttpResponse:
    """Choose how unclear clauses are read; afterwards show it."""
    round_ = run_by(request, pk)
    if request.method == "POST":
        prefix = "reading-"
        names = [key.removeprefix(prefix) for key in request.POST if key.startswith(prefix)]
        chosen = {name: request.POST[prefix + name] for name in names}
        try:
            return onward(terms.set_readings(round_id=pk, chosen=chosen, actor=Actor.of(request)), "readings")
        except RoundError as error:
            messages.error(request, str(REFUSED[error.code]))
            return redirect("round_readings", pk)
    known = readings_of(loaded(round_.framework, round_.readings), language())
    told = {
        "open": [one for one in known if len(one.options) > 1],
        "fixed": [one for one in known if len(one.options) == 1],
        "chosen": {one.reading.id: round_.readings.get(one.reading.id, one.reading.default) for one in known},
        "may_change": round_.stage == Stage.PREPARING,
        "lang": language(),
    }
    return step_page(request, round_, "readings", told)


@require_http_methods(["GET", "POST"])
@login_required
def outside(request: Request, pk: int) -> HttpResponse:
    """Enter what comes from outside: the best and lowest of others, references that somebody sets."""
    round_ = run_by(request, pk)
    framework = loaded(round_.framework, round_.readings)
    wanted = list(outside_values(framework))
    written = {_key(one): request.POST.get(f"{one.unit}/{one.fact}", "")[:_LONGEST].strip() for one in wanted}
    reason = request.POST.get("reason", "").strip()[:1000]
    wrong: dict[tuple[str, str], str] = {}
    if request.method == "POST":
        try:
            changed = terms.set_outside(round_id=pk, written=written, reason=reason, actor=Actor.of(request))
        except RoundError as error:
            messages.error(request, str(REFUSED[error.code]))
        except terms.OutsideError as error:
            wrong = {_key(one.outside): PHRASES.text(one.misread.code, language(), **one.misread.data)
                     for one in error.values}  # fmt: skip
        else:
            return onward(changed, "outside")
    rows = [_row(round_, one, written if request.method == "POST" else None, wrong) for one in wanted]
    for row in rows:
        row["meaning"] = _meaning(framework, row["outside"])
    told = {
        "needed": [row for row in rows if row["outside"].needed],
        "peers": _by_criterion(row for row in rows if not row["outside"].needed),
        "reason": reason,
        "is_wrong": bool(wrong),
    }
    return step_page(request, round_, "outside", told)


def _by_criterion(rows: Iterable[dict[str, Any]]) -> list[dict[str, dict[str, Any]]]:
    """Return the values of others by criterion, in printed order: for each the highest and perhaps the lowest."""
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for row in rows:
        found.setdefault(row["outside"].criterion.code, {})[row["outside"].unit.removeprefix("@")] = row
    return list(found.values())


def _meaning(framework: Framework, one: Outside) -> list[tuple[str, str]]:
    """Return the letters of what a value is compared by, each with what it stands for."""
    inputs = [each for each in asked(framework, one.criterion) if _stands_in(each.name, one.formula)]
    return [("" if each.name == one.formula else each.name, each.label) for each in inputs]


def _stands_in(name: str, formula: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", formula) is not None


def _key(one: Outside) -> tuple[str, str]:
    return one.unit, one.fact


def _row(
    round_: Round, one: Outside, written: dict[tuple[str, str], str] | None, wrong: dict[tuple[str, str], str]
) -> dict[str, Any]:
    """Return a value as the page shows it: what was just written, else what is kept."""
    kept = round_.references.get(one.unit, {}).get(one.fact)
    shown = local_text(Fraction(kept), language(), 18) if kept is not None else ""
    text = shown if written is None else written[_key(one)]
    return {"outside": one, "name": f"{one.unit}/{one.fact}", "text": text, "wrong": wrong.get(_key(one), "")}


@require_http_methods(["GET", "POST"])
@login_required
def below(request: Request, pk: int) -> HttpResponse:
    """Choose the rounds of the tier below whose reports and levels count for the units of this one."""
    round_ = run_by(request, pk)
    if request.method == "POST":
        children = [number for one in request.POST.getlist("child") if (number := number_in(one)) is not None]
        reason = request.POST.get("reason", "").strip()[:1000]
        try:
            changed = terms.set_children(round_id=pk, children=children, reason=reason, actor=Actor.of(request))
            return onward(changed, "below")
        except RoundError as error:
            messages.error(request, str(REFUSED[error.code]))
            return redirect("round_below", pk)
    possible = list(terms.possible_children(round_))
    chosen = set(round_.children.values_list("pk", flat=True))
    told = {
        "possible": possible,
        "chosen": chosen,
        "coverage": terms.coverage(round_, [one for one in possible if one.pk in chosen]),
    }
    return step_page(request, round_, "below", told)
