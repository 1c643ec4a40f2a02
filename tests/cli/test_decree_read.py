"""``chiso decree read``, ``compare`` and ``review``."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

import chiso
from chiso.framework.loader import load
from tests.cli.command import Chiso
from tests.decree.makers.docx import docx
from tests.decree.makers.printed import PCell, PTable, printed

KNOWN = "khanh-hoa-2023-district"
ID = "1726-qd-ubnd-2023-district"


@pytest.fixture
def document(tmp_path: Path) -> Path:
    path = tmp_path / "quyet-dinh.docx"
    path.write_bytes(docx(printed(chiso.load(KNOWN))))
    return path


def test_a_document_becomes_a_draft_that_loads_and_two_reports(chiso: Chiso, document: Path, tmp_path: Path) -> None:
    out = tmp_path / "ra"
    answer = chiso("decree", "read", document, "-o", out, "--format", "json")
    assert answer.code == 0
    assert [one["id"] for one in answer.json] == [ID]
    assert answer.json[0]["criteria"] == 83
    assert sorted(path.name for path in out.iterdir()) == [f"{ID}.report.html", f"{ID}.report.json", f"{ID}.yaml"]
    assert len(load(str(out / f"{ID}.yaml")).criteria) == len(load(KNOWN).criteria)
    report = json.loads((out / f"{ID}.report.json").read_text("utf-8"))
    field = next(one for one in report["fields"] if (one["row"], one["name"]) == ("1.2", "max_points"))
    assert (field["value"], field["printed"], field["confidence"]) == (10, "10", "high")
    assert field["place"] == {"page": 1, "table": 2, "row": 4}


def test_drafts_that_exist_are_kept_unless_forced(chiso: Chiso, document: Path, tmp_path: Path) -> None:
    chiso("decree", "read", document, "-o", tmp_path)
    draft = tmp_path / f"{ID}.yaml"
    draft.write_text("đã sửa", "utf-8")
    answer = chiso("decree", "read", document, "-o", tmp_path)
    assert answer.code == 2
    assert f"{ID}.yaml" in answer.err
    assert draft.read_text("utf-8") == "đã sửa"
    assert chiso("decree", "read", document, "-o", tmp_path, "--force").code == 0
    assert draft.read_text("utf-8") != "đã sửa"


def test_one_set_of_several_is_chosen(chiso: Chiso, tmp_path: Path) -> None:
    blocks = [*printed(load("an-giang-2024-department")), *printed(load("an-giang-2024-district"))]
    path = tmp_path / "hai-bo.docx"
    path.write_bytes(docx(blocks))
    answer = chiso("decree", "read", path, "-o", tmp_path, "--set", "2", "--format", "json")
    assert [one["criteria"] for one in answer.json] == [65]
    assert chiso("decree", "read", path, "-o", tmp_path, "--set", "3").code == 2


def test_nothing_is_written_for_a_document_without_criteria(chiso: Chiso, tmp_path: Path) -> None:
    path = tmp_path / "thu.txt"
    path.write_text("Kính gửi: Ủy ban nhân dân huyện. Đề nghị cử cán bộ dự họp về chuyển đổi số.", "utf-8")
    out = tmp_path / "ra"
    answer = chiso("decree", "read", path, "-o", out)
    assert answer.code == 2
    assert "R120" in answer.err
    assert not out.exists()


def test_a_missing_file_is_said(chiso: Chiso, tmp_path: Path) -> None:
    answer = chiso("decree", "read", tmp_path / "khong-co.pdf", "-o", tmp_path)
    assert answer.code == 2
    assert "R101" in answer.err


def test_a_draft_is_compared_field_by_field(chiso: Chiso, document: Path, tmp_path: Path) -> None:
    chiso("decree", "read", document, "-o", tmp_path)
    answer = chiso("decree", "compare", tmp_path / f"{ID}.yaml", KNOWN, "--format", "json")
    assert answer.json["fields"]["code"] == {
        "right": 97,
        "wrong": 0,
        "missing": 0,
        "extra": 0,
        "precision": "1",
        "recall": "1",
    }
    assert answer.json["fields"]["title"]["wrong"] == 0
    assert {one["field"] for one in answer.json["differences"]} <= {"printed_counts", "rule"}
    table = chiso("decree", "compare", tmp_path / f"{ID}.yaml", "gia-lai-2023-province")
    assert table.code == 1
    assert "title" in table.out


@pytest.fixture
def doubtful(tmp_path: Path) -> Path:
    """A draft with last year's points above the maximum, which may have lost their comma."""
    rows = [
        [PCell(text) for text in ("TT", "Tên tiêu chí", "Điểm tối đa", "Điểm năm 2022")],
        [PCell(text) for text in ("1", "Nhận thức số", "20", "18")],
        [PCell(text) for text in ("1.1", "Người đứng đầu chủ trì các cuộc họp", "10", "85")],
        [PCell(text) for text in ("1.2", "Kế hoạch chuyển đổi số hằng năm của huyện", "10", "9,5")],
    ]
    path = tmp_path / "bang.docx"
    path.write_bytes(docx([PTable(rows)]))
    return path


def test_a_doubtful_field_is_decided_and_written(
    chiso: Chiso, doubtful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = chiso("decree", "read", doubtful, "-o", tmp_path, "--format", "json")
    draft = Path(found.json[0]["files"][0])
    fields = json.loads(draft.with_name(f"{draft.stem}.report.json").read_text("utf-8"))["fields"]
    order = [one["row"] for one in fields if one["confidence"] != "high"]
    answers = ["1" if row == "1.1" else "k" for row in order]
    monkeypatch.setattr("sys.stdin", io.StringIO("\n".join(answers) + "\n"))
    assert chiso("decree", "review", draft).code == 0
    assert str(load(str(draft)).criteria["1.1"].previous) == "17/2"
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    assert chiso("decree", "review", draft).code == 0


def test_a_review_that_stops_leaves_the_rest_open(
    chiso: Chiso, doubtful: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = chiso("decree", "read", doubtful, "-o", tmp_path, "--format", "json")
    draft = Path(found.json[0]["files"][0])
    before = draft.read_text("utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("q\n"))
    assert chiso("decree", "review", draft).code == 1
    assert draft.read_text("utf-8") == before


def test_a_review_names_row_and_field_and_says_rules_in_words(
    chiso: Chiso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [
        [PCell(text) for text in ("TT", "Tên tiêu chí", "Điểm tối đa")],
        [PCell(text) for text in ("1", "Tuyên truyền", "15")],
        [PCell(text) for text in ("1.1", "Đối thoại (mỗi lần 5 điểm, tối đa 15 điểm)", "15")],
    ]
    path = tmp_path / "bang.docx"
    path.write_bytes(docx([PTable(rows)]))
    draft = Path(chiso("decree", "read", path, "-o", tmp_path, "--format", "json").json[0]["files"][0])
    monkeypatch.setattr("sys.stdin", io.StringIO("\n" * 20))
    shown = chiso("decree", "review", draft).out
    assert "1.1 Đối thoại (mỗi lần 5 điểm, tối đa 15 điểm)\n  cách tính: nên xem lại; trang 1, bảng 1, dòng 3" in shown
    assert "Văn bản in: mỗi lần 5 điểm, tối đa 15 điểm" in shown
    assert "'kind'" not in shown


def test_a_review_needs_the_report(chiso: Chiso, tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text("format: 1\n", "utf-8")
    answer = chiso("decree", "review", tmp_path / "a.yaml")
    assert answer.code == 2
    assert "a.report.json" in answer.err
