"""Rows as a tree: groups, dimensions and criteria, from the numbers that stand before them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from chiso.decree.document.shape import Paragraph
from chiso.decree.language.codes import Kind, RowCode, roman_text
from chiso.decree.language.letters import folded, one_line
from chiso.decree.table.lines import Line
from chiso.decree.table.naming import number_by_letters, number_by_words
from chiso.decree.table.sections import with_sections
from chiso.decree.table.sets import RowSet

_QUOTED = re.compile(r"[“\"«]([^“”\"»]+)[”\"»]")
_BEFORE_TITLE = re.compile(r"^(?:chỉ số|nhóm chỉ số|nhóm tiêu chí|tiêu chí|lĩnh vực|về)\s+", re.IGNORECASE)


@dataclass
class Node:
    """A dimension or criterion: its code in the draft, its printed row, what stands below it."""

    code: str
    line: Line | None = None
    heading: Paragraph | None = None
    children: list[Node] = field(default_factory=list)
    extra: list[Line] = field(default_factory=list)
    made_up: bool = False

    def walk(self) -> Iterator[Node]:
        """Yield this node and all below it, in printed order."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass
class Tree:
    """The dimensions of a set, the groups that some of them stand under, the row of the total, rows without a home."""

    dimensions: list[Node] = field(default_factory=list)
    groups: list[tuple[Node, list[str]]] = field(default_factory=list)
    total: Line | None = None
    homeless: list[Line] = field(default_factory=list)

    def criteria(self) -> Iterator[Node]:
        """Yield all criteria in printed order."""
        for dimension in self.dimensions:
            for child in dimension.children:
                yield from child.walk()


def tree_of(rows: RowSet) -> Tree:
    """Put the rows of a set under each other."""
    return _Builder(rows).built()


class _Builder:
    def __init__(self, rows: RowSet) -> None:
        self.rows = rows
        self.tree = Tree()
        self.lines = with_sections(rows)
        number_by_words(self.lines)
        number_by_letters(self.lines)
        self.top = _dimension_kind(self.lines)
        self.prefixed = self._repeats()
        self.group: tuple[Node, list[str]] | None = None
        self.heads_nothing = False
        self.dimension: Node | None = None
        self.section: Node | None = None
        self.node: Node | None = None
        self.by_code: dict[str, Node] = {}
        self.headings: list[Paragraph] = list(rows.headings)

    def built(self) -> Tree:
        for at, line in enumerate(self.lines):
            self.headings.extend(self.rows.sections.get(at, ()))
            self._take(line)
        return self.tree

    def _repeats(self) -> bool:
        """Tell whether numbers begin again under each dimension, so that only both together are a code."""
        if self.top not in ("roman", "upper"):
            return False
        inner = [
            line.code.text for line in self.lines if line.code is not None and line.code.kind in ("arabic", "dotted")
        ]
        return any(times > 1 for times in Counter(inner).values())

    def _take(self, line: Line) -> None:
        code = line.code
        if line.total:
            self.tree.total = self.tree.total or line
        elif code is None or code.kind == "dash":
            self._unnumbered(line)
        elif code.kind == "letter":
            self._lettered(line, code)
        elif code.kind == self.top or (self.top == "arabic" and code.kind == "dotted" and len(code.parts) == 1):
            self._open_dimension(code.text, line)
        elif _above(code.kind, self.top):
            self.group = (Node(code.text, line), [])
            self.tree.groups.append(self.group)
            self.heads_nothing = True
        else:
            self._without_dimensions()
            self._criterion(code, line)

    def _without_dimensions(self) -> None:
        """Take a group whose criteria follow at once for a dimension: "B. Điểm trừ", behind "A" with I and II."""
        if self.group is None or not self.heads_nothing or self.dimension is None:
            return
        node, self.group = self.group[0], None
        self.tree.groups.pop()
        self._open_dimension(node.code, node.line)

    def _open_dimension(self, code: str, line: Line | None) -> None:
        known = self.by_code.get(code)
        self.section, self.heads_nothing = None, False
        if known is not None and known in self.tree.dimensions and line is not None and line.from_heading:
            self.dimension = self.node = known
            return
        if known is not None and known.line is None and line is not None:
            known.line, self.dimension, self.node = line, known, known
            return
        node = Node(
            code, line, self._heading(code) if line is None or not line.text("title") else None, made_up=line is None
        )
        self.tree.dimensions.append(node)
        self.by_code[code] = node
        self.dimension = self.node = node
        if self.group is not None:
            self.group[1].append(code)

    def _heading(self, code: str) -> Paragraph | None:
        """Return the paragraph before the table that has the number of a dimension."""
        for paragraph in reversed(self.headings):
            if re.match(rf"\W*{re.escape(code.lower())}\s*[.):/]\s*\S", paragraph.text.lower()):
                return paragraph
        return None

    def _criterion(self, code: RowCode, line: Line) -> None:
        if (
            self.top == "arabic"
            and code.kind == "dotted"
            and (self.dimension is None or not _same_number(self.dimension.code, code.parts[0]))
        ):
            self._open_dimension(code.parts[0], None) if code.parts[0] not in self.by_code else self._back_to(
                code.parts[0]
            )
        if self.dimension is None:
            self._open_dimension("I" if code.kind == "arabic" else code.parts[0], None)
        assert self.dimension is not None
        above = self.section if self.section is not None and code.kind != "roman" else self.dimension
        prefixed = self.prefixed or code.kind == "roman"
        text = f"{above.code}.{code.text}" if prefixed else code.text
        parent = self._parent(text, above)
        node = Node(text, line)
        if code.kind == "roman":
            self.section = node
        parent.children.append(node)
        self.by_code.setdefault(text, node)
        self.node = node

    def _back_to(self, code: str) -> None:
        self.dimension = self.by_code[code]

    def _parent(self, code: str, above: Node) -> Node:
        parts = code.split(".")
        for length in range(len(parts) - 1, 0, -1):
            known = self.by_code.get(".".join(parts[:length]))
            if known is not None:
                return known
        return above

    def _lettered(self, line: Line, code: RowCode) -> None:
        """Take a row numbered by a letter: a sub-criterion where it has points, a figure of its criterion otherwise."""
        if self.node is None:
            self.tree.homeless.append(line)
        elif line.max_points is not None and self._open_to_letters(self.node, code):
            parent = self._lettered_parent(self.node)
            child = Node(f"{parent.code}.{code.text}", line)
            parent.children.append(child)
            self.by_code.setdefault(child.code, child)
            self.node = child
        elif self.node is self.dimension and self.top != "arabic":
            self.tree.homeless.append(line)
        else:
            self.node.extra.append(line)

    def _lettered_parent(self, node: Node) -> Node:
        return self.by_code[node.code.rsplit(".", 1)[0]] if re.search(r"\.[a-zđ]$", node.code) else node

    def _open_to_letters(self, node: Node, code: RowCode) -> bool:
        """Tell whether lettered rows with points can stand below: they begin with a, or go on."""
        return code.text == "a" or bool(re.search(r"\.[a-zđ]$", node.code)) or node.line is None

    def _unnumbered(self, line: Line) -> None:
        if self.top is None and _heads(line):
            self._open_dimension(roman_text(len(self.tree.dimensions) + 1), line)
        elif self.node is None:
            self.tree.homeless.append(line)
        else:
            self.node.extra.append(line)


