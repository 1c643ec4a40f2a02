"""From entries to one rule: letters and the maximum first, then parts with a number, then what each part holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from chiso.decree.wording.bounding import Pair
from chiso.decree.wording.changes import changed, docked
from chiso.decree.wording.desk import ONE, ZERO, Desk
from chiso.decree.wording.goals import with_goal
from chiso.decree.wording.items import Item, nested
from chiso.decree.wording.lines import ratio_words, rule_of_lines
from chiso.decree.wording.losses import floored, graded
from chiso.decree.wording.nodes import Best, Held, Joined, Node, Plain, Proportional, Value, top
from chiso.decree.wording.sayings import holds, is_one_of, opens_with
from chiso.decree.wording.sheet import ratio_of
from chiso.decree.wording.slopes import sloped
from chiso.decree.wording.statements import Given, Statement
from chiso.decree.wording.values import compared, formulas_of, linear, of_best, sum_of
from chiso.decree.wording.worth import RATIO, Added, Slope, Worth, term_of
from chiso.framework.expression import Name, Operation, Term

#: What is compared, said before the lines: "Tính tỷ lệ % số nhiệm vụ hoàn thành so với tổng số nhiệm vụ".
_RATIO_WORDS = re.compile(
    r"(?:tính|xác định|căn cứ)?\s*t[ỷỉ]\s*lệ\s*(?:%|phần trăm)?\s*(?:giữa\s+)?"
    r"(?P<words>\S.*\s(?:so với|trên|/)\s*(?:tổng|toàn bộ).*?)[\s.;:]*",
    re.IGNORECASE,
)


def rule_of(desk: Desk, items: Sequence[Item]) -> Node | None:
    """Return the rule of all entries, None where they are not understood."""
    _know_maximum(desk, items)
    if any(item.kind == "remark" and holds("rounded", item.text) for item in items):
        desk.doubt("rounded")
    items = _letters(desk, with_goal(_without_ratio_words(desk, _without_left_out(desk, items))))
    each = _each_listed(desk, items)
    if each is not None:
        return each
    blocks = _blocks(items)
    if len(blocks) == 1:
        return _block(desk, items, ONE)
    (_, before), *numbered = blocks
    parts: list[tuple[str, Node]] = []
    for heading, inner in numbered:
        whole = _stated(desk, heading)
        with desk.sheet.within(heading.label or heading.text):
            node = _block(desk, inner, whole)
        if node is None and not inner and whole is not None:
            node = Held(heading.label, whole)
        if node is None and (inner or heading.kind == "line"):
            return None
        if node is None:
            desk.left_over.append(heading.text)
        else:
            parts.append((f"{heading.number}. {heading.label or heading.text}", node))
    desk.left_over += [item.text for item in before if item.kind not in ("best_of", "maximum", "remark", "heading")]
    return _joined(desk, parts, best=any(item.kind == "best_of" for item in items))


def _without_ratio_words(desk: Desk, items: Sequence[Item]) -> list[Item]:
    """Take "Tính tỷ lệ % số việc đã xong so với tổng số việc" as the words of the ratio, which is no line."""
    rest: list[Item] = []
    for item in items:
        match = _RATIO_WORDS.fullmatch(item.text) if item.kind in ("heading", "unknown") else None
        if match is None:
            rest.append(item)
        else:
            desk.sheet.title = match["words"]
    return rest


def _joined(desk: Desk, parts: list[tuple[str, Node]], *, best: bool) -> Node | None:
    """Return numbered parts as a sum, or as cases of which the best counts."""
    if len(parts) < 2:
        return parts[0][1] if parts else None
    if best:
        desk.how = "best_of"
        return Best(tuple(parts))
    desk.how = "parts"
    desk.drop("unreachable", "nothing_else_said")
    desk.judge_parts(sum((top(node) for _, node in parts), ZERO))
    return Joined(tuple(parts))


def _stated(desk: Desk, heading: Item) -> Fraction | None:
    """Return the share that the heading of a part states, None where it states none."""
    worth = heading.worth
    return desk.share(worth) if isinstance(worth, Worth) and worth.constant else None


def _block(desk: Desk, items: Sequence[Item], whole: Fraction | None) -> Node | None:
    """Return the rule of entries that belong together; ``whole``: the share that they stand for, None where unsaid."""
    listed = nested(items)
    headed = [item for item in listed if item.kind == "heading" and any(one.worth for one in item.children)]
    if len(headed) > 1 and not any(item.kind in ("line", "formula", "statement") for item in listed):
        return _headed(desk, headed)
    tree = _dissolved(listed)
    of: dict[str, list[Item]] = {}
    for item in tree:
        of.setdefault(item.kind, []).append(item)
    desk.left_over += [item.text for item in of.get("unknown", []) if not _counts_them(desk, item, of)]
    for place, item in enumerate(of.get("ratio", [])):
        if place:
            desk.left_over.append(item.text)
            desk.doubt("two_ratios", grave=True)
        else:
            _ratio(desk, item)
    lost = _docked(desk, tree, whole)
    if lost is not None:
        return lost
    lines, formulas = of.get("line", []), of.get("formula", [])
    lines = _lines_that_count(desk, of, lines, formulas)
    lines, of["statement"] = graded(desk, *_for_each(lines, of.get("statement", []), formulas))
    left = floored(desk, lines, of["statement"]) if whole == 1 and not formulas else None
    if left is not None:
        return left
    if formulas and len(lines) == 1 and _says_nothing_there(desk, lines[0]):
        desk.not_applicable, lines = "full", []
        desk.doubt("nothing_to_count_assumed")
    if not lines and not formulas and {"sum", "unscored"} & set(of):
        desk.how = "sum" if "sum" in of else "unscored"
        return Plain("sum" if "sum" in of else "unscored")
    if "peers" in of:
        return compared(desk, of["peers"][0])
    each = _each_listed(desk, tree)
    if each is not None:
        return each
    context = _context(desk, tree)
    node = of_best(desk, lines, formulas) or _main(desk, lines, formulas, whole, context)
    if node is None and (lines or formulas):
        return None
    return _with_statements(desk, node, of.get("statement", []), whole)


#: "Bảo đảm 03 yêu cầu: diện tích, trang thiết bị, nhân sự": how many there are, and which.
_SO_MANY = re.compile(
    r"(?:(?:bảo đảm|đảm bảo|đáp ứng|thực hiện|đạt|gồm|có|đầy đủ|đủ)\s+)*0?(?P<number>\d{1,2})\s+"
    r"(?P<thing>[^\d:;]{3,40}?)(?:\s*(?:sau|gồm|là))?\s*:\s*[^\d:]+",
    re.IGNORECASE,
)


#: "Không áp dụng: loại khỏi tổng điểm", "Không phát sinh: không tính vào điểm tối đa".
_LEFT_OUT = re.compile(
    r"(?:(?:trường hợp|nếu|đơn vị)\s+)*không (?:áp dụng|(?:có )?phát sinh|(?:thuộc|có) đối tượng)[^:,;\d]{0,60}"
    r"[:,]?\s*(?:thì\s+)?(?:được\s+)?(?:(?:loại|trừ|giảm trừ) (?:ra )?khỏi|không (?:tính|đưa) vào)\s+"
    r"(?:tổng (?:số )?điểm|điểm tối đa|thang điểm|tổng điểm tối đa)[^:;\d]{0,40}",
    re.IGNORECASE,
)


def _without_left_out(desk: Desk, items: Sequence[Item]) -> list[Item]:
    """Take what is left out of the total where there is nothing to count, which is no line."""
    kept = [item for item in items if item.kind not in ("heading", "unknown") or not _LEFT_OUT.fullmatch(item.text)]
    if len(kept) < len(items):
        desk.not_applicable = "leave_out"
    return kept


def _docked(desk: Desk, tree: Sequence[Item], whole: Fraction | None) -> Node | None:
    """Return "A: 5 điểm, mỗi lỗi trừ 1; B: 5 điểm, mỗi lỗi trừ 1" as parts that lose points each on its own."""
    groups: list[tuple[Item, list[Statement]]] = []
    for item in tree:
        statement = item.statement
        if item.kind == "line" and item.worth is not None and not item.children:
            groups.append((item, []))
        elif item.kind == "statement" and statement and statement.kind == "take" and statement.each and groups:
            groups[-1][1].append(statement)
        else:
            return None
    shares = [_stated(desk, item) for item, _ in groups]
    known = [share for share in shares if share]
    if (
        (len(groups) < 2 and whole == 1)
        or len(known) < len(groups)
        or sum(known, ZERO) != whole
        or not all(lost for _, lost in groups)
    ):
        return None
    starts = [item.bound.low if item.bound and item.bound.dimension == "share" else None for item, _ in groups]
    if any(one.late for _, lost in groups for one in lost):
        return None
    made = [
        (ratio_words(item), share, start, lost)
        for (item, lost), share, start in zip(groups, known, starts, strict=True)
    ]
    return docked(desk, made)


def _counts_them(desk: Desk, item: Item, of: dict[str, list[Item]]) -> bool:
    """Tell whether words only name the things that give points each, as many as make up the maximum."""
    match = _SO_MANY.fullmatch(item.text.strip(" .;"))
    each = [one.statement for one in of.get("statement", []) if one.statement is not None]
    if match is None or len(each) != 1 or each[0].kind != "each":
        return False
    points = desk.points(each[0].given)
    alike = each[0].thing.casefold().startswith(match["thing"].casefold().strip())
    return alike and points is not None and points * int(match["number"]) == desk.most


def _for_each(lines: list[Item], statements: list[Item], formulas: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Take "01 giải nhất: 5 điểm; 01 giải nhì: 3 điểm; tổng không quá 10 điểm" as points for each of them."""
    roof = len(statements) == 1 and statements[0].statement is not None and statements[0].statement.kind == "roof"
    single = all(re.match(r"0?1 [^\W\d]", line.label) and not line.children for line in lines)
    worths = [line.worth for line in lines if isinstance(line.worth, Worth) and line.worth.constant]
    if not roof or not single or formulas or not 1 < len(lines) == len(worths):
        return lines, statements
    each = [
        Statement("each", Given(worth.factor, worth.whole), each=True, thing=re.sub(r"^0?1\s+", "", line.label))
        for line, worth in zip(lines, worths, strict=True)
    ]
    made = [replace(line, kind="statement", statement=one) for line, one in zip(lines, each, strict=True)]
    return [], [*made, *statements]


