"""Bad input, as careless and hostile people give it: each fault with its row and a remedy, the rest scored."""

from __future__ import annotations

import io
import json
import re
import subprocess
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.cli.command import COMMAND, Answer, Chiso, facts_csv, points, unit

GIA_LAI = "gia-lai-2023-province"
COMMUNE = "khung-2024-commune"
HEADER = "unit,code,input,value\n"

#: A row that is right, and what it gives.
GOOD = ("A", "1.5", "n", 20)
SCORED = {"1.5": "10"}


@pytest.fixture
def scored(chiso: Chiso, tmp_path: Path) -> Chiso:
    """Score the content of a file of facts."""

    def run(content: str | bytes, name: str = "facts.csv", *options: object) -> Answer:
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return chiso("score", GIA_LAI, "--facts", path, "--format", "json", "--lang", "en", *options)

    return run


# -- rows


@pytest.mark.parametrize(
    ("row", "code", "words"),
    [
        (",1.1,choice,head", "D101", "Write it in the column unit"),
        ("@worst,4.6,value,1", "D103", "Use @best, @lowest or @reference"),
        ("A,9.99,a,1", "D104", "Write the code as printed"),
        ("A,,householdz,1", "D105", "Did you mean: households?"),
        ("A,3.2,q,1", "D106", "Its inputs: a ("),
        ("A,3.2,#3,1", "D106", "Its inputs: a ("),
        ("A,3.2,#0,1", "D106", "Its inputs: a ("),
        ("A,3.2,#²,1", "D106", "Its inputs: a ("),
        (f"A,3.2,#{'9' * 5000},1", "D106", "Its inputs: a ("),
        ("A,3.2,exempt,maybe", "D108", "peers_best, full"),
        ("@best,3.2,a,1", "D112", "Remove the row"),
        (f"{'x' * 201},1.1,choice,head", "D114", "longer than 200 characters"),
        ("Total,,,100", "D115", "names neither criterion nor input"),
        ("A,1.1,choice,boss", "D121", "Choose one of: head"),
        ("A,1.1,choice,#0", "D121", "Choose one of: head"),
        ("A,1.1,choice,4", "D121", "Choose one of: head"),
        ("A,1.2,#1,perhaps", "D122", "Write có or không"),
        ("A,3.2,a,many", "D123", "Write a number"),
        ("A,3.2,a,-5", "D124", "Write 0 or more"),
        ("A,3.2,a,1.5", "D125", "not a whole number"),
        ("A,3.2,a,123456789012345678", "D111", "too many digits"),
    ],
)
def test_a_bad_row_is_reported_with_its_place_and_a_remedy(scored: Chiso, row: str, code: str, words: str) -> None:
    answer = scored(f"{HEADER}{row}\n{','.join(map(str, GOOD))}\n")

    assert (answer.code, answer.faults) == (1, [code])
    assert answer.err.startswith("facts.csv, row 2: ")
    assert words in answer.err
    assert points(answer) == SCORED
    assert [one["unit"] for one in answer.json["units"]] == ["A"]
    assert answer.json["faults"][0]["code"] == code


@pytest.mark.parametrize(
    "value",
    [
        "1e400", "1e5", "NaN", "nan", "inf", "-inf", "Infinity", "0x10", "1_000", "٣٤", "１２", "²", "½", "Ⅳ", "1/2",
        "1/0", "--5", "5-", "1.2.3", "=1+1", "@SUM(A1)", "#REF!", "12 %", "true", "'5", "\u202e12", "1\u200b2", "0.1e1",
        "1" * 61, "9" * 100_000,
    ],
)  # fmt: skip
def test_what_is_no_number_is_no_number(scored: Chiso, value: str) -> None:
    answer = scored(f'{HEADER}A,3.2,a,"{value}"\nA,1.5,n,20\n')

    assert (answer.code, points(answer)) == (1, SCORED)
    assert answer.faults in (["D123"], ["D124"])
    assert unit(answer, "A")["criteria"]["3.2"]["status"] == "error"
    assert len(answer.err) < 400


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ("A,3.2,a,5\nA,3.2,b,4\n", "a = 5 is above its own whole b = 4. Check both."),
        ("A,3.2,a,5\nA,3.2,b,0\n", "a = 5 is above its own whole b = 0. Check both."),
        ("A,3.2,a,0\nA,3.2,b,0\n", "The denominator b is 0. If there is nothing to count, write n/a and say why."),
        ("A,1.3,a,5\nA,1.3,b,0\n", "The denominator b is 0 while a is not. Check both."),
    ],
)
def test_figures_that_contradict_each_other_are_an_error_of_the_criterion(scored: Chiso, rows: str, words: str) -> None:
    answer = scored(f"{HEADER}{rows}A,1.5,n,20\n")
    code = rows.split(",")[1]

    assert (answer.code, points(answer)) == (0, SCORED)
    assert unit(answer, "A")["criteria"][code] == {
        "status": "error", "points": None, "share": None, "exact": None, "max": "10", "message": words,
    }  # fmt: skip


