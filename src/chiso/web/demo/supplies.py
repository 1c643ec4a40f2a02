"""What the statistics office of the demonstration supplies, and what one commune objects to. Made up, like the rest."""

from __future__ import annotations

from chiso.web.audit.services import Actor
from chiso.web.collection.models import Remark
from chiso.web.collection.remarks import add_remark
from chiso.web.collection.services import Written
from chiso.web.people.models import Assignment, Role, User
from chiso.web.providers.opening import supplying
from chiso.web.providers.services import take, tell_origin
from chiso.web.rounds.models import Round

#: For each unit: people, households, people of 15, of 18 and more, people of working age.
_FIGURES = {
    "Xã mẫu A1": (6120, 1530, 4670, 4350, 3820),
    "Xã mẫu A2": (4875, 1204, 3690, 3440, 2990),
    "Thị trấn mẫu A3": (9340, 2480, 7215, 6780, 5905),
    "Xã mẫu A4": (3510, 842, 2655, 2470, 2115),
    "Xã mẫu B1": (5260, 1322, 3985, 3705, 3240),
}
_FACTS = ("population", "households", "population_15_plus", "population_18_plus", "working_age_population")


def supply_sample(round_: Round) -> None:
    """Let the statistics office supply what it has so far; one commune knows its households better."""
    office = Assignment.objects.get(role=Role.PROVIDER, unit=round_.assessor)
    actor = Actor(office.user_id)
    opened = supplying(round_, [office.agency])
    for fact in _FACTS:
        tell_origin(round_=round_, fact=fact, as_of=f"31/12/{round_.year}", source="Niên giám mẫu", actor=actor)
    members = dict(round_.participants.filter(name__in=_FIGURES).values_list("name", "pk"))
    written = {
        (members[name], fact): Written(str(value))
        for name, values in _FIGURES.items()
        for fact, value in zip(_FACTS, values, strict=True)
    }
    kept = take(opened=opened, written=written, actor=actor).kept
    commune = round_.participants.get(name="Xã mẫu A1")
    officer = User.objects.get(assignments__role=Role.OFFICER, assignments__unit=commune.unit_id)
    add_remark(
        participant=commune,
        code=opened.place_of("households"),
        fact="households",
        kind=Remark.Kind.OBJECTION,
        value=kept[commune.pk, "households"].text,
        text="Sổ hộ khẩu của xã có 1.548 hộ; số của cơ quan thống kê thiếu 18 hộ mới tách ở thôn mẫu 3.",
        actor=Actor(officer.pk),
    )
