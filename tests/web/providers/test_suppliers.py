"""Coordinators see which agencies a round needs figures of, who has no account, and what nobody is named for."""

from __future__ import annotations

import pytest

from chiso.web.collection.agencies import supplier_names
from chiso.web.frameworks.services import loaded
from chiso.web.people.models import Role
from chiso.web.providers.suppliers import Supplier, suppliers_in
from tests.web import factories as make
from tests.web.conftest import Browser
from tests.web.providers.conftest import Bureau


def found(bureau: Bureau) -> list[Supplier]:
    return suppliers_in(bureau.round, loaded(bureau.round.framework), "vi")[0]


def test_each_agency_with_its_figures_its_people_and_how_far_it_is(browser: Browser, bureau: Bureau) -> None:
    one, other, _third = bureau.units
    browser.as_person(bureau.provider)
    bureau.send(browser, (one, "households", "5"), (other, "households", "6"), (one, "1.1/a", "n/a: mới tách"))

    assert [(one.name, len(one.labels), one.people, one.given) for one in found(bureau)] == [
        ("Cơ quan Thống kê", 3, 2, 3),
        ("Văn phòng", 1, 0, 0),
    ]


def test_people_whose_role_is_over_or_held_elsewhere_do_not_count(bureau: Bureau) -> None:
    bureau.provider.assignments.update(valid_to="2020-12-31")
    bureau.second.is_active = False
    bureau.second.save()
    make.person((Role.PROVIDER, make.unit(kind=make.Kind.PROVINCE)), agency="Cơ quan thống kê")

    assert [one.people for one in found(bureau)] == [0, 0]


def test_names_are_shown_as_printed(bureau: Bureau) -> None:
    names = supplier_names(loaded(bureau.round.framework))

    assert (names["households"], names["1.3/plan"]) == (("Cơ quan thống kê",), ("Văn phòng",))


@pytest.mark.parametrize("units", [0, 20])
def test_the_page_costs_as_many_queries_whatever_the_number_of_units(
    browser: Browser, bureau: Bureau, units: int, django_assert_max_num_queries
) -> None:
    for _one in range(units):
        make.report(make.participant(bureau.round, make.unit()), stage="provider", values={})
    browser.as_person(make.person((Role.COORDINATOR, bureau.round.assessor)))
    browser.get(f"/supply/{bureau.round.pk}/agencies")
    with django_assert_max_num_queries(8):
        page = browser.get(f"/supply/{bureau.round.pk}/agencies").content.decode()
    assert ("chưa có ai" in page, f"0 trên {3 * (3 + units)} số liệu" in page) == (True, True)
