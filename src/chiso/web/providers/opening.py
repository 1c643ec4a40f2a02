"""A round opened by a provider: the figures of its agencies, and whether they are taken in now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from chiso.framework.inputs import Asked
from chiso.framework.model import Framework
from chiso.web.collection.layout import Field, layout_of
from chiso.web.collection.supplying import figures_of
from chiso.web.formats import language
from chiso.web.frameworks.services import loaded
from chiso.web.people.access import Access, require
from chiso.web.providers.models import Origin
from chiso.web.providers.permissions import may_supply
from chiso.web.rounds.models import Round, Stage


@dataclass
class Supplying:
    """A round as a provider opens it."""

    round: Round
    framework: Framework
    agencies: frozenset[str]
    lang: str

    @cached_property
    def figures(self) -> dict[str, Asked]:
        """The figures to supply, by fact."""
        return figures_of(self.framework, self.agencies)

    @cached_property
    def origins(self) -> Mapping[str, Origin]:
        """What is said once for whole columns, by fact."""
        return {one.fact: one for one in Origin.objects.filter(round=self.round, fact__in=self.figures)}

    def field(self, fact: str) -> Field:
        """Return a figure with its words and unit of measure."""
        return layout_of(self.framework, self.lang).fields[fact]

    def place_of(self, fact: str) -> str:
        """Return the place of a report at which units see a figure."""
        return layout_of(self.framework, self.lang).where[fact]

    @property
    def closed(self) -> str:
        """Why no figures are taken in now, as a sentence; nothing while they are, for some units at least."""
        if self.round.stage == Stage.PREPARING:
            return _("The round is not open yet.")
        if self.round.stage != Stage.OPEN:
            return _("The round takes in no more values.")
        if timezone.now() > self.round.due_at and not self._some_are_late:
            return _("The time for reporting is over. Ask the coordinator for permission to report late.")
        return ""

    @cached_property
    def _some_are_late(self) -> bool:
        return self.round.participants.filter(extensions__until__gte=timezone.now()).exists()


def opened(round_id: int, access: Access) -> Supplying:
    """Open a round for a provider, or say that there is none."""
    round_ = Round.objects.select_related("framework").filter(pk=round_id).first()
    if round_ is None:
        raise Http404
    require(allowed=may_supply(access, round_))
    return supplying(round_, access.agencies(round_.assessor_id))


def supplying(round_: Round, agencies: Iterable[str]) -> Supplying:
    """Return a round as agencies see it."""
    return Supplying(round_, loaded(round_.framework, round_.readings), frozenset(agencies), language())
