"""Rows as printed: what a page break or extraction has torn is joined, what repeats is set aside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from chiso.decree.document.shape import Document, Paragraph, Place, Row, Table
from chiso.decree.language.codes import RowCode, follows, row_code, unbroken_code, worded_code
from chiso.decree.language.headings import Role, is_heading
from chiso.decree.language.letters import folded, one_line, starts_small
from chiso.decree.language.numbers import most_points, points
from chiso.decree.language.worths import most_of
from chiso.decree.table.bands import scale_lines
from chiso.decree.table.columns import Columns, columns_of_all
from chiso.decree.table.fitting import fitted
from chiso.decree.table.ledger import Ledger, Spot
from chiso.decree.table.parallel import lines_beside
from chiso.quantity import decimal_text

#: What a cell of a line is filed under: the role of its column, or the number of a level.
Key = Role | int

_PREFIX = re.compile(
    r"^\s*((?:[IVXLC]{1,6}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)\s*[.)/]|\d{1,3}(?:\.\d{1,3})+"
    r"|(?i:tiêu chí|tiêu chuẩn|chỉ tiêu|chỉ số|nhóm|phần|lĩnh vực)(?: số)? "
    r"(?:[IVX]{1,5}|[A-ZĐ]|\d{1,3}(?:\.\d{1,3})*)\s*[.:])\s+(?=\S)"
)
#: A number before a name without a mark between, as in a row that is merged over the whole width.
_BARE_PREFIX = re.compile(r"^\s*([IVXLC]{1,6}|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s+(?=[^\W\d_])")
_TOTAL = re.compile(r"(?:tong(?: cong| diem| so diem| so| cong diem)?|cong)(?: toan bo| cac tieu chi)?[ :.(0-9)]*")
#: A row that is a figure of the rule above it: "Tổng số ... (a)".
_FIGURE = re.compile(r"\([a-zđ]\)\s*[;.]?\s*$")
_IN_BRACKETS = re.compile(r"\(([^()]*)\)\s*$")

#: A row that says what something gives: "Ban hành kịp thời: 1", "mỗi lần trừ 0,5 điểm".
_GIVES = re.compile(
    r"(?:^\W*điểm(?: số| đánh giá)?\s*=.+|[:=]\s*(?:được\s+)?[+-]?\d+(?:[.,]\d+)?\s*(?:điểm|đ)?|\d\s*điểm|điểm tối đa"
    r"|không (?:tính )?điểm|tính theo công thức\s*:.+)\s*[.;]?\s*$",
    re.IGNORECASE,
)

#: What opens an item of a list, and the most letters of words that only lead to one.
_ITEM, _LEADS = re.compile(r"[-–+•]\s+\S"), 30

#: How a line of the rule opens that stands in a cell of its own.
_LINE = "\n\n- "
#: How a line begins that opens something of its own, wherever the one before was torn.
_BEGINS = re.compile(r"\s*(?:[-–+•*]|\d+[.)]|[a-zđ]\s*[=.)]|(?:Điểm|Tỷ lệ|Tính điểm)\b[^.;]{0,20}[=:])")
#: The end of a number, alone at the top of a page.
_TORN = re.compile(r"\.?\d{1,3}\.?")

#: Row of the spots of words that stand in a heading: the heading itself stays listed as one.
_HEADING = -1

#: Columns whose words, merged over several rows, hold for each of them.
SHARED: tuple[Role, ...] = ("lead", "support", "due", "evidence", "unit", "method", "basis")


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of one cell and where they stand."""

    text: str
    spot: Spot
    place: Place


@dataclass
class Line:
    """One printed row: its number, and the pieces of each column, joined over page breaks."""

    place: Place
    code: RowCode | None = None
    pieces: dict[Key, list[Piece]] = field(default_factory=dict)
    columns: Columns | None = None
    wide: bool = False
    total: bool = False
    after_break: bool = False
    from_heading: bool = False

    def text(self, key: Key) -> str:
        """Return the words of a column, its pieces joined."""
        return joined(
            [piece.text for piece in self.pieces.get(key, ())],
            by_lines=key in ("rule", "changes", "evidence", "method"),
        )

    def spots(self, key: Key) -> list[Spot]:
        """Return the cells that hold them."""
        return [piece.spot for piece in self.pieces.get(key, ())]

    @property
    def max_points(self) -> Fraction | None:
        """Return the maximum, when the column of points holds a number."""
        text = self.text("max_points")
        if not text and self.columns is not None and self.columns.by_kind:
            text = next((self.text(key) for key in self.pieces if isinstance(key, int)), "")
        return most_points(text)


