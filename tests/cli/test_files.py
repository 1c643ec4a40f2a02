"""What is written takes its name once it is complete, and never takes the place of what is read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from chiso.cli import scores
from tests.cli.command import Chiso, facts_csv

GIA_LAI = "gia-lai-2023-province"
LOST = "Tệp “{name}” đang được dùng làm dữ liệu đầu vào, ghi vào đó sẽ mất dữ liệu. Chọn tên tệp khác."


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return facts_csv(tmp_path / "facts.csv", [("Tỉnh A", "7.5", "a", 1), ("Tỉnh A", "7.5", "b", 3)])


def test_facts_are_not_written_over(chiso: Chiso, facts: Path) -> None:
    before = facts.read_bytes()
    same = facts.parent / "link.csv"
    same.symlink_to(facts)

    for output in (facts, same, facts.parent / ".." / facts.parent.name / "facts.csv"):
        answer = chiso("score", GIA_LAI, "--facts", facts, "-o", output)
        assert (answer.code, answer.out, answer.err.strip()) == (2, "", LOST.format(name=output))
    assert facts.read_bytes() == before


def test_units_are_not_written_over(chiso: Chiso, facts: Path) -> None:
    units = facts.parent / "units.csv"
    units.write_text("unit,kind\nTỉnh A,tỉnh\n", "utf-8")

    answer = chiso("score", GIA_LAI, "--facts", facts, "--units", units, "-o", units)

    assert (answer.code, answer.err.strip()) == (2, LOST.format(name=units))
    assert units.read_text("utf-8") == "unit,kind\nTỉnh A,tỉnh\n"


def test_a_form_is_not_written_over_with_what_it_says(chiso: Chiso, tmp_path: Path) -> None:
    form = tmp_path / "form.xlsx"
    assert chiso("template", GIA_LAI, "-o", form, "--unit", "Tỉnh A").code == 0
    before = form.read_bytes()

    answer = chiso("template", GIA_LAI, "--facts", form, "-o", form)

    assert (answer.code, answer.err.strip()) == (2, LOST.format(name=form))
    assert form.read_bytes() == before


@pytest.mark.parametrize("suffix", ["json", "csv", "xlsx"])
def test_a_result_that_is_not_complete_leaves_the_earlier_one(
    chiso: Chiso, facts: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    output = facts.parent / f"result.{suffix}"
    output.write_text("earlier", "utf-8")

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    def half(_: Any) -> Iterator[str]:
        yield "half"
        full()

    monkeypatch.setattr(scores, "write_result", full)
    monkeypatch.setattr(scores, "write_result_csv", full)
    monkeypatch.setattr(scores, "json_pieces", half)
    answer = chiso("score", GIA_LAI, "--facts", facts, "-o", output)

    assert answer.code == 2
    assert f"Không ghi được tệp {output}: No space left on device." in answer.err
    assert output.read_text("utf-8") == "earlier"
    assert sorted(one.name for one in facts.parent.iterdir()) == ["facts.csv", output.name]


def test_a_link_to_a_result_stays_a_link(chiso: Chiso, facts: Path) -> None:
    kept, output = facts.parent / "kept.csv", facts.parent / "result.csv"
    kept.write_text("earlier", "utf-8")
    output.symlink_to(kept)

    chiso("score", GIA_LAI, "--facts", facts, "-o", output)

    assert output.is_symlink()
    assert "Tỉnh A" in kept.read_text("utf-8-sig")
