"""What a measurement works on: a round with as many units as wanted, each with an officer who is signed in.

    python benchmarks/web/world.py --units 1000 --to world.json [--filled]

Runs in a process of its own where the measurement itself needs no database. Everything is made in bulk: 10,600 units
take seconds. Random from a fixed seed.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

VALUES = 40


@dataclass(frozen=True)
class Officer:
    """One unit's officer: the session that the browser would hold, the report, and what they will write."""

    report: int
    session: str
    values: dict[str, str]


@dataclass(frozen=True)
class World:
    """The round, a coordinator's session, the officers, and places of the report to look at."""

    round: int
    coordinator: str
    officers: list[Officer]
    places: list[str]


def prepare(units: int, framework: str, *, filled: bool = False) -> World:
    """Make the round, the units, and one officer with a session for each. ``filled``: every report holds figures."""
    import django

    django.setup()
    from django.core.management import call_command

    from chiso.framework.inputs import collected
    from chiso.web.collection.layout import layout_of
    from chiso.web.frameworks.models import FrameworkVersion
    from chiso.web.frameworks.services import add_bundled, loaded
    from chiso.web.people.models import Role

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    add_bundled()
    version = FrameworkVersion.objects.get(framework=framework)
    asked = [one for one in collected(loaded(version)).values() if one.type in ("count", "share", "yes_no")][:VALUES]
    assert len(asked) == VALUES, f"{framework} asks for {len(asked)} figures only"
    chance = random.Random(20261125)
    values = [{one.fact: _value(one, chance) for one in asked} for _ in range(units)]
    province, made, reports = _round(version, units, values if filled else [])
    [coordinator] = _people([("coordinator", province, Role.COORDINATOR)], chance)
    keys = _people([(one.code, one, Role.OFFICER) for one in made], chance)
    officers = [Officer(report.pk, key, told) for report, key, told in zip(reports, keys, values, strict=True)]
    layout = layout_of(loaded(version), "vi")
    places = [code for code in layout.order if layout.places[code].block is not None]
    return World(reports[0].participant.round_id, coordinator, officers, places)


def _value(one: Any, chance: random.Random) -> str:
    if one.type == "yes_no":
        return chance.choice(["yes", "no"])
    return str(chance.randint(0, 100))


def changed(value: str) -> str:
    """Return another value of the same kind."""
    return {"yes": "no", "no": "yes"}.get(value) or str((int(value) + 1) % 101)


def _round(version: Any, units: int, values: list[dict[str, str]]) -> tuple[Any, list[Any], list[Any]]:
    from django.utils import timezone

    from chiso.web.collection.models import Report
    from chiso.web.rounds.models import Participant, RankingGroup, Round, Stage
    from chiso.web.units.models import Kind, Unit, UnitVersion

    now = timezone.now()
    since = now.date().replace(month=1, day=1)
    province = Unit.objects.create(code="MAU")
    UnitVersion.objects.create(unit=province, code="MAU", name="Tỉnh mẫu", kind=Kind.PROVINCE, valid_from=since)
    round_ = Round.objects.create(
        title="Đợt mẫu", year=now.year, framework=version, assessor=province, stage=Stage.OPEN, opens_on=since,
        due_at=now + dt.timedelta(days=1), is_sample=True,
    )  # fmt: skip
    group = RankingGroup.objects.create(round=round_, name="Xã mẫu")
    made = Unit.objects.bulk_create([Unit(code=f"MAU-{number:05}") for number in range(units)], batch_size=1000)
    UnitVersion.objects.bulk_create(
        [
            UnitVersion(
                unit=one, code=one.code, name=f"Xã mẫu {one.code}", kind=Kind.COMMUNE, parent=province, valid_from=since
            )
            for one in made
        ],
        batch_size=1000,
    )
    members = Participant.objects.bulk_create(
        [Participant(round=round_, unit=one, name=f"Xã mẫu {one.code}", group=group) for one in made], batch_size=1000
    )
    reports = [Report(participant=one) for one in members]
    for report, told in zip(reports, values, strict=False):
        _fill(report, version, told, now)
    return province, made, Report.objects.bulk_create(reports, batch_size=500)


def _fill(report: Any, version: Any, values: dict[str, str], now: dt.datetime) -> None:
    """Let a report hold values as a save would leave them; its log begins with the next one."""
    from chiso.web.collection.cells import Cell
    from chiso.web.collection.progress import progress_of
    from chiso.web.frameworks.services import loaded

    report.values = {fact: Cell(text, None, now.isoformat(), 1).kept() for fact, text in values.items()}
    report.progress = progress_of(loaded(version), report.values)
    report.number, report.changed_at = 1, now


def _people(wanted: list[tuple[str, Any, Any]], chance: random.Random) -> list[str]:
    """Make accounts with one role each, signed in; return the keys of their sessions."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore
    from django.utils import timezone

    from chiso.web.people.models import Assignment, User

    now = timezone.now()
    people = User.objects.bulk_create(
        [User(email=f"{name}@mau.example".lower(), full_name=f"Cán bộ {name}", password="!") for name, _, _ in wanted],
        batch_size=1000,
    )
    Assignment.objects.bulk_create(
        [
            Assignment(user=user, role=role, unit=unit, valid_from=now.date().replace(month=1, day=1))
            for user, (_, unit, role) in zip(people, wanted, strict=True)
        ],
        batch_size=1000,
    )
    store = SessionStore()
    sessions, backend = [], "allauth.account.auth_backends.AuthenticationBackend"
    for user in people:
        told = {SESSION_KEY: str(user.pk), BACKEND_SESSION_KEY: backend, HASH_SESSION_KEY: user.get_session_auth_hash()}
        key, lasting = f"{chance.getrandbits(128):032x}", now + dt.timedelta(days=1)
        sessions.append(store.model(session_key=key, session_data=store.encode(told), expire_date=lasting))
    store.model.objects.bulk_create(sessions, batch_size=1000)
    return [one.session_key for one in sessions]


def read(path: Path) -> World:
    """Return a world that another process has made."""
    told = json.loads(path.read_text("utf-8"))
    return World(**{**told, "officers": [Officer(**one) for one in told["officers"]]})


if __name__ == "__main__":
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--units", type=int, required=True)
    options.add_argument("--framework", required=True)
    options.add_argument("--filled", action="store_true")
    options.add_argument("--to", type=Path, required=True)
    told = options.parse_args()
    world = prepare(told.units, told.framework, filled=told.filled)
    told.to.write_text(json.dumps(asdict(world)), "utf-8")
