"""Ranking groups are named, ordered and ranked or not; one that is in use is not given up."""

from __future__ import annotations

import pytest

from chiso.web.audit.services import Actor
from chiso.web.rounds.groups import Told, of_round, set_groups
from chiso.web.rounds.models import RankingGroup, Round, Stage
from chiso.web.rounds.services import RoundError
from tests.web import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor() -> Actor:
    return Actor(make.person().pk)


@pytest.fixture
def round_() -> Round:
    return make.round_(make.unit("Tỉnh mẫu", make.Kind.PROVINCE), stage=Stage.PREPARING)


@pytest.fixture
def two(round_: Round) -> list[RankingGroup]:
    made = [RankingGroup.objects.create(round=round_, name=name, position=at) for at, name in enumerate("AB")]
    make.participant(round_, make.unit(), made[0])
    return made


def seen(round_: Round) -> list[tuple[str, bool, int]]:
    return [(group.name, group.is_ranked, count) for group, count in of_round(round_)]


def test_names_may_change_places(round_: Round, two: list[RankingGroup], actor: Actor) -> None:
    told = [Told(two[1].pk, "A", True), Told(None, "C", False), Told(two[0].pk, "B", True)]
    set_groups(round_id=round_.pk, groups=told, actor=actor)

    assert seen(round_) == [("A", True, 0), ("C", False, 0), ("B", True, 1)]
    round_.refresh_from_db()
    assert round_.settled == ["groups"]


@pytest.mark.parametrize(
    ("names", "code"), [(["A", "a"], "group_twice"), (["", "B"], "group_in_use"), (["A", ""], None)]
)
def test_what_cannot_be(
    round_: Round, two: list[RankingGroup], actor: Actor, names: list[str], code: str | None
) -> None:
    told = [Told(group.pk, name, True) for group, name in zip(two, names, strict=True) if name]
    if code is None:
        set_groups(round_id=round_.pk, groups=told, actor=actor)
        assert seen(round_) == [("A", True, 1)]
        return
    with pytest.raises(RoundError) as refused:
        set_groups(round_id=round_.pk, groups=told, actor=actor)
    assert refused.value.code == code
    assert seen(round_) == [("A", True, 1), ("B", True, 0)]
