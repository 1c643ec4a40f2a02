"""The one way in: bundled frameworks by id, files by path, text by itself."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from pydantic import ValidationError

from chiso.framework import shape
from chiso.framework.faults import FrameworkError
from chiso.framework.loader import bundled, load, load_text, shared_facts
from chiso.framework.source import read_source
from tests.framework.samples import points_text

MANUAL = points_text("{kind: manual}")


def test_the_seven_sets_are_bundled() -> None:
    assert bundled() == [
        "an-giang-2024-department",
        "an-giang-2024-district",
        "gia-lai-2023-province",
        "khanh-hoa-2023-district",
        "khung-2024-commune",
        "khung-2024-district",
        "yen-dinh-2023-district",
    ]


@pytest.mark.parametrize("name", bundled())
def test_a_bundled_framework_loads_under_its_own_id(name: str) -> None:
    assert load(name).id == name


def test_a_bundled_framework_is_read_once() -> None:
    assert load("gia-lai-2023-province") is load("gia-lai-2023-province")


def test_a_file_is_loaded_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(MANUAL, "utf-8")
    assert load(str(path)).id == "sample"


def test_a_file_and_its_text_have_the_same_hash(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(MANUAL, "utf-8")
    assert load(str(path)).hash == load_text(MANUAL).hash


def test_the_hash_follows_the_content() -> None:
    assert load_text(MANUAL).hash != load_text(MANUAL.replace("mẫu", "khác")).hash
    assert len(load_text(MANUAL).hash) == 64


def test_an_unknown_id_lists_what_resembles_it() -> None:
    with pytest.raises(FrameworkError) as error:
        load("gia-lai-2023-provinse")
    (fault,) = error.value.faults
    assert (fault.code, fault.near[0]) == ("F010", "gia-lai-2023-province")


def test_a_missing_file_is_not_taken_for_an_id(tmp_path: Path) -> None:
    with pytest.raises(FrameworkError) as error:
        load(str(tmp_path / "none.yaml"))
    assert [fault.code for fault in error.value.faults] == ["F016"]


@pytest.mark.parametrize("name", ["", ".", "with\0zero"])
def test_a_name_that_is_no_framework_is_a_fault(name: str) -> None:
    with pytest.raises(FrameworkError) as error:
        load(name)
    assert [fault.code for fault in error.value.faults] == ["F010"] if "\0" in name else ["F005"]


def test_every_fault_of_the_shape_is_reported_at_once_with_those_of_the_text() -> None:
    text = MANUAL.replace("id: sample", "id: sample\nid: other\ncolour: red").replace(
        "max_points: 10\n", "max_points: x\n"
    )
    with pytest.raises(FrameworkError) as error:
        load_text(text)
    assert [(fault.code, fault.line) for fault in error.value.faults] == [
        ("F009", 3),
        ("F021", 4),
        ("F044", 9),
        ("F044", 13),
    ]


def test_every_fault_of_the_content_is_reported_at_once() -> None:
    rule = "{kind: ratio, numerator: a+n, denominator: b, part_of_whole: true}"
    text = points_text(rule, "a b n", ", due: Quý I", 'left_out: [{code: "2", year: 2024, reason: x}]\n')
    with pytest.raises(FrameworkError) as error:
        load_text(text)
    assert [fault.code for fault in error.value.faults] == ["F141", "F115", "F131"]


def test_a_framework_knows_the_shared_facts() -> None:
    assert load_text(MANUAL).known_facts["households"] is shared_facts()["households"]


def test_a_problem_that_has_no_words_of_its_own_is_still_reported() -> None:
    source = read_source("id: x", "file.yaml")
    problem = {"type": "strange", "loc": ("id",), "msg": "is strange", "input": "x"}
    error = SimpleNamespace(errors=lambda: [problem])
    (fault,) = shape.faults_of(error, source)  # type: ignore[arg-type]
    assert (fault.code, fault.line, fault.key) == ("F025", 1, "id")
    assert fault.text("en") == 'The value "x" is not valid: is strange.'


def test_a_framework_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load_text(MANUAL).id = "other"