def test_the_same_row_twice_counts_once(scored: Chiso) -> None:
    answer = scored(f"{HEADER}A,1.5,n,20\nA,1.5,n,20\n")

    assert (answer.faults, points(answer)) == (["D109"], SCORED)
    assert answer.err.startswith("facts.csv, row 3: A: 1.5: The input n stands twice (first: facts.csv, row 2).")


def test_of_two_different_values_none_counts(scored: Chiso) -> None:
    answer = scored(f"{HEADER}A,1.5,n,20\nA,1.5,n,10\nA,1.1,choice,head\n")

    assert (answer.faults, points(answer)) == (["D110"], {"1.1": "10"})
    assert "two different values (first: facts.csv, row 2). Keep the right one." in answer.err


def test_two_spellings_of_one_name_are_reported(scored: Chiso) -> None:
    answer = scored(f"{HEADER}Hòa Bình,1.5,n,20\nHoà Bình,1.5,n,20\n")

    assert (answer.code, answer.faults) == (1, ["D116"])
    assert answer.err.startswith('facts.csv, row 3: Hoà Bình: "Hoà Bình" and "Hòa Bình" (facts.csv, row 2) differ')


def test_a_name_typed_on_two_machines_is_one_unit(scored: Chiso) -> None:
    name = "Thị xã Ayun Pa, Đắk Đoa"
    forms = [unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name), f"  {name}\u00a0 "]
    rows = "".join(f'"{form}",1.5,n,{value}\n' for form, value in zip(forms, ["20", "", ""], strict=True))
    answer = scored(HEADER + rows)

    assert (answer.code, [one["unit"] for one in answer.json["units"]]) == (0, [name])


def test_thousands_of_faults_are_counted(chiso: Chiso, tmp_path: Path) -> None:
    path = facts_csv(tmp_path / "facts.csv", [GOOD, *(("A", "1.5", "m", number) for number in range(10_050))])
    answer = chiso("score", GIA_LAI, "--facts", path, "--format", "json", "--lang", "en")

    assert answer.code == 1
    assert len(answer.json["faults"]) == 10_001
    *said, counted, more = answer.err.splitlines()
    assert counted == "There are 50 more faults. Mend those above and run again. [D199]"
    assert more == "… and 9980 more of D106. Mend those above and run again; --format json lists more of them."
    assert len(said) == 20
    assert points(answer) == SCORED


def test_each_kind_of_fault_is_told_and_the_many_of_one_kind_counted(chiso: Chiso, tmp_path: Path) -> None:
    many = [("A", "1.5", "m", number) for number in range(21)]
    path = facts_csv(tmp_path / "facts.csv", [GOOD, *many, ("A", "9.9.9", "n", 1)])
    answer = chiso("score", GIA_LAI, "--facts", path, "--lang", "en")

    lines = answer.err.splitlines()
    assert [line[-6:] for line in lines[:-1]] == ["[D106]"] * 20 + ["[D104]"]
    assert lines[-1].startswith("… and 1 more of D106.")


