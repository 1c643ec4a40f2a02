"""What the prose says of a set: how many dimensions, criteria and points; pillars and groups; levels of maturity."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from typing import Any, Literal

from chiso.decree.document.shape import Paragraph, Place
from chiso.decree.language.headings import Role
from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.numbers import number, points, written
from chiso.decree.prose.legal import unit_kinds_of
from chiso.decree.table.lines import Line
from chiso.decree.table.sets import Summary
from chiso.decree.table.tree import Tree, normal, title_of

What = Literal["dimensions", "criteria", "points"]

_DIMENSIONS = r"chi so chinh|nhom tieu chi|nhom chi so|nhom chi tieu|linh vuc|tieu chi chinh|muc lon"
_CRITERIA = r"chi so thanh phan|tieu chi thanh phan|tieu chi|chi tieu|chi so con|noi dung danh gia"
_COUNTED = re.compile(rf"(?<![\d.,/])(\d{{1,3}})\s+(?:({_DIMENSIONS})|({_CRITERIA}))(?![a-z])")
_POINTS = re.compile(
    r"(?:thang diem|tong(?: so)? diem(?: toi da)?|tong cong)\s*(?:la|:|toi da|toi da la)?\s*"
    r"(\d{2,4}(?:[.,]\d+)?)(?:\s*diem)?|(\d{2,4}) diem toi da"
)
_PILLAR = re.compile(r"trụ cột\s+(?P<name>[^(:;,.]+?)\s*(?:\(|:|$)", re.IGNORECASE)
_GROUP_LINE = re.compile(
    r"^\W*(?:nhóm(?: tiêu chí| chỉ số| chỉ tiêu)?)\s+(?P<name>[^:]+):\s*"
    r"(?P<count>\d{1,3})\s+(?:tiêu chí|chỉ số|chỉ tiêu)",
    re.IGNORECASE,
)
_LEVEL = re.compile(
    r"^\W*(?:mức(?: độ)?|cấp độ)\s*(?P<number>[1-9])\s*[-–:.]\s*(?P<name>[^:]{2,60}):\W*(?P<text>.+)$", re.IGNORECASE
)
#: Sentences that speak of other years or of a result, not of this set.
_ELSEWHERE = re.compile(r"ket qua|nam truoc|hang \d+/\d+|xep thu")


@dataclass(frozen=True)
class Count:
    """A number that the prose or a table of structure states."""

    what: What
    printed: int
    within: tuple[str, ...]
    clause: str
    place: Place
    words: str


def counts_of(
    paragraphs: Sequence[Paragraph], tree: Tree, kind: str, kinds: Sequence[str], names: Mapping[str, Sequence[str]]
) -> Iterator[Count]:
    """Yield the numbers that the prose states about this set.

    ``kinds`` are those of all sets of the document; ``names`` are pillars and groups with their dimensions.
    """
    clause, about = "", ""
    known = {**{normal(name): tuple(codes) for name, codes in names.items()}}
    for paragraph in paragraphs:
        text = one_line(paragraph.text)
        clause = _clause(text) or clause
        about = _kind_of(text, kinds) or about
        if (about and len(kinds) > 1 and about != kind) or not text:
            continue
        within = _within(text, tree)
        for what, printed, part in _numbers(text):
            codes = within or _named_in(part, known)
            yield Count(what, printed, codes, clause or "Phần lời", paragraph.place, text)


def as_meant(counts: Iterable[Count], tree: Tree) -> list[Count]:
    """Return counts in which "03 chỉ số thành phần, 08 tiêu chí" counts dimensions and criteria.

    What the parts of a set are called differs: of two words for criteria in one sentence, the one whose number is that
    of the dimensions counts them.
    """
    found = list(counts)
    whole = len(tree.dimensions)
    for at, (one, other) in enumerate(pairwise(found)):
        same = one.what == other.what == "criteria" and one.words == other.words and not (one.within or other.within)
        if same and one.printed == whole < other.printed:
            found[at] = replace(one, what="dimensions")
    return found


def _kind_of(text: str, kinds: Sequence[str]) -> str:
    """Return the kind of units that a heading or an opening sentence speaks of."""
    if len(kinds) < 2:
        return ""
    plain = folded(text)
    found = [kind for kind in kinds if unit_kinds_of([text]) == (kind, text)]
    return found[0] if found and ("cap " in plain or "cau truc" in plain) else ""


def _numbers(text: str) -> Iterator[tuple[What, int, str]]:
    """Yield the numbers of a paragraph, each with the part of the sentence that it stands in."""
    plain = folded(text)
    if _ELSEWHERE.search(plain) and "bo chi so" not in plain:
        return
    for said in re.split(r"(?<=[^\W\d])[.;](?=\s)|,?\s+trong đó\s", text):
        part = folded(said)
        for match in _COUNTED.finditer(part):
            yield ("dimensions" if match[2] else "criteria"), int(match[1]), part
        for match in _POINTS.finditer(part):
            value = number(match[1] or match[2])
            if value.denominator == 1:
                yield "points", int(value), part


def _named_in(part: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Return the dimensions of the pillar or group that a part of a sentence names first."""
    places = []
    for name, codes in known.items():
        loose = re.sub(r"^nhom (chi so|tieu chi) ", r"nhom \1 (?:ve )?", name)
        match = re.search(rf"(?<![a-z]){loose}(?![a-z])", part)
        if match is not None:
            places.append((match.start(), -len(name), codes))
    return min(places)[2] if places else ()