def _says_nothing_there(desk: Desk, line: Item) -> bool:
    """Tell whether a line beside a formula says what follows from having nothing: "không có kiến nghị: 2 điểm"."""
    whole = isinstance(line.worth, Worth) and line.worth.constant and desk.share(line.worth) == ONE
    return whole and line.bound is None and opens_with("nothing_there", line.label)


def _lines_that_count(desk: Desk, of: dict[str, list[Item]], lines: list[Item], formulas: Sequence[Item]) -> list[Item]:
    """Return the lines without those that only say what follows from having nothing."""
    for item in of.get("not_applicable", []):
        lines = _nothing_to_count(desk, item, lines, formulas)
    return _counting(lines, of.get("statement", []))


def _counting(lines: list[Item], statements: Sequence[Item]) -> list[Item]:
    """Leave out lines that give nothing beside points for each thing: "mô hình chưa triển khai: không tính điểm"."""
    each = any(item.statement is not None and item.statement.kind == "each" for item in statements)
    nothing = all(isinstance(line.worth, Worth) and not line.worth.factor and not line.children for line in lines)
    return [] if each and nothing else lines


def _each_listed(desk: Desk, tree: Sequence[Item]) -> Node | None:
    """Return "Mỗi nội dung đạt 2,5 điểm:" with the list of what is meant as parts."""
    if not tree or tree[0].kind != "statement" or not tree[0].text.endswith(":"):
        return None
    first, *listed = tree
    said = first.statement
    if (
        said is None
        or said.kind != "each"
        or said.limit
        or len(listed) < 2
        or {one.kind for one in listed} != {"heading"}
    ):
        return None
    points = desk.points(said.given)
    if not points or not desk.most or points * len(listed) > desk.most:
        return None
    desk.how = "parts"
    desk.judge_parts(points * len(listed) / desk.most)
    return Joined(tuple((one.label, Held(one.label, points / desk.most)) for one in listed))


