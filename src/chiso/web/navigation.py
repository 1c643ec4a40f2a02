"""The navigation on the left: what one does, shown to those who may do it. Each app's page is listed here once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from chiso.web.addresses import address
from chiso.web.audit.permissions import may_see_log
from chiso.web.frameworks.permissions import may_see_frameworks
from chiso.web.people.access import Access
from chiso.web.people.permissions import may_see_people
from chiso.web.providers.permissions import supplies
from chiso.web.results.permissions import sees_results
from chiso.web.rounds.permissions import may_open_rounds


@dataclass(frozen=True, slots=True)
class Item:
    """A line of the navigation: where it leads, its words and icon, and who sees it."""

    url: str
    words: str | Promise
    icon: str
    shown: Callable[[Access], bool]
    #: Addresses by name that stand elsewhere and belong to this line.
    others: frozenset[str] = frozenset()


def anybody(access: Access) -> bool:
    """Everybody who is signed in."""
    return access.user_id is not None


ITEMS = (
    Item("home", _("My work"), "work", anybody),
    Item("rounds", _("Rounds"), "round", may_open_rounds, frozenset({"round_board", "remind", "supply_agencies"})),
    Item("supply", _("Figures to supply"), "supply", supplies),
    Item("results", _("Results"), "result", sees_results),
    Item("frameworks", _("Frameworks"), "framework", may_see_frameworks),
    Item("log", _("Log"), "log", may_see_log),
    Item("units", _("Units"), "unit", anybody),
    Item("people", _("Users"), "people", may_see_people),
)


def navigation(access: Access) -> Iterator[Item]:
    """Yield the lines that a person sees."""
    yield from (item for item in ITEMS if item.shown(access))


def current(request: HttpRequest) -> Item | None:
    """Return the line that a page belongs to: the one that names it, else the one below whose address it stands."""
    match = request.resolver_match
    name = match.url_name if match is not None else None
    named = next((item for item in ITEMS if name in item.others), None)
    if named is not None or name == "home":
        return named or ITEMS[0]
    return next((item for item in ITEMS[1:] if request.path.startswith(address(item.url))), None)
