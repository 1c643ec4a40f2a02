"""What tests of the web application need to exist: units, people, frameworks, rounds, reports."""

from __future__ import annotations

import datetime as dt
from itertools import count

from django.utils import timezone

from chiso.web.collection.models import Report
from chiso.web.frameworks.models import FrameworkVersion
from chiso.web.frameworks.services import add_framework
from chiso.web.people.models import Assignment, Invitation, Role, User
from chiso.web.rounds.models import Participant, RankingGroup, Round, Stage
from chiso.web.units.models import Kind, Unit, UnitVersion

_numbers = count(1)

LONG_AGO = dt.date(2020, 1, 1)

#: A small framework with a ratio, a choice, a yes/no and a shared fact.
SMALL = """
format: 1
id: small-2025-commune
version: "1.0"
title: {vi: Bộ chỉ số mẫu, en: Sample index}
legal: {number: 1/QĐ-UBND, date: 2025-01-02, year: 2025, issuer: Ủy ban nhân dân tỉnh mẫu, title: Bộ chỉ số mẫu}
unit_kinds: [commune]
max_points: 40
dimensions:
  - code: "1"
    title: Nền tảng
    max_points: 40
    criteria:
      - code: "1.1"
        title: Tỷ lệ hộ gia đình có Internet
        max_points: 20
        printed_rule: a/b*Điểm tối đa
        rule: {kind: ratio, numerator: a, denominator: b, part_of_whole: true}
        inputs:
          - {name: a, label: Số hộ gia đình có Internet, unit: household}
          - {name: b, fact: households}
        lead: [Văn phòng]
        clause: Phụ lục, dòng 1.1
      - code: "1.2"
        title: Người đứng đầu chỉ đạo
        max_points: 10
        printed_rule: Có = 10
        rule:
          kind: choice
          options:
            - {id: head, label: Người đứng đầu, share: 1}
            - {id: deputy, label: Cấp phó, share: 1/2}
            - {id: none_of_them, label: Không, share: 0}
        lead: [Văn phòng]
        clause: Phụ lục, dòng 1.2
      - code: "1.3"
        title: Có kế hoạch
        max_points: 10
        printed_rule: Có = 10
        rule: {kind: yes_no, input: plan, label: Có kế hoạch}
        lead: [Văn phòng]
        clause: Phụ lục, dòng 1.3
"""


def framework(text: str = SMALL) -> FrameworkVersion:
    return add_framework(text=text)


def unit(name: str = "", kind: Kind = Kind.COMMUNE, parent: Unit | None = None, since: dt.date = LONG_AGO) -> Unit:
    number = next(_numbers)
    made = Unit.objects.create(code=f"{number:05}")
    UnitVersion.objects.create(
        unit=made, code=made.code, name=name or f"Xã mẫu {number}", kind=kind, parent=parent, valid_from=since
    )
    return made


def person(
    *roles: tuple[Role, Unit | None], email: str = "", agency: str = "", password: str = "correct horse"
) -> User:
    number = next(_numbers)
    made = User.objects.create_user(email or f"person{number}@example.org", password, full_name=f"Người mẫu {number}")
    for role, of in roles:
        Assignment.objects.create(
            user=made, role=role, unit=of, agency=agency if role == Role.PROVIDER else "", valid_from=LONG_AGO
        )
    return made


def invitation(of: Unit | None, role: Role = Role.OFFICER, **fields: object) -> Invitation:
    number = next(_numbers)
    told: dict[str, object] = {
        "email": f"invited{number}@example.org",
        "full_name": f"Người được mời {number}",
        "role": role,
        "unit": of,
        "invited_by": fields.pop("invited_by", None) or person(),
        **fields,
    }
    return Invitation.objects.create(**told)


def round_(
    assessor: Unit, version: FrameworkVersion | None = None, stage: Stage = Stage.OPEN, **fields: object
) -> Round:
    now = timezone.now()
    told: dict[str, object] = {
        "title": f"Đợt đánh giá mẫu {next(_numbers)}",
        "year": 2025,
        "framework": version or framework(),
        "assessor": assessor,
        "stage": stage,
        "opens_on": now.date() - dt.timedelta(days=10),
        "due_at": now + dt.timedelta(days=10),
        **fields,
    }
    return Round.objects.create(**told)


def participant(of: Round, member: Unit, group: RankingGroup | None = None, **fields: object) -> Participant:
    name = member.versions.latest("valid_from").name
    return Participant.objects.create(round=of, unit=member, name=name, group=group, **fields)


def report(of: Participant, **fields: object) -> Report:
    return Report.objects.create(participant=of, **fields)