def _with_statements(desk: Desk, node: Node | None, items: Sequence[Item], whole: Fraction | None) -> Node | None:
    """Return a rule with what statements add to it, take from it, or limit."""
    statements = [item.statement for item in items if item.statement is not None]
    if [one for one in statements if one.kind != "roof"]:
        return changed(desk, node, statements, whole)
    if isinstance(node, Proportional) and len(statements) == 1:
        limit = desk.points(statements[0].given)
        if limit is not None and desk.most and limit <= desk.most:
            return replace(
                node, cap=limit / desk.most if node.figure.under is None else min(node.cap, limit / desk.most)
            )
    for item in items:
        # A limit of lines that are a choice limits nothing: they must add up in a way that is not clear.
        desk.left_over.append(item.text)
        desk.doubt("limit_of_lines", grave=True)
    return node


def _headed(desk: Desk, headed: Sequence[Item]) -> Node | None:
    """Return headings that each have a list of their own as parts."""
    parts: list[tuple[str, Node]] = []
    for heading in headed:
        with desk.sheet.within(heading.label or heading.text):
            node = _block(desk, heading.children, None)
        if node is None:
            return None
        parts.append((heading.label or heading.text, node))
    return _joined(desk, parts, best=False)


def _context(desk: Desk, tree: Sequence[Item]) -> str:
    """Return the words of the headings; one that stands among lines has lost its worth, and is left over."""
    marks = {item.mark for item in tree if item.kind in ("line", "statement")} - {""}
    context: list[str] = []
    begun = False
    for item in tree:
        begun = begun or item.kind in ("line", "statement", "formula")
        named = item.text.endswith((":", "=")) or is_one_of("structure", item.text)
        if item.kind == "heading" and not named and (begun or item.mark in marks):
            desk.left_over.append(item.text)
        elif item.kind == "heading":
            context.append(item.label)
    return " ".join(context).strip()


