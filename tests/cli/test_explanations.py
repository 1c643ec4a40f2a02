"""``chiso explain``: clause, rule in words, inputs with their source, each step, result, in both languages."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from tests.cli.command import Chiso, facts_csv

GIA_LAI = "gia-lai-2023-province"
YEN_DINH = "yen-dinh-2023-district"
COMMUNE = "khung-2024-commune"

ROWS = [
    ("Tỉnh A", "7.5", "a", 1, "2023-12-31", "Sở KH&ĐT", "số sơ bộ"),
    ("Tỉnh A", "7.5", "b", 3),
    ("Tỉnh A", "3.2", "a", 5),
    ("Tỉnh A", "", "households", 4),
    ("Tỉnh A", "1.1", "choice", "deputy"),
    ("Tỉnh B", "1.1", "choice", "?"),
]


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    return facts_csv(tmp_path / "facts.csv", ROWS)


def test_in_vietnamese(chiso: Chiso, facts: Path) -> None:
    answer = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh A", "7.5")

    assert (answer.code, answer.err) == (0, "")
    assert answer.out.splitlines() == [
        "7.5  Tỷ lệ doanh nghiệp nhỏ và vừa sử dụng nền tảng số",
        "Tỉnh A · Bộ chỉ số đánh giá chuyển đổi số (DTI) cấp tỉnh năm 2023 và các năm tiếp theo, tỉnh Gia Lai",
        "Căn cứ: 3015/KH-UBND, Phụ lục, dòng 7.5",
        "",
        "Cách tính in trong văn bản:",
        "  a = Số lượng doanh nghiệp nhỏ và vừa sử dụng nền tảng số trên địa bàn;",
        "  b = Tổng số doanh nghiệp nhỏ và vừa trên địa bàn;",
        "  Tỷ lệ = a/b",
        "  Tỷ lệ ≥ 50%: điểm tối đa",
        "  Tỷ lệ < 50%: điểm = điểm tối đa * tỷ lệ/50%",
        "",
        "Cách tính:",
        "  Điểm = a/b ÷ 50 % × 10 điểm; từ 50 % trở lên được điểm tối đa.",
        "  a là một phần của b nên không được lớn hơn b.",
        "  Trong đó:",
        "    a = Số lượng doanh nghiệp nhỏ và vừa sử dụng nền tảng số trên địa bàn (đơn vị tính: doanh nghiệp)",
        "    b = Tổng số doanh nghiệp nhỏ và vừa trên địa bàn (đơn vị tính: doanh nghiệp)",
        "",
        "Số liệu:",
        "  a = 1 doanh nghiệp   Số lượng doanh nghiệp nhỏ và vừa sử dụng nền tảng số trên địa bàn",
        "      nguồn: Sở KH&ĐT; 2023-12-31; số sơ bộ; facts.csv, dòng 2",
        "  b = 3 doanh nghiệp   Tổng số doanh nghiệp nhỏ và vừa trên địa bàn",
        "      nguồn: facts.csv, dòng 3",
        "",
        "Các bước:",
        "  1. a/b = 1 / 3 = 1/3 ≈ 0,333333",
        "  2. 1/3 ≈ 0,333333 ÷ 0,5 × 10 = 20/3 ≈ 6,666667",
        "",
        "Điểm: 20/3 ≈ 6,666667 / 10 (66,67 %)",
    ]


def test_in_english(chiso: Chiso, facts: Path) -> None:
    lines = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh A", "7.5", "--lang", "en").out.splitlines()

    assert lines[2] == "Clause: 3015/KH-UBND, Phụ lục, dòng 7.5"
    assert [line for line in lines if line.endswith(":")] == [
        "Rule as printed:", "Rule:", "  Where:", "Inputs:", "Steps:",
    ]  # fmt: skip
    assert "      source: Sở KH&ĐT; 2023-12-31; số sơ bộ; facts.csv, row 2" in lines
    assert "  2. 1/3 ≈ 0.333333 ÷ 0.5 × 10 = 20/3 ≈ 6.666667" in lines
    assert lines[-1] == "Points: 20/3 ≈ 6.666667 / 10 (66.67 %)"


def test_in_json(chiso: Chiso, facts: Path) -> None:
    found = chiso(
        "explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh A", "7.5", "--format", "json", "--lang", "en"
    ).json

    assert (found["unit"], found["code"], found["clause"]) == ("Tỉnh A", "7.5", "Phụ lục, dòng 7.5")
    assert (found["status"], found["exact"], found["message"]) == ("scored", "20/3", None)
    first = found["inputs"][0]
    assert (first["name"], first["value"].split()[0], first["status"]) == ("a", "1", "given")
    assert (first["source"], first["as_of"], first["note"], first["place"]) == (
        "Sở KH&ĐT", "2023-12-31", "số sơ bộ", "facts.csv, row 2",
    )  # fmt: skip
    assert found["steps"][0]["data"] == {"text": "a/b", "left": "1", "right": "3", "value": "1/3"}
    assert found["steps"][-1]["data"]["result"] == "20/3"
    assert found["rule"][0].startswith("Points = a/b")


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("vi", "a = 5 lớn hơn tổng b = 4. Kiểm tra lại hai số này."),
        ("en", "a = 5 is above its own whole b = 4. Check both."),
    ],
)
def test_an_error_says_what_to_check(chiso: Chiso, facts: Path, lang: str, words: str) -> None:
    answer = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh A", "3.2", "--lang", lang)

    assert answer.code == 0
    assert answer.out.splitlines()[-1] == words


FIBRE = "Số lượng hộ gia đình có kết nối Internet băng rộng cáp quang"


@pytest.mark.parametrize(
    ("lang", "words"),
    [("vi", f"Chưa có số liệu a ({FIBRE})."), ("en", f"The figure a ({FIBRE}) is missing.")],
)
def test_a_missing_figure_is_named(chiso: Chiso, facts: Path, lang: str, words: str) -> None:
    lines = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh A", "3.3", "--lang", lang).out.splitlines()

    assert lines[-1] == words
    assert {"vi": "  a = chưa có số liệu", "en": "  a = missing"}[lang] in [line.partition("   ")[0] for line in lines]


def test_an_option_is_shown_as_printed(chiso: Chiso, facts: Path) -> None:
    text = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh A", "1.1").out

    assert "  choice = Trưởng ban là Phó Bí thư/Phó Chủ tịch tỉnh, thành phố   " in text
    assert "  1. Chọn: Trưởng ban là Phó Bí thư/Phó Chủ tịch tỉnh, thành phố\n" in text
    assert text.endswith("Điểm: 5 / 10 (50 %)\n")


def test_a_sum_shows_its_parts(chiso: Chiso, tmp_path: Path) -> None:
    rows = [("A", "1.2.1", "points", "3,333"), ("A", "1.2.2", "points", 4)]
    path = facts_csv(tmp_path / "facts.csv", rows)
    lines = chiso("explain", YEN_DINH, "--facts", path, "--unit", "A", "1.2", "--lang", "en").out.splitlines()

    assert lines[-5:] == [
        "  1. 1.2.1: 3.333 points", "  2. 1.2.2: 4 points", "  3. Sum of the sub-criteria: 7.333", "",
        "Points: 7.333 / 20 (36.67 %)",
    ]  # fmt: skip


def test_a_maturity_criterion_shows_the_levels_it_meets(chiso: Chiso, tmp_path: Path) -> None:
    path = facts_csv(tmp_path / "facts.csv", [("A", "I.1", "value", "65,5")])
    text = chiso("explain", COMMUNE, "--facts", path, "--unit", "A", "I.1", "--lang", "en").out

    assert "  value = 65.5 %   " in text
    assert "Level 2 (60%): met\n" in text
    assert "Level 3 (70%): not met\n" in text
    assert text.endswith("Meets the targets of levels: 1, 2\n")


def test_readings_of_unclear_clauses_count(chiso: Chiso, tmp_path: Path) -> None:
    rows = [("A", "4.6", "a", 1), ("A", "4.6", "b", 10), ("B", "4.6", "a", 3), ("B", "4.6", "b", 10)]
    path = facts_csv(tmp_path / "facts.csv", rows)
    command = ("explain", GIA_LAI, "--facts", path, "--unit", "A", "4.6", "--lang", "en")

    assert chiso(*command).out.endswith("Points: 0 / 10 (0 %)\n")
    chosen = chiso(*command, "--reading", "A2=share_of_best_for_all").out
    assert chosen.endswith("Points: 10/3 ≈ 3.333333 / 10 (33.33 %)\n")


def test_only_faults_of_the_unit_count(chiso: Chiso, facts: Path) -> None:
    first = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh A", "1.1")
    second = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh B", "1.1")

    assert (first.code, first.faults) == (0, [])
    assert (second.code, second.faults) == (1, ["D121"])


def test_children_levels_reach_the_explanation(chiso: Chiso, tmp_path: Path) -> None:
    children = tmp_path / "communes.json"
    children.write_text('{"units": [{"unit": "X", "parent": "A", "level": {"reached": 3}}]}', "utf-8")
    path = facts_csv(tmp_path / "facts.csv", [("A", "II.1", "value", 80)])
    text = chiso(
        "explain", "khung-2024-district", "--facts", path, "--children", children, "--unit", "A", "I.1", "--lang", "en"
    ).out

    assert text.endswith(
        "Meets the targets of levels: 1, 2, 3\n"
        "Forecast: the levels of 1 of 1 child units are self-assessed, not recognised yet.\n"
    )


def test_name_and_code_may_be_typed_on_another_machine(chiso: Chiso, facts: Path) -> None:
    name = unicodedata.normalize("NFD", "  Tỉnh   A ")
    answer = chiso("explain", GIA_LAI, "--facts", facts, "--unit", name, " 1.1 ")

    assert answer.out.startswith("1.1  Người đứng đầu")


@pytest.mark.parametrize(
    ("name", "code", "words"),
    [
        ("Tỉnh C", "1.1", "Có phải bạn muốn ghi: Tỉnh B, Tỉnh A?"),
        ("Tỉnh A", "1.11", "Có phải bạn muốn ghi: 1.1"),
        ("Tỉnh A", "A", f"Không có tiêu chí “A” trong bộ chỉ số. Xem các mã bằng: chiso framework show {GIA_LAI}."),
    ],
)
def test_what_does_not_exist_is_refused_with_near_misses(
    chiso: Chiso, facts: Path, name: str, code: str, words: str
) -> None:
    answer = chiso("explain", GIA_LAI, "--facts", facts, "--unit", name, code)

    assert (answer.code, answer.out) == (2, "")
    assert words in answer.err


def test_who_granted_an_exemption(chiso: Chiso, tmp_path: Path) -> None:
    grant = ("Tỉnh B", "3.2", "exempt", "full", "2023-11-20", "Hội đồng thẩm định", "Biên bản số 4")
    facts = facts_csv(tmp_path / "facts.csv", [*ROWS, grant])

    lines = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh B", "3.2").out.splitlines()

    granted = "Căn cứ miễn trừ: Hội đồng thẩm định; 2023-11-20; Biên bản số 4; facts.csv, dòng 8"
    assert lines[-1] == granted
    told = chiso("explain", GIA_LAI, "--facts", facts, "--unit", "Tỉnh A", "3.2").out
    assert "miễn trừ" not in told
