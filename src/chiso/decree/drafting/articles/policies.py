"""What follows for the whole framework: rounding, nothing to count, ties, what ranks, levels, criteria left out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from chiso.decree.drafting.articles import Sentence, Statement, normal
from chiso.decree.table.tree import Node, Tree, title_of
from chiso.decree.table.tree import normal as plain_title
from chiso.decree.wording import Doubt

_RANKING = {"ties": "ties", "tie_break": "tie_break", "ranking_by": "by"}
_WORDS_BEFORE = re.compile(
    r"^(?:(?:cac|nhom|linh vuc|tieu chi|chi tieu|chi so|thanh phan|muc|phan|noi dung|tru cot|so|ve)\s+)+"
)
_BETWEEN = re.compile(r"\s(?:va|roi den|sau do den|tiep den|den)\s|,\s*|\s(?=(?:nhom|linh vuc|tieu chi|muc|phan) )")


@dataclass(frozen=True)
class Policy:
    """One field of the framework that follows from a sentence: the path of its key, and its value."""

    path: tuple[str, ...]
    value: Any
    alternatives: tuple[Any, ...] = ()
    doubts: tuple[Doubt, ...] = ()


def policies_of(sentence: Sentence, one: Statement, tree: Tree) -> list[Policy] | None:
    """Return what a statement sets, None where it is none of these, or names what the rows do not hold."""
    match one.topic:
        case "rounding":
            return [_rounding(one)]
        case "not_applicable" | "exemption":
            return list(_left_out_or_full(one))
        case "ties":
            other = "dense" if one.says == "skip" else "skip"
            sure = one.sure == "high"
            doubts = () if sure else (Doubt("next_rank_unsaid"),)
            return [Policy(("policies", "ranking", "ties"), one.says, () if sure else (other,), doubts)]
        case "tie_break":
            codes = named_rows(one.data["names"], tree)
            return [Policy(("policies", "ranking", "tie_break"), codes)] if codes else None
        case "ranking_by":
            return [Policy(("policies", "ranking", "by"), one.says, ("points",))]
        case "levels":
            return [Policy(("policies", "levels"), one.says, ("own",))]
        case "left_out":
            return _left_out(sentence, one, tree)
    return None


def _rounding(one: Statement) -> Policy:
    value = {"decimals": int(one.data["decimals"]), "at": one.says}
    if one.sure == "high":
        return Policy(("policies", "rounding"), value)
    other = {**value, "at": "criterion" if one.says == "total" else "total"}
    return Policy(("policies", "rounding"), value, (other,), (Doubt("rounding_where"),))


def _left_out_or_full(one: Statement) -> Iterator[Policy]:
    yield Policy(("policies", one.topic), one.says)
    if one.says == "leave_out":
        # Points alone would rank those for whom less applies behind all others.
        yield Policy(("policies", "ranking", "by"), "share", ("points",), (Doubt("share_follows"),))


def _left_out(sentence: Sentence, one: Statement, tree: Tree) -> list[Policy] | None:
    known = {node.code for node in tree.criteria()}
    codes = [code.replace(",", ".").strip(".") for code in re.findall(r"\d+(?:[.,]\d+)*", one.data["names"])]
    if not codes or any(code not in known for code in codes):
        return None
    rows = [{"code": code, "year": int(one.data["year"]), "reason": sentence.text} for code in codes]
    return [Policy(("left_out",), rows)]


def named_rows(words: str, tree: Tree) -> list[str]:
    """Return the dimensions or criteria that words name, in their order; nothing where one of them is not found."""
    nodes = [*tree.dimensions, *tree.criteria()]
    found = []
    for name in filter(None, (part.strip() for part in _BETWEEN.split(words))):
        code = named_row(name, nodes)
        if not code:
            return []
        found.append(code)
    return list(dict.fromkeys(found))


def named_row(name: str, nodes: Sequence[Node]) -> str:
    """Return the code of the one row that a name or number means, empty where there is not exactly one."""
    bare = _WORDS_BEFORE.sub("", normal(name)[0]).strip()
    if not bare:
        return ""
    by_code = [node.code for node in nodes if node.code.casefold() == bare.replace(",", ".")]
    if by_code:
        return by_code[0]
    by_title = [node.code for node in nodes if bare == _WORDS_BEFORE.sub("", normal(title_of(node))[0])]
    if not by_title and len(bare) > 6:
        by_title = [node.code for node in nodes if bare in plain_title(title_of(node))]
    return by_title[0] if len(by_title) == 1 else ""
