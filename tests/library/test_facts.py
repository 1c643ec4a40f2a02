"""One figure has one name in all sets: facts that look alike are the same, or are kept apart for a reason given here.

What the catalogue and ``docs/reference/sources.md`` say in words is held here: facts with the same unit of measure and
nearly the same words are listed with why they differ.
"""

from __future__ import annotations

import itertools
import re

from chiso.framework.inputs import collected
from chiso.framework.loader import bundled, load

KH, GL, YD = "khanh-hoa-2023-district", "gia-lai-2023-province", "yen-dinh-2023-district"
AG, AG_DISTRICT = "an-giang-2024-department", "an-giang-2024-district"
COMMUNE, DISTRICT = "khung-2024-commune", "khung-2024-district"

#: Words that say nothing of what is counted.
COMMON = {"số", "lượng", "tổng", "tỷ", "lệ", "của", "có", "và", "các", "được", "trên", "trong", "từ", "cho"}

#: From this share of common words on, two labels look alike.
ALIKE = 0.65

#: Facts that look alike within each group, and why they are not one.
APART: dict[str, list[set[str]]] = {
    "a part and its whole": [
        {"4.8/a", "4.8/b"},
        {"5.5/a", "5.5/b"},
        {"full_online_services", "6.8/b"},
        {"enterprises", "7.3/a"},
        {"4.9/a", "4.9/b"},
        {"4.12/a", "4.12/b"},
        {"4.13/a", "4.13/b"},
        {"documents_in_and_out", "7.4/den"},
        {"full_online_services", "full_online_services_with_dossiers", "full_online_services_with_online_dossiers"},
        {"small_medium_enterprises", "enterprises"},
    ],
    "civil servants and public employees are two kinds of staff, whom some criteria count together": [
        {"4.5/a", "4.5/c"},
        {"4.5/b", "4.5/d"},
        {"civil_servants", "public_employees", "civil_servants_and_public_employees"},
        {"cadres_and_civil_servants", "district_cadres_and_civil_servants", "commune_cadres_and_civil_servants"},
    ],
    "of the district and of its communes, two rows of the same table": [
        {"district_it_specialists", "commune_it_specialists"},
        {"district_it_part_timers", "commune_it_part_timers"},
    ],
    "specialists, and those who do it beside other work": [{"commune_it_specialists", "commune_it_part_timers"}],
    "staff and citizens": [{"4.7/num", "4.8/num"}, {"6.14/a", "6.14/c"}, {"6.14/b", "6.14/d"}],
    "services of level 3 and level 4, with any dossier or with one sent online": [
        {
            "partial_online_services",
            "partial_online_services_with_dossiers",
            "partial_online_services_with_online_dossiers",
            "full_online_services",
            "full_online_services_with_dossiers",
            "full_online_services_with_online_dossiers",
        },
    ],
    "investment and regular spending, each on government, economy, society or security": [
        {"5.12.1/a", "6.22/a", "7.11/a", "8.6/n", "5.12.1/b", "6.22/b", "7.12/a", "8.7/n"},
    ],
    "the station of the province and the loudspeakers of communes": [{"1.8/n", "loudspeaker_broadcasts"}],
    "households that are connected, or that a network covers": [{"3.3/a", "III.2/num"}],
    "from 15 or from 18 years on": [{"population_15_plus", "population_18_plus"}],
    "platform enterprises alone, or with technology enterprises": [{"7.3/a", "8.4/num"}],
    "one figure for each field of feedback and each survey": [
        {f"8.8.2.{number}/a" for number in range(1, 5)},
        {f"8.8.2.{number}/b" for number in range(1, 5)},
        {f"8.8.3.{number}/a" for number in range(1, 5)},
        {f"8.8.3.{number}/b" for number in range(1, 5)},
    ],
}


def words(label: str) -> frozenset[str]:
    """Return the words of a label that say what is counted."""
    return frozenset(re.findall(r"\w+", label.casefold())) - COMMON


def labels() -> dict[tuple[str, str], tuple[str, frozenset[str]]]:
    """Return unit of measure and words of every figure that is counted or measured; shared facts once."""
    found: dict[tuple[str, str], tuple[str, frozenset[str]]] = {}
    for name in bundled():
        framework = load(name)
        for fact, one in collected(framework).items():
            if one.type not in ("count", "number", "amount") or not one.unit:
                continue
            shared = framework.known_facts.get(fact)
            label = shared.label.vi if shared else one.label
            found["" if shared else name, fact] = (one.unit, words(label))
    return found


def alike() -> set[frozenset[str]]:
    """Return the pairs of facts that count the same unit in nearly the same words."""
    found = set()
    for ((_, one), (unit, first)), ((_, other), (same, second)) in itertools.combinations(labels().items(), 2):
        if unit == same and first | second and len(first & second) >= ALIKE * len(first | second):
            found.add(frozenset({one, other}))
    return found


def test_facts_that_look_alike_are_one_or_are_kept_apart_for_a_reason() -> None:
    groups = [group for groups in APART.values() for group in groups]
    unexplained = {pair for pair in alike() if not any(pair <= group for group in groups)}
    assert unexplained == set()


def test_no_reason_is_given_for_facts_that_do_not_look_alike() -> None:
    pairs = alike()
    stale = [group for groups in APART.values() for group in groups if not any(pair <= group for pair in pairs)]
    assert stale == [], stale


def test_what_servers_systems_enterprises_and_services_are_divided_by_is_shared() -> None:
    def users(fact: str) -> set[str]:
        return {name for name in bundled() if fact in collected(load(name))}

    assert users("physical_servers") == {AG, AG_DISTRICT, KH}  # Gia Lai 5.3 counts all servers, virtual ones too
    assert users("information_systems") == {AG, AG_DISTRICT, GL, KH, COMMUNE, DISTRICT}
    assert users("enterprises") == {AG_DISTRICT, GL, KH, YD}
    assert users("small_medium_enterprises") == {AG_DISTRICT, GL, KH, COMMUNE, DISTRICT}
    assert users("full_online_services") == {GL, KH}
    assert users("state_budget_spending") == {AG_DISTRICT, GL, KH}
    assert users("digital_transformation_spending") == {AG, AG_DISTRICT, GL}
