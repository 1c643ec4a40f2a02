"""The tree beside a report's place: every criterion with its state and points, and how far each dimension is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import Markup

from chiso.framework.model import Framework
from chiso.web import formats
from chiso.web.collection.due_days import days_at
from chiso.web.collection.layout import layout_of
from chiso.web.collection.sheets import Opened
from chiso.web.collection.standing import Mark, Standing, state_words
from chiso.web.frameworks.prepared import once_each
from chiso.web.patterns import Pattern

_HERE, _ELSEWHERE = Markup(' aria-current="page"'), Markup("")


def tree(opened: Opened, marks: Mapping[str, Mark], total: Standing, here: str) -> Markup:
    """Return the lines of the tree for a report, with the place where one is."""
    layout, parts = opened.layout, {part.code: part for part in total.parts}
    words: dict[str, str | int] = {"report": opened.report.pk}
    states = {state: state_words(state) for state in {mark.state for mark in marks.values()}}
    days = days_at(layout.framework, opened.report.participant.round)
    for at, line in enumerate(layout.lines, 1):
        if line.kind == "dimension":
            part = parts[line.code]
            words[f"filled{at}"], words[f"needed{at}"] = part.filled, part.needed
            words[f"points{at}"], words[f"most{at}"] = part.points or "–", part.most
            continue
        words[f"current{at}"] = _HERE if line.code == here else _ELSEWHERE
        if line.kind == "criterion":
            mark = marks[line.code]
            words[f"due{at}"] = _due(days.get(line.code))
            words[f"state{at}"], words[f"points{at}"], words[f"words{at}"] = mark.state, mark.points, states[mark.state]
    return _pattern(layout.framework, layout.lang).filled(words)


def _due(day: dt.date | None) -> Markup:
    """Return the day on which a criterion is due before its round; the page shows it while figures are lacking."""
    if day is None:
        return _ELSEWHERE
    sign = "tree-due late" if day < timezone.localdate() else "tree-due"
    return Markup('<span class="{}">{}</span>').format(sign, _("due by %(day)s") % {"day": formats.date(day)})


@once_each
def _pattern(framework: Framework, lang: str) -> Pattern:
    return Pattern(render_to_string("collection/part_tree.html", {"layout": layout_of(framework, lang)}))
