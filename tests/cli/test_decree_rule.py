"""``chiso decree rule``: confidence, the rule as text, in words, as a table, and what is left over."""

from __future__ import annotations

import io

import pytest

from tests.cli.command import Chiso

JUMP = "- Từ 1% trở lên: điểm tối đa\\n- Dưới 1%: Tỷ lệ * điểm tối đa"
CHOICE = "Đã ban hành: Điểm tối đa; Chưa ban hành: 0 điểm"


def test_prints_confidence_rule_words_and_points(chiso: Chiso) -> None:
    answer = chiso("decree", "rule", CHOICE, "--max", "10", "--lang", "en")
    assert answer.code == 0
    table = answer.out.splitlines()
    assert [line.split() for line in table[15:] if line.strip()] == [
        ["choice", "points"],
        ["─" * len(table[17].strip())],
        ["yes", "10"],
        ["no", "0"],
    ]
    assert table[:15] == [
        "Confidence: high (choice)",
        "",
        "Rule as a framework file writes it:",
        "  rule:",
        "    kind: choice",
        "    options:",
        "    - {id: 'yes', label: Đã ban hành, share: 1}",
        "    - {id: 'no', label: Chưa ban hành, share: 0}",
        "",
        "In words:",
        "  Choose the option that holds:",
        "  - Đã ban hành: 10 points (the maximum)",
        "  - Chưa ban hành: 0 points",
        "",
        "Examples, maximum 10:",
    ]


def test_json_holds_everything(chiso: Chiso) -> None:
    answer = chiso(
        "decree", "rule", JUMP, "--max", "10", "--title", "Tỷ lệ chi/Tổng chi", "--format", "json", "--lang", "en"
    )
    data = answer.json
    assert data["rule"] == {
        "kind": "ratio",
        "numerator": "num",
        "denominator": "den",
        "full_at": "1%",
        "part_of_whole": True,
    }
    assert [one["name"] for one in data["inputs"]] == ["num", "den"]
    assert (data["confidence"], data["how"], data["max_points"]) == ("medium", "ratio", "10")
    assert [doubt["code"] for doubt in data["doubts"]] == ["jump"]
    assert {"inputs": {"num": "5", "den": "1000"}, "points": "5"} in data["examples"]
    assert data["alternatives"][0]["rule"]["kind"] == "steps"
    assert data["left_over"] == []


def test_words_that_are_not_understood_are_kept(chiso: Chiso) -> None:
    answer = chiso("decree", "rule", "Chấm theo quyết định của Hội đồng", "--max", "10")
    assert answer.code == 1
    assert "rule: {kind: manual}" in answer.out
    assert answer.out.splitlines()[-2:] == ["Lời văn còn lại:", "  Chấm theo quyết định của Hội đồng"]


def test_text_is_read_from_standard_input(chiso: Chiso, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("- Có: 10 điểm\n- Không: 0 điểm\n"))
    answer = chiso("decree", "rule", "-", "--max", "10", "--format", "json")
    assert [option["label"] for option in answer.json["rule"]["options"]] == ["Có", "Không"]


@pytest.mark.parametrize("most", ["0", "-1", "mười", ""])
def test_a_maximum_that_is_no_number_is_refused(chiso: Chiso, most: str) -> None:
    answer = chiso("decree", "rule", CHOICE, f"--max={most}", "--lang", "en")
    assert (answer.code, answer.out) == (2, "")
    assert answer.err == f"The maximum {most} is not a number above 0. Write for example --max 10.\n"


def test_points_that_exceed_the_maximum_are_never_given(chiso: Chiso) -> None:
    answer = chiso("decree", "rule", "Có: 12 điểm; Không: 0 điểm", "--max", "10", "--format", "json")
    data = answer.json
    assert (answer.code, data["rule"], data["confidence"]) == (1, {"kind": "manual"}, "low")
    assert [doubt["code"] for doubt in data["doubts"]] == ["exceeds"]
