"""Points while one works: what is kept from one request to the next is what would be worked out anew."""

from __future__ import annotations

from random import Random

import pytest

import chiso
from chiso.framework.inputs import Asked, collected
from chiso.framework.model import Framework
from chiso.web.collection.asking import TEXTS
from chiso.web.collection.cells import Document
from chiso.web.collection.facts import Reported
from chiso.web.collection.layout import layout_of
from chiso.web.collection.live import forget, live_scores
from chiso.web.collection.progress import filled_in
from chiso.web.collection.standing import Mark, Standing, marks, standing

FRAMEWORKS = ["khanh-hoa-2023-district", "gia-lai-2023-province", "an-giang-2024-department", "khung-2024-commune"]


def written(one: Asked, chance: Random) -> str:
    """Return what somebody could have entered, in its fixed form."""
    if chance.random() < 0.15:
        return chance.choice(["", "n/a"]) if one.type not in TEXTS else ""
    if one.type in TEXTS:
        return "12/2026"
    if one.type == "choice":
        return chance.choice(one.options).id
    if one.type == "yes_no":
        return chance.choice(["yes", "no"])
    return str(chance.randint(0, 100))


def told(framework: Framework, values: Document, report: int, lang: str) -> tuple[dict[str, Mark], Standing]:
    """Return how a report stands, with the help of what is kept of it."""
    layout = layout_of(framework, lang)
    with live_scores(report, framework, 2023, Reported("Một", "", values)) as live:
        known = live.known(lang)
        return (
            marks(layout, live.scores, values, None, known.marks),
            standing(layout, live.scores, filled_in(values), 2, known.parts),
        )


@pytest.mark.parametrize("name", FRAMEWORKS)
def test_what_is_kept_is_what_would_be_worked_out_anew(name: str) -> None:
    framework, chance = chiso.load(name), Random(name)
    asked = list(collected(framework).values())
    values: Document = {}
    forget()
    for turn in range(25):
        changed = chance.sample(asked, chance.choice([1, 1, 2, 12]))
        values = {**values, **{one.fact: {"v": written(one, chance), "n": turn, "at": ""} for one in changed}}
        if turn % 5 == 4:
            values = {fact: cell for fact, cell in values.items() if chance.random() < 0.9}
        for lang in ("vi", "en") if turn % 3 else ("vi",):
            assert told(framework, values, 1, lang) == told(framework, values, 1000 + turn, lang)


def test_reports_do_not_share_what_is_kept() -> None:
    framework = chiso.load("khanh-hoa-2023-district")
    [one, *_rest] = (asked for asked in collected(framework).values() if asked.type == "yes_no")
    yes, no = ({one.fact: {"v": text, "n": 1, "at": ""}} for text in ("yes", "no"))
    forget()

    first = told(framework, yes, 1, "vi")
    assert told(framework, no, 2, "vi") != first
    assert told(framework, yes, 1, "vi") == first
