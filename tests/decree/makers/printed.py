"""A framework as a decision prints it: paragraphs and tables, before any format is chosen."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from chiso.framework.model import Criterion, Dimension, Framework
from chiso.framework.rules import Levels, Unscored
from chiso.quantity import decimal_text


@dataclass(frozen=True)
class PCell:
    """A printed cell; it may span columns, and rows below it."""

    text: str = ""
    columns: int = 1
    rows: int = 1
    bold: bool = False


@dataclass
class PTable:
    """A printed table; ``headings`` is how many rows are repeated on each page."""

    rows: list[list[PCell]]
    headings: int = 1


@dataclass(frozen=True)
class PParagraph:
    """A printed paragraph."""

    text: str
    bold: bool = False
    centred: bool = False


@dataclass(frozen=True)
class Layout:
    """How a decision is laid out. Every choice here is one that drafters make."""

    columns: tuple[str, ...] = ("code", "title", "max", "previous", "rule", "lead", "support", "due")
    headings: dict[str, str] = field(default_factory=dict)
    shout_dimensions: bool = False
    merge_dimensions: bool = False
    total_row: str = ""
    numbering_row: bool = False
    dot_after_code: bool = False
    two_row_heading: bool = False
    points_in_title: str = ""
    decimal_comma: bool = True
    title_table_apart: bool = False
    information: bool = True
    merge_agencies: bool = False


HEADINGS = {
    "code": "TT",
    "title": "Chỉ số chính/Chỉ số thành phần",
    "max": "Điểm tối đa",
    "previous": "Điểm năm 2022",
    "rule": "Cách tính điểm",
    "lead": "Cơ quan chủ trì",
    "support": "Cơ quan phối hợp",
    "due": "Thời gian hoàn thành",
    "unit": "Đơn vị tính",
    "method": "Phương pháp tính/ nguồn thu thập số liệu",
    "basis": "Căn cứ",
    "self": "Điểm tự chấm",
    "note": "Ghi chú",
}

Block = PParagraph | PTable


def printed(framework: Framework, layout: Layout | None = None) -> list[Block]:
    """Return a framework as printed."""
    layout = layout or layout_of(framework)
    blocks: list[Block] = list(head(framework))
    if framework.general_information and layout.information:
        blocks.append(PParagraph("I. Thông tin chung", bold=True))
        blocks.append(information(framework))
        blocks.append(PParagraph("II. Các chỉ số đánh giá", bold=True))
    blocks.append(table(framework, layout))
    blocks.extend(foot())
    return blocks


def layout_of(framework: Framework) -> Layout:
    """Return the columns that a framework fills."""
    criteria = list(framework.criteria.values())
    columns = ["code", "title"]
    if framework.is_maturity:
        columns += ["unit", *(f"level{level.number}" for level in framework.levels), "method", "basis"]
    else:
        columns.append("max")
        if any(one.previous is not None for one in criteria):
            columns.append("previous")
        if any(one.printed_rule for one in criteria):
            columns.append("rule")
        columns += [name for name in ("lead", "support", "due") if any(getattr(one, name) for one in criteria)]
    return Layout(tuple(columns))


def head(framework: Framework) -> Iterator[Block]:
    """Yield the head of the decision and of its appendix."""
    legal = framework.legal
    issuer = legal.issuer
    yield PParagraph(issuer.upper(), bold=True, centred=True)
    yield PParagraph("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, centred=True)
    yield PParagraph("Độc lập - Tự do - Hạnh phúc", bold=True, centred=True)
    yield PParagraph(f"Số: {legal.number}")
    kind = "KẾ HOẠCH" if "/KH-" in legal.number else "QUYẾT ĐỊNH"
    letter = legal.title.startswith("V/v")
    if not letter:
        yield PParagraph(kind, bold=True, centred=True)
    yield PParagraph(
        legal.title.removeprefix("Kế hoạch ").strip() if kind == "KẾ HOẠCH" else legal.title,
        bold=not letter,
        centred=True,
    )
    for ground in legal.based_on:
        yield PParagraph(f"Căn cứ {ground};")
    for at, replaced in enumerate(legal.replaces, 2):
        yield PParagraph(f"Điều {at}. Quyết định này có hiệu lực thi hành kể từ ngày ký và thay thế {replaced}.")
    yield PParagraph("PHỤ LỤC", bold=True, centred=True)
    yield PParagraph(framework.title.vi.upper(), bold=True, centred=True)
    word = "Công văn" if letter else "Kế hoạch" if kind == "KẾ HOẠCH" else "Quyết định"
    date = (
        f"ngày {legal.date.day} tháng {legal.date.month} năm {legal.date.year}"
        if legal.date
        else f"ngày   tháng   năm {legal.year}"
    )
    yield PParagraph(f"(Kèm theo {word} số {legal.number} {date} của {issuer})", centred=True)
    for level in framework.levels:
        yield PParagraph(f"+ Mức độ {level.number} - {level.name.vi}: {level.description}")


def foot() -> Iterator[Block]:
    """Yield the foot of the document."""
    yield PParagraph("Nơi nhận:")
    yield PParagraph("- Lưu: VT.")


def information(framework: Framework) -> PTable:
    """Return the table of general information."""
    rows = [[PCell(text, bold=True) for text in ("STT", "Thông tin", "Cơ quan cung cấp", "Cơ quan phối hợp")]]
    for one in framework.general_information:
        provider = "; ".join(one.provider)
        rows.append([PCell(one.no), PCell(one.label), PCell(provider), PCell("; ".join(one.support))])
    return PTable(rows)


def table(framework: Framework, layout: Layout) -> PTable:
    """Return the table of criteria."""
    rows = heading_rows(framework, layout)
    headings = len(rows)
    if layout.total_row and framework.max_points is not None:
        rows.append(_row(layout, {"title": layout.total_row, "max": _points(framework.max_points, layout)}))
    for dimension in framework.dimensions:
        rows.append(_dimension(dimension, layout))
        for criterion in dimension.criteria:
            rows.extend(_criterion(criterion, layout, dimension.code))
    if layout.merge_agencies:
        rows = _merge_down(rows, headings, layout)
    return PTable(rows, headings)


def heading_rows(framework: Framework, layout: Layout) -> list[list[PCell]]:
    """Return the headings: one row, or two where levels stand under one word."""
    words = {**HEADINGS, **layout.headings}
    levels = {f"level{level.number}": f"{level.number}.{level.name.vi}" for level in framework.levels}
    if not levels:
        rows = [[PCell(words[column], bold=True) for column in layout.columns]]
    else:
        first: list[PCell] = []
        second: list[PCell] = []
        for column in layout.columns:
            if column not in levels:
                first.append(PCell(words[column], rows=2, bold=True))
            elif column == "level1":
                first.append(PCell("Mức độ", columns=len(levels), bold=True))
        second = [PCell(levels[column], bold=True) for column in layout.columns if column in levels]
        rows = [first, second]
    if layout.numbering_row:
        rows.append([PCell(f"({at})") for at in range(1, len(layout.columns) + 1)])
    return rows


def _row(layout: Layout, values: dict[str, str], *, bold: bool = False) -> list[PCell]:
    return [PCell(values.get(column, ""), bold=bold) for column in layout.columns]


def _code(code: str, layout: Layout) -> str:
    return f"{code}." if layout.dot_after_code else code


def _points(value: object, layout: Layout) -> str:
    text = decimal_text(value)  # type: ignore[arg-type]
    return text.replace(".", ",") if layout.decimal_comma else text


def _dimension(dimension: Dimension, layout: Layout) -> list[PCell]:
    title = dimension.title.upper() if layout.shout_dimensions else dimension.title
    most = (
        ""
        if dimension.max_points is None or dimension.printed_max == "blank"
        else _points(dimension.max_points, layout)
    )
    values = {"code": _code(dimension.code, layout), "max": most, "title": title}
    if dimension.previous is not None:
        values["previous"] = _points(dimension.previous, layout)
    if layout.merge_dimensions and not most:
        return [PCell(f"{_code(dimension.code, layout)} {title}", columns=len(layout.columns), bold=True)]
    return _row(layout, values, bold=True)


def _criterion(criterion: Criterion, layout: Layout, outer: str) -> Iterator[list[PCell]]:
    code = criterion.code
    if outer.isalpha() and code.startswith(f"{outer}."):
        code = code.removeprefix(f"{outer}.")
    own = _values(criterion, layout)
    first = {key: value for key, value in own.items() if key in ("title",)}
    if criterion.detail is None:
        yield _row(layout, {"code": _code(code, layout), **own})
    else:
        yield _row(layout, {"code": _code(code, layout), **first})
        yield _row(layout, {**own, "title": criterion.detail})
    for item in criterion.inputs:
        if item.row:
            values = {
                "title": f"- {item.label} ({item.name})",
                "lead": "; ".join(item.lead),
                "support": "; ".join(item.support),
            }
            yield _row(layout, values)
    for child in criterion.criteria:
        yield from _criterion(child, layout, outer)


def _values(criterion: Criterion, layout: Layout) -> dict[str, str]:
    most = ""
    if criterion.max_points is not None and criterion.printed_max != "blank":
        most = _points(criterion.max_points, layout)
    title = criterion.title
    if layout.points_in_title and most:
        title, most = f"{title} {layout.points_in_title.format(most)}", ""
    values = {
        "title": title,
        "max": most,
        "previous": "" if criterion.previous is None else _points(criterion.previous, layout),
        "rule": criterion.printed_rule or "",
        "lead": "; ".join(criterion.lead),
        "support": "; ".join(criterion.support),
        "due": criterion.due or "",
        "unit": criterion.unit or "",
        "method": criterion.method or "",
        "basis": "\n".join(f"- {one}." for one in criterion.legal_basis),
    }
    rule = criterion.effective_rule
    rule = rule.rule if isinstance(rule, Unscored) and rule.rule is not None else rule
    if isinstance(rule, Levels):
        for number, target in rule.targets.items():
            values[f"level{number}"] = "Không áp dụng" if target is None else target.printed
    return values


def _merge_down(rows: list[list[PCell]], headings: int, layout: Layout) -> list[list[PCell]]:
    """Merge the cell of the lead agency over rows that follow each other and name the same."""
    if "lead" not in layout.columns:
        return rows
    at = layout.columns.index("lead")
    start = headings
    for end in range(headings + 1, len(rows) + 1):
        same = (
            end < len(rows)
            and len(rows[end]) == len(rows[start]) == len(layout.columns)
            and rows[end][at].text
            and rows[end][at].text == rows[start][at].text
        )
        if same:
            continue
        if end - start > 1:
            rows[start][at] = replace(rows[start][at], rows=end - start)
            for below in range(start + 1, end):
                rows[below][at] = PCell("", rows=0)
        start = end
    return rows


SYNONYMS: dict[str, tuple[str, ...]] = {
    "code": ("TT", "STT", "Số TT", "Số thứ tự", "Mã số"),
    "title": (
        "Chỉ số chính/Chỉ số thành phần",
        "Tiêu chí đánh giá",
        "Tên tiêu chí",
        "Nội dung đánh giá",
        "Lĩnh vực/Tiêu chí/Tiêu chí thành phần",
        "CHỈ SỐ ĐÁNH GIÁ",
    ),
    "max": ("Điểm tối đa", "Thang điểm", "Điểm chuẩn", "Số điểm tối đa", "Điểm\ntối đa", "ĐIỂM TỐI ĐA"),
    "previous": ("Điểm năm 2022", "Điểm đạt năm 2023", "Kết quả năm 2022"),
    "rule": (
        "Cách tính điểm",
        "Cách xác định và tính điểm",
        "Phương pháp tính",
        "Hướng dẫn chấm điểm",
        "Cách đánh giá",
    ),
    "lead": ("Cơ quan chủ trì", "Đơn vị chủ trì", "Cơ quan, đơn vị chủ trì", "Chủ trì"),
    "support": ("Cơ quan phối hợp", "Đơn vị phối hợp", "Phối hợp"),
    "due": ("Thời gian hoàn thành", "Thời hạn", "Thời hạn hoàn thành", "Thời gian thực hiện"),
    "unit": ("Đơn vị tính", "ĐVT"),
    "method": ("Phương pháp tính/ nguồn thu thập số liệu", "Nguồn số liệu"),
    "basis": ("Căn cứ", "Căn cứ pháp lý"),
    "self": ("Điểm tự chấm", "Tự đánh giá"),
    "note": ("Ghi chú",),
}


def varied(framework: Framework, seed: int) -> Layout:
    """Return one of many layouts of a framework; the same seed gives the same."""
    source = random.Random(seed)
    base = layout_of(framework)
    columns = list(base.columns)
    head_, rest = columns[:2], columns[2:]
    levels = [column for column in rest if column.startswith("level")]
    others = [column for column in rest if not column.startswith("level")]
    source.shuffle(others)
    if levels:
        at = source.randrange(len(others) + 1)
        others[at:at] = levels
    others += [extra for extra in ("self", "note") if source.random() < 0.3]
    used = [*head_, *others]
    return Layout(
        columns=tuple(used),
        headings={column: source.choice(SYNONYMS[column]) for column in used if column in SYNONYMS},
        shout_dimensions=source.random() < 0.5,
        merge_dimensions=source.random() < 0.5,
        total_row=source.choice(["", "", "Tổng cộng", "TỔNG ĐIỂM", "Cộng"]),
        numbering_row=source.random() < 0.3,
        dot_after_code=source.random() < 0.3,
        decimal_comma=source.random() < 0.6,
        merge_agencies=source.random() < 0.3,
    )


def words_of(blocks: Sequence[Block]) -> list[str]:
    """Return the words of all cells of the tables."""
    return [
        cell.text for block in blocks if isinstance(block, PTable) for row in block.rows for cell in row if cell.text
    ]