def _main(
    desk: Desk, lines: Sequence[Item], formulas: Sequence[Item], whole: Fraction | None, context: str
) -> Node | None:
    if not lines:
        node = formulas_of(desk, formulas) if formulas else None
        if node is not None and whole == 1 and not isinstance(node, Joined):
            desk.judge(node)
        return node
    pairs: list[Pair] = []
    own = desk.sheet.ratio is None and sum(_unbounded_ratio(item) for item in lines) > 1
    apart = sum(bool(item.children) for item in lines) > 1
    for item in lines:
        if apart and item.children:
            with desk.sheet.within(item.label):
                value = _value(desk, item)
        else:
            value = _of_own_ratio(desk, item) if own and _unbounded_ratio(item) else _value(desk, item)
        if value is None:
            return None
        pairs.append((item, value))
    risen = sloped(desk, pairs)
    return None if risen is None else rule_of_lines(desk, risen, formulas, whole, context)


def _unbounded_ratio(item: Item) -> bool:
    """Tell whether a line is worth the ratio of what it names: "Số hóa kết quả giải quyết: Tỷ lệ x 5 điểm"."""
    return isinstance(item.worth, Worth) and RATIO in item.worth.over and item.bound is None and not item.children


def _of_own_ratio(desk: Desk, item: Item) -> Value | None:
    """Return what a line gives that has a ratio of its own, named by its words."""
    with desk.sheet.titled(item.label):
        return _value(desk, item)


def _value(desk: Desk, item: Item) -> Value | None:
    """Return what a line gives: a share, or a rule of its own."""
    if item.children:
        return _with_children(desk, item)
    if isinstance(item.worth, Added):
        return sum_of(desk, item.worth)
    if isinstance(item.worth, Slope):
        return ZERO  # until all lines are known
    if item.worth is None:
        return None
    return desk.share(item.worth) if item.worth.constant else linear(desk, item.worth)


def _with_children(desk: Desk, item: Item) -> Value | None:
    """Return what a line with a list below it gives."""
    share = _stated(desk, item)
    before = len(desk.doubts)
    node = _block(desk, item.children, share)
    if node is None:
        return None
    if top(node) == share:
        desk.doubts[before:] = [doubt for doubt in desk.doubts[before:] if doubt.code != "unreachable"]
    if share is not None and top(node) != share:
        desk.judge_parts(top(node), share, grave=True)
    return node


def _nothing_to_count(desk: Desk, item: Item, lines: list[Item], formulas: Sequence[Item]) -> list[Item]:
    """Take "không phát sinh" as the consequence of having nothing to count, or as a line where it is one of several."""
    share = desk.share(item.worth) if isinstance(item.worth, Worth) and item.worth.constant else None
    figures = formulas or any(
        line.bound or (isinstance(line.worth, Worth) and not line.worth.constant) for line in lines
    )
    if share == 1 and figures:
        desk.not_applicable = "full"
        return lines
    return [*lines, replace(item, kind="line")]


# -- Letters and the maximum


def _letters(desk: Desk, items: Sequence[Item]) -> list[Item]:
    """Take letters and the ratio out of entries; headings with a letter are letters where a formula uses them."""
    worths = [item.worth for item in items if isinstance(item.worth, Worth)]
    used = {name for worth in worths for term in (*worth.over, *worth.under) for name in _names(term)}
    rest: list[Item] = []
    items = [replace(item, kind="ratio") if _is_used(item, used) else item for item in items]
    for item in items:
        if item.kind == "heading" and item.mark == "a" and item.number in used:
            desk.sheet.letter(item.number, item.label)
        elif item.kind == "letter" and isinstance(item.worth, Worth):
            worth, hundred = ratio_of(item.worth)
            desk.percent |= hundred
            desk.sheet.derived[item.name] = term_of(worth)
        elif item.kind == "letter":
            required = holds("required", item.label)
            desk.sheet.letter(item.name, item.label, item.constant if required else None)
        else:
            rest.append(item)
    ratios = [item for item in rest if item.kind == "ratio"]
    if len(ratios) == 1:
        _ratio(desk, ratios[0])
        rest.remove(ratios[0])
    elif not ratios and not used & {"a", "b"}:
        _assume_ratio(desk)
    return rest