@dataclass(frozen=True)
class Section:
    """A paragraph between tables: it may be a heading of what follows."""

    paragraph: Paragraph


@dataclass(frozen=True)
class Unread:
    """A table that is none of criteria, general information or structure."""

    number: int
    table: Table


@dataclass(frozen=True)
class TableStart:
    """A table begins: its number, its columns, and whether it goes on with those of the table before it."""

    number: int
    columns: Columns
    carried: bool


Event = Line | Section | Unread | TableStart


def gives_points(text: str) -> bool:
    """Tell whether words end in what something is worth."""
    return bool(_GIVES.search(text))


def joined(texts: Sequence[str], *, by_lines: bool = False) -> str:
    """Join what was torn: a word after a hyphen, a sentence that goes on, or a new line."""
    found = ""
    for text in texts:
        if not found:
            found = text
        elif by_lines and text.startswith("\n"):
            found += text
        elif by_lines and (_BEGINS.match(text) or found.rstrip().endswith((";", ":"))):
            found = f"{found}\n{text}"
        else:
            found = f"{found} {text}"
    return found if by_lines else one_line(found)


def events_of(document: Document, ledger: Ledger) -> Iterator[Event]:
    """Yield the lines of all tables and the paragraphs between them, in printed order."""
    reader = _Reader(ledger)
    number = 0
    tables = [None if scale_lines(table) else table for table in document.tables()]
    known = iter(columns_of_all([table for table in tables if table is not None]))
    for block in document.blocks:
        if isinstance(block, Paragraph):
            yield Section(block)
            continue
        number += 1
        columns = None if tables[number - 1] is None else next(known)
        if columns is None:
            yield Unread(number, block)
            continue
        yield TableStart(number, columns, carried=columns.how == "carried")
        yield from reader.table(number, block, columns)


