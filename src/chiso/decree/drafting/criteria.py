"""One printed row of a criterion in the form of a framework file."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from fractions import Fraction
from typing import Any

from chiso.decree.drafting.deductions import is_negative
from chiso.decree.fields import Field, Recorder
from chiso.decree.language.agencies import agencies_of, looks_like_agency, without_task
from chiso.decree.language.codes import RowCode, order, roman_number, row_code
from chiso.decree.language.deadlines import deadline_of, unbroken
from chiso.decree.language.headings import Role
from chiso.decree.language.letters import capitalised, folded, one_line, shouted
from chiso.decree.language.numbers import most_points, points, tail_points, written
from chiso.decree.language.spelling import mended, misread_digits
from chiso.decree.table.lines import Line
from chiso.decree.table.tree import Node, title_of
from chiso.decree.wording import Confidence

_BULLET = re.compile(r"^\s*[-–+•*]\s*")
#: A number behind the word for what it numbers, before a name.
_WORD_NUMBER = re.compile(
    r"(?:nhóm(?: tiêu chí| chỉ số| chỉ tiêu)?|tiêu chí|tiêu chuẩn|lĩnh vực|nội dung|phần|chỉ tiêu)(?: số)? "
    r"(?P<number>\d{1,2}|[IVX]{1,5})\s*[.:–-]\s+(?=\S)",
    re.IGNORECASE,
)
_PLAIN_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
#: A cross in a cell.
_MARKED = re.compile(r"[xX×✓✔v]")
_UNSCORED = re.compile(r"chua (?:cham|tinh) diem|khong (?:cham|tinh) diem|chua danh gia")

#: Columns that hold what an office fills in; they are blank in the decision and no part of a framework.
FILLED_IN: tuple[Role, ...] = ("self_points", "verified_points", "weight", "group", "count")


class RowWriter:
    """Writes the fields that dimensions and criteria have in common, and records where each was read."""

    def __init__(
        self, record: Recorder, deadlines: dict[str, dict[str, Any]], acronyms: Container[str] = frozenset()
    ) -> None:
        self.record = record
        self.acronyms = acronyms
        self.deadlines = deadlines

    def title(self, node: Node, out: dict[str, Any]) -> None:
        """Write the name of a row, with known misreadings put right; points behind the name are its maximum."""
        printed = title_of(node)
        text, confidence, how = one_line(printed), "high", "column"
        if node.line is not None and node.line.max_points is None and (split := tail_points(text)) is not None:
            text, most = split
            out["max_points"] = written(most)
            self.record.add(
                Field(node.code, "max_points", out["max_points"], printed, node.line.place, "behind_name", "high")
            )
        elif node.line is not None and (split := tail_points(text)) is not None and split[1] == node.line.max_points:
            text = split[0]  # the maximum, printed a second time
        if node.heading is not None and (node.line is None or not node.line.text("title")):
            how = "heading"
            if (split := tail_points(text)) is not None:
                text = split[0]
                if node.line is None or node.line.max_points is None:
                    out["max_points"] = written(split[1])
        text = _unnumbered(_BULLET.sub("", text), node.code)
        text = text.strip(" .;:") if how == "heading" else text.rstrip(" ;:")
        text, corrections = mended(capitalised(text, self.acronyms), "title")
        if corrections:
            confidence, how = "medium", "misread"
            out.setdefault("corrections", []).extend(corrections)
        out["title"] = text or f"({node.code})"
        place = node.line.place if node.line is not None else node.heading.place if node.heading is not None else None
        if place is not None:
            told = how != "heading" or node.heading is None or node.heading.bold or shouted(node.heading.text)
            certain = confidence == "high" and told and not misread_digits(printed)
            sure: Confidence = "low" if not text else "high" if certain else "medium"
            self.record.add(Field(node.code, "title", out["title"], printed, place, how, sure))
        if node.line is not None:
            self.record.use(node.line, "code", "title")
        self._code(node, out)

    def _code(self, node: Node, out: dict[str, Any]) -> None:
        code = node.line.code if node.line is not None else None
        if code is not None and node.line is not None:
            sure: Confidence = "medium" if code.mended or code.text not in node.code else "high"
            self.record.add(Field(node.code, "code", node.code, code.printed, node.line.place, "column", sure))
            if code.mended and code.kind == "dotted" and re.search(r"[a-zA-Z]", code.printed):
                correction = {
                    "field": "code",
                    "printed": code.printed,
                    "corrected": code.text,
                    "reason": "lỗi nhận dạng số thứ tự",
                }
                out.setdefault("corrections", []).append(correction)

    def maximum(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Write the maximum; what is printed otherwise, as in brackets, is kept."""
        text = one_line(line.text("max_points"))
        value = most_points(text)
        if value is None and is_negative(text):
            out["printed_max"] = text
            self.record.use(line, "max_points")
            return
        if value is None:
            if text:
                self.record.leave(line, "max_points", "no_number")
            return
        out["max_points"] = written(value)
        if not _PLAIN_NUMBER.fullmatch(text):
            out["printed_max"] = text
        self.record.use(line, "max_points")
        one = points(text) is not None
        sure: Confidence = "high" if one else "medium"
        how = "column" if one else "range"
        self.record.add(Field(node.code, "max_points", out["max_points"], text, line.place, how, sure))

    def previous(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Write last year's points; more than the maximum is a misreading that a person has to look at."""
        text = one_line(line.text("previous"))
        value = points(text)
        if value is None:
            if text:
                self.record.leave(line, "previous", "no_number")
            return
        most = Fraction(str(out["max_points"])) if "max_points" in out else None
        out["previous"] = written(value)
        self.record.use(line, "previous")
        sure: Confidence = "high" if most is None or value <= most else "low"
        alternatives: tuple[Any, ...] = ()
        if most is not None and value > most:
            alternatives = tuple(
                written(value / by)
                for by in (10, 100)
                if value / by <= most and (value / by).denominator in (1, 2, 4, 5, 10, 20, 25, 50, 100)
            )
        self.record.add(Field(node.code, "previous", out["previous"], text, line.place, "column", sure, alternatives))

    def agencies(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Write lead and supporting agencies; words that name none become a note."""
        for name in ("lead", "support"):
            text = line.text(name)
            if not text:
                continue
            self.record.use(line, name)
            if _UNSCORED.search(folded(text)):
                out.setdefault("notes", []).append(one_line(text))
                self.record.add(Field(node.code, "notes", one_line(text), text, line.place, "no_agency", "medium"))
                continue
            fixed, corrections = mended(text, name)
            names = self._without_tasks(node, line, agencies_of(fixed), out)
            out[name] = names
            out.setdefault("corrections", []).extend(corrections)
            known = all(looks_like_agency(one) for one in names)
            sure: Confidence = "high" if known and not corrections else "medium"
            how = "misread" if corrections else "column"
            self.record.add(Field(node.code, name, names, text, line.place, how, sure))
        if not out.get("corrections", True):
            del out["corrections"]

    def _without_tasks(self, node: Node, line: Line, names: list[str], out: dict[str, Any]) -> list[str]:
        """Return the names of agencies alone; what one is to do becomes the deadline or a note."""
        found = []
        for name in names:
            agency, task = without_task(name)
            found.append(agency)
            if not task:
                continue
            meaning = deadline_of(task)
            if meaning is not None and "due" not in out and not line.text("due"):
                self.deadlines[task], out["due"] = meaning, task
                self.record.add(Field(node.code, "due", task, name, line.place, "beside_agency", "medium"))
            else:
                out.setdefault("notes", []).append(f"In: {name}")
                self.record.add(Field(node.code, "notes", task, name, line.place, "beside_agency", "medium"))
        return found

    def due(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Write the deadline as printed, and what it means; one that is not understood becomes a note."""
        text = unbroken(line.text("due"))
        if not text:
            return
        self.record.use(line, "due")
        meaning = self.deadlines.get(text) or deadline_of(text)
        if meaning is None:
            note = f"Thời hạn in: {text}"
            out.setdefault("notes", []).append(note)
            self.record.add(Field(node.code, "due", None, text, line.place, "not_understood", "low", left_over=(text,)))
            return
        self.deadlines[text] = meaning
        out["due"] = text
        self.record.add(Field(node.code, "due", text, text, line.place, f"deadline.{meaning['kind']}", "high"))

    def words(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Write what is kept as printed: unit, method, evidence, legal basis, notes."""
        kept: tuple[tuple[str, Role], ...] = (("unit", "unit"), ("method", "method"))
        for key, role in kept:
            if text := one_line(line.text(role)):
                out[key] = text
                self.record.use(line, role)
                self.record.add(Field(node.code, key, text, text, line.place, "column", "high"))
        lists: tuple[tuple[str, Role], ...] = (("evidence", "evidence"), ("legal_basis", "basis"))
        for key, role in lists:
            if text := line.text(role):
                out[key] = items_of(text)
                self.record.use(line, role)
                self.record.add(Field(node.code, key, out[key], text, line.place, "column", "high"))
        if text := one_line(line.text("note")):
            out.setdefault("notes", []).append(text)
            self.record.use(line, "note")
            self.record.add(Field(node.code, "notes", text, text, line.place, "column", "high"))
        self._with_headings(node, line, out)
        for role in FILLED_IN:
            if line.text(role):
                self.record.leave(line, role, "not_understood" if role == "weight" else "to_fill_in")

    def _with_headings(self, node: Node, line: Line, out: dict[str, Any]) -> None:
        """Keep as a note, with the heading, what has to be reached in the year, and that a survey gives the points."""
        said: tuple[Role, ...] = ("goal", "survey")
        for role in said:
            text, at = one_line(line.text(role)), line.columns.where(role) if line.columns is not None else None
            if not text or at is None or line.columns is None:
                continue
            if role == "survey" and not _MARKED.fullmatch(text):
                self.record.leave(line, role, "not_understood")
                continue
            heading = one_line(line.columns.headings[at])
            note = heading if role == "survey" else f"{heading}: {text}"
            out.setdefault("notes", []).append(note)
            self.record.use(line, role)
            self.record.add(Field(node.code, "notes", note, text, line.place, "column", "high"))


def _unnumbered(text: str, code: str) -> str:
    """Return a name without the number that a word before it repeats: "Nhóm tiêu chí 2. Tiếp công dân" in row II."""
    match = _WORD_NUMBER.match(text)
    own = row_code(code.rpartition(".")[2])
    other = row_code(match["number"]) if match is not None else None
    if match is None or own is None or other is None or _value(own) != _value(other):
        return text
    return text[match.end() :]


def _value(code: RowCode) -> int:
    return roman_number(code.text) if code.kind == "roman" else order(code.text)[0]


def items_of(text: str) -> list[str]:
    """Split a cell into its items: by dashes, lines that begin anew, and semicolons at the end of a line."""
    lines = re.split(
        r"\n|;\s*(?=[-–+•])|(?<=[.;])\s+(?=[-–+•]\s)"
        r"|\s+(?=[-–]\s+(?:Quyết định|Công văn|Nghị|Thông tư|Chỉ thị|Kế hoạch)\s)",
        text,
    )
    found: list[str] = []
    for line in lines:
        if found and not _BULLET.match(line) and not found[-1].endswith((".", ";")):
            found[-1] = f"{found[-1]} {line.strip()}"
        else:
            found.append(_BULLET.sub("", line).strip())
    return [item.rstrip(" .;") for item in found if item.strip(" .;")]


def clause_of(headings: Sequence[str], code: str) -> str:
    """Return where a row stands, as one cites it: ``Phụ lục I, dòng 1.1``."""
    appendix = next((one_line(text) for text in reversed(headings) if re.match(r"phụ lục\b", text, re.IGNORECASE)), "")
    number = re.match(r"phụ lục(?:\s+(?:số\s+)?([IVX]+|\d+)\b)?", appendix, re.IGNORECASE)
    head = (
        "Phụ lục" + (f" {number[1].upper()}" if number is not None and number[1] else "") if appendix else "Bảng chỉ số"
    )
    return f"{head}, dòng {code}"
