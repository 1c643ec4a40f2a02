"""Two of everything, for the table of permissions: what is one's own, and what is another's.

``World`` holds a round of one assessor with two units in it, and a round of a rival assessor with a unit of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from importlib import import_module
from pathlib import Path

from chiso.web.collection.models import Report
from chiso.web.people.models import Role, User
from chiso.web.rounds.models import Participant, Round
from chiso.web.units.models import Kind, Unit
from tests.web import factories as make

#: Roles of the unit that reports; every other role works for the unit that holds the round.
OF_THE_UNIT = (Role.OFFICER, Role.HEAD)

AGENCY = "Văn phòng"


class World:
    """Makes what is asked for, once."""

    @cached_property
    def assessor(self) -> Unit:
        """The unit that holds the round."""
        return make.unit("Tỉnh mẫu", Kind.PROVINCE)

    @cached_property
    def rival(self) -> Unit:
        """Another unit that holds a round."""
        made = make.unit("Tỉnh khác", Kind.PROVINCE)
        round_ = make.round_(made, self.round.framework)
        make.participant(round_, make.unit("Xã của tỉnh khác", parent=made))
        return made

    @cached_property
    def unit(self) -> Unit:
        """The unit that reports."""
        return make.unit("Xã mẫu", parent=self.assessor)

    @cached_property
    def sibling(self) -> Unit:
        """Another unit in the same round."""
        made = make.unit("Xã bên cạnh", parent=self.assessor)
        make.participant(self.round, made)
        return made

    @cached_property
    def round(self) -> Round:
        """An open round of the assessor."""
        return make.round_(self.assessor)

    @cached_property
    def participant(self) -> Participant:
        """The unit in the round."""
        return make.participant(self.round, self.unit)

    @cached_property
    def report(self) -> Report:
        """The unit's own report."""
        return make.report(self.participant)

    def own(self, role: Role) -> User:
        """Return a person who holds a role for the unit or its assessor."""
        return self._holder(role, self.unit if role in OF_THE_UNIT else self.assessor)

    def other(self, role: Role) -> User:
        """Return a person who holds a role for the unit's neighbour in the round, or for another assessor."""
        return self._holder(role, self.sibling if role in OF_THE_UNIT else self.rival)

    def _holder(self, role: Role, of: Unit) -> User:
        return make.person((role, None if role == Role.OPERATOR else of), agency=AGENCY)


Arguments = Callable[[World], Mapping[str, object]]


def collected(name: str) -> dict[str, Arguments]:
    """Return what the modules ``tests/web/<app>/addresses.py`` say under a name, together."""
    here = Path(__file__).parent
    modules = [import_module(f"tests.web.{path.parent.name}.addresses") for path in sorted(here.glob("*/addresses.py"))]
    return {key: value for module in modules for key, value in getattr(module, name, {}).items()}
