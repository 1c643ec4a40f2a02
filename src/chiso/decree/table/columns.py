"""What each column of a table holds: from its headings, from the table before it, or from its contents."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from chiso.decree.document.limits import MAX_COLUMNS
from chiso.decree.document.shape import Row, Table
from chiso.decree.language.agencies import looks_like_agency
from chiso.decree.language.codes import row_code
from chiso.decree.language.deadlines import looks_like_deadline
from chiso.decree.language.headings import Role, is_heading, is_telling, level_of, role_of
from chiso.decree.language.letters import folded, one_line
from chiso.decree.language.numbers import most_points, says_points
from chiso.decree.table.options import grades_of, points_by_kind, worths_of
from chiso.decree.table.targets import targets_of

#: How many rows at the top of a table are looked at for its headings.
_TOP = 6
#: Share of the cells of a column that must look alike for it to be told by them.
_MOSTLY = 0.7
#: Share that is enough where the heading says so too.
_SOME = 0.2
#: Rows that are enough to tell a column by its contents.
_SAMPLE = 400

#: Who does something, at the head of a column.
_OFFICE = re.compile(r"(?:cac )?(?:co quan|don vi|bo phan|so,? (?:ban,? )?nganh|nganh|phong|dau moi)(?![a-z])")
_NUMBERING = re.compile(r"\(?\d{1,2}\)?(?:\s*=.*)?")


@dataclass(frozen=True)
class Columns:
    """The columns of a table: the role of each, the words of its heading, and how that was found out.

    ``levels`` gives the number of the maturity level of a column; ``names`` its printed name. Where ``areas``, such a
    column holds what one kind of units has to reach, and no level; where ``by_kind``, the points that it can get.
    ``worths`` says what each column that holds one line of the rule gives; ``grades`` what a column of points gives
    them for. ``own`` are the headings without those that span others. ``numbers_heads`` says that numbers are those of
    the names of dimensions beside them.
    """

    roles: tuple[Role | None, ...]
    headings: tuple[str, ...]
    how: str = "heading"
    rows: int = 0
    levels: dict[int, int] = field(default_factory=dict)
    names: dict[int, str] = field(default_factory=dict)
    worths: dict[int, str] = field(default_factory=dict)
    grades: dict[int, str] = field(default_factory=dict)
    own: tuple[str, ...] = ()
    areas: bool = False
    numbers_heads: bool = False
    by_kind: bool = False

    def where(self, role: Role) -> int | None:
        """Return the first column of a role."""
        return self.roles.index(role) if role in self.roles else None

    def has(self, *roles: Role) -> bool:
        """Tell whether there is a column for each of the roles."""
        return all(role in self.roles for role in roles)

    @property
    def scored(self) -> bool:
        """Tell whether the rows are criteria: they have points, levels or a rule."""
        lines = bool(self.levels or self.worths or self.grades)
        return self.has("title") and (self.has("max_points") or lines or self.has("rule"))

    def says(self, headings: Sequence[str]) -> bool:
        """Tell whether headings are the same, apart from misread letters."""
        return [folded(text) for text in self.headings] == [folded(text) for text in headings]

    @property
    def summary(self) -> bool:
        """Tell whether the rows only count criteria: a table of the structure, not of the criteria."""
        return self.has("title", "count")


def columns_of(table: Table, before: Columns | None) -> Columns | None:
    """Find the columns of a table; ``before`` are those of the table before it, which it may continue."""
    if not table.rows or table.width > MAX_COLUMNS or table.width < 2:
        return None
    found = _by_headings(table)
    if found is not None:
        return _completed(found, table)
    if before is not None and _continues(table, before):
        return _completed(replace(before, how="carried", rows=0), table)
    return _by_contents(table)


def columns_of_all(tables: Sequence[Table]) -> list[Columns | None]:
    """Find the columns of tables that follow each other.

    Tables with the same headings, or with none, that a page break or a heading parted are looked at together: the few
    rows of one may not show what a column holds.
    """
    found: list[Columns | None] = []
    groups: list[list[int]] = []
    before: Columns | None = None
    for at, table in enumerate(tables):
        columns = columns_of(table, before)
        found.append(columns)
        if columns is None:
            continue
        if before is not None and (columns.how == "carried" or columns.says(before.headings)):
            groups[-1].append(at)
        else:
            groups.append([at])
        before = columns
    for group in groups:
        first = found[group[0]]
        if first is None or len(group) < 2:
            continue
        rows = [row for at in group for row in tables[at].rows[getattr(found[at], "rows", 0) :]]
        whole = Table((*tables[group[0]].rows[: first.rows], *rows), tables[group[0]].place)
        joint = columns_of(whole, None) or first
        for at in group:
            one = found[at]
            if one is not None and len(one.roles) == len(joint.roles):
                found[at] = replace(
                    one,
                    roles=joint.roles,
                    levels=joint.levels,
                    names=joint.names,
                    worths=joint.worths,
                    grades=joint.grades,
                    areas=joint.areas,
                    by_kind=joint.by_kind,
                    numbers_heads=joint.numbers_heads,
                )
    return found


def _by_headings(table: Table) -> Columns | None:
    for at, row in enumerate(table.rows[:_TOP]):
        if is_heading(row.texts):
            return _from_rows(table, at)
    return None


def _from_rows(table: Table, at: int) -> Columns:
    """Read headings from one row, or from two where the second divides columns of the first."""
    width = table.width
    first = _padded(table.rows[at], width)
    headings, second, last = list(first), [""] * width, at + 1
    parents = _spread(table.rows[at], width)
    if last < len(table.rows) and _divides(table.rows[last], parents, first):
        second = _padded(table.rows[last], width)
        headings = [
            one_line(f"{parents[n]} {second[n]}") if second[n] and parents[n] != second[n] else first[n] or second[n]
            for n in range(width)
        ]
        levels, names = _levels(parents, second)
        last += 1
    else:
        levels, names = _levels(first, first)
    roles = [None if n in levels else _role_below(heading, second[n]) for n, heading in enumerate(headings)]
    if last < len(table.rows) and _is_numbering(table.rows[last]):
        last += 1
    own = tuple(second[n] or first[n] for n in range(width))
    return Columns(tuple(_once(roles)), tuple(headings), "heading", last, levels, names, own=own)


def _role_below(heading: str, own: str) -> Role | None:
    """Return what a column holds: its own words say it before those of the heading that spans it and others.

    Own words that are found in many headings ("Điểm", "Nội dung") only say it together with those above them.
    """
    said = role_of(own) if own and own != heading and is_telling(own) else None
    return said if said is not None and said != "title" else role_of(heading)


def _padded(row: Row, width: int) -> list[str]:
    texts = [cell.text or cell.above for cell in row.cells]
    return [*texts, *[""] * (width - len(texts))]


def _spread(row: Row, width: int) -> list[str]:
    """Return the heading above each column: one that spans columns, or stands before empty cells, is above them all."""
    found: list[str] = []
    for text in _padded(row, width):
        found.append(text or (found[-1] if found else ""))
    return found


def _divides(row: Row, parents: Sequence[str], first: Sequence[str]) -> bool:
    """Tell whether a row divides headings of the row above: its words stand under headings that span columns."""
    filled = [n for n, cell in enumerate(row.cells) if cell.text]
    if not filled or row_code(row.cells[0].text) is not None:
        return False
    under = [n for n in filled if n < len(parents) and parents.count(parents[n]) > 1]
    known = sum(role_of(row.cells[n].text) is not None or level_of(row.cells[n].text) is not None for n in filled)
    return len(under) == len(filled) and (known * 2 >= len(filled) or all(not first[n] for n in filled[1:]))


def _is_numbering(row: Row) -> bool:
    """Tell whether a row only numbers the columns: (1) (2) (3) ..."""
    texts = [one_line(text) for text in row.texts if text]
    found = [int(match[0]) for text in texts if (match := re.match(r"\d+", text.strip("(")))]
    return (
        len(texts) >= 3
        and all(_NUMBERING.fullmatch(text) for text in texts)
        and found == list(range(found[0] if found else 0, (found[0] if found else 0) + len(texts)))
    )


def _levels(parents: Sequence[str], headings: Sequence[str]) -> tuple[dict[int, int], dict[int, str]]:
    """Find columns that hold what each level of maturity asks for."""
    under = [n for n, parent in enumerate(parents) if role_of(parent) == "level" and headings[n]]
    said = {n: found for n, text in enumerate(headings) if text and (found := level_of(text)) is not None}
    chosen = under if len(under) > 1 else sorted(said) if _ascending(said) and _sayslevel_of(headings, said) else []
    levels, names = {}, {}
    for count, n in enumerate(chosen, 1):
        number, name = said.get(n, (count, one_line(headings[n])))
        levels[n], names[number] = number, name or one_line(headings[n])
    return (levels, names) if len(set(levels.values())) == len(levels) and len(levels) > 1 else ({}, {})


def _ascending(said: dict[int, tuple[int, str]]) -> bool:
    numbers = [said[n][0] for n in sorted(said)]
    return len(numbers) > 1 and numbers == list(range(1, len(numbers) + 1))


def _sayslevel_of(headings: Sequence[str], said: dict[int, tuple[int, str]]) -> bool:
    return all(folded(headings[n]).startswith(("muc", "cap do")) for n in said)


def _once(roles: list[Role | None]) -> list[Role | None]:
    """Keep each role once, in the first column that has it; a second one is told by its contents.

    Evidence may be divided: documents in one column, pictures in the next.
    """
    seen: set[Role] = set()
    found: list[Role | None] = []
    for role in roles:
        again = role in seen and not (role == "evidence" and found[-1] == "evidence") and role != "changes"
        found.append(None if again else role)
        if role is not None:
            seen.add(role)
    return found


def _completed(columns: Columns, table: Table) -> Columns:
    """Tell columns that no heading names by their contents, and check that points are points."""
    roles = list(columns.roles)
    body = table.rows[columns.rows :][:_SAMPLE]
    _offices(roles, columns.headings, body)
    own = columns.own or columns.headings
    by_kind = {} if columns.levels else points_by_kind(columns.headings, own, roles, body)
    targets = by_kind or ({} if columns.levels else targets_of(columns.headings, own, roles, body))
    if by_kind:
        columns = replace(columns, by_kind=True)
    if targets:
        columns = replace(columns, **_as_levels(targets))
        roles = [None if n in targets else role for n, role in enumerate(roles)]
    if "level" in roles and not columns.levels:
        roles[roles.index("level")] = None
    worths = {} if columns.levels else worths_of(own, roles, body)
    grades = {} if columns.levels or worths else grades_of(own, roles, body)
    _options(roles, body)
    _numbered_titles(roles, columns.headings, body)
    _heads(roles, columns.headings, body)
    _without_points(roles, body)
    if "code" not in roles and not roles[0] and columns.headings[0] and _is_code(columns.headings[0]):
        roles[0] = "code"
    for n, role in enumerate(roles):
        if role is None and n not in {**columns.levels, **worths, **grades} and _filled(body, n):
            roles[n] = _role_by_contents(roles, columns.headings, body, n)
    _others_as_rules(roles, body)
    numbers = _numbers_heads(roles, body)
    return replace(columns, roles=tuple(roles), worths=worths, grades=grades, numbers_heads=numbers)


def _offices(roles: list[Role | None], headings: Sequence[str], body: Sequence[Row]) -> None:
    """Take a column that is called by who does something ("Đơn vị hướng dẫn, đánh giá") for the one of agencies."""
    for n, role in enumerate(roles):
        said = role not in ("lead", "support", "method", "code", "title") and _OFFICE.match(folded(headings[n]))
        fewest = _MOSTLY if role is not None else _SOME
        if said and "lead" not in roles and _share(body, n, looks_like_agency) >= fewest:
            roles[n] = "lead"


def _as_levels(targets: dict[int, str]) -> dict[str, Any]:
    """Return what has to be reached as one level; or as one of each area, which are read one after the other."""
    levels = {n: at for at, n in enumerate(targets, 1)}
    return {"levels": levels, "names": {levels[n]: text for n, text in targets.items()}, "areas": len(targets) > 1}


def _without_points(roles: list[Role | None], body: Sequence[Row]) -> None:
    """Take back that a column holds points or numbers where its cells hold none."""
    at = roles.index("max_points") if "max_points" in roles else None
    if at is not None and _share(body, at, _is_points) < 0.3 and _filled(body, at):
        roles[at] = None
    at = roles.index("count") if "count" in roles else None
    if at is not None and _filled(body, at) and _share(body, at, _is_points) < _MOSTLY:
        roles[at] = None if "title" in roles else "title"


def _role_by_contents(
    roles: Sequence[Role | None], headings: Sequence[str], body: Sequence[Row], n: int
) -> Role | None:
    """Return what a column that no heading names holds."""
    if "code" not in roles and _share(body, n, _is_code) >= _MOSTLY:
        return "code"
    if _share(body, n, _is_points) >= _MOSTLY:
        said = role_of(headings[n]) if n < len(headings) else None
        if said == "title" and "count" not in roles:
            return "count" if "rule" not in roles else None
        return "max_points" if "max_points" not in roles and said in (None, "max_points") else None
    if "rule" not in roles and "title" in roles and _says_rules(body, n):
        return "rule"
    if "due" not in roles and _share(body, n, looks_like_deadline) >= _MOSTLY:
        return "due"
    if "lead" not in roles and "title" in roles and _share(body, n, looks_like_agency) >= _MOSTLY:
        return "lead"
    return "title" if "title" not in roles and _is_longest(body, n) else None


def _options(roles: list[Role | None], body: Sequence[Row]) -> None:
    """Take a column of words and one of points beside it, in rows that share a number, for the lines of the rule."""
    code, whole = (roles.index(role) if role in roles else None for role in ("code", "max_points"))
    if code is None or whole is None or "rule" in roles:
        return
    shared = [row for row in body if code < len(row.cells) and row.cells[code].above]
    for n in range(len(roles) - 1):
        if roles[n] is not None or roles[n + 1] not in (None, "given"):
            continue
        worth = len(shared) > 1 and _share(shared, n + 1, _is_points) >= _MOSTLY and _share(shared, n, _is_points) < 0.3
        if worth and len(_texts(shared, n)) > len(shared) / 2:
            roles[n], roles[n + 1] = "rule", "given"
            return


def _heads(roles: list[Role | None], headings: Sequence[str], body: Sequence[Row]) -> None:
    """Take the first of two columns of names for the one of dimensions where its cells stand for several rows."""
    at = roles.index("title") if "title" in roles else None
    if at is None:
        return
    others = [n for n in range(at + 1, len(roles)) if roles[n] is None and role_of(headings[n]) == "title"]
    named = next((n for n in others if n == at + 1 or _is_longest(body, n)), None)
    if named is None:
        return
    inner = [row for row in body if named < len(row.cells) and row.cells[named].text]
    shared = [row for row in inner if not row.cells[at].text]
    if len(inner) > 2 and len(shared) >= len(inner) / 4 and sum(bool(row.cells[at].text) for row in inner) > 1:
        roles[at], roles[named] = "heads", "title"


def _numbers_heads(roles: Sequence[Role | None], body: Sequence[Row]) -> bool:
    """Tell whether numbers and names of dimensions stand in the same rows: a number is that of its name."""
    if "heads" not in roles or "code" not in roles:
        return False
    code, heads = roles.index("code"), roles.index("heads")
    cells = [(row.cells[code].text, row.cells[heads].text) for row in body if max(code, heads) < len(row.cells)]
    blank = [row_code(number) is None for number, name in cells if not name]
    return bool(blank) and all(blank) and sum(row_code(number) is not None for number, name in cells if name) > 1


def _numbered_titles(roles: list[Role | None], headings: Sequence[str], body: Sequence[Row]) -> None:
    """Take a column that is called by what it numbers ("Tiêu chí": "Tiêu chí 1") for the one of numbers."""
    at = roles.index("title") if "title" in roles else None
    if at is None or "code" in roles or _share(body, at, _is_code) < _MOSTLY:
        return
    others = [n for n, heading in enumerate(headings) if n != at and roles[n] is None]
    names = [n for n in others if role_of(headings[n]) == "title"] or [n for n in others if _is_longest(body, n)]
    if names:
        roles[at], roles[names[0]] = "code", "title"


def _says_rules(body: Sequence[Row], n: int) -> bool:
    """Tell whether a column says how points are given, whatever it is called."""
    return len(_texts(body, n)) > 1 and _share(body, n, says_points) >= 0.5


#: What a heading may call the column that says what is given: "Ghi chú", "Căn cứ chấm điểm", "Yêu cầu kiểm chứng".
_MAY_RULE: tuple[Role, ...] = ("note", "basis", "evidence", "method")


def _others_as_rules(roles: list[Role | None], body: Sequence[Row]) -> None:
    """Take a column of notes and the like for the one of rules where there is no other and it says what is given."""
    for role in _MAY_RULE:
        at = roles.index(role) if role in roles and "rule" not in roles else None
        if at is not None and _says_rules(body, at):
            roles[at] = "rule"


def _continues(table: Table, before: Columns) -> bool:
    """Tell whether a table without headings goes on with the columns of the one before it."""
    if abs(table.width - len(before.roles)) > 1:
        return False
    code, most = before.where("code"), before.where("max_points")
    body = table.rows[:_SAMPLE]
    fits = code is None or not _filled(body, code) or _share(body, code, _is_code) >= 0.5
    return fits and (most is None or not _filled(body, most) or _share(body, most, _is_points) >= 0.5)


def _by_contents(table: Table) -> Columns | None:
    """Tell the columns of a table without any heading: numbers, then words, then points."""
    body = table.rows[:_SAMPLE]
    width = table.width
    code = next((n for n in range(width) if _filled(body, n) and _share(body, n, _is_code) >= _MOSTLY), None)
    if code is None:
        return None
    roles: list[Role | None] = [None] * width
    roles[code] = "code"
    title = next((n for n in range(code + 1, width) if _is_longest(body, n)), None)
    if title is None:
        return None
    roles[title] = "title"
    most = next((n for n in range(width) if n not in (code, title) and _share(body, n, _is_points) >= _MOSTLY), None)
    if most is not None:
        roles[most] = "max_points"
    return Columns(tuple(roles), ("",) * width, "contents")


def _texts(body: Sequence[Row], n: int) -> list[str]:
    return [row.cells[n].text for row in body if n < len(row.cells) and row.cells[n].text]


def _filled(body: Sequence[Row], n: int) -> bool:
    return bool(_texts(body, n))


def _share(body: Sequence[Row], n: int, looks: object) -> float:
    texts = _texts(body, n)
    return sum(bool(looks(text)) for text in texts) / len(texts) if texts and callable(looks) else 0.0


def _is_points(text: str) -> bool:
    return most_points(text) is not None or role_of(text) == "max_points"


def _is_code(text: str) -> bool:
    return row_code(text) is not None or role_of(text) == "code"


def _is_longest(body: Sequence[Row], n: int) -> bool:
    """Tell whether a column holds the most words of all that are not rules: the names of criteria."""
    width = max((len(row.cells) for row in body), default=0)
    filled = [len(_texts(body, other)) for other in range(width)]
    texts = _texts(body, n)
    mean = sum(map(len, texts)) / len(texts) if texts else 0
    return len(texts) >= 0.5 * max(filled, default=1) and mean > 12