class _Reader:
    """Reads one table after the other, remembering the line that a page break may have torn."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        self.columns: Columns | None = None
        self.last: Line | None = None
        self.under_heading: set[str] = set()
        self.head: Line | None = None
        self.below = 0
        #: The number of the last line that has one, and of the numbered line before it.
        self.above: RowCode | None = None
        self.before: RowCode | None = None

    def table(self, number: int, table: Table, columns: Columns) -> Iterator[Line]:
        """Yield the lines of a table; a line that goes on from the table before is added to it."""
        repeated = columns.how == "carried" or (self.columns is not None and _same(self.columns, columns))
        if not repeated:
            self.last = None
        self.columns = columns
        for at in range(columns.rows):
            self.ledger.set_aside_row(number, at, table.rows[at], "heading")
        heading = self._heading_line(number, table, columns)
        if heading is not None:
            yield self._begun(heading)
        broken, fresh = repeated, columns.rows > 0
        for at, row in enumerate(table.rows[columns.rows :], columns.rows):
            if row.empty:
                continue
            if is_heading(row.texts) and not _own_row(row, columns):
                self.ledger.set_aside_row(number, at, row, "repeated_heading")
                broken = fresh = True
                continue
            if fresh and self._is_repeated_note(row):
                self.ledger.set_aside_row(number, at, row, "repeated_heading")
                continue
            fresh = False
            head = (
                None
                if broken and self._rest_of_head(number, at, row, columns)
                else self._head(number, at, table, columns)
            )
            if head is not None:
                self.head, self.below = head, 0
                yield self._begun(head)
            line = self._line(number, at, row, columns)
            if head is not None and head.code is not None and head.code.text == (line.code.text if line.code else ""):
                line.code = None  # the number is merged over all criteria of the dimension: it is that of the dimension
                line.pieces.pop("code", None)
                self._find_code(line)
            self._below_head(line)
            if _is_stray(line):
                continue
            if self._goes_on(line, row, broken=broken):
                self._add(line)
            else:
                line.after_break = broken
                yield self._begun(line)
            broken = False

    def _begun(self, line: Line) -> Line:
        """Keep a line in mind: the next row may be the rest of it."""
        self.last = line
        if line.code is not None:
            self.before, self.above = self.above, line.code
        return line

    def _heading_line(self, number: int, table: Table, columns: Columns) -> Line | None:
        """Return the dimension that stands in the heading itself: its number, and its points in brackets."""
        at = columns.where("code")
        code = row_code(columns.headings[at]) if at is not None and at < len(columns.headings) else None
        if at is None or code is None or columns.how == "carried":
            return None
        row = table.rows[0]
        line = Line(row.place, code, columns=columns, from_heading=True)
        line.pieces["code"] = [Piece(columns.headings[at], (number, _HEADING, at), row.place)]
        for role in ("max_points", "previous"):
            column = columns.where(role)
            match = _IN_BRACKETS.search(columns.headings[column]) if column is not None else None
            if column is not None and match is not None:
                line.pieces[role] = [Piece(match[1], (number, _HEADING, column), row.place)]
        return line

    def _is_repeated_note(self, row: Row) -> bool:
        """Tell whether an unnumbered row stands below the headings again and again; the first is kept in mind.

        The rest of a rule that a page has torn may recur too: "- Tỷ lệ = a/b".
        """
        filled = [text for text in row.texts if text]
        if len(filled) != 1 or row_code(filled[0]) is not None or len(filled[0]) < 12:
            return False
        if _ITEM.match(filled[0]) or "=" in filled[0] or gives_points(filled[0]):
            return False
        words = folded(filled[0])
        known = words in self.under_heading
        self.under_heading.add(words)
        return known

    def _head(self, number: int, at: int, table: Table, columns: Columns) -> Line | None:
        """Return the dimension whose name stands beside its criteria, with their number where that is merged too."""
        column, code = columns.where("heads"), columns.where("code")
        cells = table.rows[at].cells
        if (
            column is None
            or column >= len(cells)
            or not cells[column].text
            or _TOTAL.fullmatch(folded(cells[column].text))
        ):
            return None
        place = table.rows[at].place
        line = Line(place, columns=columns)
        line.pieces["title"] = [Piece(cells[column].text, (number, at, column), place)]
        following = table.rows[at + 1] if at + 1 < len(table.rows) else None
        merged = following is not None and _merged_code(following, columns)
        if code is not None and (merged or columns.numbers_heads) and cells[code].text:
            line.pieces["code"] = [Piece(cells[code].text, (number, at, code), place)]
        self._find_code(line)
        return line

    def _rest_of_head(self, number: int, at: int, row: Row, columns: Columns) -> bool:
        """Add the rest of a name that a page break has torn to the dimension it belongs to."""
        column = columns.where("heads")
        text = row.cells[column].text if column is not None and column < len(row.cells) else ""
        if column is None or self.head is None or not starts_small(text):
            return False
        self.head.pieces["title"].append(Piece(text, (number, at, column), row.place))
        return True

    def _below_head(self, line: Line) -> None:
        """Give a row beside a numbered name a number of its own: the second row of 3 is 3.2."""
        head = self.head.code if self.head is not None else None
        asks = any(isinstance(key, int) for key in line.pieces)
        asks = asks or (line.columns is not None and line.columns.numbers_heads and line.max_points is not None)
        if head is None or head.kind != "arabic" or not asks or not line.text("title"):
            return
        self.below += 1
        printed = line.code.text if line.code is not None else ""
        if printed in ("", head.text):
            line.code = RowCode(f"{head.text}.{self.below}", "dotted", printed or f"{head.text}.{self.below}")

    def _line(self, number: int, at: int, row: Row, columns: Columns) -> Line:
        line = Line(row.place, columns=columns)
        filled = [cell for cell in row.cells if cell.text]
        line.wide = len(filled) == 1 and (
            len(row.cells) == 1 or sum(cell.covered for cell in row.cells) >= len(row.cells) // 2
        )
        for n, index in fitted(row, columns).items():
            cell = row.cells[index]
            key: Key | None = columns.levels.get(n, columns.roles[n] if n < len(columns.roles) else None)
            text = cell.text or (cell.above if key in SHARED or key in columns.levels.values() else "")
            if key == "heads":
                key = "title" if _TOTAL.fullmatch(folded(text)) else None
            if key == "evidence" and text and line.pieces.get(key):
                text = f"\n- {text}"  # a second column of evidence
            if key == "changes" and text:
                text = f"{_LINE}{one_line(columns.headings[n])}: {text}"
            if text and (n in columns.worths or n in columns.grades):
                key, text = "rule", _as_line(text, n, columns)
            if key is not None and text:
                line.pieces.setdefault(key, []).append(Piece(text, (number, at, index), row.place))
        _with_parallel(line, number, at, row)
        self._find_code(line)
        _with_points(line)
        _with_most(line, number)
        return line

    def _find_code(self, line: Line) -> None:
        """Take the number of a line from its column, or from before its name."""
        printed = line.text("code")
        if self._ends_torn_code(printed):
            return
        line.code = (
            (unbroken_code(printed, self.above) or row_code(printed) or worded_code(printed)) if printed else None
        )
        title = line.pieces.get("title")
        if line.code is None and printed and not title:
            line.pieces["title"] = title = line.pieces.pop("code")
        if line.code is None and title and (match := self._prefix(line, title[0].text)):
            code = row_code(match[1])
            if code is not None and code.kind != "letter":
                line.code = code
                first = title[0]
                line.pieces["title"] = [Piece(first.text[match.end() :], first.spot, first.place), *title[1:]]
                line.pieces.setdefault("code", []).append(Piece(match[1], first.spot, first.place))
        line.total = line.code is None and bool(_TOTAL.fullmatch(folded(line.text("title"))))

    def _ends_torn_code(self, printed: str) -> bool:
        """Put together a number that a page has torn: "28.1" below 28.9 and "0" on the next page are 28.10."""
        last, before = self.last, self.before
        if last is None or last.code is None or before is None or not _TORN.fullmatch(printed):
            return False
        whole = unbroken_code(f"{last.code.printed} {printed}", before)
        if whole is None or follows(last.code, before):
            return False
        last.code = self.above = whole
        return True

    def _prefix(self, line: Line, text: str) -> re.Match[str] | None:
        """Find the number before a name; where nothing else is in the row, it may stand there without a mark."""
        found = _PREFIX.match(text)
        if found is None and not any(key not in ("title", "code") for key in line.pieces):
            found = _BARE_PREFIX.match(text)
            rest = text[found.end() :] if found else ""
            return found if rest[:1].isupper() else None
        return found

    def _goes_on(self, line: Line, row: Row, *, broken: bool) -> bool:
        """Tell whether an unnumbered row is the rest of the line before it."""
        last = self.last
        if last is None or line.code is not None or line.total:
            return False
        title = line.text("title")
        merged = self.columns is not None and _merged_code(row, self.columns)
        if not title:
            return True
        if gives_points(title) and len(line.pieces) == 1 and not last.text("rule"):
            return False  # a line of the rule, printed as a row of its own
        if merged and line.max_points is not None and last.max_points is not None:
            return False  # one of several lines that share a number, each with points of its own
        if merged:
            return True
        if line.max_points is not None or _FIGURE.search(title):
            # The first part of a torn row holds its points; a figure of a rule is a row of its own.
            return False
        if last.text("title").endswith(":") and not starts_small(title):
            return False
        if line.wide and not broken:
            return starts_small(title)
        if gives_points(title) and gives_points(last.text("title")) and not starts_small(title):
            return False  # two lines of a rule
        if _ITEM.match(title) or (title.endswith(":") and len(title) < _LEADS and not starts_small(title)):
            return False  # "Thang điểm:" and what it leads to
        return broken or starts_small(title)

    def _add(self, line: Line) -> None:
        assert self.last is not None
        for key, pieces in line.pieces.items():
            known = self.last.pieces.setdefault(key, [])
            if key == "rule" and self.columns is not None and self.columns.worths:
                pieces = [_torn_line(known, piece, self.columns.worths) for piece in pieces]
            if key in SHARED and known and folded(known[-1].text) == folded(pieces[0].text):
                continue
            known.extend(pieces)


def _with_points(line: Line) -> None:
    """Write the points of a line of the rule that has a column for them behind its words."""
    given = line.pieces.pop("given", None)
    words = line.pieces.get("rule")
    if given is None:
        return
    if not words or points(given[0].text) is None:
        line.pieces.setdefault("rule", []).extend(given)
        return
    text = f"\n\n- {words[0].text.rstrip(' .;:')}: {given[0].text} điểm"
    line.pieces["rule"] = [replace(words[0], text=text), *(replace(one, text="") for one in given)]


def _as_line(text: str, n: int, columns: Columns) -> str:
    """Return a cell of a column that holds one line of the rule as that line."""
    if n in columns.grades:
        return f"{_LINE}{columns.grades[n]}: {one_line(text)} điểm" if points(text) is not None else f"{_LINE}{text}"
    return f"{_LINE}{one_line(text).rstrip(' .;:')}: {columns.worths[n]}"


def _is_stray(line: Line) -> bool:
    """Tell whether a row holds nothing but a plain number: points that lost their row, and no number of one."""
    return set(line.pieces) == {"code"} and line.code is not None and line.code.kind == "arabic"


def _torn_line(known: list[Piece], piece: Piece, worths: Mapping[int, str]) -> Piece:
    """Join the rest of a line of the rule to what the same column held before; what is left of its cell is empty."""
    worth = f": {worths.get(piece.spot[2], '')}"
    for at, one in enumerate(known):
        if one.spot[2] == piece.spot[2] and piece.text.endswith(worth):
            said = f"{one.text.removesuffix(worth)} {piece.text.removesuffix(worth).removeprefix(_LINE)}"
            known[at] = replace(one, text=f"{said}{worth}")
            return replace(piece, text="")
    return piece


def _with_parallel(line: Line, number: int, at: int, row: Row) -> None:
    """Take the lines of a rule out of the cell of a name, where the cell beside it holds their points."""
    columns, title = line.columns, line.pieces.get("title")
    if columns is None or not title or "rule" in line.pieces:
        return
    taken = {columns.where(role) for role in ("title", "code", "heads", "lead", "support", "due")}
    beside = {n: cell.text for n, cell in enumerate(row.cells) if cell.text and n not in taken}
    found = lines_beside(title[0].text, beside)
    if found is None:
        return
    name, lines, column, most = found
    line.pieces["title"] = [replace(title[0], text=name), *title[1:]]
    if not name and "code" not in line.pieces:
        del line.pieces["title"]
    points_of = Piece("", (number, at, column), row.place)
    line.pieces["rule"] = [replace(title[0], text=f"\n\n{chr(10).join(lines)}"), points_of]
    if most and column == columns.where("max_points"):
        line.pieces["max_points"] = [replace(points_of, text=most)]


def _with_most(line: Line, number: int) -> None:
    """Take the most that the columns of lines give for the maximum, where no column has one."""
    columns = line.columns
    if columns is None or columns.where("max_points") is not None or "rule" not in line.pieces:
        return
    given = list(columns.worths.values())
    if columns.grades:
        given = [piece.text.rpartition(": ")[2] for piece in line.pieces["rule"]]
    most = most_of(given) if given else None
    if most is not None:
        line.pieces["max_points"] = [Piece(decimal_text(most), (number, _HEADING, 0), line.place)]


def _same(one: Columns, other: Columns) -> bool:
    """Tell whether two headings say the same, apart from what stands in brackets or was misread."""
    return one.says(other.headings) or (one.roles == other.roles and len(one.headings) == len(other.headings))


def _own_row(row: Row, columns: Columns) -> bool:
    """Tell whether a row that looks like headings is a row of the table: it has a number of its own."""
    at = columns.where("code")
    if at is None or at >= len(row.cells) or row_code(row.cells[at].text) is None:
        return False
    return folded(row.cells[at].text) != folded(columns.headings[at] if at < len(columns.headings) else "")


def _merged_code(row: Row, columns: Columns) -> bool:
    """Tell whether the number of the row above is merged over this one."""
    at = columns.where("code")
    return at is not None and at < len(row.cells) and bool(row.cells[at].above)
