"""What a report still lacks: figures, evidence without explanation, values to mend, warnings without a note."""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from chiso.scoring.score import Scores
from chiso.scoring.states import State
from chiso.scoring.trace import figure_names, reason
from chiso.web.collection.asking import needed
from chiso.web.collection.layout import GENERAL
from chiso.web.collection.models import Remark
from chiso.web.collection.sheets import Opened, doubt_about
from chiso.web.collection.shown import points_text, shown_text
from chiso.web.collection.standing import result_of
from chiso.web.evidence import queries as evidence
from chiso.workbook.words import explanation_name


@dataclass(frozen=True, slots=True)
class Lack:
    """Something that is not there, or to be looked at: where, and what."""

    code: str
    title: str
    words: str = ""
    fact: str = ""


@dataclass
class Lacking:
    """Everything a report lacks."""

    figures: list[Lack] = field(default_factory=list)
    faults: list[Lack] = field(default_factory=list)
    evidence: list[Lack] = field(default_factory=list)
    doubts: list[Lack] = field(default_factory=list)
    reasons: list[Lack] = field(default_factory=list)
    remarks: list[Lack] = field(default_factory=list)

    @property
    def is_complete(self) -> bool:
        """Whether nothing is lacking."""
        return not (self.figures or self.faults or self.evidence or self.doubts or self.reasons)


def lacking(opened: Opened, scores: Scores) -> Lacking:
    """Return what a report lacks, in printed order."""
    found = Lacking()
    _general(opened, found)
    for code in opened.layout.order:
        if code != GENERAL:
            _criterion(opened, scores, code, found)
    _beside(opened, found)
    _evidence(opened, found)
    open_ = Remark.objects.filter(participant=opened.report.participant_id, to=None, settled_at__isnull=True)
    found.remarks = [Lack(one.code, _title(opened, one.code), one.text) for one in open_]
    return found


def _general(opened: Opened, found: Lacking) -> None:
    place = opened.layout.places.get(GENERAL)
    for one in place.own if place else ():
        if one.used_by and not opened.values.get(one.fact, {"v": ""})["v"]:
            found.figures.append(Lack(GENERAL, one.label, one.used_by, one.fact))


def _criterion(opened: Opened, scores: Scores, code: str, found: Lacking) -> None:
    criterion, fields = opened.framework.criteria[code], opened.layout.fields
    missing = [
        group[0]
        for group in needed(opened.framework, criterion)
        if not any(opened.values.get(fact, {"v": ""})["v"] for fact in group)
    ]
    own = [fields[fact] for fact in missing if fact in fields and opened.layout.where[fact] == code]
    if own:
        words = "; ".join(f"{one.letter}: {one.label}" if one.letter else one.label for one in own)
        found.figures.append(Lack(code, criterion.title, words if words != criterion.title else "", own[0].fact))
    result = result_of(scores, criterion)
    if result.state is State.ERROR:
        lang = opened.layout.lang
        why = reason(result, lang, figure_names(opened.framework, criterion, lang))
        found.faults.append(Lack(code, criterion.title, why or ""))


def _beside(opened: Opened, found: Lacking) -> None:
    """Find values that are to be doubted, and answers that need a reason, without a note."""
    lang = opened.layout.lang
    for fact, cell in opened.values.items():
        one = opened.layout.fields.get(fact)
        # A sum is explained where its parts are; a note of one's own may stand beside what a provider supplied.
        noted = cell.get("note") or opened.report.values.get(fact, {}).get("note")
        if one is None or not cell["v"] or cell.get("from") == "parts":
            continue
        code = opened.layout.where[fact]
        if cell["v"] in ("n/a", "none of these"):
            if not noted:
                found.reasons.append(Lack(code, one.label, shown_text(one.asked, cell["v"], lang), fact))
            continue
        sentence = doubt_about(opened, one, cell["v"], noted or "", cell.get("as_of", ""))
        if sentence:
            value = shown_text(one.asked, cell["v"], lang)
            found.doubts.append(Lack(code, one.label, f"{value}. {sentence}", fact))


def _evidence(opened: Opened, found: Lacking) -> None:
    """Find criteria that claim points and have neither evidence nor an explanation."""
    counts = evidence.counts(opened.report.participant)
    for code in opened.layout.order:
        if code == GENERAL or counts.get(code) or opened.values.get(explanation_name(code), {"v": ""})["v"]:
            continue
        criterion = opened.framework.criteria[code]
        groups = needed(opened.framework, criterion)
        if any(opened.values.get(fact, {"v": ""})["v"] for group in groups for fact in group):
            found.evidence.append(Lack(code, criterion.title))


def _title(opened: Opened, code: str) -> str:
    criterion = opened.framework.criteria.get(code)
    return criterion.title if criterion is not None else ""


@dataclass(frozen=True, slots=True)
class Moved:
    """A criterion whose points differ from last year's."""

    code: str
    title: str
    before: str
    now: str
    difference: Fraction
    difference_text: str


def moved(opened: Opened, scores: Scores) -> list[Moved]:
    """Return the criteria whose points changed since last year, the largest change first."""
    found = []
    for code, criterion in opened.framework.criteria.items():
        before = opened.previous.points(code)
        if criterion.criteria or before is None or opened.framework.is_maturity:
            continue
        result = result_of(scores, criterion)
        if result.known and result.value != Fraction(before):
            difference = result.value - Fraction(before)
            then, now, step = (
                points_text(one, opened.framework, opened.layout.lang)
                for one in (Fraction(before), result.value, abs(difference))
            )
            text = f"{'+' if difference > 0 else '−'}{step}"
            found.append(Moved(code, criterion.title, then, now, difference, text))
    return sorted(found, key=lambda one: (-abs(one.difference), one.code))
