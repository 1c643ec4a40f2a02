"""Classes that the prose or a small table ranks results into: "Xuất sắc: từ 90 điểm trở lên"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from chiso.decree.document.shape import Paragraph, Place, Row, Table
from chiso.decree.language.codes import row_code
from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.numbers import number

_NUMBER = r"(\d{1,4}(?:[.,]\d{1,2})?)"
_UNIT = r"\s*(?:(%)|điểm|đ(?![a-zđ]))?(?:\s+(?:tổng )?(?:số )?điểm(?: tối đa| chuẩn)?)?"
#: The end of "từ 80 đến dưới 90 điểm", which only says where the class above begins.
_END = rf"(?:đến|-|–)\s*(?:dưới|cận|<)?\s*\d{{1,4}}(?:[.,]\d{{1,2}})?{_UNIT}"
#: Where a class begins.
_FROM = re.compile(
    rf"(?:từ|trên|≥|>=)\s*{_NUMBER}{_UNIT}\s*(?:trở lên|{_END})|(?:≥|>=)\s*{_NUMBER}{_UNIT}"
    rf"|{_NUMBER}{_UNIT}\s*(?:trở lên|{_END})",
    re.IGNORECASE,
)
_BELOW = re.compile(rf"(?:dưới|<|nhỏ hơn)\s*{_NUMBER}{_UNIT}(?:\s*trở xuống)?", re.IGNORECASE)
#: Words that only lead from a class to its bound, or from the bound to the class.
_LINKS = r"kết quả|được|có|là|khi|nếu|thì|với|đạt|tổng|số|điểm|đơn vị|cơ quan|xã"
_BEFORE = re.compile(
    rf"^(?:[-+*•\d.)\s:;,–]|[a-zđ]\)|(?:{_LINKS}|và|xếp"
    rf"|loại(?=\s*:| \S{{3}})|công nhận|đánh giá|mức độ(?= [^\W\d_]{2})|phân loại"
    r"|địa phương|trường|trong khoảng|thuộc)\b)+",
    re.IGNORECASE,
)
#: A class that is called by a word that else only leads to a bound.
_MET = re.compile(r"(?:[-–+*•\d.)]*\s*)((?:Đạt|Chưa đạt|Không đạt)(?: chuẩn| yêu cầu)?)\s*:.*", re.DOTALL)
#: What leads from a bound to the class that has its name behind: "đạt từ 85 điểm trở lên là loại xuất sắc".
_CALLED = re.compile(
    r"[\s:,–-]*(?:thì |được |là )*(?:xếp|phân|đánh giá|công nhận|đạt)?\s*(?:là |đạt )?"
    r"(?:loại|hạng|mức(?: độ)?|danh hiệu)\s",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"(?:[\s:;,.–(\[-]|\b(?:{_LINKS}|phải)\b)+$", re.IGNORECASE)
_ABOUT = re.compile(r"xep (?:loai|hang)|phan loai|cong nhan|danh gia|muc do|loai [abcd]|hang [abcd]|xuat sac|kha\b")
#: So many classes are a scale.
_ENOUGH = 2
#: A table of classes is no larger.
_MOST_CLASSES, _MOST_COLUMNS = 9, 5


@dataclass(frozen=True)
class Band:
    """A class: its name, from where on it holds (points, or a share of the maximum), and the words that say so."""

    name: str
    low: Fraction
    share: bool
    printed: str
    place: Place

    def at_least(self, full: Fraction) -> Fraction:
        """Return the share of the maximum from which on the class holds."""
        return self.low if self.share else self.low / full


def bands_of(paragraphs: Iterable[Paragraph]) -> list[Band]:
    """Return the classes of the first scale that is stated, best first; nothing where there is none."""
    run: list[Band] = []
    about, before, last = "", "", -2
    for at, paragraph in enumerate(paragraphs):
        text = one_line(paragraph.text)
        found = [band for part in re.split(r";|(?<=\w)\.(?=\s)|(?<=\)),", text) if (band := _band(part, paragraph))]
        if found and at - last > 1:
            if _is_scale(run, about):
                break
            run, about = [], before
        if found:
            run, about, last = [*run, *found], f"{about} {text}", at
        before = text
    return sorted(run, key=lambda band: band.low, reverse=True) if _is_scale(run, about) else []


def scale_lines(table: Table) -> list[Paragraph]:
    """Return the rows of a table that holds nothing but classes as lines; nothing where it holds anything else."""
    rows = [row for row in table.rows if not row.empty]
    if len(rows) > _MOST_CLASSES or table.width > _MOST_COLUMNS:
        return []
    lines = [Paragraph(": ".join(_cells(row)), row.place) for row in rows]
    found = [_band(line.text, line) is not None for line in lines]
    classes = found if found[:1] == [True] else found[1:]  # a first row may hold headings
    return lines if len(classes) >= _ENOUGH and all(classes) else []


def _cells(row: Row) -> list[str]:
    """Return the words of a row without its number."""
    return [one_line(text) for text in row.texts if text and row_code(text) is None]


def _band(text: str, paragraph: Paragraph) -> Band | None:
    """Read one class: its name before or after its bound."""
    if len(text) > 200 or "=" in text.replace(">=", "").replace("<=", ""):
        return None
    match = _FROM.search(text)
    low = next((one for one in match.groups() if one and one != "%"), None) if match else None
    if match is None:
        match = _BELOW.search(text)
        low = "0" if match else None
    if match is None or low is None:
        return None
    before, behind = text[: match.start()], text[match.end() :]
    name = _name(behind) if _CALLED.match(behind) else _name(before) or _name(behind)
    if not name or len(name) > 60:
        return None
    share = "%" in match[0]
    value = number(low)
    return Band(name, value / 100 if share else value, share, text.strip(), paragraph.place)


def _name(text: str) -> str:
    """Return the name of a class among the words beside its bound."""
    if (met := _MET.fullmatch(text.strip())) is not None:
        return met[1]
    before = ""
    while before != text:
        before, text = text, _BEHIND.sub("", _BEFORE.sub("", text.strip()))
    about, _, name = text.rpartition(": ")
    text = (name if _ABOUT.search(folded(about)) else text).strip(" .:;,()\"“”'")
    text = f"{text})" if text.count("(") > text.count(")") else text
    return text[:1].upper() + text[1:] if re.search(r"[^\W\d_]", text) else ""


def _is_scale(run: Sequence[Band], title: str) -> bool:
    lows = [band.low for band in run]
    names = {folded(band.name) for band in run}
    alike = len({band.share for band in run if band.low}) == 1
    return (
        len(run) >= _ENOUGH
        and alike
        and len(names) == len(set(lows)) == len(run)
        and (lows == sorted(lows) or lows == sorted(lows, reverse=True))
        and bool(_ABOUT.search(folded(title)))
    )


def classes_of(bands: Sequence[Band], full: Fraction) -> Iterator[tuple[dict[str, Any], Band]]:
    """Yield the classes in the form of a framework file; nothing where they do not fit the whole."""
    if not full or any(not 0 <= band.at_least(full) <= 1 for band in bands):
        return
    for at, band in enumerate(bands, 1):
        entry = {"id": f"class-{at}", "name": {"vi": band.name, "en": band.name}, "at_least": str(band.at_least(full))}
        yield entry, band
