"""Which agencies a round needs figures of, how far each is, and whether anybody there has an account."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from django.utils import timezone

from chiso.framework.model import Framework
from chiso.web.collection.agencies import agencies_in, agency_key, supplier_names
from chiso.web.collection.asking import TEXTS, all_asked
from chiso.web.collection.layout import layout_of
from chiso.web.collection.models import Report, ValueStage
from chiso.web.people.models import Assignment, Role
from chiso.web.rounds.models import Round
from chiso.web.vietnamese import ordered


@dataclass
class Supplier:
    """An agency as the document prints it, with the figures that it is named for: for how many units each is there."""

    name: str
    labels: list[str] = field(default_factory=list)
    given_of: dict[str, int] = field(default_factory=dict)
    people: int = 0

    @property
    def given(self) -> int:
        """How many figures are there, of all units."""
        return sum(self.given_of.values())


def suppliers_in(round_: Round, framework: Framework, lang: str) -> tuple[list[Supplier], list[str]]:
    """Return the agencies of a round, and the figures for which the document names nobody: two queries.

    Those with accounts come first, then those with the most figures.
    """
    fields, names = layout_of(framework, lang).fields, supplier_names(framework)
    given, people = _given(round_), _people(round_)
    found: dict[str, Supplier] = {}
    unnamed = []
    for fact, asked in all_asked(framework).items():
        if asked.type in TEXTS or fact not in fields:
            continue
        if fact not in names:
            unnamed.append(fields[fact].label)
        for name in names.get(fact, ()):
            one = found.setdefault(agency_key(name), Supplier(name, people=people[agency_key(name)]))
            one.labels.append(fields[fact].label)
            one.given_of[fact] = given[fact]
    return sorted(found.values(), key=lambda one: (-one.people, -len(one.labels), ordered(one.name))), unnamed


def _given(round_: Round) -> Counter[str]:
    """Return for how many units each fact is supplied; for so many facts, reading beats asking the database."""
    reports = Report.objects.filter(
        participant__round=round_, participant__withdrawn_at=None, stage=ValueStage.PROVIDER
    )
    counted: Counter[str] = Counter()
    for values in reports.values_list("values", flat=True).iterator(500):
        counted.update(fact for fact, cell in values.items() if cell["v"])
    return counted


def _people(round_: Round) -> Counter[str]:
    """Return how many people supply figures for each agency today."""
    today = timezone.localdate()
    held = Assignment.objects.filter(
        role=Role.PROVIDER, unit=round_.assessor_id, user__is_active=True, valid_from__lte=today
    ).exclude(valid_to__lt=today)
    return Counter(key for agency in held.values_list("agency", flat=True) for key in agencies_in([agency]))
