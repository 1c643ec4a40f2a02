"""A figure of a unit is the sum of those of its children in the rounds below; ratios are recomputed, never averaged."""

from __future__ import annotations

from decimal import Decimal

import pytest

from chiso.web.audit.services import SYSTEM
from chiso.web.collection.documents import documents_of
from chiso.web.collection.models import Result, ValueStage
from chiso.web.results.services import recalculate
from chiso.web.rounds.models import Participant, Round
from tests.web import factories as make
from tests.web.results.test_services import cells

pytestmark = pytest.mark.django_db

#: Both figures of the ratio are shared ones, defined by the framework itself or by the catalogue.
SHARED = make.SMALL.replace(
    "{name: a, label: Số hộ gia đình có Internet, unit: household}", "{name: a, fact: households_online}"
).replace(
    "dimensions:",
    "facts:\n  households_online: {label: {vi: Số hộ có mạng, en: Households online}, unit: household}\ndimensions:",
    1,
)
REST = {"1.2/choice": "head", "1.3/plan": "yes"}


class Tiers:
    """A district in a round of the province, and its two communes in a round of the district."""

    def __init__(self, below: str = SHARED) -> None:
        self.province = make.unit("Tỉnh mẫu", make.Kind.PROVINCE)
        self.district = make.unit("Huyện mẫu", make.Kind.DISTRICT, self.province)
        self.upper = make.round_(self.province, make.framework(SHARED))
        self.lower: Round = make.round_(self.district, make.framework(below))
        self.upper.children.add(self.lower)
        self.whole: Participant = make.participant(self.upper, self.district)
        make.report(self.whole, values=cells(REST))

    def commune(self, values: dict[str, str], name: str = "", **fields: object) -> Participant:
        made = make.participant(self.lower, make.unit(name, parent=self.district), **fields)
        if values:
            make.report(made, values=cells(values))
        return made

    def result(self) -> tuple[Decimal | None, bool]:
        recalculate(round_=self.upper, actor=SYSTEM)
        found = Result.objects.get(participant=self.whole)
        return found.total, found.is_provisional


def test_the_ratio_is_that_of_the_sums() -> None:
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "10"})
    tiers.commune({"households_online": "20", "households": "90"})

    # 30 of 100 households: 6 of 20 points; the mean of 10/10 and 20/90 would give more than 12.
    assert tiers.result() == (Decimal(26), False)


def test_a_child_without_figures_keeps_the_result_provisional() -> None:
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "10"})
    tiers.commune({})

    assert tiers.result() == (Decimal(20), True)


def test_what_is_supplied_for_a_child_counts_and_its_empty_value_hides_nothing() -> None:
    tiers = Tiers()
    one = tiers.commune({"households_online": "10", "households": ""})
    make.report(one, stage=ValueStage.PROVIDER, values=cells({"households": "40"}))

    assert tiers.result() == (Decimal(25), False)


def test_a_figure_of_its_own_prevails_over_the_sum() -> None:
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "10"})
    tiers.whole.reports.update(values=cells({**REST, "households_online": "1", "households": "2"}))

    assert tiers.result() == (Decimal(30), False)


def test_a_figure_that_another_framework_defines_otherwise_is_left_out() -> None:
    other = SHARED.replace("Households online", "Persons online").replace("id: small", "id: other")
    tiers = Tiers(other)
    tiers.commune({"households_online": "10", "households": "10"}, "Xã A")

    _own, _supplied, parts = documents_of(tiers.upper)[tiers.whole.pk]
    assert [(part.name, {fact: cell["v"] for fact, cell in part.values.items()}) for part in parts] == [
        ("Xã A", {"households": "10"})
    ]


def test_units_of_another_parent_do_not_count() -> None:
    tiers = Tiers()
    tiers.commune({"households_online": "10", "households": "10"})
    stranger = make.participant(tiers.lower, make.unit(parent=tiers.province))
    make.report(stranger, values=cells({"households_online": "0", "households": "90"}))

    assert tiers.result() == (Decimal(40), False)


def test_rounds_that_stand_below_each_other_end() -> None:
    tiers = Tiers()
    tiers.lower.children.add(tiers.upper)
    tiers.commune({"households_online": "10", "households": "10"})

    assert tiers.result() == (Decimal(40), False)


@pytest.mark.parametrize("communes", [1, 3])
def test_the_number_of_queries_does_not_depend_on_the_number_of_children(
    communes: int, django_assert_num_queries: object
) -> None:
    tiers = Tiers()
    for _one in range(communes):
        tiers.commune({"households": "10"})
    documents_of(tiers.upper)
    with django_assert_num_queries(8):  # type: ignore[operator]
        documents_of(tiers.upper)