def _same_number(one: str, other: str) -> bool:
    """Tell whether codes have the same number, behind the same letters or others: TC1 above TCTP1.1."""
    numbers = [re.sub(r"^[A-ZĐ]+", "", code) for code in (one, other)]
    lettered = all(number != code for number, code in zip(numbers, (one, other), strict=True))
    return one == other or (lettered and numbers[0] == numbers[1] != "")


def _heads(line: Line) -> bool:
    """Tell whether an unnumbered row heads others: nothing but a name, and perhaps points."""
    return bool(line.text("title")) and not any(line.text(key) for key in ("rule", "lead", "support", "due"))


def _above(kind: Kind, top: Kind | None) -> bool:
    ranks: tuple[Kind, ...] = ("upper", "roman", "arabic", "dotted")
    return top is not None and ranks.index(kind) < ranks.index(top) if kind in ranks and top in ranks else False


def _dimension_kind(lines: Sequence[Line]) -> Kind | None:
    """Find which kind of number the dimensions have; nothing where only unnumbered rows head the criteria."""
    coded = [(line, line.code) for line in lines if line.code is not None]
    kinds = {code.kind for _, code in coded}
    if _begins_again(coded, "roman") and "upper" in kinds:
        return "upper"
    dotted = any(code.kind == "dotted" and code.parts[0].isdigit() for _, code in coded)
    arabic = [code.text for _, code in coded if code.kind == "arabic"]
    repeats = len(set(arabic)) < len(arabic)
    outer: Kind | None = "roman" if "roman" in kinds else "upper" if "upper" in kinds else None
    if outer == "roman" and "upper" in kinds and not dotted and not arabic:
        return "upper"
    if dotted and not (outer is not None and (repeats or _scored(lines, outer))):
        return "arabic"
    lettered = any(code.kind == "dotted" and not code.parts[0].isdigit() for _, code in coded)
    if outer is not None and (arabic or dotted or lettered):
        return outer
    if dotted:
        return "arabic"
    if outer is not None and not arabic:
        return outer  # what stands below has no numbers, or letters
    if arabic and not outer and any(code.kind == "letter" and line.max_points is not None for line, code in coded):
        return "arabic"
    heads = any(line.code is None and not line.total and _heads(line) for line in lines)
    return None if arabic and heads else "arabic" if not arabic else None


def _begins_again(coded: Sequence[tuple[Line, RowCode]], kind: Kind) -> bool:
    """Tell whether numbers of a kind begin again, below each of another kind."""
    numbers = [code.text for line, code in coded if code.kind == kind and not line.from_heading]
    return len(set(numbers)) < len(numbers)


def _scored(lines: Sequence[Line], kind: Kind) -> bool:
    """Tell whether the rows of a kind have points of their own, and those one level below too."""
    outer = [line for line in lines if line.code is not None and line.code.kind == kind]
    inner = [line for line in lines if line.code is not None and line.code.kind == "arabic"]
    return bool(inner) and all(line.max_points is not None for line in outer)


def title_of(node: Node) -> str:
    """Return the name of a row: its own, or that of the paragraph that heads its table."""
    if node.line is not None and node.line.text("title"):
        return node.line.text("title")
    if node.heading is None:
        return ""
    text = re.sub(r"^\W*(?:[IVXLC]+|[A-ZĐ]|\d+(?:\.\d+)*)\s*[.):/]\s*", "", one_line(node.heading.text))
    quoted = _QUOTED.search(text)
    return quoted[1].strip() if quoted else _BEFORE_TITLE.sub("", text).strip(" .:;")


def normal(title: str) -> str:
    """Return a title for comparison."""
    return folded(title)
