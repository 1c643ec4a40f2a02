"""The demonstration loads, says that it is one, and its results are the engine's."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

#: Asks the demonstration's own process what it holds: its app is installed nowhere else.
_ASK = """
import django; django.setup()
from chiso.web.rounds.models import Round
from chiso.web.collection.models import Result
from chiso.web.audit.queries import breaks
assert all(round.is_sample for round in Round.objects.all())
print(Round.objects.count(), Result.objects.count(), list(breaks()))
for result in Result.objects.filter(rank__isnull=False, participant__round__stage="open").order_by("rank"):
    print(result.rank, result.participant.name, result.data["published"], result.is_provisional)
"""


def run(folder: Path, *words: str) -> str:
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("CHISO_", "DJANGO_"))} | {
        "CHISO_DEMO": "1",
        "CHISO_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "chiso.web.settings",
    }
    done = subprocess.run(
        [sys.executable, *words], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("demo")
    run(folder, "-m", "chiso.web", "migrate", "--verbosity", "0")
    return folder, run(folder, "-m", "chiso.web", "load_demo")


def test_the_accounts_are_printed(loaded: tuple[Path, str]) -> None:
    assert "canbo@mau.example" in loaded[1]
    assert loaded[1].startswith("Password of every account: ")


def test_the_results_are_those_of_the_command_line(loaded: tuple[Path, str], tmp_path: Path) -> None:
    head, *rows = (ROOT / "examples/gia-lai-sample-facts.csv").read_text("utf-8").splitlines()
    own = [row for row in rows if row.startswith("Tỉnh mẫu A,")]
    facts = tmp_path / "facts.csv"
    # The visitor's own province is left half empty.
    facts.write_text("\n".join([head, *(row for row in rows if row not in own[len(own) // 2 :])]), "utf-8")
    scored = run(loaded[0], "-m", "chiso.cli.main", "score", "gia-lai-2023-province", "--facts", str(facts),
                 "--format", "json")  # fmt: skip
    wanted = {one["unit"]: one["published"] for one in json.loads(scored)["units"]}
    told = run(loaded[0], "-c", _ASK).splitlines()

    assert told[0] == "6 147 []"
    assert {line[2:12].strip(): line.split()[4] for line in told[1:]} == wanted
    assert len(wanted) == 5


#: What the demonstration says of the real province: communes by the first word of their name, former units, evidence.
_ASK_PROVINCE = """
import django; django.setup()
from collections import Counter
from chiso.web.collection.models import Report
from chiso.web.evidence.models import Evidence
from chiso.web.units.models import Kind, Unit, UnitVersion
province = Unit.objects.get(code="KH")
communes = UnitVersion.objects.filter(parent=province, kind=Kind.COMMUNE, valid_to=None)
print(sorted(Counter(one.name.split()[0] for one in communes).items()))
ended = UnitVersion.objects.filter(valid_to="2025-06-30").order_by("code")
print([one.name for one in ended if one.kind == Kind.PROVINCE], sum(one.kind == Kind.DISTRICT for one in ended))
print([len(Evidence.objects.filter(blob__isnull=links)) for links in (False, True)])
print({"mẫu" in one.title for one in Evidence.objects.all()})
reports = Report.objects.filter(participant__round__assessor=province)
print(sorted(set(reports.filter(participant__round__stage="open").values_list("state", flat=True))))
"""


def test_a_real_province_is_there_with_sample_figures(loaded: tuple[Path, str]) -> None:
    told = run(loaded[0], "-c", _ASK_PROVINCE).splitlines()

    # Resolution 1667/NQ-UBTVQH15: 48 communes, 16 wards, one special zone; nine districts and Ninh Thuận are no more.
    assert told[0] == "[('Phường', 16), ('Xã', 48), ('Đặc', 1)]"
    assert told[1] == "['Tỉnh Ninh Thuận'] 9"
    assert told[2:] == ["[3, 1]", "{True}", "['draft', 'signed']"]


def test_loading_again_changes_nothing(loaded: tuple[Path, str]) -> None:
    before = run(loaded[0], "-c", _ASK)
    run(loaded[0], "-m", "chiso.web", "load_demo")

    assert run(loaded[0], "-c", _ASK) == before