def test_too_many_units_are_told_at_once_and_the_first_are_scored(
    chiso: Chiso, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chiso.scoring.entries.MAX_UNITS", 1)
    others = [(f"B{at}", "1.5", "m", at) for at in range(50)]
    path = facts_csv(tmp_path / "facts.csv", [GOOD, *others, ("A", "x", "n", 1)])
    answer = chiso("score", GIA_LAI, "--facts", path, "--format", "json", "--lang", "en")

    first, second, *_ = answer.err.splitlines()
    assert first.startswith("There are more than 1 units: only the first 1 are scored")
    assert "from here on 50 rows of other units were not scored" in second
    assert [one["code"] for one in answer.json["faults"]] == ["D113", "D104"]
    assert points(answer) == SCORED


# -- what a terminal would obey


@pytest.mark.parametrize(
    ("mark", "kept"),
    [("\x1b]0;evil\x07", "]0;evil"), ("\x9b31m", "31m"), ("\u202egnp.exe", "gnp.exe"), ("\x08\x08", "")],
)
def test_no_output_is_obeyed_by_a_terminal(chiso: Chiso, tmp_path: Path, mark: str, kept: str) -> None:
    path = facts_csv(tmp_path / "facts.csv", [(f"A{mark}", "1.5", "n", 20), (f"A{mark}", "1.3", "a", mark)])
    for form in ("table", "json"):
        answer = chiso("score", GIA_LAI, "--facts", path, "--format", form)
        assert answer.code == 1
        assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]", answer.out + answer.err)
    # What nobody sees, or turns the direction of writing, is no part of a name.
    assert answer.json["units"][0]["unit"] == f"A{kept}"


@pytest.mark.parametrize("name", ["=cmd|' /C calc'!A0", "+1", "-1", "@x", "=1+1", "\t=1"])
def test_no_exported_cell_starts_a_formula(chiso: Chiso, tmp_path: Path, name: str) -> None:
    path = tmp_path / "facts.json"
    units = tmp_path / "units.csv"
    units.write_text(f'unit\n"{name if not name.startswith("@") else "x" + name}"\n', "utf-8")
    shown = " ".join(name.split()) if not name.startswith("@") else f"x{name}"
    path.write_text(json.dumps([{"unit": shown, "code": "1.5", "input": "n", "value": name}]), "utf-8")
    for ending in ("csv", "xlsx"):
        chiso("score", GIA_LAI, "--facts", path, "--units", units, "-o", tmp_path / f"result.{ending}")

    text = (tmp_path / "result.csv").read_text("utf-8-sig")
    assert [line for line in text.splitlines() if line.startswith(("=", "+", "-", "@", '"=', '"+', '"-', '"@'))] == []
    cells = [
        cell
        for sheet in openpyxl.load_workbook(tmp_path / "result.xlsx").worksheets
        for row in sheet.iter_rows()
        for cell in row
    ]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    assert shown in {cell.value for cell in cells}