def _within(text: str, tree: Tree) -> tuple[str, ...]:
    """Return the dimensions that a line names before its number: "Nhóm Chính quyền số: 24 tiêu chí"."""
    match = _GROUP_LINE.match(text)
    if match is None:
        return ()
    name = normal(match["name"])
    return tuple(one.code for one in tree.dimensions if _ends_alike(normal(title_of(one)), name))


def _ends_alike(title: str, name: str) -> bool:
    return bool(title) and (title.endswith(name) or name.endswith(title))


def _clause(text: str) -> str:
    match = re.match(r"(?:Điều\s+\d+|Mục\s+[IVX\d]+|Chương\s+[IVX]+|Phần\s+[IVX]+|[IVX]+)(?=[.\s])", text)
    return match[0] if match else ""


def summary_counts(summary: Summary, tree: Tree) -> Iterator[Count]:
    """Yield the numbers of a table of structure, row by row."""
    yield from _heading_counts(summary, tree)
    for line in summary.lines:
        codes = _named(line, summary, tree)
        if not codes:
            continue
        stated: tuple[tuple[What, Role], ...] = (("criteria", "count"), ("points", "max_points"))
        for what, key in stated:
            value = points(line.text(key))
            if value is not None and value.denominator == 1:
                clause = f"Bảng cấu trúc, dòng {_label(line)}"
                yield Count(what, int(value), codes, clause, line.place, f"{line.text('title')}: {line.text(key)}")


def _heading_counts(summary: Summary, tree: Tree) -> Iterator[Count]:
    """Yield the numbers in the headings of a table of structure: "Chỉ số thành phần (47 chỉ số thành phần)"."""
    first = next((line for line in summary.lines if line.columns is not None), None)
    if first is None or first.columns is None:
        return
    named = {codes[0] for line in summary.lines if len(codes := _named(line, summary, tree)) == 1}
    within = (
        ()
        if named == {one.code for one in tree.dimensions}
        else tuple(one.code for one in tree.dimensions if one.code in named)
    )
    for heading in first.columns.headings:
        match = re.search(r"\(([^()]+)\)", heading)
        for what, printed, _ in _numbers(match[1]) if match else ():
            yield Count(what, printed, within, "Bảng cấu trúc, dòng đầu", first.place, heading)
        if match and (total := re.fullmatch(r"(\d{2,4}) diem", folded(match[1]))):
            yield Count("points", int(total[1]), within, "Bảng cấu trúc, dòng đầu", first.place, heading)


def _label(line: Line) -> str:
    return line.code.text if line.code is not None else line.text("title")[:30]


def _named(line: Line, summary: Summary, tree: Tree) -> tuple[str, ...]:
    """Return the dimensions that a row of a table of structure counts: its own, or those of its group."""
    by_title = {normal(title_of(one)): one.code for one in tree.dimensions}
    own = _like(normal(line.text("title")), by_title)
    if own:
        return (own,)
    return group_of(line, summary, tree)


def _like(name: str, known: dict[str, str]) -> str:
    if name in known:
        return known[name]
    near = [
        code
        for title, code in known.items()
        if title and (title in name or name in title) and min(len(title), len(name)) > 6
    ]
    return near[0] if len(near) == 1 else ""


