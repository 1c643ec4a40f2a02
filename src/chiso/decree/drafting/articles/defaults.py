"""What follows for the rows: a rule for those that print none, and a share below which a ratio gives nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from chiso.decree.drafting.articles import Fate, Sentence, Statement
from chiso.decree.drafting.inferring import most
from chiso.decree.fields import Field, Recorder
from chiso.decree.language.letters import folded
from chiso.decree.wording import Confidence, Doubt
from chiso.decree.wording.reading import read_rule

Row = dict[str, Any]

_RATIO = "Tỷ lệ * Điểm tối đa"
_QUANTITY = re.compile(r"(?:ty le|ti le|phan tram)\b|% ")
#: Names of figures of which nobody can tell whether they are a share: neither kind of general rule is taken for them.
_UNCLEAR = re.compile(r"(?:so|so luong|tong|tong so|muc|muc do|diem|thoi gian|ket qua|chi so)\b")
#: Points that come from elsewhere.
_ELSEWHERE = re.compile(r"dieu tra|khao sat|hai long|xa hoi hoc")


class Defaults:
    """Writes general rules into the rows that they hold for."""

    def __init__(self, dimensions: list[Row], record: Recorder) -> None:
        self.dimensions, self.record = dimensions, record

    def take(self, sentence: Sentence, one: Statement, floor: tuple[Sentence, Statement] | None) -> Fate:
        """Give rows that print no rule the general one; tell what became of it."""
        fate: Fate = "unneeded"
        for row in list(self._without_rule()):
            title = str(row.get("detail") or row["title"])
            fits = _fits(title, one.says)
            if fits is None:
                continue
            words = one.data.get("rule") or _with_floor(floor)
            reading = read_rule(words, title=title, max_points=most(row))
            if reading.confidence == "low":
                fate = "left" if fate == "unneeded" else fate
                continue
            fate = "read"
            made: Row = {"rule": reading.rule, "inputs": reading.inputs} if reading.inputs else {"rule": reading.rule}
            if not fits:
                self._record(row, sentence, made, "not_printed", "general_rule_may_hold")
                continue
            row.update(made)
            self._note(row, sentence)
            if floor is not None and "rule" not in one.data:
                self._note(row, floor[0])
            self._record(row, sentence, {"rule": {"kind": "manual"}}, "article.default", "general_rule")
        return fate

    def floor(self, sentence: Sentence, one: Statement, *, sure: bool) -> bool:
        """Let printed ratios give nothing below a share; where that is not ``sure`` they are only doubted."""
        rows = [row for row in self._rows() if row.get("rule", {}).get("kind") == "ratio" and "printed_rule" in row]
        for row in rows:
            ratio = row["rule"]
            below: Row = {"kind": "steps", "of": f"({ratio['numerator']})/({ratio['denominator']})"}
            if ratio.get("part_of_whole"):
                below["part_of_whole"] = True
            percent = one.data["p"]
            below["lines"] = [{"at_least": _share(percent), "rule": ratio, "label": f"Tỷ lệ từ {percent}% trở lên"}]
            below["otherwise"] = {"share": 0, "label": f"Tỷ lệ dưới {percent}%"}
            others = {"inputs": row["inputs"]} if "inputs" in row else {}
            if sure:
                row["rule"] = below
                self._note(row, sentence)
                self._record(row, sentence, {"rule": ratio, **others}, "article.floor", "general_rule")
            else:
                self._record(row, sentence, {"rule": below, **others}, "", "general_rule_may_hold")
        return bool(rows)

    def _rows(self) -> Iterator[Row]:
        pending = list(reversed(self.dimensions))
        while pending:
            row = pending.pop()
            if "rule" in row and not row.get("criteria"):
                yield row
            pending.extend(reversed(row.get("criteria", ())))

    def _without_rule(self) -> Iterator[Row]:
        for row in self._rows():
            manual = row["rule"] == {"kind": "manual"} and "printed_rule" not in row
            if manual and most(row) is not None and not _ELSEWHERE.search(folded(str(row["title"]))):
                yield row

    def _note(self, row: Row, sentence: Sentence) -> None:
        row.setdefault("notes", []).append(f"{sentence.clause}: {sentence.text}")

    def _record(self, row: Row, sentence: Sentence, other: Row, how: str, doubt: str) -> None:
        """Write down that a row follows a general rule, or may: the field is not certain any more."""
        for at, one in enumerate(self.record.fields):
            if one.row == row["code"] and one.name == "rule":
                sure: Confidence = "low" if one.confidence == "low" else "medium"
                said = Doubt(doubt, {"clause": sentence.clause})
                self.record.fields[at] = Field(
                    one.row,
                    "rule",
                    row["rule"],
                    one.printed or sentence.text,
                    one.place,
                    how or one.how,
                    sure,
                    (*one.alternatives, other),
                    one.left_over,
                    (*one.doubts, said),
                )


def _fits(title: str, scope: str) -> bool | None:
    """Tell whether a general rule holds for a row: yes, perhaps, or (None) not."""
    plain = folded(title)
    quantity = bool(_QUANTITY.match(plain))
    unclear = bool(_UNCLEAR.match(plain))
    match scope:
        case "quantity":
            return True if quantity else False if unclear else None
        case "quality":
            return None if quantity else not unclear
        case "rest":
            return not quantity and not unclear
    return quantity


def _with_floor(floor: tuple[Sentence, Statement] | None) -> str:
    if floor is None:
        return _RATIO
    percent = floor[1].data["p"]
    return f"- Tỷ lệ >= {percent}%: {_RATIO}\n- Tỷ lệ < {percent}%: 0 điểm"


def _share(percent: str) -> str:
    return str(Fraction(percent.replace(",", ".")) / 100)