# -- files that cannot be used


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.csv", "", "W003"),
        ("blank.csv", "\n \n\t\n", "W003"),
        ("mark.csv", b"\xef\xbb\xbf", "W003"),
        ("old.csv", (HEADER + "Tỉnh,1.5,n,20\n").encode("utf-16-le"), "W011"),
        ("latin.csv", "unit,code,input,value\nTh\xe1i,1.5,n,20\n".encode("latin-1"), "W010"),
        ("null.csv", HEADER + "A\0,1.5,n,20\n", "W013"),
        ("long.csv", HEADER + "A" * 1_100_000 + ",1.5,n,20\n", "W012"),
        ("report.csv", b"%PDF-1.7 \n", "W013"),
        ("photo.xlsx", b"\x89PNG\r\n\x1a\n", "W013"),
        ("page.csv", "<html><body></body></html>", "W013"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "W015"),
        ("broken.xlsx", b"PK\x03\x04" + b"x" * 100, "W016"),
        ("broken.json", '[{"unit": "A",', "W021"),
        ("deep.json", "[" * 100_000, "W021"),
        ("other.json", '{"rows": []}', "W022"),
        ("short.csv", "unit,code,value\nA,1.5,20\n", "W030"),
        ("none.csv", "A,1.5,n,20\n", "W031"),
        ("twice.csv", "unit,code,input,value,value\nA,1.5,n,20,20\n", "W032"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(
    scored: Chiso, name: str, content: str | bytes, code: str
) -> None:
    answer = scored(content, name)

    assert (answer.code, answer.out, answer.faults) == (2, "", [code])
    assert answer.err.startswith(f"{name}: ")
    assert answer.err.count("\n") == 1


#: The last row of a JSON file that is good.
GOOD_IN_JSON = '{"unit":"A","code":"1.5","input":"n","value":20}]'


@pytest.mark.parametrize(
    ("name", "content", "codes"),
    [
        ("facts.csv", HEADER, ["W103"]),
        ("facts.csv", '[{"unit":"A","code":"1.5","input":"n","value":20}]', ["W101"]),
        ("facts.xlsx", HEADER + "A,1.5,n,20\n", ["W101"]),
        ("facts.csv", HEADER + "A,1.1\nA,1.5,n,20\n", ["W105"]),
        ("facts.csv", HEADER + "A,1.3,a,5,6,7\nA,1.5,n,20\n", ["W104"]),
        ("facts.csv", HEADER + '"A,1.1\nB,1.1,choice,head\n",1.1,choice,head\nA,1.5,n,20\n', ["W106"]),
        ("facts.csv", HEADER + f"A,1.3,a,{'9' * 200_000}\nA,1.5,n,20\n", ["W107"]),
        ("facts.csv", "unit,code,input,value,note\nA,8.6,n,12,5\nA,1.5,n,20,\n", ["W108"]),
        ("facts.json", '[3,' + GOOD_IN_JSON, ["W117"]),
        ("facts.json", '[{"unit":"A","input":{"x":1},"value":1},' + GOOD_IN_JSON, ["W118"]),
        ("facts.json", '[{"unit":"A","code":"1.1","value":1},' + GOOD_IN_JSON, ["W119"]),
        ("facts.json", '[{"unit":"A","unit":"B"},' + GOOD_IN_JSON, ["W120"]),
        ("facts.json", '[{"unit":"\\ud800","input":"a"},' + GOOD_IN_JSON, ["W121"]),
        ("facts.json", '[{"unit":"A","code":"1.3","input":"a","value":1e999},' + GOOD_IN_JSON, ["D123"]),
    ],
)  # fmt: skip
def test_what_can_be_read_of_a_file_is_scored(scored: Chiso, name: str, content: str, codes: list[str]) -> None:
    answer = scored(content, name)

    assert (answer.code, answer.faults) == (1, codes)
    assert content == HEADER or points(answer) == SCORED


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_lines_may_end_as_on_other_machines(scored: Chiso, ends: str) -> None:
    assert points(scored(HEADER.replace("\n", ends) + f"A,1.5,n,20{ends}")) == SCORED


@pytest.mark.parametrize(("name", "code"), [("none.csv", "W001"), ("", "W002"), ("folder", "W002")])
def test_a_file_that_cannot_be_opened(chiso: Chiso, tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder").mkdir()
    answer = chiso("score", GIA_LAI, "--facts", tmp_path / name if name else "")

    assert (answer.code, answer.out, answer.faults) == (2, "", [code])


@pytest.mark.parametrize(
    "name", ["../../etc/passwd", "/etc/passwd", "..", "/", "", "gia-lai-2023-province/framework.yaml"]
)
def test_a_framework_is_only_what_it_says_it_is(chiso: Chiso, name: str) -> None:
    answer = chiso("framework", "show", name)

    assert (answer.code, answer.out) == (2, "")
    assert "root:" not in answer.err


# -- workbooks


Sheet = Callable[[Any, Any], object]


def workbook(path: Path, fill: Sheet) -> Path:
    """Write a workbook that holds one good row and what ``fill`` adds to book and sheet."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["unit", "code", "input", "value"])
    sheet.append(list(GOOD))
    fill(book, sheet)
    book.save(path)
    return path


def merge_values(_: Any, sheet: Any) -> None:
    sheet.append(["A", "1.3", "a", 5])
    sheet.append(["A", "1.3", "b", None])
    sheet.merge_cells("D3:D4")


def merge_names(_: Any, sheet: Any) -> None:
    sheet.append([None, "1.1", "choice", "head"])
    sheet.merge_cells("A2:A3")


def protect(book: Any, sheet: Any) -> None:
    sheet.protection.enable()
    sheet.protection.password = "secret"
    book.security = openpyxl.workbook.protection.WorkbookProtection(workbookPassword="secret", lockStructure=True)


@pytest.mark.parametrize(
    ("fill", "codes", "more"),
    [
        (merge_values, ["W113"], {}),
        (merge_names, [], {"1.1": "10"}),
        (protect, [], {}),
        (lambda _, sheet: sheet.append(["A", "1.3", "a", "=1+1"]), ["W111"], {}),
        (lambda _, sheet: sheet.append(["A", "1.3", "a", "#DIV/0!"]), ["W112"], {}),
        (lambda _, sheet: sheet.append(["A", 1.1, "choice", "head"]), ["W115"], {}),
        (lambda book, _: book.create_sheet("Ghi chú").append(["xin chào"]), [], {}),
    ],
)
def test_a_difficult_workbook_is_read_as_far_as_it_goes(
    chiso: Chiso, tmp_path: Path, fill: Sheet, codes: list[str], more: dict[str, str]
) -> None:
    path = workbook(tmp_path / "facts.xlsx", fill)
    answer = chiso("score", GIA_LAI, "--facts", path, "--format", "json")

    assert (answer.code, answer.faults, points(answer)) == (int(bool(codes)), codes, {**SCORED, **more})
    assert all(line.startswith("facts.xlsx: Sheet!") for line in answer.err.splitlines())


def rezipped(path: Path, change: dict[str, bytes]) -> Path:
    """Put other parts into a workbook."""
    with zipfile.ZipFile(path) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name, content in {**parts, **change}.items():
            target.writestr(name, content)
    path.write_bytes(packed.getvalue())
    return path


SHEET = "xl/worksheets/sheet1.xml"
ENTITY = b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><worksheet>&e;</worksheet>'
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]><worksheet>&b;</worksheet>'


@pytest.mark.parametrize(
    ("part", "content", "code"),
    [
        (SHEET, ENTITY, "W019"),
        (SHEET, LAUGHS, "W019"),
        ("xl/sharedStrings.xml", ENTITY, "W019"),
        (SHEET, b"<worksheet>" + b" " * (40 << 20) + b"</worksheet>", "W018"),
        (SHEET, b"<worksheet><sheetData><row", "W016"),
        ("../../../tmp/evil.xml", ENTITY, "W019"),
    ],
)
def test_a_hostile_workbook_is_refused(chiso: Chiso, tmp_path: Path, part: str, content: bytes, code: str) -> None:
    path = rezipped(workbook(tmp_path / "facts.xlsx", lambda *_: None), {part: content})
    answer = chiso("score", GIA_LAI, "--facts", path)

    assert (answer.code, answer.out, answer.faults) == (2, "", [code])


def test_macros_are_left_alone_and_reported(chiso: Chiso, tmp_path: Path) -> None:
    path = rezipped(workbook(tmp_path / "facts.xlsm", lambda *_: None), {"xl/vbaProject.bin": b"macro"})
    answer = chiso("score", GIA_LAI, "--facts", path, "--format", "json")

    assert (answer.code, answer.faults, points(answer)) == (1, ["W102"], SCORED)


# -- the disk


FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
@pytest.mark.parametrize("ending", ["json", "csv", "xlsx"])
def test_a_full_disk_is_said_in_a_sentence(tmp_path: Path, ending: str) -> None:
    path = facts_csv(tmp_path / "facts.csv", [GOOD])
    (tmp_path / f"result.{ending}").symlink_to(FULL)
    done = subprocess.run(
        [COMMAND, "score", GIA_LAI, "--facts", path, "-o", tmp_path / f"result.{ending}"],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stdout) == (2, "")
    assert "No space left on device" in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(not FULL.exists(), reason="no device that is always full")
def test_a_full_disk_stops_a_form_with_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "form.xlsx").symlink_to(FULL)
    command = [COMMAND, "template", COMMUNE, "-o", tmp_path / "form.xlsx"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)

    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "No space left on device" in done.stderr