def _is_used(item: Item, used: set[str]) -> bool:
    """Tell whether a formula names a quotient by words that another one uses: "Kết quả = a/b; Điểm = Kết quả x 10"."""
    worth = item.worth
    quotient = isinstance(worth, Worth) and bool(worth.under) and not worth.whole and not worth.points
    return item.kind == "formula" and quotient and item.name in used


def _assume_ratio(desk: Desk) -> None:
    """Take a/b as the ratio where just a and b are defined and no formula says what they are for."""
    letters = [name for name, entry in desk.sheet.inputs.items() if entry.constant is None]
    if letters != ["a", "b"]:
        return
    desk.sheet.ratio = Worth(ONE, (Name("a"),), (Name("b"),))
    if not desk.sheet.inputs["b"].label.casefold().startswith(("tổng", "toàn bộ")):
        desk.doubt("ratio_assumed")


def _ratio(desk: Desk, item: Item) -> None:
    """Take the printed formula of the ratio; one that has the whole above is turned round (reading A3)."""
    assert isinstance(item.worth, Worth), "a ratio is one formula"
    worth, hundred = ratio_of(item.worth)
    desk.percent |= hundred
    desk.sheet.ratio = worth
    if item.name:  # "Tỷ lệ T = b/a"
        desk.sheet.derived[item.name] = term_of(worth)
    figure = desk.sheet.quotient()
    if desk.sheet.turned_round(figure) and isinstance(figure.under, Name) and isinstance(figure.over, Name):
        desk.sheet.measured_alike(figure.over.name, figure.under.name)
        desk.sheet.ratio = Worth(ONE, (figure.under,), (figure.over,))
        desk.doubt("turned_round")


def _know_maximum(desk: Desk, items: Sequence[Item]) -> None:
    """Find the maximum where it is not given: stated, or else the largest points that are printed."""
    every = [*items, *(child for item in items for child in item.children)]
    stated = [item.worth.factor for item in every if item.kind == "maximum" and isinstance(item.worth, Worth)]
    if desk.most is not None:
        if stated and stated[0] != desk.most:
            desk.doubt("maximum_differs", grave=True, stated=str(stated[0]), most=str(desk.most))
        return
    worths = [item.worth for item in every if isinstance(item.worth, Worth) and item.kind != "maximum"]
    printed = [worth.factor for worth in worths if worth.points or (worth.constant and not worth.whole)]
    statements = [item.statement for item in every if item.statement is not None]
    limits = [one.limit.value for one in statements if one.limit is not None and not one.limit.whole]
    limits += [one.given.value for one in statements if one.kind == "roof" and not one.given.whole]
    found = stated or [max((*printed, *limits), default=ZERO)]
    if not found[0]:
        return
    desk.most = found[0]
    if not stated:
        desk.doubt("maximum_inferred", most=str(desk.most))


def _names(term: Term) -> list[str]:
    if isinstance(term, Name):
        return [term.name]
    return [*_names(term.left), *_names(term.right)] if isinstance(term, Operation) else []


# -- Parts


def _blocks(items: Sequence[Item]) -> list[tuple[Item, list[Item]]]:
    """Return the numbered parts with the entries below each; what stands before the first comes first."""
    blocks: list[tuple[Item, list[Item]]] = [(Item("heading", "", ""), [])]
    numbered = [item for item in items if item.mark in ("1", "a")]
    mark = numbered[0].mark if numbered else "1"
    parted = False
    for index, item in enumerate(items):
        following = items[index + 1] if index + 1 < len(items) else None
        if item.mark == mark and item.kind in ("heading", "line"):
            opens = following is not None and following.mark != mark and following.kind != "best_of"
            parted |= item.kind == "heading" or opens
            blocks.append((item, [] if item.kind == "heading" or opens else [item]))
        elif item.kind in ("best_of", "remark", "maximum") and item.mark != "-":
            blocks[0][1].append(item)
        else:
            blocks[-1][1].append(item)
    return blocks if parted and len(blocks) > 2 else [(blocks[0][0], list(items))]


def _dissolved(items: Sequence[Item]) -> list[Item]:
    """Return items in which a heading without a worth has given its list to the level it stands on."""
    found: list[Item] = []
    for item in items:
        found.append(item if item.kind == "line" else replace(item, children=[]))
        if item.kind != "line":
            found += item.children
    return found
