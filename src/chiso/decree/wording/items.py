"""What each printed entry is: a line with its worth, a letter of the formula, a formula, a heading, a remark."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Literal

from chiso.decree.wording.bounds import POINTS, Bound, bound_of
from chiso.decree.wording.conditions import LEVEL, bound_in
from chiso.decree.wording.formula import formula_tokens, with_letters
from chiso.decree.wording.lexing import Token, folded, number_of, words_in
from chiso.decree.wording.marks import Entry
from chiso.decree.wording.sayings import holds, is_one_of, opens_with
from chiso.decree.wording.statements import Statement, statement_of
from chiso.decree.wording.worth import RATIO, Added, Slope, Worth, worth_of
from chiso.framework.expression import Formula

Kind = Literal[
    "line",
    "heading",
    "letter",
    "ratio",
    "formula",
    "statement",
    "peers",
    "sum",
    "best_of",
    "unscored",
    "not_applicable",
    "maximum",
    "remark",
    "unknown",
]


@dataclass(frozen=True)
class Item:
    """One printed entry and what was found in it.

    ``label`` are the words of a line without what it is worth; ``name`` is what a letter or formula defines, and of a
    "peers" item how the unit is compared: ``min_max`` or ``share_of_best``.
    """

    kind: Kind
    mark: str
    text: str
    label: str = ""
    worth: Worth | Added | Slope | None = None
    bound: Bound | None = None
    statement: Statement | None = None
    name: str = ""
    constant: Fraction | None = None
    number: str = ""
    children: list[Item] = field(default_factory=list)


#: Tokens before a number that is no worth of the whole line.
_NOT_BEFORE = frozenset(
    {
        *(
            "ROOF",
            "AT_MOST",
            "AT_LEAST",
            "FROM",
            "TO",
            "UNDER",
            "ABOVE",
            "ADD",
            "TAKE",
            "PER",
            "NUMBER",
            "OVER",
            "STAR",
            "HALF",
        ),
        *("PLUS", "MINUS", "FRACTION", "PERCENT", "EQ", "GE", "GT", "LE", "LT", "POINTS", "MAX"),
    }
)

_COMPARISONS = frozenset({"GE", "GT", "LE", "LT"})

#: What words alone are made of, "đạt" and "không đạt" among them.
_WORDS = frozenset({"WORD", "NOUN", "REACH", "UNDER", "AND"})

_LIMITING = frozenset({"PERCENT", "FRACTION", "MAX", "POINTS", "STAR", "ROOF", "AT_MOST"})

#: Tokens after which a worth may stand.
_LEADS = frozenset({"COLON", "ARROW", "GET", "REACH", "EQ", "LPAR", "BAR", "IS", "MINUS", "COMMA"})


def items_of(entries: Sequence[Entry]) -> list[Item]:
    """Return what each entry is, in printed order."""
    return [item_of(entry) for entry in entries]


def item_of(entry: Entry) -> Item:
    """Return what one entry is."""
    if opens_with("remark", entry.text):
        return _item("remark", entry)
    if is_one_of("unscored", entry.text.replace(",", "")):
        return _item("unscored", entry)
    for find in (_peers, _chosen, _letter, _evenly, _statement, _definition, _line):
        found = find(entry)
        if found is not None:
            return found
    if is_one_of("structure", entry.text):
        return _item("heading", entry)
    return _item("heading" if _heads(entry) else "unknown", entry, label=entry.text.rstrip(" :="))


def _heads(entry: Entry) -> bool:
    """Tell whether an entry without a worth names what follows it, rather than saying something not understood."""
    if entry.text.endswith((":", "=")) or (entry.mark in ("1", "a") and not _says_points(entry.tokens)):
        return True
    kinds = {token.type for token in entry.tokens}
    return not _says_points(entry.tokens) and not kinds & {"COLON", "PERCENT", "GE", "LT", "GT", "LE", "ARROW", "EQ"}


def _item(kind: Kind, entry: Entry, **found: object) -> Item:
    return Item(kind, entry.mark, entry.text, number=entry.number, **found)  # type: ignore[arg-type]


def _says_points(tokens: Sequence[Token]) -> bool:
    kinds = [token.type for token in tokens]
    if not _OF_POINTS.isdisjoint(kinds):
        return True
    after = [*kinds[1:], "", ""]
    return any(
        # "trừ 0,5/lỗi", but not "giảm từ 10%", "giảm 2 tiêu chí", "giảm 20% - dưới 30%"
        (
            kind == "TAKE"
            and after[index] in _FIGURES
            and after[index + 1] not in ("NOUN", "WORD")
            and not (after[index] == "PERCENT" and folded(tokens[index].text) == "giam")
        )
        or (kind in _FIGURES and after[index] == "POINTS")
        for index, kind in enumerate(kinds)
    )


#: Tokens that speak of points by themselves; numbers that do so beside others.
_OF_POINTS = frozenset({"MAX", "NIL", "ROOF"})
_FIGURES = frozenset({"NUMBER", "PERCENT", "FRACTION", "HALF"})


def _statement(entry: Entry) -> Item | None:
    statement = statement_of(entry.tokens, entry.text)
    return None if statement is None else _item("statement", entry, statement=statement)


def _peers(entry: Entry) -> Item | None:
    """Return a comparison with other units: min-max, or the share of the best."""
    plain = folded(entry.text)
    if "max" in plain and re.search(r"min\s?-?\s?max", plain):
        of_best = re.search(r"ty (le|so) cua (\w+ ){1,3}(voi|so voi|tren|/) ?(\w+ ){0,4}cao nhat", plain)
        return _item("peers", entry, name="share_of_best" if of_best else "min_max", label=entry.text)
    return None


def _chosen(entry: Entry) -> Item | None:
    """Return what says that the best case counts, or that the points of sub-criteria add up."""
    numbers = any(token.type in ("NUMBER", "PERCENT", "MAX", "FRACTION") for token in entry.tokens)
    if not numbers and holds("best_of", entry.text):
        return _item("best_of", entry)
    if is_one_of("sum", entry.text) and not any(token.type in ("MAX", "STAR") for token in entry.tokens):
        return _item("sum", entry)
    return None


#: With what the meaning of letters may open.
_CALLED = re.compile(r"(trong do|goi|voi|ky hieu)\b")


def _letter(entry: Entry) -> Item | None:
    """Return the meaning of a letter: "a = Số lượng ...", "Số lượng ... (a)", "b là tổng số ..."."""
    tokens = list(entry.tokens)
    if tokens and tokens[0].type == "MINUS":
        tokens = tokens[1:]
    if _CALLED.match(folded(entry.text)):
        start = next((index for index, token in enumerate(tokens) if token.type == "LETTER"), 0)
        tokens = tokens[start:]
    if len(tokens) < 3:
        return None
    if tokens[0].type == "LPAR" and tokens[1].type == "LETTER" and tokens[2].type == "RPAR" and len(tokens) > 3:
        return _lettered(entry, tokens[1], tokens[3:])
    if tokens[0].type == "LETTER" and tokens[1].type in ("EQ", "COLON", "IS", "MINUS"):
        rest = tokens[3:] if len(tokens) > 3 and tokens[2].type == "IS" else tokens[2:]
        return _lettered(entry, tokens[0], rest)
    if [token.type for token in tokens[-3:]] == ["LPAR", "LETTER", "RPAR"] and not _says_points(tokens):
        return _lettered(entry, tokens[-2], tokens[:-3])
    return None


def _lettered(entry: Entry, letter: Token, rest: Sequence[Token]) -> Item | None:
    """Return a letter with its words and, where one is printed at the end in brackets, its constant value."""
    if not rest or _says_points(rest):
        return None
    made = formula_tokens(rest, entry.text)
    if any(token.type in ("LETTER",) for token in made) or all(
        token.type not in ("QUANTITY", "RATIO") for token in made
    ):
        worth = worth_of(made)
        if isinstance(worth, Worth) and not worth.whole:
            return _item("letter", entry, name=letter.data, label="", worth=worth)
        return None
    constant = None
    if [token.type for token in rest[-3:]] == ["LPAR", "NUMBER", "RPAR"]:
        constant = rest[-2].value
    label = words_in(list(rest), entry.text).rstrip(" ;:.,")
    return _item("letter", entry, name=letter.data, label=label, constant=constant)


def _definition(entry: Entry) -> Item | None:
    """Return "Tỷ lệ = a/b", "Điểm = Tỷ lệ * Điểm tối đa", or a formula that stands alone."""
    tokens = entry.tokens
    equals = [index for index, token in enumerate(tokens) if token.type in ("EQ", "COLON", "IS")]
    for index in equals[:2]:
        label, rest = tokens[:index], list(tokens[index + 1 :])
        while rest and rest[0].type in ("COLON", "IS", "EQ"):
            rest.pop(0)
        if not label or not rest:
            continue
        kind = _defines(label)
        if kind is None or (tokens[index].type == "COLON" and kind == "ratio" and _bounds(label)):
            continue
        worth = _worth(rest, entry.text)
        if worth is None:
            continue
        scored = isinstance(worth, Added) or worth.whole or worth.points or _of_ratio(worth)
        if kind == "ratio" and isinstance(worth, Worth) and not scored and not worth.constant:
            name = next((token.data for token in label[-2:] if token.type == "LETTER"), "")
            return _item("ratio", entry, worth=worth, label=words_in(list(label), entry.text), name=name)
        if kind == "formula" and (isinstance(worth, Added) or not worth.constant):
            return _item("formula", entry, worth=worth, name=words_in(list(label), entry.text))
    worth = _worth(tokens, entry.text)
    if isinstance(worth, Added):
        return _item("formula", entry, worth=worth)
    if worth is None or worth.constant:
        return None
    # "Tỷ lệ x 10", "(a/b) x 30": a quotient times a bare number is worth that many points, but times 100.
    bare = worth.factor != 1 and (RATIO in worth.over or bool(worth.under and worth.factor != 100))
    return _item("formula", entry, worth=worth) if worth.whole or worth.points or bare else None


def _of_ratio(worth: Worth) -> bool:
    """Tell whether a formula is made of the ratio, which then cannot define it."""
    return any(name == RATIO.name for term in (*worth.over, *worth.under) for name in Formula(term).names())


def _defines(label: Sequence[Token]) -> Literal["ratio", "formula"] | None:
    """Tell whether the words before a sign of equality name the ratio or the points."""
    if label[0].type == "RATIO":
        return "ratio"
    words = " ".join(token.text for token in label)
    return "formula" if is_one_of("structure", words) or label[0].type == "POINTS" else None


def _bounds(label: Sequence[Token]) -> bool:
    return bound_of(label) is not None


def _worth(tokens: Sequence[Token], line: str) -> Worth | Added | None:
    """Return the worth that tokens state, with the limit that may follow it: "..., nhưng không quá 5 điểm"."""
    kept = _trimmed(tokens)
    if len(kept) > 3 and kept[0].type == "PRO_RATA" and any(token.type == "STAR" for token in kept):
        kept = kept[1:]  # "tính theo tỷ lệ số kỳ tiếp/24 x 4 điểm"
    place = next((index for index, token in enumerate(kept) if index and token.type in ("ROOF", "AT_MOST")), None)
    if place is None:
        return worth_of(with_letters(formula_tokens(kept, line)))
    limit = worth_of([token for token in kept[place + 1 :] if token.type != "RPAR"])
    before = kept[:place]
    while before and before[-1].type in ("LPAR", "COMMA", "SEMICOLON", "AND"):
        before.pop()
    worth = worth_of(with_letters(formula_tokens(before, line)))
    if not isinstance(limit, Worth) or not limit.constant or not isinstance(worth, Worth) or worth.constant:
        return None
    return replace(worth, limit=limit)


def _trimmed(tokens: Sequence[Token]) -> list[Token]:
    """Return tokens without full stops at the end and without a maximum that is stated again in brackets."""
    kept = list(tokens)
    while kept and kept[-1].type in ("STOP", "COMMA", "SEMICOLON", "COLON"):
        kept.pop()
    kinds = [token.type for token in kept]
    if len(kept) > 4 and kinds[-4:] == ["LPAR", "NUMBER", "POINTS", "RPAR"] and kinds[-5] in ("MAX", "POINTS"):
        del kept[-4:]
    elif len(kept) > 3 and kinds[-3:] == ["LPAR", "MAX", "RPAR"]:
        del kept[-3:]
    elif kinds[-1:] == ["RPAR"]:
        # "0 điểm (a là tỷ lệ hồ sơ đúng hạn)": words that explain, no points among them.
        opens = max((index for index, kind in enumerate(kinds) if kind == "LPAR"), default=0)
        if opens and kinds[opens - 1] in ("POINTS", "MAX") and not _LIMITING & set(kinds[opens:]):
            del kept[opens:]
    return kept


#: "tính nội suy tuyến tính từ 2 điểm đến 4 điểm": points that rise evenly over the range of the line.
_EVENLY = re.compile(
    r"[\s:,]+(?:thì |được )*(?:(?:tính|chấm|xác định)(?: điểm)? )?(?:theo )?(?:phương pháp )?nội suy(?: tuyến tính)?"
    r"(?:(?: trong khoảng)?(?: từ)? (?P<low>\d+(?:[.,]\d+)?)(?: điểm)? (?:đến|-)(?: dưới)? "
    r"(?P<high>\d+(?:[.,]\d+)?) điểm)?\W*$",
    re.IGNORECASE,
)


def _evenly(entry: Entry) -> Item | None:
    """Return a line whose points rise evenly over its range."""
    match = _EVENLY.search(entry.text) if "suy" in entry.text.casefold() else None
    label = [] if match is None else [token for token in entry.tokens if token.end <= match.start()]
    if match is None or not label:
        return None
    low, high = (None if text is None else number_of(text) for text in (match["low"], match["high"]))
    return _item(
        "line",
        entry,
        label=entry.text[: match.start()].strip(),
        worth=Slope(low, high),
        bound=bound_in(label, entry.text),
    )


def _line(entry: Entry) -> Item | None:
    """Return a line: what holds, and what it is worth."""
    tokens, line = list(entry.tokens), entry.text
    if len(tokens) > 1 and tokens[-1].type in ("NIL", "PRO_RATA"):
        worth = worth_of(tokens[-1:])
        assert worth is not None, "both are worths by themselves"
        return _labelled(entry, _without_leads(tokens[:-1]), worth)
    for index in _leads(tokens):
        lead, tail = tokens[index], tokens[index + 1 :]
        if lead.type == "LPAR":
            tail = tail[:-1] if tail and tail[-1].type == "COLON" else tail
            if tail and tail[-1].type == "RPAR":
                tail = tail[:-1]
            else:
                continue
        worth = _worth(tail, line)
        if worth is None or not _plausible(worth, lead, tokens[:index]):
            continue
        return _labelled(entry, _without_leads(tokens[:index], lead), worth)
    return _worth_first(entry)


def _without_leads(tokens: Sequence[Token], lead: Token | None = None) -> list[Token]:
    """Return the words of a line without what only joins them to the worth; "xã đạt:" ends in a word of its own."""
    label = list(tokens)
    joining = _LEADS - {"REACH"} if lead is not None and lead.type == "COLON" else _LEADS
    while label and (label[-1].type in joining or label[-1].type == "IF" or _names_points(label)):
        label.pop()
    return label


def _names_points(label: list[Token]) -> bool:
    """Tell whether words end in "..., thì điểm đánh giá", which names the worth that follows; leave only its start."""
    for length in range(1, min(4, len(label) - 1) + 1):
        words = " ".join(token.text for token in label[-length:])
        if label[-length].type == "POINTS" and label[-length - 1].type in _LEADS and is_one_of("structure", words):
            del label[len(label) - length + 1 :]
            return True
    return False


def _leads(tokens: Sequence[Token]) -> list[int]:
    """Return where a worth may begin, colons first, each group from the right: words may hold a colon of their own."""
    places = [index for index, token in enumerate(tokens) if token.type in _LEADS and index + 1 < len(tokens)]
    strong = [index for index in places if tokens[index].type in ("COLON", "ARROW", "BAR")]
    weak = [index for index in places if tokens[index].type not in ("COLON", "ARROW", "BAR")]
    return [*strong[-4:], *weak[:6]] if strong else weak[:8]


def _plausible(worth: Worth | Added, lead: Token, label: Sequence[Token]) -> bool:
    """Tell whether what follows a lead is a worth and not a figure of the words."""
    if isinstance(worth, Added):
        return lead.type in ("COLON", "EQ", "ARROW")
    if worth.whole or worth.points:
        return bool(label) or lead.type != "MINUS"
    if not worth.constant and lead.type == "COMMA":
        return False  # "tỷ lệ cán bộ, công chức có máy tính x 3 điểm" is one formula
    if not worth.constant:
        # A quotient after a colon or "thì điểm là", and nothing says what it is a share of: points.
        others = lead.type == "EQ" and bool(label) and opens_with("negative", " ".join(one.text for one in label))
        named = _named(lead, label)
        leads = lead.type in ("COLON", "ARROW") or others or named
        counted = named and worth.factor != 1  # "... thì số điểm = (số tin/50) x 5"
        return leads and bool(label) and (counted or bool(worth.under or RATIO in worth.over))
    named = _named(lead, label)
    equal = lead.type == "EQ" and bool(label) and all(token.type in _WORDS for token in label)
    return bool(label) and (lead.type in ("COLON", "BAR", "ARROW") or named or equal)


def _named(lead: Token, label: Sequence[Token]) -> bool:
    """Tell whether a sign of equality stands behind words that name the points."""
    return lead.type in ("IS", "EQ") and _names_points(list(label))


def _worth_first(entry: Entry) -> Item | None:
    """Return a line that names its worth first: "5 điểm nếu ban hành đúng hạn", or a worth that stands alone."""
    tokens, line = _without_heading(list(entry.tokens), entry.text), entry.text
    for index, token in enumerate(tokens):
        if token.type in ("IF", "COLON") and index:
            worth = _worth(_bare_worth(tokens[:index], line), line)
            called = [one.type for one in tokens[:2]] in (["POINTS", "EQ"], ["POINTS", "IS"])  # "Điểm = 0 nếu ..."
            if isinstance(worth, Worth) and worth.constant and (worth.whole or worth.points or called):
                return _labelled(entry, tokens[index + 1 :], worth)
    worth = _worth(tokens, line)
    if isinstance(worth, Worth) and worth.constant and (worth.whole or worth.points):
        return _item("line", entry, worth=worth)
    return _worth_last(entry)


def _without_heading(tokens: list[Token], line: str) -> list[Token]:
    """Return tokens without "Thang điểm:" in front of the first line that it heads."""
    colon = next((index for index, token in enumerate(tokens) if token.type == "COLON"), 0)
    headed = colon and colon + 1 < len(tokens) and is_one_of("structure", words_in(tokens[:colon], line))
    return tokens[colon + 1 :] if headed else tokens


def _bare_worth(tokens: Sequence[Token], line: str) -> list[Token]:
    """Return the worth of "Mức 1 (10 điểm)" and "Tối đa 10 điểm", which stand before the words they are for."""
    match = LEVEL.match(folded(words_in(list(tokens), line)))
    skipped = tokens[0].start + match.end() if match else -1
    return [
        token
        for index, token in enumerate(tokens)
        if token.start >= skipped and token.type not in ("LPAR", "RPAR") and not (token.type == "AT_MOST" and not index)
    ]


def _worth_last(entry: Entry) -> Item | None:
    """Return a line whose worth stands at the end without anything between: "ngược lại 0 điểm", "Có 10 điểm"."""
    tokens = [token for token in entry.tokens if token.type != "STOP"]
    for length in (1, 2):
        label, tail = tokens[:-length], tokens[-length:]
        if not label or not _says_points(tail):
            continue
        # "dưới 80% 4 điểm": the points of a bound, with nothing between.
        bounded = label[-1].type == "PERCENT" and length == 2 and bound_of(label) is not None
        bounded |= label[-1].type == "NUMBER" and tail[-1].type == "MAX" and label[-2].type in _COMPARISONS  # "a ≥ 4"
        worth = worth_of(tail)
        # "chưa đạt 0 điểm": the grade itself, of which nobody gives so many points.
        grade = len(label) == 1 and label[0].type == "UNDER" and isinstance(worth, Worth) and not worth.factor
        if label[-1].type in _NOT_BEFORE and not bounded and not grade:
            continue
        if isinstance(worth, Worth) and worth.constant:
            return _labelled(entry, label, worth)
    return None


def _labelled(entry: Entry, label: Sequence[Token], worth: Worth | Added) -> Item:
    words = words_in(list(label), entry.text).strip(" :;,-")
    if words and is_one_of("total", words) and isinstance(worth, Worth) and worth.constant and not worth.whole:
        return _item("maximum", entry, worth=worth)
    named = not words or is_one_of("structure", words)
    if named and (isinstance(worth, Added) or not worth.constant):
        return _item("formula", entry, worth=worth)
    bound = bound_in(label, entry.text)
    if (_says_points(label) and not _bounds_points(label, bound)) or _holds_worth(label):
        return _item("unknown", entry)  # another worth stands among the words
    kind: Kind = "not_applicable" if opens_with("nothing_to_count", words) else "line"
    return _item(kind, entry, label=words, worth=worth, bound=bound)


def _holds_worth(label: Sequence[Token]) -> bool:
    """Tell whether words hold what another line gives: "...: tính theo tỷ lệ dưới 50%", "...: 4 thực hiện chưa đủ"."""
    kinds = [token.type for token in label]
    colons = [index for index, kind in enumerate(kinds) if kind == "COLON"]
    given = any(kinds[index + 1 : index + 4] == ["NUMBER", "WORD", "WORD"] for index in colons)
    numbers = [label[index + 1] for index in colons if kinds[index + 1 : index + 2] == ["NUMBER"]]
    given |= any(one is not label[-1] and one.value is not None and one.value.denominator > 1 for one in numbers)
    named = any(kinds[index - 1] == "POINTS" for index, kind in enumerate(kinds) if kind == "EQ" and index)
    return given or named or any({"PRO_RATA", "STAR"} & set(kinds[index:-1]) for index in colons)


def _bounds_points(label: Sequence[Token], bound: Bound | None) -> bool:
    """Tell whether words compare points that come from elsewhere: "Từ 3,5 đến dưới 4 điểm: 8 điểm"."""
    if bound is None or bound.exact or bound.noun != POINTS:
        return False
    return not any(token.type in ("MAX", "NIL", "ROOF", "TAKE", "ADD", "PER") for token in label)


def nested(items: Sequence[Item]) -> list[Item]:
    """Return items with those of a deeper list mark below the one that they follow."""
    order: list[str] = []
    for item in items:
        if item.mark in "-+•" and item.mark and item.mark not in order:
            order.append(item.mark)
    top: list[Item] = []
    parent: Item | None = None
    for item in items:
        opened = parent is not None and not parent.mark and parent.kind == "line" and parent.text.endswith(":")
        deeper = item.mark in order and (order.index(item.mark) > 0 or opened)
        if deeper and parent is not None and parent.kind in ("line", "heading"):
            parent.children.append(item)
        else:
            item = replace(item, children=[])
            top.append(item)
            parent = item
    return top