def group_of(line: Line, summary: Summary, tree: Tree) -> tuple[str, ...]:
    """Return the dimensions below a row that heads a group in a table of structure."""
    if line.code is None or line.code.kind not in ("roman", "upper"):
        return ()
    by_title = {normal(title_of(one)): one.code for one in tree.dimensions}
    found: list[str] = []
    for other in summary.lines[summary.lines.index(line) + 1 :]:
        if other.code is not None and other.code.kind == line.code.kind:
            break
        if code := _like(normal(other.text("title")), by_title):
            found.append(code)
    return tuple(found)


def fits(summary: Summary, tree: Tree) -> bool:
    """Tell whether a table of structure speaks of this set: its rows name dimensions whose points are the same."""
    by_code = {one.code: one for one in tree.dimensions}
    named = [(line, _named(line, summary, tree)) for line in summary.lines]
    single = [(line, by_code[codes[0]]) for line, codes in named if len(codes) == 1 and codes[0] in by_code]
    same = [
        line.max_points == node.line.max_points
        for line, node in single
        if node.line is not None and node.line.max_points is not None and line.max_points is not None
    ]
    return bool(same) and sum(same) * 2 > len(same) and len(single) * 2 > len(summary.lines)


def pillars_of(summaries: Sequence[Summary], tree: Tree) -> Iterator[tuple[dict[str, Any], Place, str]]:
    """Yield the pillars: tables of structure, or prose, headed by "Trụ cột"."""
    seen: set[str] = set()
    for summary in summaries:
        for paragraph in reversed(summary.before[-3:]):
            match = _PILLAR.search(paragraph.text)
            if match is None or re.match(r"\d", match["name"]):
                continue
            codes = [codes[0] for line in summary.lines if len(codes := _named(line, summary, tree)) == 1]
            name = one_line(match["name"])
            if codes and name not in seen:
                seen.add(name)
                total = _stated_points(paragraph.text)
                pillar: dict[str, Any] = {
                    "code": _initials(name),
                    "title": {"vi": name, "en": name},
                    "dimensions": codes,
                }
                if total is not None:
                    pillar["max_points"] = written(total)
                yield pillar, paragraph.place, paragraph.text
            break


def groups_of(summaries: Sequence[Summary], tree: Tree) -> Iterator[tuple[dict[str, Any], Line]]:
    """Yield groups of dimensions: rows of a table of structure, or rows of the table of criteria itself."""
    for node, codes in tree.groups:
        if node.line is not None and codes:
            yield _group(node.line, codes), node.line
    if tree.groups:
        return
    for summary in summaries:
        for line in summary.lines:
            if (codes := list(group_of(line, summary, tree))) and line.code is not None:
                yield _group(line, codes), line
        if any(group_of(line, summary, tree) for line in summary.lines):
            return


def _group(line: Line, codes: Sequence[str]) -> dict[str, Any]:
    title = one_line(line.text("title"))
    assert line.code is not None
    found: dict[str, Any] = {"code": line.code.text, "title": {"vi": title, "en": title}, "dimensions": list(codes)}
    if line.max_points is not None:
        found["max_points"] = written(line.max_points)
    return found


def _stated_points(text: str) -> Fraction | None:
    match = _POINTS.search(folded(text))
    return number(match[1] or match[2]) if match else None


def _initials(name: str) -> str:
    return "".join(word[0].upper() for word in folded(name).split() if word[:1].isalpha()) or "P"


def levels_of(paragraphs: Sequence[Paragraph], names: dict[int, str]) -> list[tuple[dict[str, Any], Place, str]]:
    """Return the levels of maturity: their names from the headings of the table, what they mean from the prose."""
    said: dict[int, tuple[str, str, Paragraph]] = {}
    for paragraph in paragraphs:
        match = _LEVEL.match(one_line(paragraph.text.replace("**", "")))
        if match is not None:
            said.setdefault(int(match["number"]), (match["name"].strip(), match["text"].strip(), paragraph))
    found = []
    for level, name in sorted(names.items()):
        text = said.get(level)
        vi = (
            name
            if not text or normal(text[0]) == normal(name) or not re.fullmatch(r"mức(?: độ)? \d", name, re.IGNORECASE)
            else text[0]
        )
        place = text[2].place if text else Place()
        entry = {"number": level, "name": {"vi": vi, "en": vi}, "description": text[1] if text else vi}
        found.append((entry, place, text[2].text if text else name))
    return found
